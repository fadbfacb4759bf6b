"""The panel in which a network learns the reader's own text: the text, the learning, and what came of it."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app.formatting import number
from app.lessons.writing.charts import learning
from app.lessons.writing.corpus import LONGEST, OWN, SHORTEST, own_parts, own_text
from app.lessons.writing.model import measured
from app.lessons.writing.ngrams import baselines
from app.lessons.writing.own.reading import reading
from app.lessons.writing.records import TASK, Measured, WritingFacts, WritingSettings, own_settings
from app.lessons.writing.view import BOX, KIND, SOURCE, TEXT
from app.messages import RefusedError
from app.page.kept import fill, kept
from app.page.page import Page
from app.page.redraw import redraw, redraw_page
from app.page.settings import write
from app.page.views import draw, table
from app.trained.download import take_along
from app.trained.panel import EVERY, begin, made, outcome, under_way, watch
from app.training.saved import Losses, Run, Trained, kind_of
from app.training.worker import Entry

FILE = "own-file"
CELLS, UNITS = ("lstm", "gru", "rnn"), ("128", "64", "32")
TYPED = 300_000  # letters that the box takes: more than can be learned, so that it is said how many are too many
MEGABYTES = 1  # of a file: in UTF-16 a text takes twice as much


def panel(page: Page) -> None:
    """The panel; while the reader's job runs it alone is drawn again and again, and when it ends, the page is."""
    running = under_way()

    @st.fragment(key="own", run_every=EVERY if running else None)
    def drawn() -> None:
        if running:
            watch(page, TASK, running, lambda settings, entries: follow(page, settings, entries), "own.running")
            box(page, disabled=True)  # one that is taken away and drawn again may lose what was typed
        else:
            ask(page)
            if found := made(TASK):
                came_of_it(page, *found)

    if page.painted:  # its chart would keep the browser from what the page opens with (`Page.first`)
        drawn()


# ---- the text --------------------------------------------------------------------------------------------------------


def ask(page: Page) -> None:
    """The text and the network, and a button that begins."""
    with page.part("figures-own"):
        with page.part("figure-own-text"):
            typed = text_of(page)
            page.text("own.private")
        with page.part("figure-own-cell"):
            text = counted(page, typed)
            kind = page.choose("own-cell", CELLS, group="own.cell", parts=("own",))
            units = page.choose("own-units", UNITS, group="own.units", parts=("own",))
            settings = own_settings(text, kind, int(units))
            st.button(
                page.label("own.train"), key="train", type="primary", disabled=not text,
                on_click=begin, args=(TASK, settings),
            )  # fmt: skip
            outcome(page, TASK)


def box(page: Page, disabled: bool = False) -> str:
    """The box for the text; what is in it."""
    return st.text_area(
        page.label("own.label"), height=170, max_chars=TYPED, placeholder=page.label("own.example"), disabled=disabled,
        **kept(BOX),
    )  # fmt: skip


def text_of(page: Page) -> str:
    """What is in the box: typed, or from a file that was given."""
    typed = box(page)

    def given() -> None:
        file = st.session_state.get(FILE)
        try:
            text = reading(file.getvalue()).text if isinstance(file, UploadedFile) else ""
        except RefusedError:
            text = ""  # it is said below, and the box stays as it was
        if text:
            fill(BOX, text)
        redraw()

    file = st.file_uploader(page.label("own.file"), key=FILE, max_upload_size=MEGABYTES, on_change=given)
    if file:
        try:
            found = reading(file.getvalue())
        except RefusedError as refused:
            st.error(page.message_text(refused.message))
        else:
            (st.info if found.sure else st.warning)(
                page.label(f"own.read.{'sure' if found.sure else 'guess'}", encoding=found.encoding)
            )
    return typed


def counted(page: Page, typed: str) -> str:
    """The text as it is learned, with what there is to count of it; empty, with the reason, where it cannot be."""
    if not typed.strip():
        st.info(page.label("own.empty", least=number(SHORTEST, 0), most=f"{LONGEST // 1000}"))
        return ""
    try:
        text = own_text(typed)
    except RefusedError as refused:
        st.error(page.message_text(refused.message))
        return ""
    letters = sorted(set(text) - {" ", "\n"})
    page.text("own.counted", count=number(len(text), 0), different=f"{len(set(text))}")
    st.text(" ".join(letters))  # a reader's letters: plain text
    return text


# ---- the learning ----------------------------------------------------------------------------------------------------


def follow(page: Page, settings: WritingSettings, entries: Sequence[Entry]) -> None:
    """A training under way: its bits beside counting, and what it writes."""
    grams = counting(settings)
    if not grams:  # it has just ended
        return
    how_it_went(page, [entry.losses for entry in entries], entries[-1].epochs, grams, None, entries)


