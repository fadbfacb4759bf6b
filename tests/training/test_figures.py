"""What comes with lessons as figures: read as a typed record, and computed from the trials as they say."""

import math
from itertools import combinations

import msgspec
import numpy as np
import pytest

from app.lessons.layers import benchmarks as layers
from app.lessons.variants import benchmarks as variants
from app.training.figures import Benchmark, Budget, Figures, Trial, figures_of, shipped_figures, write_figures
from cells import CELLS
from cells.weight_formats import from_torch

LESSONS = {"variants": variants, "layers": layers}


def made(**curves: list[list[float]]) -> Figures:
    """Figures of one task: by network, a curve for each seed."""
    rows = [(name, seed, curve) for name, each in curves.items() for seed, curve in enumerate(each, 1)]
    trials = [Trial("task", name, seed, 7, 1.0, curve[-1], curve) for name, seed, curve in rows]
    return Figures(Budget(2, 100, (1, 2, 3)), trials)


def test_updates_are_counted_to_the_first_look_that_is_solved():
    figures = made(a=[[0.1, 0.95, 0.2, 1.0], [0.9, 0.9, 0.9, 0.94], [0.95, 0.0, 0.0, 0.0]])
    assert figures.updates("task", "a") == [50, math.inf, 25]
    assert figures.solved("task", "a") == "some"


def test_a_network_is_slower_only_beyond_all_seeds_of_the_other():
    figures = made(
        base=[[0, 1], [0, 0, 1], [0, 0, 0, 1]],  # 50, 75, 100
        middle=[[0, 0, 0, 0, 1], [0, 0, 0, 0, 1], [0, 0, 0, 1]],
        slow=[[0, 0, 0, 0, 1]] * 3,
        never=[[0, 0]] * 3,
        fast=[[1]] * 3,
    )
    found = {name: figures.against("task", name, "base") for name in ("base", "middle", "slow", "never", "fast")}
    assert found == {"base": "alike", "middle": "alike", "slow": "slower", "never": "slower", "fast": "faster"}


def test_chance_sets_five_seeds_apart_once_in_126():
    ranks = set(range(10))
    ways = [set(own) for own in combinations(ranks, 5)]
    apart = [own for own in ways if max(own) < min(ranks - own) or min(own) > max(ranks - own)]
    assert len(ways) / len(apart) == 126


def test_figures_are_read_as_they_were_written(monkeypatch, tmp_path):
    monkeypatch.setattr("app.training.figures.figures_of", lambda lesson: tmp_path / f"{lesson}.json")
    figures = made(a=[[0.5, 1.0]] * 3)
    read = msgspec.json.decode(write_figures("here", figures).read_bytes(), type=Figures)
    assert (read.budget.units, list(read.budget.seeds)) == (2, [1, 2, 3])
    assert read.updates("task", "a") == figures.updates("task", "a")
    broken = (tmp_path / "here.json").read_text(encoding="utf-8").replace('"accuracy"', '"share"')
    with pytest.raises(ValueError, match="accuracy"):
        msgspec.json.decode(broken, type=Figures)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_shipped_figures_are_of_the_budget_and_complete(lesson):
    figures, module = shipped_figures(lesson), LESSONS[lesson]
    assert msgspec.json.encode(figures.budget) == msgspec.json.encode(module.BUDGET)
    looks = module.BUDGET.updates // module.BUDGET.epoch
    networks = {trial.network for trial in figures.trials}
    for task in module.BENCHMARKS:
        for network in networks:
            trials = figures.of(task, network)
            assert [trial.seed for trial in trials] == list(module.BUDGET.seeds)
            assert all(len(trial.curve) == looks and trial.seconds > 0 for trial in trials)
    assert figures_of(lesson).stat().st_size < 100_000


# ---- the tasks -------------------------------------------------------------------------------------------------------


def test_the_latest_marked_number_by_a_loop():
    x, answers = variants.latest(200, np.random.default_rng(0))
    for k in range(200):
        wanted = None
        for value, mark in x[:, k]:
            wanted = value if mark else wanted
        assert wanted == answers[k]
    outputs = np.tile(answers + 0.09, (variants.STEPS, 1))
    assert variants.latest_right(outputs, answers).all()
    assert not variants.latest_right(outputs + 0.02, answers).any()


def test_the_interval_by_a_loop():
    x, answers = variants.interval(200, np.random.default_rng(0))
    for k in range(200):
        first, second = np.flatnonzero(x[:, k, 0])
        assert answers[k] == second + (second - first) < len(x)
    outputs = np.zeros((len(x), 200))
    outputs[answers, np.arange(200)] = 1
    assert variants.interval_right(outputs, answers).all()


