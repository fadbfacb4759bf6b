"""No page tells an answer before the guess; what an address asks for in vain is told, in the lessons with one cell."""

import re

import pytest

from app.i18n import labels
from tests.page.test_every_page import opened, text

WITHOUT_STAGE = {
    "memory": ("strongest", "gru", ("rnn", "lstm")),
    "gradients": ("fate", "stays", ("value",)),
    "gates": ("plain", "alive", ("lstm", "gru")),
    "series": ("beats", "no", ("own", "naive")),
    "text": ("ending", "positive", ("rnn", "lstm", "gru")),
    "writing": ("best", "lstm", ("ngram", "rnn", "lstm", "gru")),
    "recall": ("who", "all", ("rnn",)),
    "frameworks": ("more", "same", ("torch", "keras")),
}
"""A question of each lesson that is answered by numbers, a guess, and what of its reveal is the answer.

For the stages see tests/browser/frame/test_steps_and_tasks.py."""
NUMBER = re.compile(r"(?<![\d.,\w\N{MINUS SIGN}-])\d+\.?\d*(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?![\d\w⁻]|\.\d)")


def displayed(test) -> str:
    """What a page says, and what it sends its components and charts to draw."""
    drawn = [each.proto for kind in ("bidi_component", "plotly_chart") for each in test.get(kind)]
    sent = [getattr(each, name) for each in drawn for name in ("json", "spec") if hasattr(each, name)]
    return "\n".join([text(test), *(each.encode().decode("unicode_escape", "ignore") for each in sent)])


@pytest.mark.parametrize("lesson", WITHOUT_STAGE)
def test_no_number_of_an_answer_is_shown_before_the_guess(lesson):
    question, guess, answers = WITHOUT_STAGE[lesson]
    test = opened(lesson)
    before = {*NUMBER.findall(displayed(test))}
    test.button_group(key=f"{lesson}-{question}").set_value(guess).run()
    told = [filled for key, words in labels("en", lesson).items() if key.startswith(f"{question}.reveal.")
            if (filled := re.search(worded(words), text(test)))]  # fmt: skip
    assert len(told) == 1
    numbers = {each for name in answers for each in NUMBER.findall(told[0][name])} - {
        "100",
        "99.5",
    }  # of `recall`: its n, and its other test
    assert numbers
    assert sorted(numbers & before) == [], told[0][0]


def worded(template: str) -> str:
    """A pattern of a text whose placeholders are filled."""
    parts = re.split(r"{(\w+)}", template)
    seen = set()
    for at in range(1, len(parts), 2):
        name, first = parts[at], parts[at] not in seen
        seen.add(name)
        parts[at] = f"(?P<{name}>.+?)" if first else f"(?P={name})"
    return "".join(part if at % 2 else re.escape(part) for at, part in enumerate(parts))


@pytest.mark.parametrize(("lesson", "name"), [("gru", "reset"), ("variants", "cell"), ("memory", "text")])
def test_an_unknown_choice_is_told(lesson, name):
    test = opened(lesson, **{name: "<b>nothing</b>"})
    assert any(f"`{name}`" in warning.value for warning in test.warning)
