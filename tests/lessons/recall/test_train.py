"""Training of the lesson `recall`: the two tests of memory, the starts, the budget, and the table that is shipped."""

from dataclasses import replace
from statistics import median

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from app.controls.kinds import KEEPERS
from app.lessons.recall.records import DEFAULTS, TASK, RecallFacts, RecallTable, part
from app.lessons.recall.tasks import (
    CUE,
    LENGTHS,
    NEAR,
    PUZZLES,
    SEEDS,
    SYMBOLS,
    UNITS,
    first,
    parameters,
    units_of,
)
from app.lessons.recall.train import EPOCH, SHIPPED, Trial, later, train, trial_of
from app.training.figures import shipped_figures
from app.training.fit import StoppedError, seeded
from app.training.network import LAYERS
from app.training.saved import Run, Trained, shipped
from cells import CELLS, run

QUICK = replace(DEFAULTS, n=6, updates=50, units=8)


def quiet(*progress):
    """Report nothing."""


# ---- the tests of memory ---------------------------------------------------------------------------------------------


@given(st.integers(1, 60), st.integers(0, 2**32))
def test_only_the_first_symbol_says_what_is_to_be_recalled(n, seed):
    x, answers = PUZZLES["recall"].make(n, 5, np.random.default_rng(seed))
    assert x.shape == (n + 2, 5, CUE + 1)
    assert (x.sum(-1) == 1).all()
    symbols = x.argmax(-1)
    assert (symbols[0] == answers).all()
    assert (answers < SYMBOLS).all()
    assert ((symbols[1:-1] >= SYMBOLS) & (symbols[1:-1] < CUE)).all()
    assert (symbols[-1] == CUE).all()


