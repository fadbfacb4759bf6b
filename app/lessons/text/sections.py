"""What the networks of the lesson `text` learned from, and how good they are."""

from __future__ import annotations

from dataclasses import asdict, astuple, fields
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from app.controls.settings import Setting
from app.formatting import percent
from app.lessons.text.charts import running
from app.lessons.text.corpus import Review
from app.lessons.text.label_schemes import SCALES, side_of
from app.lessons.text.model import part, wilson
from app.lessons.text.pasted import Choices, Columns, Pasted, pasted
from app.lessons.text.records import OWN, TASK, Confusion, SourceFacts, TextSettings
from app.lessons.text.snapshot import sample, snapshot
from app.messages import Message
from app.page.kept import kept
from app.page.page import Page
from app.page.redraw import redraw
from app.page.views import draw, table
from app.trained.learning import Said, Sample, overfitting
from app.trained.panel import trainer
from app.training.saved import Trained

UNITS = Setting("units", 4, 64, TextSettings.units, 4)
EPOCHS = Setting("epochs", 10, 100, TextSettings.epochs, 10)
LINES, MOST_LISTED, PREVIEW = 100_000, 8, 5  # characters of pasted lines; wrong lines listed; lines shown as understood
EXAMPLE = 24  # characters of a column's example
UNEVEN = 0.7  # of the reviews with one label: from here on it is said
NBSP = "\N{NO-BREAK SPACE}"


# ---- the model -------------------------------------------------------------------------------------------------------


def trained_on(page: Page) -> Trained[SourceFacts]:
    """The panel that trains, and the networks that are shown."""
    with page.part("choices"):
        source = page.choose("source", ["course", OWN])
    lines = paste(page) if source == OWN else ()
    with page.part("sliders"):
        units = page.slider(UNITS, page.label("size.units"), live=False)
        epochs = page.slider(EPOCHS, page.label("size.epochs"), live=False)
    settings = TextSettings((OWN if lines else page.language,), lines, units, epochs=epochs)
    watched = Sample(snapshot, partial(said, page))
    trained = trainer(page, TASK, settings, watched, partial(part, language=page.language))
    right = trained.facts.measured.right
    overfitting(page, trained, max(right, key=lambda kind: right[kind].valid))
    return trained


def said(page: Page, settings: TextSettings, found: Said) -> None:
    """The verdicts of networks, while they learned, on one review."""
    words, _ = sample(settings.sources[0], settings.lines)
    verdicts = {kind: np.array(values) for kind, values in found.items()}
    page.text("learning.sample")
    labels = page.labels("run") | page.labels("verdict")
    draw(running(words, verdicts, labels, page.dark), "learning", labels["alt"], save=False)


# ---- pasted lines ----------------------------------------------------------------------------------------------------


def paste(page: Page) -> tuple[Review, ...]:
    """The reader's own reviews; none while something is missing."""
    typed = st.text_area(
        page.label("paste.label"),
        height=170,
        max_chars=LINES,
        placeholder=page.label("paste.example"),
        **kept("lines"),
    )
    if not typed.strip():
        st.info(page.label("paste.empty"))
        return ()
    found = pasted(typed[:LINES])
    if found.columns.rows:
        found = pasted(typed[:LINES], choices(page, found))
        preview(page, found)
    if found.wrong:
        st.warning(page.label("paste.wrong", count=f"{len(found.wrong)}"))
        lines = [line_notice(page, *each) for each in list(found.wrong.items())[:MOST_LISTED]]
        st.text("\n".join(lines))  # a reader's words: plain text
    ready = 0 not in found.wrong
    counts = {"count": len(found.reviews), "good": found.positive, "bad": found.negative}
    page.text("paste.ready" if ready else "paste.waiting", **{name: f"{value}" for name, value in counts.items()})
    told_balance(page, found)
    return found.reviews if ready else ()


def choices(page: Page, found: Pasted) -> Choices:
    """Which columns the reader chose, and the scale of the labels; the guesses stand first."""
    columns, count = found.columns, found.columns.count

    def named(column: int) -> str:
        return page.label("paste.column", name=columns.name(column), example=columns.example(column)[:EXAMPLE])

    def column(which: str, guess: int) -> int | None:
        return st.selectbox(
            page.label(f"paste.{which}"),
            [None, *range(count)],
            format_func=lambda at: page.label("paste.guess", guess=named(guess)) if at is None else named(at),
            key=f"paste-{which}-{count}",
            on_change=redraw,
        )

    with st.container(key="paste-columns", horizontal=True):
        text, label = column("text", columns.text), column("label_column", columns.label)
        scale = scale_choice(page, found) if found.scale else None
    return Choices(text, label, scale)


