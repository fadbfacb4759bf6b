"""What the lesson `writing` asks and shows: a network that writes on, letter by letter, and how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from zlib import crc32

import streamlit as st

from app.components.writing import WORDS, chosen, packed, writing
from app.components.writing.data import Asked, Data, Source, Watched
from app.controls.address import Controls, View
from app.controls.many_units import Entries
from app.controls.settings import Setting, Typed, choice
from app.i18n import stage_words
from app.lessons.writing.corpus import OWN, SOURCES, beginning, corpus, split
from app.lessons.writing.model import KINDS, LISTENED, UNTRAINED, Writer, followed, measured, shipped, writer
from app.lessons.writing.records import TASK, WritingFacts
from app.lessons.writing.units import Found
from app.messages import Message
from app.page.page import Page
from app.page.redraw import redraw
from app.page.session import session, visit
from app.page.settings import value_of, write
from app.page.story import story
from app.page.written import Written
from app.stage import scene_types as sent
from app.stage.layout import layout_of
from app.stage.scene import about, key_of
from app.trained.panel import made
from app.training.saved import Trained, kind_of

MOST = 600  # letters of a text
SOURCE, KIND = choice("text", (*SOURCES, OWN)), choice("cell", KINDS)
BOX = "own-typed"  # the key of the box for a text of the reader's own
BEGINNINGS = {"kieu": "Trăm năm trong cõi người ta,\n", "english": "Catherine was "}
DRAW = Setting("draw", 1, 9999, 1)
TEMPERATURE = Setting("temperature", 0.0, 2.0, 0.5, step=0.01)
COUNT = Setting("count", 0, MOST, 80)  # as many as the page has room for
BEGIN, KEPT = Typed("begin"), Typed("kept")
TEXT: tuple[Setting | Typed, ...] = (BEGIN, KEPT, COUNT, DRAW, TEMPERATURE)


def tell_story(page: Page) -> None:
    story(page, "best", (KIND,), ("writing", "best", "goal", "measured"))


@dataclass(frozen=True)
class Shown:
    """The network on show: what it learned from, its kind of cell, and the training that gave it."""

    source: str
    kind: str
    trained: Trained[WritingFacts]

    @property
    def writer(self) -> Writer:
        return writer(self.trained, self.kind)


def shown(source: str, kind: str) -> Shown:
    """The network that is asked for; where there is none of the reader's own, the course's first stands in for it."""
    trained = trained_of(source)
    if trained is None:
        source, trained = SOURCES[0], shipped(SOURCES[0])
    kinds = kinds_of(trained)
    return Shown(source, kind if kind in kinds else kinds[0], trained)


def trained_of(source: str) -> Trained[WritingFacts] | None:
    """The networks of a source; of the reader's own text those that were trained last, if there are any."""
    if source != OWN:
        return shipped(source)
    found = made(TASK)
    return found[0] if found else None


def kinds_of(trained: Trained[WritingFacts]) -> tuple[str, ...]:
    there = {kind_of(run) for run in trained.runs} | {UNTRAINED}
    return tuple(kind for kind in KINDS if kind in there)


def asked_for(page: Page) -> Shown:
    """The network that the address asks for."""
    return shown(page.shown(SOURCE), page.shown(KIND))


def draw(page: Page) -> None:
    """The text, its odds and its cell: all in the browser, in a fragment of its own."""

    @st.fragment(key="writing")
    def fragment() -> None:
        written = visit().answers.setdefault("writing", Written(TEXT, visit().unwritten))
        writing(data(page, asked_for(page), cast(Written, written).token), taken)

    fragment()


def taken() -> None:
    """In a callback: another network or beginning. Another source begins anew; another cell writes as many letters."""
    asked = chosen()
    if asked is None or asked.source not in SOURCE.options or asked.kind not in KIND.options:
        return
    there = shown(asked.source, asked.kind)
    same, network = asked.source == value_of(SOURCE), (asked.source, asked.kind) == (value_of(SOURCE), value_of(KIND))
    texts = {name: text for name, text in asked.texts.items() if same or name in (DRAW.name, TEMPERATURE.name)}
    if not network:
        texts.pop(KEPT.name, None)
        visit().unwritten.update(at=None, unit=None)  # of the network before
    read = {setting: setting.read(texts[setting.name]) for setting in TEXT if setting.name in texts}
    values = {setting: read.get(setting, setting.default) for setting in TEXT}
    if any(isinstance(value, Message) for value in values.values()):
        return
    write((SOURCE, there.source), (KIND, there.kind), *values.items())
    redraw("goal") if network else redraw("writing", "best", "goal", "measured")


