"""Every page opens in every language, and whatever an address says."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from app.i18n import LANGUAGES, labels, sections
from app.page.glossary import opened as explained
from app.page.registry import LESSONS, PLACES
from tests.support.server import ROOT
from tests.support.sliders import move, sliders

FRAME = ROOT / "app" / "frame" / "frame.py"


def opened(key: str, **query: str) -> AppTest:
    test = AppTest.from_file(str(FRAME), default_timeout=120)
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    if key != "home":
        test.switch_page(f"../../pages/{key}.py").run()
    assert not test.exception
    return test


def expect_told(key: str, name: str, value: str) -> None:
    """One notice, which names what the address asks for in vain."""
    told = [box.value for box in opened(key, **{name: value}).warning]
    assert len(told) == 1, f"{name}={value:.20}"
    assert f"`{name}`" in told[0], f"{name}={value:.20}"


def text(test: AppTest) -> str:
    """What a page says, and the headings of its folds."""
    said = [element.value for element in [*test.markdown, *test.warning, *test.info, *test.success]]
    return "\n".join([*said, *(fold.label for fold in test.expander)])


def plain(text: str) -> str:
    """A text without its explained terms."""
    card = r'<span class="gw-term"><span [^>]*>(.*?)</span><span id="[^"]*" role="tooltip">.*?</span></span>'
    return re.sub(card, r"\1", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["home", *PLACES, *LESSONS])
def test_a_page_opens_and_speaks_the_language(key, language):
    texts = sections(language, key)
    first = texts["story"] if key in STAGED else next(iter(texts.values()))
    assert first in plain(text(opened(key, lang=language)))


STAGED = ["rnn", "lstm", "fourday", "gru", "variants", "compare", "today", "lab"]
"""Lessons whose question, story and tasks are shown beside the stage (`tests/lessons/test_tasks.py`)."""


@pytest.mark.parametrize("key", [key for key in LESSONS if key not in STAGED])
def test_a_lesson_has_its_six_parts(key):
    """A question, a picture, the reader's turn, a prediction, a challenge, and what to remember."""
    told = sections("en", key)
    assert {"question", "story", "predict", "goal", "remember"} <= set(told)
    assert "Your turn" in told["story"]
    test = opened(key)
    shown = text(test)
    for part in ("question", "predict", "goal", "remember"):
        assert explained(told[part], "en", set()).splitlines()[0] in shown
    asked = [group for group in test.button_group if group.key.startswith(f"{key}-") and group.value is None]
    assert asked  # a prediction waits for the reader
    assert [*test.info, *test.success]  # the challenge says how it stands


@pytest.mark.parametrize("key", STAGED)
def test_a_lesson_with_a_stage_has_its_story_below(key):
    shown = plain(text(opened(key)))
    for part in ("story", "remember"):
        assert sections("en", key)[part] in shown


BAD = ["nan,1,1", "1,,2", "", "inf,0,0", "1e400,1,1", "9" * 100_000, "<b>,1,1", "1,2,99", "1;2;3", "\u0000"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["f", "o", "a", "show", "at"])
def test_a_bad_address_gets_a_notice_and_the_default(key, language):
    for value in BAD:
        test = opened("fourday", lang=language, **{key: value})
        assert labels(language)["problem.intro"] in text(test), value[:20]


def test_an_unknown_language_gets_a_notice():
    test = AppTest.from_file(str(FRAME), default_timeout=120)
    test.query_params["lang"] = "xx"
    test.run()
    assert not test.exception
    assert labels("en")["problem.language"] in text(test)


SLIDERS = [("compare", "units"), ("frameworks", "seed"), ("lab", "seed"), ("layers", "layers"), ("layers", "rate")]


@pytest.mark.parametrize(("key", "name"), [*SLIDERS, ("memory", "gap")])
@pytest.mark.parametrize("value", ["x", "9999"])
def test_what_an_address_asks_of_a_slider_in_vain_is_told(key, name, value):
    expect_told(key, name, value)


def test_a_slider_of_whole_numbers_takes_no_others():
    expect_told("series", "units", "8.5")


HUGE = ["inf", "-inf", "nan", "1e999", "9" * 400, "9" * 5000]


@pytest.mark.parametrize("value", HUGE, ids=range(len(HUGE)))
@pytest.mark.parametrize("key", ["gradients", "series", "lab", "frameworks"])
def test_a_number_that_is_none_is_told(key, value):
    expect_told(key, "seed", value)


def test_what_was_asked_in_vain_is_told_until_the_control_is_moved():
    test = opened("gradients", scale="x")
    assert len(test.run().warning) == 1
    assert sliders(test)["scale"]["text"] == "0.5"
    move(test, "scale", "1.5")
    assert not test.warning
    assert sliders(test)["scale"]["text"] == "1.5"


@pytest.mark.parametrize(("key", "text"), [("memory", "own"), ("text", "own")])
def test_a_typed_text_of_any_length_is_cut_before_it_is_read(key, text):
    assert not opened(key, text=text, typed="a\N{COMBINING DOT BELOW}\N{COMBINING DIAERESIS}" * 100_000).exception
