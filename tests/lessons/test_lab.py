"""The lab's address and its runs."""

import json
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.controls.address import Controls
from app.controls.kinds import KINDS
from app.controls.many_units import MOST_MOVED, Lab, entries
from app.i18n import LANGUAGES, labels
from app.lessons.lab.model import SEQUENCES, STEPS, drawn, made, most_active_unit
from tests.content.test_languages import DAY
from tests.page.test_every_page import opened, text
from tests.support.sliders import move, sliders

LAB = Lab(drawn("lstm", 8, 0))
ADDRESS = entries(LAB)
NAMES = [f"U_{gate}.{row}.{column}" for gate in "figo" for row in (1, 4, 8) for column in (1, 8)] + ["b_f.3", "W_o.8.1"]


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(-20, 20), max_size=6))
def test_moved_entries_are_written_and_read_back(weights):
    controls = Controls({name: value + 0.0 for name, value in weights.items()}, ADDRESS.defaults.days, ("x",))
    read, problems = ADDRESS.read(ADDRESS.write(controls))
    assert (dict(read.weights), problems) == (dict(controls.weights), [])


@pytest.mark.parametrize(
    "w", ["U_f.9.1:1", "U_q.1.1:1", "b_f.1.1:1", "U_f.1.1:x", "U_f.1.1:99", "", ";;", "U_f.1.1:1,2", "<b>:1"]
)
def test_a_bad_entry_is_told_and_the_rest_kept(w):
    read, problems = ADDRESS.read({"w": f"b_f.3:1.5;{w}" if w else w})
    assert [p.values["key"] for p in problems] == ["w"] * len(problems) != []
    assert dict(read.weights) == ({"b_f.3": 1.5} if w else {})


@given(st.text(max_size=40))
def test_no_address_raises(w):
    ADDRESS.read({"w": w, "x": w})


def test_a_commit_says_all_that_is_moved_and_none_puts_it_back():
    current = Controls({"b_f.3": 1.0}, ADDRESS.defaults.days, ("x",))
    sent = {"weights": {"U_f.4.6": 1.25, "b_f.3": None}, "days": {"x": [1, 2]}, "show": ["x"]}
    read, problems = ADDRESS.check(sent, current)
    assert (dict(read.weights), read.days["x"], problems) == ({"U_f.4.6": 1.25}, (1.0, 2.0), [])
    long = entries(Lab(LAB.cell, made("wave", 40, 0)))
    read, problems = long.check({"weights": {}, "days": {}, "show": []}, Controls({}, {}, ()))
    assert problems == []


def test_a_commit_moves_no_more_entries_than_an_address_can_say():
    current = Controls({"b_f.3": 1.0}, ADDRESS.defaults.days, ("x",))
    names = [f"U_{gate}.{row}.{column}" for gate in "figo" for row in range(1, 9) for column in range(1, 9)]
    for count, kept in ((MOST_MOVED, MOST_MOVED), (MOST_MOVED + 1, 1)):
        read, problems = ADDRESS.check({"weights": dict.fromkeys(names[:count], 0.5)}, current)
        assert (len(read.weights), len(problems)) == (kept, int(kept == 1))
        again, _ = ADDRESS.read(ADDRESS.write(read))
        assert dict(again.weights) == dict(read.weights)


def test_a_run_has_the_moved_entry():
    controls = Controls({"U_f.4.6": 1.25}, ADDRESS.defaults.days, ("x",))
    cell = LAB.traces(controls)["x"].cell
    assert cell.parameters["U_f"][3, 5] == 1.25


@pytest.mark.parametrize("sequence", SEQUENCES[1:])
def test_a_sequence_is_as_long_as_it_is_asked_for(sequence):
    for steps in STEPS:
        values = made(sequence, steps, 3)
        assert len(values) == steps
        assert max(map(abs, values)) <= 1
        assert made(sequence, steps, 3) == values


def test_the_question_is_the_cores():
    trace = LAB.traces(ADDRESS.defaults)["x"]
    assert np.abs(trace["h"][:, 0, most_active_unit(trace)]).max() == np.abs(trace["h"]).max()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_page_opens_with_every_cell(kind, language):
    test = opened(
        "lab", lang=language, cell=kind, units="16", sequence="wave", w="U_h.1.1:1" if kind == "rnn" else "b_z.1:1"
    )
    assert labels(language)["problem.entry"].format(key="w") in text(test) or kind != "lstm"
    assert not test.exception


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_lab_speaks_of_steps_where_the_cells_own_lesson_speaks_of_days(kind, language):
    """The words of a cell are made once; those of days and those of steps are kept apart."""
    for page, of_days in (opened(kind, lang=language), True), (opened("lab", lang=language, cell=kind), False):
        stage = next(one.proto for one in page.get("bidi_component") if one.proto.component_name == "gatewalk_stage")
        scene = json.loads(stage.json)
        for cell in scene["cells"].values():
            words = json.loads(cell["still"])["words"]
            assert any(DAY[language].search(text) for text in words.values()) == of_days
    assert not DAY[language].search(text(page))


def test_sixty_four_units_and_two_hundred_steps_open():
    assert not opened("lab", units="64", sequence="noise", steps="200", unit="40", way="back").exception


def test_a_moved_entry_of_the_largest_lab_costs_one_run():
    """290 MB were swept on the server while a slider was held; the browser computes that now."""
    lab = Lab(drawn("lstm", 64, 0), made("wave", STEPS[1], 0))
    address = entries(lab)
    tracemalloc.start()
    controls, problems = address.check({"weights": {"U_f.4.6": 1.25}}, address.defaults)
    lab.traces(controls)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not problems
    assert peak < 20_000_000


def test_a_made_sequence_is_as_long_as_its_slider_says():
    assert sliders(opened("lab")) == {}
    test = opened("lab", sequence="wave")
    assert sliders(test)["steps"]["text"] == "30"
    move(test, "steps", "50")
    assert sliders(test)["steps"]["text"] == "50"
    assert not test.exception
