"""The gradients of the lesson `today`: the chosen cell's curves before the LSTM's and the GRU's, and what is said."""

import json

import numpy as np
import pytest

from app.controls.kinds import LATER
from app.formatting import number, scientific
from app.i18n import LANGUAGES, labels
from app.lessons.today.reach.model import longest, seen
from app.lessons.today.reach.view import BIAS, OWN, SCALE, of_page
from app.lessons.today.shares import kept
from app.untrained.curves import curves, ends
from app.untrained.initial import Settings
from app.untrained.model import gradients_of
from tests.page.test_every_page import expect_told, opened, text

DEFAULT = Settings(scale=SCALE.default, forget_bias=BIAS.default)
OTHER = {"lru": ("ring", "0.9"), "rwkv": ("decay", "-7"), "mamba": ("delta", "0.1")}
BESIDE = ("lstm", "gru")


def drawn(test):
    """The rows of curves that the browser is sent."""
    return next(json.loads(e.proto.json) for e in test.get("bidi_component") if "reach" in e.proto.id)["rows"]


@pytest.mark.parametrize("kind", [kind for kind in LATER if kind != "slstm"])
def test_the_gradient_of_a_linear_memory_is_multiplied_by_what_is_kept(kind):
    found = gradients_of(DEFAULT, (kind,))[kind]
    shares, memory = kept(found.trace), found.trace.cell.graph.memory
    sizes = np.hypot(found["a"], found["b"]) if not memory else np.abs(found[memory.state.name])
    np.testing.assert_allclose(sizes[:-2], sizes[1:-1] * np.abs(shares[1:-1]), rtol=1e-12)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", LATER)
def test_the_page_shows_the_curves_and_says_what_is_left(kind, language):
    test = opened("today", cell=kind, lang=language)
    rows, found = drawn(test), seen(DEFAULT, (kind, *BESIDE))
    names = labels(language, "today") | labels(language)
    assert [row["name"] for row in rows] == [names[f"curves.{one}"] for one in (kind, *BESIDE)]
    for row, states in zip(rows, found.values(), strict=True):
        assert [curve["name"] for curve in row["curves"]] == [f"∂L/∂{state}" for state in states]
        for curve, values in zip(row["curves"], states.values(), strict=True):
            texts = [scientific(float(v)) for v in values[::-1]]
            assert curve["texts"] == [one.replace("?", "\N{EN DASH}") for one in texts]
            assert curve["role"] in "chb"
        assert len({curve["role"] for curve in row["curves"]}) == len(row["curves"])
    said = text(test)
    for value in ends(DEFAULT, (kind, *BESIDE)).values():
        assert scientific(value) in said
    assert all(f"**{number(share)}**" in said for share in longest(kind, DEFAULT))


def test_no_number_stands_where_the_loss_does_not_read_a_state():
    found, whole = (of(DEFAULT, ("rwkv", "lstm")) for of in (seen, curves))
    for state in "ab":
        assert whole["rwkv"][state][-1] == 0
        assert np.isnan(found["rwkv"][state][-1])
        np.testing.assert_array_equal(found["rwkv"][state][:-1], whole["rwkv"][state][:-1])
    np.testing.assert_array_equal(found["lstm"]["c"], whole["lstm"]["c"])


@pytest.mark.parametrize("kind", LATER)
def test_what_no_input_can_change_is_kept_alike_at_every_step(kind):
    low, high = longest(kind, DEFAULT)
    assert 0 < low <= high < 1
    assert (high - low < 1e-12) == (kind in ("lru", "rwkv"))


@pytest.mark.parametrize("kind", LATER)
def test_a_cell_has_the_sliders_that_move_it(kind):
    names = [setting.name for setting in of_page(kind)]
    assert names == [*([OWN[kind].name] if kind in OWN else []), "forget_bias", "steps"]
    name, value = OTHER.get(kind, ("forget_bias", "5"))
    moved = drawn(opened("today", cell=kind, **{name: value}))
    settings = Settings(scale=SCALE.default, **{"forget_bias": BIAS.default, name: float(value)})
    expected = ends(settings, (kind, *BESIDE))
    assert [row["curves"][0]["texts"][-1] for row in moved] == [scientific(v) for v in expected.values()]
    assert expected[kind] != ends(DEFAULT, (kind,))[kind]


@pytest.mark.parametrize(("name", "value"), [("steps", "4"), ("forget_bias", "x"), ("ring", "2")])
def test_what_an_address_asks_of_the_sliders_in_vain_is_told(name, value, monkeypatch):
    if name == "ring":
        told = [box.value for box in opened("today", cell="lru", ring=value).warning]
        assert len(told) == 1
        assert "`ring`" in told[0]
    else:
        expect_told("today", name, value)
