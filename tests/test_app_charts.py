"""The figures carry the core's numbers, in the colours of the theme, and are quickly made."""

import time

from app import charts
from app.companies import ADDRESS, example
from app.text import LANGUAGES, labels

SEEN = example(ADDRESS.defaults)
WORDS = {key.removeprefix("chart."): text for key, text in labels("en").items() if key.startswith("chart.")}


def test_the_gradients_shown_are_the_cores():
    shown = charts.gradients(SEEN.gradients, WORDS).data
    for line, (value, company) in zip(shown, [("h", "A"), ("h", "B"), ("c", "A"), ("c", "B")], strict=True):
        assert list(line.x) == [1, 2, 3, 4]
        assert list(line.y) == SEEN.gradients[company][value][:, 0, 0].tolist()
        assert WORDS[company] == line.name


def test_each_theme_has_its_colours():
    light, dark = (charts.gradients(SEEN.gradients, WORDS, dark).data for dark in (False, True))
    assert all(a.line.color != b.line.color for a, b in zip(light, dark, strict=True))


def test_both_languages_have_the_charts_words():
    for language in LANGUAGES:
        assert {f"chart.{key}" for key in WORDS} <= set(labels(language))


def test_a_figure_takes_little_time():
    start = time.perf_counter()
    for _ in range(20):
        charts.gradients(SEEN.gradients, WORDS)
    assert time.perf_counter() - start < 0.5  # about 1 ms each; generous, for busy machines