@given(st.integers(4, 60), st.integers(0, 2**32))
def test_two_numbers_of_the_first_half_make_the_answer(n, seed):
    x, answers = PUZZLES["adding"].make(n, 5, np.random.default_rng(seed))
    values, marks = x[..., 0], x[..., 1]
    assert (marks.sum(0) == 2).all()
    assert not marks[n // 2 :].any()
    for sequence, answer in enumerate(answers):
        one, other = values[marks[:, sequence] == 1, sequence]
        assert answer == pytest.approx(0.5 + (one + other) / 4, abs=1e-12)
        assert 0 <= answer <= 1


def test_chance_is_what_the_best_guess_reaches():
    for puzzle in PUZZLES.values():
        _, answers = puzzle.make(10, 100_000, np.random.default_rng(0))
        guess = np.eye(puzzle.outputs)[[0] * len(answers)] if puzzle.outputs > 1 else np.full((len(answers), 1), 0.5)
        assert puzzle.right(guess, answers) == pytest.approx(puzzle.chance, abs=0.005)


def test_a_sum_is_right_within_its_limit():
    outputs = np.array([[0.5 + NEAR - 1e-9], [0.5 + NEAR + 1e-9], [0.5 - NEAR + 1e-9]])
    assert PUZZLES["adding"].right(outputs, np.full(3, 0.5)) == pytest.approx(2 / 3)


# ---- the budget and the starts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", PUZZLES)
@pytest.mark.parametrize("units", UNITS)
def test_every_cell_has_as_many_parameters(task, units):
    counts = {}
    for kind in LAYERS:
        network = Trial(replace(DEFAULTS, task=task, units=units)).network(kind)
        counts[kind] = sum(p.numel() for p in network.cell.parameters())
        assert counts[kind] == parameters(kind, PUZZLES[task].inputs, network.cell.hidden_size)
        assert units_of(kind, PUZZLES[task].inputs, units) <= 128
    assert max(counts.values()) / min(counts.values()) < 1.15


def gates(kind, **settings):
    """Each gate's bias before training, by our cell's letters."""
    torch.manual_seed(0)
    weights = {
        name: p.detach().numpy() for name, p in Trial(replace(DEFAULTS, **settings)).network(kind).state_dict().items()
    }
    return Run({0: weights}, ()).cell(CELLS[kind]).parameters


@pytest.mark.parametrize(("kind", "keeps"), [("lstm", "b_f"), ("gru", "b_z")])
def test_the_gate_that_keeps_begins_as_asked(kind, keeps):
    assert gates(kind, gates="one")[keeps] == pytest.approx(1, abs=1e-7)
    spread = gates(kind, gates="spread", n=30)[keeps]
    assert (spread >= 0).all()
    assert (spread <= np.log(30)).all()
    assert np.ptp(spread) > 1
    assert np.abs(gates(kind, gates="zero")[keeps]).max() < 1


def test_the_lstm_writes_as_little_as_it_forgets_where_spans_are_spread():
    begun = gates("lstm", gates="spread")
    np.testing.assert_allclose(begun["b_i"], -begun["b_f"], atol=1e-7)


@pytest.mark.parametrize("kind", LAYERS)
def test_orthogonal_weights_keep_lengths(kind):
    for name, matrix in gates(kind, weights="orthogonal").items():
        if name.startswith("U"):
            np.testing.assert_allclose(matrix @ matrix.T, np.eye(len(matrix)), atol=1e-5)


# ---- training --------------------------------------------------------------------------------------------------------


@pytest.mark.training
def test_a_training_is_repeatable_and_survives_saving(tmp_path):
    first, second = train(QUICK, quiet), train(QUICK, quiet)
    for kind, made in first.runs.items():
        for name, array in made.weights.items():
            np.testing.assert_array_equal(array, second.runs[kind].weights[name])
    first.write(tmp_path / "recall.safetensors")
    read = Trained.read(tmp_path / "recall.safetensors", RecallFacts)
    assert read.facts == first.facts
    assert read.facts.settings == QUICK
    assert [row.kind for row in read.facts.table] == list(LAYERS)
    assert all(len(row.curve) * EPOCH == row.updates <= QUICK.updates for row in read.facts.table)


@pytest.mark.training
def test_a_table_trains_every_row_and_keeps_the_runs_of_its_settings():
    short = replace(QUICK, updates=25)
    settings = RecallTable(short, ["recall", "adding"], [6, 8], [1])
    shares = []
    made = train(settings, lambda run, losses, epochs, share, weights: shares.append(share))
    rows = made.facts.table
    assert len({(row.task, row.n, row.seed, row.kind) for row in rows}) == len(rows) == 12
    assert shares == sorted(shares)
    assert shares[-1] == 1
    alone = train(short, quiet)
    ours, theirs = (each.runs["recall-gru"].weights["readout.weight"] for each in (made, alone))
    np.testing.assert_array_equal(ours, theirs)
    assert {f"{task}-{kind}" for task in PUZZLES for kind in LAYERS} == set(made.runs)


@pytest.mark.training
def test_training_ends_when_nobody_wants_it_and_when_the_test_is_solved():
    def stop(*progress):
        raise StoppedError

    with pytest.raises(StoppedError):
        train(QUICK, stop)
    solved = train(replace(DEFAULTS, n=10, updates=500), quiet)
    lstm = next(row for row in solved.facts.table if row.kind == "lstm")
    assert lstm.updates < 500
    assert solved.runs["recall-lstm"].losses[-1].valid < PUZZLES["recall"].goal
    assert lstm.accuracy > 0.95


# ---- what is shipped -------------------------------------------------------------------------------------------------


def test_the_shipped_table_is_whole_and_the_lstm_recalls_at_30():
    made = shipped(TASK)
    rows = made.facts.table
    assert made.facts.settings == DEFAULTS
    assert len(rows) == len(PUZZLES) * len(LENGTHS) * len(SEEDS) * len(LAYERS)
    assert RecallTable(DEFAULTS, list(PUZZLES), LENGTHS, SEEDS) == SHIPPED
    found = {
        kind: [row.accuracy for row in rows if (row.task, row.n, row.kind) == ("recall", 30, kind)] for kind in LAYERS
    }
    assert {kind: len(shares) for kind, shares in found.items()} == dict.fromkeys(LAYERS, 3)
    assert median(found["lstm"]) >= 0.95


@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize("task", PUZZLES)
def test_the_shipped_cells_reach_on_our_core_what_the_table_says(task, kind):
    """The test part is drawn again, and answered by the cells of the course."""
    made = part(shipped(TASK), task)
    _, (x, answers) = PUZZLES[task].held_back(30, seeded(DEFAULTS.seed))
    own = made.runs[kind]
    hidden = run(own.cell(CELLS[kind]), x)["h"][-1]
    outputs = hidden @ own.weights["readout.weight"].T + own.weights["readout.bias"]
    measured = next(
        row.accuracy
        for row in made.facts.table
        if (row.task, row.n, row.seed, row.kind) == (task, 30, DEFAULTS.seed, kind)
    )
    assert PUZZLES[task].right(outputs, answers) == pytest.approx(measured, abs=1e-3)


# ---- the cells that came later ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", PUZZLES)
def test_every_later_cell_has_as_many_parameters(task):
    inputs = PUZZLES[task].inputs
    aim = parameters("lstm", inputs, DEFAULTS.units)
    for kind in KEEPERS:
        layer = Trial(replace(DEFAULTS, task=task)).network(kind).cell
        assert sum(p.numel() for p in layer.parameters()) == parameters(kind, inputs, layer.like.units)
        assert parameters(kind, inputs, layer.like.units) == pytest.approx(aim, rel=0.06)


@pytest.mark.parametrize("kind", KEEPERS)
def test_a_later_cell_begins_with_spans_from_one_step_to_n(kind):
    """Of an input that asks for nothing, a state keeps a share of 1 − 1/span, or of exp(−1/span), at each step."""
    cell = first(kind, 2, 400, 100, 3)
    cell = cell.replace(**{name: 0 * weight for name, weight in cell.parameters.items() if name[0] in "WU"})
    trace = run(cell, np.zeros((2, 2)))
    share = {
        "min_gru": lambda: trace["one_minus_z"], "min_lstm": lambda: trace["kept"], "lru": lambda: trace["r"],
        "slstm": lambda: 1 / (1 + np.exp(-trace["a_f"])), "rwkv": lambda: np.exp(-trace["w"]),
        "mamba": lambda: trace["f"] ** (1 / trace["d"]),
    }[kind]()[-1]  # fmt: skip
    spans = -1 / np.log(share)
    assert 0.9 < np.quantile(spans, 0.01) < 4
    assert 40 < np.median(spans) < 62
    assert 94 < spans.max() < 102


def test_shipped_figures_are_the_shipped_models_and_every_later_cells():
    figures, rows = shipped_figures("recall"), shipped(TASK).facts.table
    budget = (figures.budget.units, figures.budget.updates, figures.budget.rate, figures.budget.batch)
    assert budget == (DEFAULTS.units, DEFAULTS.updates, DEFAULTS.rate, DEFAULTS.batch)
    assert figures.trials[: len(rows)] == [trial_of(row) for row in rows]
    expected = [(f"{s.task}-{s.n}", kind, s.seed) for kind in KEEPERS for s in SHIPPED.trainings()]
    assert [(t.task, t.network, t.seed) for t in figures.trials[len(rows) :]] == expected
    for trial in figures.trials:
        assert trial.accuracy == pytest.approx(trial.curve[-1], abs=0.1)
        assert len(trial.curve) <= DEFAULTS.updates / EPOCH


@pytest.mark.training
def test_a_later_cell_trains_to_what_is_shipped():
    """Twice the same to the bit; on another machine sums may round otherwise, so a figure is only close."""
    trial = Trial(replace(DEFAULTS, n=10))
    once, twice = (replace(later(trial, "slstm"), seconds=0) for _ in range(2))
    assert once == twice
    (kept,) = [each for each in shipped_figures("recall").of("recall-10", "slstm") if each.seed == 1]
    assert once.accuracy == pytest.approx(kept.accuracy, abs=0.02)
    assert once.updates == pytest.approx(EPOCH * len(kept.curve), abs=2 * EPOCH)
