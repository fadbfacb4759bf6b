"""What is below the curve of `gradients`: in both languages, the case that clipping helps first."""

from functools import partial

import numpy as np
import pytest

from app.formatting import scientific
from app.i18n import LANGUAGES, labels, sections
from app.lessons.gradients.clipping import ACTIVATIONS, RATE, norm
from app.lessons.gradients.sections import trained, update_of
from app.page.glossary import opened
from app.untrained.initial import Settings
from tests.page.test_every_page import text
from tests.support.curve_pages import section
from tests.support.sliders import move

SECTIONS = ("product", "clipping")


shown = partial(section, "gradients")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "section"), [("product", "power"), ("clipping", "clipping")])
def test_a_section_speaks_the_language(name, section, language):
    first = opened(sections(language, "gradients")[section], language, set()).splitlines()[0]
    assert first in text(shown(name, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_training_told_is_the_cores(language, activation):
    told, words = text(shown("clipping", language, activation=activation)), labels(language, "gradients")
    for way, most in (("none", 0.0), ("norm", 1.0), ("value", 0.1)):
        run = trained(way, most, 0, activation)
        if run.broken:
            assert words["clipping.run.broken"].format(way=words[f"clipping.{way}"], update=run.broken) in told
        else:
            assert f"**{scientific(np.median(run.losses[-10:]))}**" in told
    assert ("∞" in told) == (activation == "linear")


def test_the_section_opens_with_a_training_that_breaks_without_clipping():
    runs = {way: trained(way, most, 0, ACTIVATIONS[0]) for way, most in (("none", 0.0), ("norm", 1.0), ("value", 0.1))}
    assert runs["none"].broken == 2
    for way in ("norm", "value"):
        assert runs[way].broken is None
        assert np.median(runs[way].losses[-10:]) < 1e-6 * runs[way].losses[0]
    assert "∞" in text(shown("clipping"))


@pytest.mark.parametrize("scale", [0.5, 3.0])
def test_the_update_is_that_of_the_gradient_that_explodes(scale):
    test = shown("clipping", changed={"scale": scale})
    slopes, parts = update_of(Settings(scale=3.0))
    assert norm(slopes) > 1000
    assert scientific(norm(slopes)) in text(test)
    assert f"**{scientific(RATE * parts[0])}**" in text(test)
    assert "| 1.0 |" in text(test)
    move(test, "clip", "0.3")
    assert not test.exception
    assert "| 0.30 |" in text(test)


@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize("changed", [{"steps": 5, "units": 1}, {"scale": 3.0, "every": True}, {"scale": 0.0}], ids=str)
def test_the_ends_of_the_sliders(name, changed):
    shown(name, changed=changed)


@pytest.mark.parametrize("query", [{"axis": "moon"}, {"activation": "none"}, {"clip": "-5"}])
def test_a_bad_address_is_told_or_passed_over(query):
    for name in SECTIONS:
        shown(name, **query)