def scale_choice(page: Page, found: Pasted) -> str | None:
    """The scale that the reader chose for numbers as labels."""

    def named(name: str) -> str:
        low, high = SCALES[name]
        return page.label("paste.scaled", low=f"{low}", high=f"{high}", middle=f"{(low + high) / 2:g}")

    guess = found.scale or ""
    return st.selectbox(
        page.label("paste.scale"),
        [None, *SCALES],
        format_func=lambda name: named(name) if name else page.label("paste.guess", guess=named(guess)),
        key="paste-scale",
        on_change=redraw,
    )


def preview(page: Page, found: Pasted) -> None:
    """The first lines, and how they are understood."""
    columns: Columns = found.columns
    rows = list(columns.rows.items())[:PREVIEW]

    def cell(row: list[str], at: int) -> str:
        return row[at] if at < len(row) else ""

    def understood(line: int, row: list[str]) -> str:
        side = side_of(cell(row, found.label), found.scale)
        sides = {1: "verdict.positive", -1: "verdict.negative", 0: "paste.neutral"}
        return page.label("paste.unused" if line in found.wrong or side is None else sides[side])

    shown = {
        "line": [line for line, _ in rows],
        "label": [cell(row, found.label) for _, row in rows],
        "understood": [understood(*each) for each in rows],
        "text": [cell(row, found.text) for _, row in rows],
    }
    heads = page.labels("preview")
    st.dataframe(pd.DataFrame({heads[name]: values for name, values in shown.items()}), hide_index=True)
    if found.neutral:
        page.text("paste.left", count=f"{found.neutral}")


def told_balance(page: Page, found: Pasted) -> None:
    """That most reviews have one label, if they have."""
    most = max(found.positive, found.negative)
    if most < UNEVEN * len(found.reviews) or not found.reviews:
        return
    label = page.label("verdict.positive" if most == found.positive else "verdict.negative")
    st.warning(page.label("paste.uneven", label=label, share=percent(most / len(found.reviews))))


def line_notice(page: Page, line: int, message: Message) -> str:
    """What is wrong with a pasted line; line 0 is the whole."""
    notice = page.message_text(message)
    return page.label("paste.line", line=f"{line}", message=notice) if line else notice


# ---- how good it is --------------------------------------------------------------------------------------------------


def measured(page: Page, trained: Trained[SourceFacts]) -> None:
    """How many reviews each network judges as their writers do, and how sure that is of the test."""
    measured = trained.facts.measured
    count = measured.count
    head = [page.label(f"measured.{name}") for name in ("network", "train", "valid", "test", "interval")]
    rows = []
    for kind, right in measured.right.items():
        shares = (some / whole for some, whole in zip(astuple(right), astuple(count), strict=True))
        train, valid, test = map(share, shares)
        tested = f"**{test}** {of(right.test, count.test)}"
        rows.append([page.label(f"run.{kind}"), train, valid, tested, interval(right.test, count.test)])
    most = next(iter(measured.confusion.values())).majority
    tested = f"{share(most / count.test)} {of(most, count.test)}"
    rows.append([page.label("measured.majority"), "", "", tested, interval(most, count.test)])
    table(head, rows)
    page.text("measured.of", **{name: f"{value}" for name, value in asdict(count).items()})


def share(value: float) -> str:
    return f"{percent(value, trim=False)}{NBSP}%"


def of(right: int, count: int) -> str:
    return f"({right}{NBSP}/{NBSP}{count})"


def interval(right: int, count: int) -> str:
    low, high = wilson(right, count)
    return f"{percent(low, trim=False)}{NBSP}– {percent(high, trim=False)}{NBSP}%"


def confusion(page: Page, trained: Trained[SourceFacts]) -> None:
    """What each network said of the reviews of the test."""
    names = [field.name for field in fields(Confusion)]
    head = [page.label("measured.network"), *(page.label(f"confusion.{name}") for name in names)]
    found = trained.facts.measured.confusion
    table(head, [[page.label(f"run.{kind}"), *map(str, astuple(found[kind]))] for kind in found])


def as_typed(page: Page, trained: Trained[SourceFacts]) -> None:
    """How many of the reviews as people type them each network has right, by way of typing."""
    measured = trained.facts.measured
    kinds = list(measured.typed)
    rows = [
        [page.label(f"way.{way}"), *(f"{measured.typed[kind][way]}{NBSP}/{NBSP}{count}" for kind in kinds)]
        for way, count in measured.typed_count.items()
    ]
    count = sum(measured.typed_count.values())
    right = {kind: sum(measured.typed[kind].values()) for kind in kinds}
    rows.append(
        [page.label("way.all"), *(f"**{share(right[kind] / count)}** {of(right[kind], count)}" for kind in kinds)]
    )
    rows.append([page.label("measured.interval"), *(interval(right[kind], count) for kind in kinds)])
    table([page.label("way.label"), *(page.label(f"run.{kind}") for kind in kinds)], rows)
