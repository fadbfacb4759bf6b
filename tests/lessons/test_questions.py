"""Predictions are told once they are made, and challenges are solved, in the lessons with one cell."""

import pytest

from app.i18n import LANGUAGES, labels
from tests.page.test_every_page import opened, text

SOLVED = {"rnn": {"h": "0.1,1.6,-0.49"}, "lstm": {"f": "0,0,5"}, "gru": {"z": "0,0,9"}}
ASKED = {
    "rnn": ("heard", "yes"),
    "lstm": ("left", "some"),
    "gru": ("larger", "written"),
    "compare": ("times", "4"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", ASKED)
def test_a_prediction_is_told_only_when_given(lesson, language):
    question, answer = ASKED[lesson]
    test = opened(lesson, lang=language)
    assert labels(language)["predict.right"] not in text(test)
    test.button_group(key=f"{lesson}-{question}").set_value(answer).run()
    assert not test.exception
    assert labels(language)["predict.right"] in text(test)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("lesson", "query"), SOLVED.items())
def test_a_challenge_is_solved_by_the_address(lesson, query, language):
    assert not opened(lesson, lang=language).success
    assert opened(lesson, lang=language, **query).success


@pytest.mark.parametrize(("lesson", "name"), [("gru", "reset"), ("variants", "cell"), ("memory", "text")])
def test_an_unknown_choice_is_told(lesson, name):
    test = opened(lesson, **{name: "<b>nothing</b>"})
    assert any(f"`{name}`" in warning.value for warning in test.warning)