@pytest.mark.parametrize(("task", "lags"), [("window", [0, 1, 2, 3]), ("ahead", [2, -2])])
def test_the_bits_by_a_loop(task, lags):
    x, answers = layers.BENCHMARKS[task].make(50, np.random.default_rng(0))
    for t in range(layers.STEPS):
        for k in range(50):
            places = [t - lag for lag in lags]
            inside = all(0 <= place < layers.STEPS for place in places)
            odd = sum(x[place, k, 0] > 0 for place in places) % 2 if inside else -1
            assert answers[t, k] == odd
    assert layers.right(answers - 0.5, answers).all()
    assert not layers.right(0.5 - answers, answers).any()


@pytest.mark.parametrize("benchmark", [*variants.BENCHMARKS.values(), *layers.BENCHMARKS.values()])
def test_chance_is_what_guessing_reaches(benchmark: Benchmark):
    x, answers = benchmark.make(20_000, np.random.default_rng(1))
    outputs = np.random.default_rng(2).uniform(-1, 1, x.shape[:2])
    assert benchmark.right(outputs, answers).mean() <= 1.1 * benchmark.chance


# ---- the core as a layer of torch ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_a_core_layer_is_torchs(kind):
    torch = pytest.importorskip("torch")
    from app.training.network import LAYERS, CoreLayer

    torch.manual_seed(0)
    theirs = LAYERS[kind](3, 5).double()
    cell = from_torch({name: array.numpy() for name, array in theirs.state_dict().items()}, CELLS[kind])
    ours = CoreLayer(cell, frozen=["b_h"] if kind == "rnn" else [], dtype=torch.float64)
    x = torch.randn(7, 4, 3, dtype=torch.float64, requires_grad=True)
    upstream = torch.randn(7, 4, 5, dtype=torch.float64)
    found = [layer(x)[0] for layer in (theirs, ours)]
    slopes = [torch.autograd.grad((h * upstream).sum(), x, retain_graph=True)[0] for h in found]
    assert torch.allclose(*found, rtol=0, atol=1e-12)
    assert torch.allclose(*slopes, rtol=0, atol=1e-12)
    (found[1] * upstream).sum().backward()
    (found[0] * upstream).sum().backward()
    gate = {"rnn": "h", "lstm": "i", "gru": "r"}[kind]  # torch's first
    assert torch.allclose(ours.weights[f"U_{gate}"].grad, theirs.weight_hh_l0.grad[:5], rtol=0, atol=1e-12)
    assert (ours.weights["b_h"].grad is None) if kind == "rnn" else True


@pytest.mark.parametrize("kind", CELLS)
def test_a_core_layer_of_any_cell_is_a_loop_of_torch(kind):
    torch = pytest.importorskip("torch")
    from app.training.network import CoreLayer
    from tests.support.torch_loops import close, loop

    cell, x = CELLS[kind].random(3, 5, seed=0), torch.randn(7, 4, 3, dtype=torch.float64, requires_grad=True)
    layer = CoreLayer(cell, dtype=torch.float64)
    before = {
        name: torch.full((4, cell.sizes[node.size]), node.start, dtype=torch.float64)
        for name, node in cell.graph.before.items()
    }
    leaves = {name: weight.detach().clone().requires_grad_() for name, weight in layer.weights.items()}
    values, _ = loop(cell, x, before, leaves)
    theirs, ours = torch.stack([step[cell.graph.output] for step in values]), layer(x)[0]
    assert ours.shape == (7, 4, layer.width)
    close(ours.detach().numpy(), theirs, kind)
    upstream = torch.randn_like(theirs)
    slopes = [
        torch.autograd.grad((output * upstream).sum(), [x, *weights.values()])
        for output, weights in ((ours, layer.weights), (theirs, leaves))
    ]
    for name, own, other in zip(("x", *leaves), *slopes, strict=True):
        close(own.numpy(), other, name)
        assert other.any(), name


@pytest.mark.training
def test_a_trial_learns_and_its_frozen_gate_stays():
    from app.lessons.variants.train import LOSSES, network
    from app.training.trials import Trainer

    kept = []

    def watched(seed):
        kept.append(network("always_keeps", 2, seed))
        return kept[-1]

    trainer = Trainer("latest", variants.BENCHMARKS["latest"], LOSSES["latest"], Budget(12, 150, (1,)))
    trial = trainer.trial("always_keeps", watched, 1)
    assert trial.accuracy > 1.5 * variants.BENCHMARKS["latest"].chance
    assert len(trial.curve) == 6
    assert trial.parameters == 3 * 12 * (12 + 2 + 1)
    weights = dict(kept[0].cell.weights)
    assert (weights["b_f"] == 40).all()
    assert (weights["W_f"] == 0).all()
