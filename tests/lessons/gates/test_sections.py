"""What is below the curves of `gates`: in both languages, for vanishing, exploding and empty gradients."""

from functools import partial

import numpy as np
import pytest

from app.charts.axes import Decades
from app.controls.kinds import KINDS
from app.formatting import number, scientific
from app.i18n import LANGUAGES, labels, sections
from app.lessons.gates.sections import splits, stepped
from app.page.glossary import opened
from app.untrained.initial import Settings
from tests.page.test_every_page import text
from tests.support.curve_pages import section

SECTIONS = ("routes", "jacobians", "map")


shown = partial(section, "gates")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_speaks_the_language(name, language):
    first = opened(sections(language, "gates")[name], language, set()).splitlines()[0]
    assert first.removeprefix("## ") in text(shown(name, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_routes_told_are_the_cores(language):
    settings = Settings(scale=0.7, forget_bias=4.0)
    told = text(shown("routes", language, {"scale": 0.7, "forget_bias": 4.0}))
    for split in splits(settings).values():
        assert f"**{scientific(split.sizes()['along'][0])}**" in told
        assert scientific(split.sizes()["whole"][0]) in told
        assert scientific(split.sizes()["rest"][0]) in told


@pytest.mark.parametrize("kind", KINDS)
def test_the_rule_told_is_the_cores(kind):
    found, factor, _ = stepped(Settings(scale=1.4), kind)
    told = text(shown("jacobians", "en", {"scale": 1.4}, jacobian=kind))
    assert f"**{number(factor)}**" in told
    assert f"**{number(found.rate)}**" in told
    assert scientific(found.typical[0]) in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["routes", "jacobians"])
def test_nothing_is_told_as_nothing(name, language):
    group = "routes.notice.zero" if name == "routes" else "jacobians.all.zero"
    sentence = labels(language, "gates")[group].partition("**0**")[0].format(steps="59", largest="0", typical="0")
    assert sentence in text(shown(name, language, {"scale": 0.0, "forget_bias": -2000.0}))


@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize("changed", [{"steps": 5, "units": 1}, {"scale": 3.0, "every": True}, {"scale": 0.0}], ids=str)
def test_the_ends_of_the_sliders(name, changed):
    shown(name, changed=changed)


@pytest.mark.parametrize("query", [{"map": "moon"}, {"jacobian": "x"}])
def test_a_bad_address_is_told_or_passed_over(query):
    for name in SECTIONS:
        shown(name, **query)


def test_an_axis_has_room_for_nothing_and_too_much():
    axis = Decades.of(np.array([0.0, 1e-300, 1e5, np.inf, np.nan]))
    places = axis.place([0.0, 1e-300, 1e5, np.inf])
    assert places == sorted(places)
    assert places[1:3] == [pytest.approx(-300), pytest.approx(5)]
    assert axis.place([np.nan]) == [None]
    ticks = axis.axis(dict.fromkeys(("line", "line2", "mute"), ""))
    assert {"0", "∞", "1"} <= set(ticks["ticktext"])
    assert ticks["range"][0] < places[0] < places[3] < ticks["range"][1]
    assert Decades.of(np.zeros(3)).place([0.0])[0] < -1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_placeholder_is_no_term(language):
    assert opened("{units} {steps}", language, set()) == "{units} {steps}"