def data(page: Page, found: Shown, token: str) -> Data:
    """All that the browser is sent; under a token it tells what it has written in the address."""
    source, kind, network = found.source, found.kind, found.writer
    begin = BEGINNINGS.get(source) or beginning(session().kept.values.get(BOX, ""))
    view, (watched, every) = place(page, network), units(found)
    return {
        "network": packed(
            f"{source}-{kind}-{crc32(network.bias.tobytes())}",
            list(network.letters),
            network.cell.parameters | {"W_y": network.weight, "b_y": network.bias},
        ),
        "scene": scene(page, network, view),
        "sources": options(page, "source", (*SOURCES, OWN) if trained_of(OWN) else SOURCES),
        "kinds": options(page, "kind", kinds_of(found.trained)),
        "source": source,
        "kind": kind,
        "facts": page.label(
            "facts.model",
            units=f"{network.cell.units}",
            letters=f"{len(network.letters)}",
            lines=f"{measured(found.trained).lines}",
        ),
        "watched": [sent_unit(one) for one in watched],
        "every": [sent_unit(one) for one in every],
        "begin": begin,
        "temperature": TEMPERATURE.default,
        "count": int(COUNT.default),
        "asked": asked_of(page, view, begin),
        "words": words(page),
        "answers": token,
    }


def words(page: Page) -> dict[str, str]:
    """What the component says."""
    every = page.labels("writer")
    return {word: every[word] for word in WORDS} | {"found": page.label("writer.found", letters=f"{LISTENED}")}


Followed = tuple[Sequence[Found], Sequence[Found]]  # the units to watch; what each one follows most


def units(found: Shown) -> Followed:
    """What units follow: of a reader's network as it was found when it was trained, for its text is gone."""
    if found.source != OWN:
        return listened(found.source, found.kind)
    facts = measured(found.trained)
    return facts.watched.get(found.kind, ()), facts.followed.get(found.kind, ())


@lru_cache(maxsize=len(SOURCES) * len(KINDS))
def listened(source: str, kind: str) -> Followed:
    """What the units follow, over the beginning of the text that is held back."""
    return followed(writer(shipped(source), kind), split(corpus(source)).held)


def sent_unit(one: Found) -> Watched:
    return {"name": one.feature, "unit": one.unit, "r": round(one.r, 3)}


def options(page: Page, group: str, keys: tuple[str, ...]) -> list[Source]:
    names = page.labels(group)
    return [{"key": key, "title": names[key]} for key in keys]


def place(page: Page, network: Writer) -> View:
    """The unit, letter and stage that the address asks for; with a notice of what cannot be."""
    address = Entries({}, Controls({}, {}, ()), cell=network.cell)
    view, problems = address.view(st.query_params, MOST, stages_of(network), network.cell.units)
    lost = value_of(SOURCE) == OWN and trained_of(OWN) is None
    page.warn([*problems, *([Message("own.gone")] if lost else [])])
    return view


def stages_of(network: Writer) -> int:
    return len(layout_of(network.cell)["stages"])


def asked_of(page: Page, view: View, begin: str) -> Asked:
    """The text that the address asks for, and what of it is looked at."""
    placed = view.at is not None or "unit" in st.query_params
    return {
        "begin": (page.shown(BEGIN) or begin)[:MOST],
        "kept": page.shown(KEPT)[:MOST],
        "count": page.shown(COUNT),
        "draw": page.shown(DRAW),
        "temperature": page.shown(TEMPERATURE),
        "unit": view.unit if placed else None,
        "letter": view.at[0] - 1 if view.at else None,
    }


def scene(page: Page, network: Writer, view: View) -> sent.SentScene:
    """The stage of its cell: its weights and what it reads are the component's."""
    cell = network.cell
    told = stage_words(page.language, "step") | page.labels("stage")
    controls: sent.Controls = {"weights": {}, "days": {}, "show": []}
    return {
        "cells": {key_of(cell): about(cell, told) | {"parameters": {}}},
        "series": [],
        "unit": 0,
        "targets": {},
        "controls": controls,
        "defaults": controls,
        "limits": {"slider": (0, 0), "typed": (0, 0), "step": 1, "days": (1, MOST), "value": (0, 1)},
        "at": (1, view.at[1] if view.at else max(1, stages_of(network) - 2)),
        "committed": 0,
        "presets": {},
        "compact": True,
    }
