"""The overview of a layer's units: its run, a window of it, and what the browser is sent of that."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from secrets import token_urlsafe

import numpy as np
import streamlit as st

from app.components.overview import WORDS, overview, packed
from app.components.overview.data import Data, Order, Quantity
from app.i18n import stage_words
from app.lessons.model import model
from app.lessons.model.beside.view import Candidate
from app.lessons.model.held import Held, key_of
from app.lessons.model.loading.view import SOON, under_way
from app.lessons.model.model import Look
from app.lessons.model.reading.starts import states_of
from app.lessons.model.sections import cell_name, name_of
from app.lessons.model.shown import Layer, Other, Reading, Shown
from app.lessons.model.unit.view import ONE, OVERVIEW
from app.lessons.model.view import bench
from app.lessons.model.work import Tell, Work
from app.messages import RefusedError
from app.page.page import Page
from app.page.redraw import redraw
from app.stage.layout import layout_of
from cells import StackTrace

WINDOW = 200  # steps that are shown
LISTED = 12  # inputs by which the units can be sorted


@dataclass(frozen=True)
class Job:
    """A run that is asked for."""

    held: Held
    key: Hashable
    run: Callable[[Tell], StackTrace]


def run(page: Page, held: Held, layer: Layer, reading: Reading, beside: Candidate | None) -> Shown | None:
    """The module's run and a window of the chosen cell's; None, after a message, where it cannot begin as asked."""
    try:
        first_run = job(held, layer.index, layer.answers, reading)
        second_run = job(beside.held, beside.index, beside.answers, reading) if beside else None
    except RefusedError as refused:
        st.warning(page.message_text(refused.message))
        return None
    runs = computed(page, [each for each in (first_run, second_run) if each], len(reading.x))
    if runs is None:
        return None
    trace, second = runs[0], runs[-1]
    first, steps = choose_window(page, len(reading.x))
    look = model.look_at(trace, layer.where, first, steps)
    other = None
    if beside:
        other = Other(beside.name, model.look_at(second, beside.where, first, steps))
    return Shown(layer, reading, trace, look, sent(page, layer, reading, look, other), other)


def choose_window(page: Page, steps: int) -> tuple[int, int]:
    """The first of the steps that are shown, from 0, and how many: of a long run some, or all at once."""
    last = steps - WINDOW + 1
    if last <= 1 or st.toggle(page.label("own.whole", steps=f"{steps}"), key="model-whole", on_change=redraw):
        return 0, steps
    first: int = st.slider(page.label("own.window"), 1, last, key="model-window", on_change=redraw)
    return first - 1, WINDOW


def job(held: Held, index: int, answers: Mapping[str, str], reading: Reading) -> Job:
    """A module's run over an input, which may have been made before."""
    assert held.file is not None
    states = states_of(reading.start, held.file.layers[index], held.stack(index, answers))
    return Job(held, key_of(index, answers, reading.x, states), partial(held.run, index, answers, reading.x, states))


def computed(page: Page, jobs: Sequence[Job], steps: int) -> list[StackTrace] | None:
    """The runs, once there are all of them; until then a card that tells how far they are."""
    mine, key = bench(), tuple((id(each.held), each.key) for each in jobs)

    def compute(tell: Tell) -> list[StackTrace]:
        return [each.run(tell) for each in jobs]

    if mine.running and mine.running.key != key:
        mine.running.cancel()
        mine.running = None
    if mine.running is None:
        if all(each.key in each.held.runs for each in jobs):
            return [each.held.runs[each.key] for each in jobs]
        mine.running = Work(key, ("run",), compute, page.label("loading.title"))
    work = mine.running
    if work.cancelled:
        page.text("loading.cancelled")
        st.button(page.label("loading.again"), key="model-run-again", on_click=run_again)
    elif work.ended(SOON):
        mine.running = None
        return work.result()
    else:
        under_way(page, work, work.cancel, steps=f"{steps}")
    return None


