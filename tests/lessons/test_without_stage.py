"""The lessons without a stage: their challenges want more than one touch, and no prediction is answered beforehand."""

import pytest

from app.i18n import labels
from app.lessons.frameworks.view import GOAL
from app.lessons.frameworks.view import SIZES as FRAMEWORKS
from app.lessons.layers.view import LAYERS, RATE, UNITS
from app.lessons.text.sections import EPOCHS
from app.lessons.text.sections import UNITS as WIDTHS
from app.lessons.text.view import PAIRS, TEXTS
from tests.page.test_every_page import opened, text

CONTROLS = {
    "layers": [LAYERS, UNITS, RATE],
    "frameworks": [*FRAMEWORKS],
    "text": [WIDTHS, EPOCHS],
}
CHOICES = {
    "layers": [{"ways": "both"}, {"cell": "gru"}, {"cell": "rnn"}],
    "frameworks": [{"cell": "gru"}, {"cell": "rnn"}],
    "text": [{"text": each} for each in TEXTS] + [{"pair": each} for each in PAIRS],
}
TOUCHES = [
    (lesson, {setting.name: setting.text(round(setting.default + way * setting.step, 4))})
    for lesson, settings in CONTROLS.items()
    for setting in settings
    for way in (-1, 1)
    if setting.low <= setting.default + way * setting.step <= setting.high
] + [(lesson, query) for lesson, queries in CHOICES.items() for query in ({}, *queries)]


@pytest.mark.parametrize(("lesson", "query"), TOUCHES, ids=str)
def test_neither_arrival_nor_one_touch_solves_the_challenge(lesson, query):
    test = opened(lesson, **query)
    if lesson == "frameworks":  # whose challenge waits for the guess
        test.button_group(key="frameworks-more").set_value("same").run()
    assert not test.warning
    assert not test.success


@pytest.mark.parametrize(
    ("lesson", "question", "guess", "query"),
    [("layers", "reached", "all", {"rate": "0.36"}), ("frameworks", "more", "same", {"units": "4", "inputs": "1"})],
)
def test_the_challenge_can_be_solved(lesson, question, guess, query):
    test = opened(lesson, **query)
    test.button_group(key=f"{lesson}-{question}").set_value(guess).run()
    assert test.success, GOAL


@pytest.mark.parametrize(("lesson", "question"), [("layers", "reached"), ("frameworks", "more"), ("text", "ending")])
def test_no_prediction_is_answered_beforehand(lesson, question):
    reveals = [told for key, told in labels("en", lesson).items() if key.startswith(f"{question}.reveal.")]
    shown = text(opened(lesson))
    assert reveals
    assert not any(told.partition("{")[0] in shown for told in reveals)


def test_what_an_input_reaches_is_lit_once_the_reader_has_guessed():
    test, words = opened("layers"), labels("en", "layers")
    assert words["reach.covered"] in text(test)
    test.button_group(key="layers-reached").set_value("half").run()
    assert words["reach.shown"] in text(test)
    assert words["reach.covered"] not in text(test)
