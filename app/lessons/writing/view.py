"""What the lesson `writing` asks and shows: a network that writes on, letter by letter, and how good it is."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

import numpy as np
import streamlit as st

from app.components.picture import picture
from app.components.writing import WORDS, chosen, packed, writing
from app.components.writing.data import Asked, Data, Source, Watched
from app.controls.address import Controls, View
from app.controls.many_units import Entries
from app.controls.settings import Setting, Typed, choice
from app.formatting import number
from app.i18n import stage_words
from app.lessons.writing.corpus import SOURCES, corpus, seen, split
from app.lessons.writing.model import KINDS, Writer, measured, odds, shipped, writer
from app.lessons.writing.pictures import bits_curve
from app.lessons.writing.units import Found, closest, found
from app.messages import Message
from app.page.page import Page
from app.page.redraw import redraw
from app.page.session import visit
from app.page.settings import value_of, write
from app.page.story import story
from app.page.views import table
from app.page.written import Written
from app.stage import scene_types as sent
from app.stage.layout import layout_of
from app.stage.scene import about, key_of
from cells import run

MOST = 600  # letters of a text
SOURCE, KIND = choice("text", SOURCES), choice("cell", KINDS)
BEGINNINGS = {"kieu": "Trăm năm trong cõi người ta,\n", "english": "Catherine was "}
DRAW = Setting("draw", 1, 9999, 1)
TEMPERATURE = Setting("temperature", 0.0, 2.0, 0.5, step=0.01)
COUNT = Setting("count", 0, MOST, 0)
BEGIN, KEPT = Typed("begin"), Typed("kept")
TEXT: tuple[Setting | Typed, ...] = (BEGIN, KEPT, COUNT, DRAW, TEMPERATURE)
LISTENED, SHOWN = 1500, 4  # letters over which units are compared, and units that are pointed at
LEARNED = ("rnn", "lstm", "gru")  # kinds, in the order in which they are told
SURE = 0.95  # of the letter to come: the challenge


def tell_story(page: Page) -> None:
    story(page, "best", (KIND,), ("writing", "best", "goal", "measured"))


def shown(page: Page) -> Writer:
    """The network that the address asks for."""
    return writer(shipped(page.shown(SOURCE)), page.shown(KIND))


def draw(page: Page) -> None:
    """The text, its odds and its cell: all in the browser, in a fragment of its own."""

    @st.fragment(key="writing")
    def fragment() -> None:
        network = shown(page)
        written = visit().answers.setdefault("writing", Written(TEXT, visit().unwritten))
        writing(data(page, network, cast(Written, written).token), taken)

    fragment()


def taken() -> None:
    """In a callback: another network or beginning. Another source begins anew; another cell writes as many letters."""
    asked = chosen()
    if asked is None or asked.source not in SOURCE.options or asked.kind not in KIND.options:
        return
    same, network = asked.source == value_of(SOURCE), (asked.source, asked.kind) == (value_of(SOURCE), value_of(KIND))
    texts = {name: text for name, text in asked.texts.items() if same or name in (DRAW.name, TEMPERATURE.name)}
    if not network:
        texts.pop(KEPT.name, None)
        visit().unwritten.update(at=None, unit=None)  # of the network before
    read = {setting: setting.read(texts[setting.name]) for setting in TEXT if setting.name in texts}
    values = {setting: read.get(setting, setting.default) for setting in TEXT}
    if any(isinstance(value, Message) for value in values.values()):
        return
    write((SOURCE, asked.source), (KIND, asked.kind), *values.items())
    redraw("goal") if network else redraw("writing", "best", "goal", "measured")


def data(page: Page, network: Writer, token: str) -> Data:
    """All that the browser is sent; under a token it tells what it has written in the address."""
    source, kind = value_of(SOURCE), value_of(KIND)
    begin = BEGINNINGS[source]
    view = place(page, network)
    return {
        "network": packed(
            f"{source}-{kind}",
            list(network.letters),
            network.cell.parameters | {"W_y": network.weight, "b_y": network.bias},
        ),
        "scene": scene(page, network, view),
        "sources": options(page, "source", SOURCES),
        "kinds": options(page, "kind", KINDS),
        "source": source,
        "kind": kind,
        "facts": page.label(
            "facts.model",
            units=f"{network.cell.units}",
            letters=f"{len(network.letters)}",
            lines=f"{measured(shipped(source)).lines}",
        ),
        "watched": watched(source, kind)[0],
        "every": watched(source, kind)[1],
        "begin": begin,
        "temperature": TEMPERATURE.default,
        "asked": asked_of(page, view, begin),
        "words": words(page),
        "answers": token,
    }


def words(page: Page) -> dict[str, str]:
    """What the component says."""
    every = page.labels("writer")
    return {word: every[word] for word in WORDS} | {"found": page.label("writer.found", letters=f"{LISTENED}")}


@lru_cache(maxsize=len(SOURCES) * len(KINDS))
def watched(source: str, kind: str) -> tuple[list[Watched], list[Watched]]:
    """The units that follow something most, and what every one follows, over the beginning of the text held back."""
    network, text = writer(shipped(source), kind), split(corpus(source)).held[:LISTENED]
    trace = run(network.cell, network.one_hot(network.indices(text)))
    values = trace["c" if "c" in network.cell.graph.before else "h"]
    return [sent_unit(one) for one in found(text, values)[:SHOWN]], [sent_unit(one) for one in closest(text, values)]


def sent_unit(one: Found) -> Watched:
    return {"name": one.feature, "unit": one.unit, "r": round(one.r, 3)}


def options(page: Page, group: str, keys: tuple[str, ...]) -> list[Source]:
    names = page.labels(group)
    return [{"key": key, "title": names[key]} for key in keys]


def place(page: Page, network: Writer) -> View:
    """The unit, letter and stage that the address asks for; with a notice of what cannot be."""
    address = Entries({}, Controls({}, {}, ()), cell=network.cell)
    view, problems = address.view(st.query_params, MOST, stages_of(network), network.cell.units)
    page.warn(problems)
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
        "at": (1, view.at[1] if view.at else stages_of(network) - 2),
        "committed": 0,
        "presets": {},
        "compact": True,
    }


# ---- questions -------------------------------------------------------------------------------------------------------


def bits_of(page: Page) -> dict[str, float]:
    """Bits per letter on what is held back: of the best counting, and of each network."""
    facts = measured(shipped(page.shown(SOURCE)))
    return {"ngram": facts.best, **{kind: facts.bits[kind] for kind in LEARNED}}


def predict(page: Page) -> None:
    """Who needs the fewest bits per letter?"""

    @st.fragment(key="best")
    def fragment() -> None:
        bits = bits_of(page)
        told = {name: number(value, 2) for name, value in bits.items()}
        page.predict("best", list(bits), min(bits, key=bits.__getitem__), parts=("measured", "best"), **told)

    fragment()


def how_good(page: Page) -> None:
    """The bits per letter of counting and of the networks; covered until the reader has guessed."""

    @st.fragment(key="measured")
    def fragment() -> None:
        if not page.guessed("best"):
            page.cover("bits")
            return
        facts = measured(shipped(page.shown(SOURCE)))
        names = page.labels("kind")
        learned = {kind: facts.bits[kind] for kind in LEARNED}
        picture(bits_curve(facts.ngrams, learned, names | page.labels("bits.picture")), "bits")
        rows = [
            [page.label("bits.ngram", n=f"{n}") if n else page.label("bits.none"), number(bits, 3)]
            for n, bits in enumerate(facts.ngrams)
        ]
        rows += [[f"**{names[kind]}**", f"**{number(bits, 3)}**"] for kind, bits in learned.items()]
        with st.expander(page.label("bits.fold")):
            table(page.label("bits.head").split("|"), rows)
        page.text("bits.notice", learned=f"{facts.learned}", held=f"{facts.held}")

    fragment()


def challenge(page: Page) -> None:
    """A beginning of the reader's own after which the next letter is nearly certain."""

    @st.fragment(key="goal")
    def fragment() -> None:
        network, begin = shown(page), page.shown(BEGIN)
        if not begin:
            page.challenge("elsewhere")
            return
        likely = after(network, begin[:MOST])
        best = int(likely.argmax())
        state = "solved" if likely[best] >= SURE else "open"
        page.challenge(state, odd=number(100 * float(likely[best]), 1), letter=visible(network.letters[best]))

    fragment()


def after(network: Writer, text: str) -> np.ndarray:
    """The odds of the letter after a text, (letters,)."""
    x = network.one_hot(network.indices(seen(text)))
    return odds(network.scores(run(network.cell, x)["h"][-1]))


def visible(letter: str) -> str:
    return {" ": "␣", "\n": "↵"}.get(letter, letter)
