"""The lesson `gradients`: its presets do what they are called, its page says what they are, its tasks can be done."""

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from app.components.gradient_curves import picture
from app.formatting import number, scientific
from app.i18n import LANGUAGES, labels, words_of
from app.lessons.gradients.charts.power import carried
from app.lessons.gradients.model import ASKED, PRESETS, RNN, exact, fate, gives_away, goal, power, rnn
from app.lessons.gradients.pictures import chain
from app.untrained.curves import ALIVE, EXPLODED, VANISHED, curves, ends
from app.untrained.initial import Settings
from app.untrained.torch_check import verified
from app.untrained.view import EVERY, SCALE, SEED, STEPS, UNITS
from tests.page.test_every_page import opened, text

DEFAULT = Settings(scale=0.5)


def test_presets_do_what_they_are_called():
    found = {name: rnn(Settings(scale=scale)) for name, scale in PRESETS.items()}
    assert found["vanish"] < VANISHED
    assert ALIVE < found["last"] < EXPLODED
    assert found["explode"] > EXPLODED


def test_the_bare_product():
    assert exact(Fraction(2), 50) == 1125899906842624
    assert float(exact(Fraction(1, 2), 50)) == pytest.approx(8.881784197001252e-16)
    np.testing.assert_allclose(power(0.5, 50), 0.5 ** np.arange(51))
    assert power(2.5, 2000)[-1] == np.inf


@pytest.mark.parametrize("decades", [True, False])
def test_the_power_can_be_drawn_by_plotly(decades):
    for values in (power(2.5, 200), power(0.0, 3), power(2.5, 2000)):
        figure = carried(values, decades, {"times": ""}, False)
        type(figure)(figure.to_dict())  # validated


# ---- the challenge and the prediction --------------------------------------------------------------------------------


def test_one_scale_solves_the_challenge():
    scales = [round(SCALE.step * k, 2) for k in range(61)]
    states = [goal(replace(DEFAULT, scale=scale)) for scale in scales]
    assert states.count("solved") == 1
    best = scales[states.index("solved")]
    assert best not in PRESETS.values()
    assert rnn(replace(DEFAULT, scale=best)) > ALIVE
    assert rnn(replace(DEFAULT, scale=round(best - SCALE.step, 2))) < ALIVE
    assert goal(replace(DEFAULT, scale=3.0)) == "high"
    assert goal(replace(DEFAULT, scale=best, every=True)) == "every"
    assert goal(replace(DEFAULT, scale=best, steps=49)) == "short"


STEPS_OF_A_CONTROL = [
    {setting.name: setting.text(round(setting.default + way * setting.step, 2))}
    for setting in (SCALE, UNITS, STEPS, SEED)
    for way in (-1, 1)
    if setting.default + way * setting.step >= setting.low
] + [{EVERY.name: "true"}, *({"scale": f"{scale:g}"} for scale in PRESETS.values())]


@pytest.mark.parametrize("query", [{}, *STEPS_OF_A_CONTROL], ids=str)
def test_neither_arrival_nor_the_smallest_step_solves_the_challenge(query):
    assert not opened("gradients", **query).success


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_challenge_can_be_solved(language):
    test = opened("gradients", lang=language, scale="1.05")
    assert not test.success  # it is covered until the reader has guessed
    test.button_group(key="gradients-fate").set_value("stays").run()
    value, smaller = (scientific(rnn(Settings(scale=scale))) for scale in (1.05, 1.0))
    words = labels(language, "gradients")["goal.solved"]
    told = words.format(scale="1.05", step="0.05", value=value, smaller=smaller)
    assert [done.value for done in test.success] == [told]


def test_nothing_tells_the_answer_before_the_guess():
    for scale in (0.75, 0.9, ASKED, 1.15):
        settings = Settings(scale=scale)
        assert gives_away(settings)
        test = opened("gradients", scale=f"{scale:g}")
        sent = "".join(each.proto.json for each in test.get("bidi_component"))
        back = curves(settings, RNN)["rnn"]["h"][::-1]
        for value in (*back[1:8], back[-1]):  # not the loss's own 1
            assert f'"{scientific(value)}"' not in sent
            assert f"**{scientific(value)}**" not in text(test)
    test.button_group(key="gradients-fate").set_value("shrinks").run()
    assert f"**{scientific(rnn(replace(DEFAULT, scale=ASKED)))}**" in text(test)
    assert scientific(rnn(settings)) in text(test)


@pytest.mark.parametrize(("scale", "expected"), [(0.0005, "shrinks")])
def test_the_answer_is_computed(scale, expected):
    assert rnn(replace(DEFAULT, scale=ASKED)) == pytest.approx(scale, rel=0.1)
    assert fate(DEFAULT) == expected
    assert not any(gives_away(Settings(scale=preset)) for preset in PRESETS.values())


# ---- the pictures ----------------------------------------------------------------------------------------------------


