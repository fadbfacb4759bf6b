"""The lesson `gates`: it opens with two gradients alive and one vanished, and asks what a bias of 0 would leave."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
import streamlit

from app.controls.settings import Setting
from app.formatting import scientific
from app.i18n import LANGUAGES, labels
from app.lessons.gates.model import ASKED, fate, gives_away, goal, lstm
from app.lessons.gates.sections import splits
from app.lessons.gates.view import BIAS, SECTIONS
from app.page.page import Page
from app.untrained import view
from app.untrained.curves import ALIVE, VANISHED, curves, ends
from app.untrained.initial import Settings
from app.untrained.torch_check import verified
from app.untrained.view import EVERY, SCALE, SEED, STEPS, UNITS, Board
from tests.page.test_every_page import opened, text

DEFAULT = Settings(scale=0.5, forget_bias=3.0)
STATES = {"rnn": "h", "lstm": "c", "gru": "h"}


def rows(test):
    """The rows of curves that the browser is sent."""
    return next(json.loads(e.proto.json) for e in test.get("bidi_component") if "reach" in e.proto.id)["rows"]


def test_the_page_opens_with_two_gradients_alive_and_one_vanished():
    found = ends(DEFAULT)
    assert found["rnn"] < VANISHED
    assert min(found["lstm"], found["gru"]) > ALIVE
    shown = [row["curves"][0]["texts"][-1] for row in rows(opened("gates"))]
    assert shown == [scientific(found[kind]) for kind in STATES]
    for split in splits(DEFAULT).values():  # the memory alone is enough
        assert split.sizes()["along"][0] > ALIVE


def test_one_bias_solves_the_challenge():
    biases = [BIAS.low + BIAS.step * k for k in range(41)]
    states = [goal(replace(DEFAULT, steps=100, forget_bias=bias)) for bias in biases]
    assert states.count("solved") == 1
    best = biases[states.index("solved")]
    assert lstm(replace(DEFAULT, steps=100, forget_bias=best - BIAS.step)) < ALIVE
    assert goal(replace(DEFAULT, forget_bias=best)) == "short"
    assert goal(replace(DEFAULT, steps=100, forget_bias=best, every=True)) == "every"
    assert goal(replace(DEFAULT, steps=100)) == "loose"


def neighbours(setting: Setting):
    return [round(setting.default + way * setting.step, 2) for way in (-1, 1)]


STEPS_OF_A_CONTROL = [
    {setting.name: setting.text(value)}
    for setting in (BIAS, SCALE, UNITS, STEPS, SEED)
    for value in neighbours(setting)
    if value >= setting.low
] + [{EVERY.name: "true"}]


@pytest.mark.parametrize("query", [{}, *STEPS_OF_A_CONTROL], ids=str)
def test_neither_arrival_nor_the_smallest_step_solves_the_challenge(query):
    assert not opened("gates", **query).success


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_challenge_can_be_solved(language):
    (done,) = opened("gates", lang=language, steps="100", forget_bias="2.25").success
    found = ends(Settings(scale=0.5, steps=100, forget_bias=2.25))
    smaller = lstm(Settings(scale=0.5, steps=100, forget_bias=2.0))
    words = labels(language, "gates")["goal.solved"]
    values = {kind: scientific(value) for kind, value in found.items()}
    told = words.format(bias="2.25", step="0.25", smaller=scientific(smaller), **values)
    assert done.value == told


def test_the_answer_is_computed():
    assert fate(DEFAULT) == "vanished"
    assert fate(replace(DEFAULT, steps=5)) == "alive"
    assert gives_away(replace(DEFAULT, forget_bias=ASKED))
    assert not gives_away(DEFAULT)


def test_what_a_gate_leaves_over_many_steps():
    assert pytest.approx(1 / 20, rel=0.05) == 0.95**59
    assert 0.5**59 < 1e-17


@pytest.mark.parametrize("bias", [0.0, -2.0, 1.25])
def test_nothing_tells_the_answer_before_the_guess(bias):
    settings = replace(DEFAULT, forget_bias=bias)
    numbers = {scientific(ends(settings)[kind]) for kind in ("lstm", "gru")}
    test = opened("gates", forget_bias=f"{bias:g}")
    assert [set(row["curves"][0]["texts"]) == {"?"} for row in rows(test)] == [False, True, True]
    sent = "".join(each.proto.json for each in test.get("bidi_component"))
    for value in numbers:
        assert f'"{value}"' not in sent
        assert value not in text(test)
    test.button_group(key="gates-plain").set_value("vanished").run()
    words = labels("en")
    assert words["predict.right"] in text(test)
    assert f"**{scientific(lstm(replace(DEFAULT, forget_bias=0.0)))}**" in text(test)
    for kind, row in zip(STATES, rows(test), strict=True):
        assert row["curves"][0]["texts"] == [scientific(v) for v in curves(settings)[kind][STATES[kind]][::-1]]
        assert [preset["kind"] for preset in row["presets"]] == ["plain"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_prints_the_cores_ends(language):
    settings = Settings(scale=0.8, units=4, steps=20, forget_bias=3.0)
    test = opened("gates", lang=language, scale="0.8", units="4", steps="20")
    for value in ends(settings).values():
        assert scientific(value) in text(test)


def test_sections_are_not_drawn_for_curves_that_have_moved_on(monkeypatch):
    drawn, now, state = [], [Settings(scale=0.5)], {}
    monkeypatch.setattr(streamlit, "session_state", state)
    monkeypatch.setattr(Board, "settled", lambda _: now[0])
    monkeypatch.setattr(view, "redraw", lambda *parts: drawn.append(parts))
    board = Board(Page("gates", "en"), (SCALE, BIAS), SECTIONS, ())
    state["idle"] = SimpleNamespace(rested=None)
    state["idle"].rested = board.idle_state()
    board.follow()
    assert drawn == [tuple(SECTIONS)]
    now[0] = Settings(scale=0.55)
    board.follow()
    assert len(drawn) == 1


def test_the_proof_is_printed():
    test = opened("gates", units="4", steps="20")
    test.button(key="verify-run").click().run()
    assert scientific(verified(Settings(scale=0.5, units=4, steps=20, forget_bias=3.0))) in text(test)


@pytest.mark.parametrize("query", [{"scale": "x"}, {"forget_bias": "9"}, {"units": "0"}, {"every": "maybe"}])
def test_a_bad_address_is_told(query):
    test = opened("gates", **query)
    assert not test.exception
    assert any(f"`{next(iter(query))}`" in warning.value for warning in test.warning)