def run_again() -> None:
    """In a callback: begin a run that was cancelled."""
    bench().running = None
    redraw()


def sent(page: Page, layer: Layer, reading: Reading, look: Look, other: Other | None) -> Data:
    """What the browser is sent of a window."""
    orders = sorted_by(page, reading, look, other)
    unit = orders[0]["units"][0]
    title = page.label(
        "units.title", layer=cell_name(layer.where, layer.cells), units=f"{look.cell.units}", steps=f"{look.steps}"
    )
    known = sha256(look.memory.tobytes())
    if other:
        known.update(other.look.memory.tobytes())
    return {
        "key": f"{layer.where}-{look.first}-{known.hexdigest()[:12]}",
        "title": title,
        "units": look.cell.units,
        "steps": look.steps,
        "first": look.first,
        "backward": look.trace.reverse,
        "quantities": quantities(page, look, other),
        "beside": [own_name(layer), other.name] if other else [],
        "chosen": "c" if "c" in look.names else look.names[-1],
        "orders": orders,
        "inputs": [{"title": name, "numbers": np.round(column, 4).tolist()} for name, column in columns(reading, look)],
        "at": {"unit": unit, "step": model.liveliest(look, unit), "value": look.names[0]},
        "answers": token_urlsafe(),
        "words": {word: page.label(f"overview.{word}") for word in WORDS},
    }


def quantities(page: Page, look: Look, other: Other | None) -> list[Quantity]:
    """The values that every unit has, those of a cell beside it on the same scales."""
    words, roles = stage_words(page.language, "step"), layout_of(look.cell)["roles"]
    shorts, found = page.labels("short"), list[Quantity]()
    looks = [look, other.look] if other else [look]
    for name in look.names:
        low, high = model.limits(looks, name)
        title = words.get(f"value.{name}.name", name)
        found.append({
            "name": name, "title": title, "short": shorts.get(name, ""), "role": roles.get(name, "h"),
            "low": low, "high": high, "gate": name in look.gates, "numbers": packed(look[name]),
            "other": packed(other.look[name]) if other else "",
            "apart": model.apart(look, other.look, name) if other else 0.0,
        })  # fmt: skip
    return found


def own_name(layer: Layer) -> str:
    """What a layer is called beside another."""
    name = name_of(layer.found)
    return f"{name} {cell_name(layer.where, layer.cells)}" if len(layer.cells) > 1 else name


def columns(reading: Reading, look: Look) -> list[tuple[str, np.ndarray]]:
    """What the module reads, over the steps that are shown: its first columns."""
    return list(zip(reading.names[:LISTED], reading.x[look.window].T, strict=False))


def sorted_by(page: Page, reading: Reading, look: Look, other: Other | None) -> list[Order]:
    """The ways to sort the units: those of a cell beside it stand in the same order."""
    scores = {"difference": model.differences(look, other.look)} if other else {}
    scores |= {"activity": model.activity(look), "change": model.change(look)}
    if look.gates:
        scores["saturation"] = model.saturation(look)
    plain = [order(page, name, page.label(f"sort.{name}"), score) for name, score in scores.items()]
    return plain + [
        order(page, "correlation", name, model.correlation(look, column), k)
        for k, (name, column) in enumerate(columns(reading, look))
    ]


def order(page: Page, name: str, title: str, score: np.ndarray, column: int | None = None) -> Order:
    return {
        "name": name if column is None else f"{name}-{column}",
        "title": title,
        "units": model.ranked(score).tolist(),
        "scores": np.round(score, 4).tolist(),
        "score": page.label(f"score.{name}", score="{score}"),
        "input": column,
    }


def units(shown: Shown) -> None:
    """The overview, in a fragment of its own: of what is chosen there only the reasons are drawn anew."""

    @st.fragment(key="overview")
    def draw() -> None:
        overview(shown.data, OVERVIEW, lambda: redraw("why", "moves", *([ONE] if shown.one_unit else [])))

    draw()