def sent(test, name):
    """What the browser is sent for a component."""
    return next(json.loads(each.proto.json) for each in test.get("bidi_component") if name in each.proto.id)


def test_the_page_opens_with_a_gradient_that_vanishes_beside_one_that_lasts_and_one_that_explodes():
    data = sent(opened("gradients"), "reach")
    (row,) = data["rows"]
    assert row["curves"][0]["texts"][-1] == scientific(rnn(DEFAULT)) == "7.0 × 10⁻²⁰"
    found = {preset["kind"]: preset["end"] for preset in row["presets"]}
    assert found == {name: scientific(rnn(Settings(scale=scale))) for name, scale in PRESETS.items()}


def test_a_gradient_that_explodes_is_no_hair_at_the_top():
    data = sent(opened("gradients", scale="3"), "reach")
    low, high = data["axis"]["range"]
    places = data["rows"][0]["curves"][0]["at"]
    assert (max(places) - min(places)) / (high - low) > 0.2


def texts_of(drawing):
    """The texts of a picture."""
    return [each.text for each in drawing.iter("text")]


def test_the_chain_multiplies():
    sizes = curves(Settings(scale=3.0), RNN)["rnn"]["h"]
    words = {"title": "", "loss": "loss", "back": "{n}", "last": "{n} back"}
    found = texts_of(chain(sizes, words, hidden=False))
    back = sizes[::-1]
    for k in range(7):
        assert scientific(back[k + 1]) in found
        assert f"× {number(back[k + 1] / back[k], 2)}" in found
    assert scientific(back[-1]) in found
    covered = texts_of(chain(sizes, words, hidden=True))
    assert covered.count("?") == 9
    assert covered.count("× ?") == 7
    assert not any(scientific(size) in covered for size in back)


@pytest.mark.parametrize("sizes", [[1.0], [0.0, 0.0, 1.0], [np.inf, 1e300, 1.0], [0.0] * 9])
def test_the_chain_of_anything(sizes):
    words = {"title": "", "loss": "", "back": "{n}", "last": "{n}"}
    assert texts_of(chain(np.array(sizes), words, hidden=False))


def test_the_picture_has_a_place_and_a_text_for_nothing_and_for_too_much():
    sizes = np.array([np.inf, 0.0, 1e-9, 1.0])
    now = {"rnn": {"h": sizes}, "lstm": {"c": sizes, "h": sizes}, "gru": {"h": sizes}}
    words = words_of("en", "gradients")
    words = {k.split(".", 1)[1]: v for k, v in words.items() if k.startswith(("curves.", "preset."))} | {"alt": ""}
    drawn = picture(now, dict.fromkeys(PRESETS, now), words)
    low, high = drawn["axis"]["range"]
    for row in drawn["rows"]:
        for curve in row["curves"]:
            assert curve["texts"] == ["1.0", "1.0 × 10⁻⁹", "0", "∞"]
            one, tiny, nothing, much = curve["at"]
            assert low < nothing < tiny == -9 < one == 0 < much < high
        assert {preset["end"] for preset in row["presets"]} == {"∞"}
    assert {"0", "1", "∞"} <= {text for _, text in drawn["axis"]["ticks"]}


# ---- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_prints_the_cores_end(language):
    test = opened("gradients", lang=language, scale="0.6", units="4", steps="20")
    assert scientific(ends(Settings(scale=0.6, units=4, steps=20), RNN)["rnn"]) in text(test)
    test.button(key="preset-explode").click().run()
    assert not test.exception
    assert scientific(ends(Settings(scale=3.0, units=4, steps=20), RNN)["rnn"]) in text(test)
    test.button(key="preset-last").click().run()
    assert test.query_params["scale"] in ("1.2", ["1.2"])


def test_the_proof_is_printed():
    test = opened("gradients", units="4", steps="20")
    test.button(key="verify-run").click().run()
    assert scientific(verified(Settings(scale=0.5, units=4, steps=20), RNN)) in text(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_from_when_it_was_one_lesson_leads_on(language):
    old = {"scale": "1.5", "forget_bias": "4", "steps": "80", "jacobian": "lstm"}
    test = opened("gradients", lang=language, **old)
    assert not test.warning
    (link,) = [box.value for box in test.info if "gates?" in box.value]
    assert all(f"{name}={value}" in link for name, value in old.items())
    assert scientific(rnn(Settings(scale=1.5, steps=80))) in text(test)
    assert not any("gates?" in box.value for box in opened("gradients", lang=language).info)


@pytest.mark.parametrize(
    "query", [{"scale": "x"}, {"units": "0"}, {"units": "8.5"}, {"steps": "-1"}, {"every": "maybe"}]
)
def test_a_bad_address_is_told(query):
    test = opened("gradients", **query)
    assert not test.exception
    assert any(f"`{next(iter(query))}`" in warning.value for warning in test.warning)
