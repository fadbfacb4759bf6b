"""The lesson `today`: the picker and its stage, what is said of each cell, and how many rounds a scan takes."""

import numpy as np
import pytest

from app.controls.kinds import LATER
from app.i18n import LANGUAGES, labels
from app.lessons.today.model import CHOICES, LSTM_WEIGHTS, THE_LSTM, Beside
from app.lessons.today.tasks import LONG, rounds
from cells import run
from cells.scan import gates_reading
from tests.page.test_every_page import opened, plain, text
from tests.stage.test_series import stage_of

cells = pytest.mark.parametrize("name", LATER)


def test_the_picker_has_every_later_cell():
    assert tuple(CHOICES) == LATER


@cells
def test_the_stage_runs_the_cell_that_is_chosen(name):
    """Of either choice beside it, with the days and weights of an address."""
    later = CHOICES[name]
    key, names = next(iter(later.address.groups.items()))
    query = {"cell": name, key: ",".join("0.7" for _ in names), "x": "1,-0.5,2"}
    weights = {**later.weights, **dict.fromkeys(names, 0.7)}
    expected = run(later.unit.cell(weights), np.array([1.0, -0.5, 2.0])[:, None, None])
    for beside, keys in (("alone", [name]), ("both", ["lstm", name])):
        runs, address, sent = stage_of("today", {**query, "beside": beside})
        traces = runs.traces(address.read(query)[0])
        assert np.array_equal(traces[name][later.output], expected[later.output])
        assert [one["key"] for one in sent["series"]] == list(traces) == keys
        assert sent["controls"]["weights"] == weights


@cells
def test_an_address_says_every_weight(name):
    address = CHOICES[name].address
    moved = {
        weight: round(value + 0.25 * k, 2) for k, (weight, value) in enumerate(address.defaults.weights.items(), 1)
    }
    controls = address.check({"weights": moved, "days": {}}, address.defaults)[0]
    read, problems = address.read(address.write(controls))
    assert (read.weights, problems) == (moved, [])


@pytest.mark.parametrize("language", LANGUAGES)
@cells
def test_a_page_says_what_a_cell_keeps(name, language):
    words = labels(language, "today")
    shown = plain(text(opened("today", lang=language, cell=name)))
    assert words[f"about.{name}"] in shown
    assert not [other for other in LATER if other != name and words[f"about.{other}"] in shown]


def test_one_of_the_six_has_gates_that_read_yesterdays_state():
    """As the story and its third step say."""
    reading = {name for name in LATER if any(gate in "fiogzr" for gate in gates_reading(later_cell(name).graph))}
    assert reading == {"slstm"}


def later_cell(name):
    return CHOICES[name].unit.cell(CHOICES[name].weights)


def test_the_prediction_is_what_the_scan_needs():
    """Whoever doubles what every timestep knows needs so many rounds until it is the whole sequence."""
    known, needed = 1, 0
    while known < LONG:
        known, needed = 2 * known, needed + 1
    assert rounds()[0] == f"{needed}"
    assert len(set(rounds())) == 3
    for language in LANGUAGES:
        words = labels(language, "today")
        assert f"{LONG}" in words["rounds.question"]
        assert {f"rounds.{option}" for option in rounds()} <= words.keys()
        assert f"rounds.reveal.{needed}" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_scan_does_is_covered_until_the_guess(language):
    test = opened("today", lang=language)
    hidden = labels(language, "today")["rounds.reveal.10"].format(rounds="10", reached="1024", loop="1000")
    assert hidden not in text(test)
    assert labels(language)["predict.hidden"] in text(test)
    test.button_group(key="today-rounds").set_value("32").run()
    assert hidden in text(test)
    assert labels(language)["predict.hidden"] not in text(test)


def test_the_stage_is_alone_or_beside_the_lstm():
    controls = CHOICES["lru"].address.defaults
    assert list(Beside(CHOICES["lru"], False).traces(controls)) == ["lru"]
    both = Beside(CHOICES["lru"], True).traces(controls)
    assert list(both) == ["lstm", "lru"]
    usual = run(THE_LSTM.cell(LSTM_WEIGHTS), both["lru"].x)
    assert np.array_equal(both["lstm"]["h"], usual["h"])
