"""What the stage computes of a scene is the core's: of every lesson, cell, unit and direction, for any controls."""

import json
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import booleans, integers, sampled_from

from app.controls.address import Controls
from app.controls.kinds import LATER
from app.controls.many_units import Entries, moved
from app.page.lesson import Lesson
from cells import GRU, LRU, LSTM, RNN, RWKV, SLSTM, CheatSheetLSTM, Mamba, MinGRU, MinLSTM, run
from tests.page.test_every_page import opened
from tests.support.goals import measured
from tests.support.series import LIMIT, computed, expect_series
from tests.support.stage_site import (
    DAYS,
    VARIANTS,
    VECTORS,
    cell_of,
    column,
    scene_of,
    scene_of_runs,
    scene_of_units,
    sequence,
    vector_of,
)

both_ways = pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])


@both_ways
@pytest.mark.parametrize("name", VARIANTS)
def test_a_cell_of_one_unit(series_node, name, backward):
    cell = cell_of(*VARIANTS[name])
    (told,) = computed(series_node, scene_of({name: cell}, {}), backward=backward)["series"]
    expect_series(told, run(cell, column(DAYS)), 0, backward=backward)


@both_ways
@pytest.mark.parametrize("name", VECTORS)
def test_a_cell_of_many_units(series_node, name, backward):
    cell, x = vector_of(*VECTORS[name][:4]), sequence(name)
    sent = scene_of_units({name: cell}, {})
    for unit in (0, cell.units // 2, cell.units - 1):
        (told,) = computed(series_node, sent, unit=unit, backward=backward)["series"]
        expect_series(told, run(cell, x), unit, backward=backward)


def test_a_run_that_begins_with_other_states(series_node):
    """As where a window of a longer one is shown."""
    cell, x = vector_of(*VECTORS["lstm-8"][:4]), sequence("lstm-8")
    whole = run(cell, x)
    rest = run(cell, x[1:], start={name: whole[name][0] for name in ("h", "c")})
    (told,) = computed(series_node, scene_of_runs({"lstm-8": rest}, {}))["series"]
    np.testing.assert_allclose(rest["h"], whole["h"][1:], atol=1e-15)
    expect_series(told, rest, 0)


KINDS = [
    (LSTM, {}),
    (LSTM, {"peephole": True, "couple": "f=1-i"}),
    (LSTM, {"projection": 2}),
    (GRU, {}),
    (GRU, {"reset": "before"}),
    (RNN, {}),
    (CheatSheetLSTM, {}),
    (MinGRU, {}),
    (MinLSTM, {}),
    (SLSTM, {}),
    (SLSTM, {"stabilised": False}),
    (LRU, {}),
    (RWKV, {}),
    (Mamba, {}),
]


@given(sampled_from(KINDS), integers(1, 3), integers(1, 9), integers(1, 12), integers(0, 2**16), booleans())
@settings(max_examples=60)
def test_a_cell_of_any_size(series_of, chosen, inputs, units, steps, seed, backward):
    kind, options = chosen
    cell = kind.random(inputs, units, seed=seed, **options)
    trace = run(cell, np.random.default_rng(seed).normal(size=(steps, 1, inputs)))
    expect_series(series_of(trace, seed % units, backward=backward), trace, seed % units, backward=backward)


def test_the_grus_inner_product_is_computed_too(series_of):
    """It is no stage's value, but one reads it."""
    trace = run(GRU.random(1, 3, seed=0), np.ones((2, 1, 1)))
    sums = series_of(trace, 1)["arithmetic"]
    np.testing.assert_array_equal(sums["Uh"]["terms"][0]["row"], trace.cell.parameters["U_n"][1])


def test_all_entries_of_a_total_add_up_to_it(series_of):
    """Mamba's sum over the state, whichever unit is selected; the value that reads it is a stage's."""
    trace = run(Mamba.random(2, 5, seed=0), np.random.default_rng(0).normal(size=(3, 1, 2)))
    for unit in range(5):
        (term,) = series_of(trace, unit)["arithmetic"]["read"]["terms"]
        entries = np.reshape(term["products"]["numbers"], (3, 5))
        np.testing.assert_allclose(entries, (trace["C"] * trace["h"])[:, 0], atol=1e-15)
        np.testing.assert_allclose(entries.sum(axis=1), trace["read"][:, 0, 0], atol=1e-15)


@pytest.mark.parametrize("name", ["lstm-8", "gru-8", "rnn-2-inputs", "lstm-projection-8"])
def test_moved_entries(series_node, name):
    cell, sent = vector_of(*VECTORS[name][:4]), scene_of_units({name: vector_of(*VECTORS[name][:4])}, {})
    random = np.random.default_rng(0)
    for _ in range(10):
        weights = entries_of(cell, random)
        (told,) = computed(series_node, sent, Controls(weights, {}, ()))["series"]
        expect_series(told, run(moved(cell, weights), sequence(name)), 0)


def entries_of(cell, random):
    """A few entries of parameters by their names, with values of two decimals."""
    found = {}
    for parameter in random.choice(list(cell.parameters), 3):
        place = [str(random.integers(n) + 1) for n in cell.parameters[parameter].shape]
        found[".".join([parameter, *place])] = round(random.uniform(-5, 5), 2)
    return found


LESSONS = [
    ("fourday", {}),
    ("fourday", {"show": "AB", "f": "1,2,3", "a": "1,0,1"}),
    ("lstm", {}),
    ("rnn", {}),
    ("gru", {"beside": "both"}),
    ("gru", {"beside": "held"}),
    ("gru", {"reset": "before", "update": "write"}),
    *(("variants", {"cell": cell}) for cell in ("peephole", "coupled", "hard", "linear", "before", "write", "sheet")),
    ("variants", {"beside": "alone"}),
    ("compare", {}),
    *(("today", {"cell": cell}) for cell in LATER),
    ("today", {"cell": "rwkv", "beside": "both"}),
    ("lab", {}),
    ("lab", {"cell": "gru", "units": "32", "sequence": "wave"}),
    ("series", {}),
    ("text", {}),
    ("recall", {}),
]
"""Every lesson with a stage, by its key and what its address says."""


def stage_of(key, query):
    """The runs of a lesson's stage, its address, and the scene that its page sends."""
    found = []

    def stage(self, runs, *args, **rest):
        found.append((runs, self.address))
        original(self, runs, *args, **rest)

    original, scenes = Lesson.stage, []
    sent = {"stage": lambda *, data, **_: scenes.append(data), "questions": lambda **_: None}
    with patch.object(Lesson, "stage", stage), patch("app.stage.component", sent.__getitem__):
        opened(key, **query)
    return *found[-1], json.loads(json.dumps(scenes[-1]))


def controls_of(address, cell, random):
    """Controls that a reader might have set."""
    days = {
        name: tuple(random.uniform(-2, 2, random.integers(2, 7)).round(2).tolist()) for name in address.defaults.days
    }
    if isinstance(address, Entries):
        return Controls(entries_of(cell, random), days, tuple(days))
    weights = {name: round(random.uniform(-5, 5), 2) for name in address.defaults.weights}
    show = tuple(days) if random.integers(2) else tuple(days)[:1]
    return Controls(weights, days, show)


@pytest.mark.parametrize(("key", "query"), LESSONS)
def test_a_lesson_follows_its_controls(series_node, key, query):
    """The scene that a page sends once is right for whatever a reader does on the stage from then on."""
    runs, address, sent = stage_of(key, query)
    random = np.random.default_rng(0)
    first = address.read(query)[0]
    cell = next(iter(runs.traces(first).values())).cell
    for controls in [first, *(controls_of(address, cell, random) for _ in range(6))]:
        traces = runs.traces(controls)
        unit, backward = int(random.integers(cell.units)), bool(random.integers(2))
        told = computed(series_node, sent, controls, unit, backward)
        assert [one["key"] for one in told["series"]] == list(traces)
        assert told["steps"] == max(trace.steps for trace in traces.values())
        for one in told["series"]:
            expect_series(one, traces[one["key"]], unit, runs.targets.get(one["key"]), backward)
        if goal := (sent.get("guide") or {}).get("goal"):
            assert told["measured"] == pytest.approx(measured(runs, controls, goal["read"]), abs=LIMIT)