@st.cache_data(max_entries=8, show_spinner=False, hash_funcs={WritingSettings: lambda settings: settings.identity})
def counting(settings: WritingSettings) -> list[float]:
    """The bits per letter of counting, as the training will measure them."""
    if not settings.text:
        return []
    text = own_text(settings.text)
    parts = own_parts(text)
    return baselines(parts.learned, parts.held, len(set(text)))


def how_it_went(
    page: Page,
    losses: Sequence[Losses],
    updates: int,
    grams: Sequence[float],
    at: float | None,
    entries: Sequence[Entry],
) -> None:
    """The bits per letter over updates, and the samples, the newest first."""
    points = np.array([[each.epoch, each.train / math.log(2), each.valid / math.log(2)] for each in losses], float)
    order = int(np.argmin(grams))
    words = page.labels("own.chart") | {"best": page.label("own.order", n=f"{order}")}
    with page.part("figures-learning"):
        with page.part("figure-own-bits"):
            draw(learning(points, grams, updates, at, words, page.dark), "own-bits", words["alt"], save=False)
        with page.part("figure-own-samples"):
            page.text("own.samples")
            page.html(listed(page, [entry for entry in entries if entry.snapshot]))


def listed(page: Page, entries: Sequence[Entry]) -> str:
    """Samples as a list, each with the second at which it was written."""
    lines = "".join(
        f"<li><b>{escape(page.label('own.second', n=number(entry.seconds, 0)))}</b> <span>{escape(text)}</span></li>"
        for entry in reversed(entries)
        for text in [unicodedata.normalize("NFC", "".join(chr(int(code)) for code in entry.snapshot)).strip()]
    )
    return f'<ol class="gw-samples" tabindex="0" aria-label="{escape(page.label("own.samples"))}">{lines}</ol>'


# ---- what came of it -------------------------------------------------------------------------------------------------


def came_of_it(page: Page, trained: Trained[WritingFacts], entries: Sequence[Entry]) -> None:
    """How good the reader's network is beside counting, how it learned, and what can be done with it."""
    facts, ((name, run),) = measured(trained), trained.runs.items()
    with page.part("own-result"):
        page.text(f"own.result.{result(facts, kind_of(name))}", **told(page, facts, name, run))
        page.text(f"own.ended.{end(trained, run)}", **ends(trained, run))
        by_order(page, facts, name)
        st.button(page.label("own.write"), key="own-write", type="primary", on_click=write_on, args=(kind_of(name),))
        page.text("own.address")
        with st.expander(page.label("own.again")):
            kept_at = max(run.checkpoints)
            how_it_went(page, run.losses, run.losses[-1].epoch, facts.ngrams, kept_at, entries)
        take_along(page, TASK, trained, Trained({}, trained.facts))


def result(facts: Measured, kind: str) -> str:
    """Who needs fewer bits per letter."""
    return "network" if facts.bits[kind] < facts.best else "counting"


def told(page: Page, facts: Measured, name: str, run: Run) -> dict[str, str]:
    kind = kind_of(name)
    return {
        "cell": page.label(f"run.{kind}"),
        "bits": number(facts.bits[kind], 2),
        "best": number(facts.best, 2),
        "order": f"{int(np.argmin(facts.ngrams))}",
        "held": number(facts.held, 0),
    }


def end(trained: Trained[WritingFacts], run: Run) -> str:
    """Why a training ended: it was through, its time was up, or what is kept stopped getting better before."""
    done, best = run.losses[-1].epoch, max(run.checkpoints)
    if best < done:
        return "best"
    return "through" if done >= asked(trained) else "time"


def asked(trained: Trained[WritingFacts]) -> int:
    return trained.facts.settings.epochs * trained.facts.settings.updates


def ends(trained: Trained[WritingFacts], run: Run) -> dict[str, str]:
    done, best = run.losses[-1].epoch, max(run.checkpoints)
    return {"done": number(done, 0), "best": number(best, 0), "all": number(asked(trained), 0)}


def by_order(page: Page, facts: Measured, name: str) -> None:
    """The bits per letter of every way, in one line."""
    kind = kind_of(name)
    head = ["", *(page.label("own.order", n=f"{n}") for n in range(len(facts.ngrams)))]
    row = [number(bits, 2) for bits in facts.ngrams]
    table([*head, page.label(f"run.{kind}")], [[page.label("own.bits"), *row, f"**{number(facts.bits[kind], 2)}**"]])


def write_on(kind: str) -> None:
    """In a callback: have the writer above go on with the reader's network, from its beginning."""
    begins = ((setting, setting.default) for setting in TEXT)
    write((SOURCE, OWN), (KIND, kind), *begins)
    redraw_page()
