"""Training of the lesson `recall`: three cells with as many parameters each on two tests of memory."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from app.lessons.recall.tasks import DEFAULTS, LENGTHS, PUZZLES, SEEDS, Puzzle, parameters, units_of
from app.training.fit import SECONDS, Plan, Report, fit, seeded
from app.training.network import LAYERS, Network
from app.training.saved import Run, Trained
from cells import GRU, LSTM, memory
from cells.weight_formats import gate_order

SHIPPED: dict[str, Any] = DEFAULTS | {"table": {"task": list(PUZZLES), "n": list(LENGTHS), "seed": list(SEEDS)}}

EPOCH = 25  # updates from one look at the validation part to the next
HELD = {kind.key: (held, gate_order("torch", kind)) for kind in (LSTM, GRU) if (held := memory(kind))}
KEEPS = {key: order.index(held.gate.name) for key, (held, order) in HELD.items()}  # which gate of torch's order keeps
WRITES = {key: order.index(held.writer.name) for key, (held, order) in HELD.items() if held.writer.name in order}


@dataclass(frozen=True)
class Trial:
    """One task, length and seed, for all three cells."""

    settings: dict[str, Any]

    @property
    def puzzle(self) -> Puzzle:
        return PUZZLES[self.settings["task"]]

    def network(self, kind: str) -> Network:
        """A network as it is before training."""
        own = self.settings
        units = units_of(kind, self.puzzle.inputs, own["units"])
        network = Network(kind, self.puzzle.inputs, units, self.puzzle.outputs)
        if own["weights"] == "orthogonal":
            for block in network.cell.weight_hh_l0.data.split(units):
                nn.init.orthogonal_(block)
        if kind in KEEPS and own["gates"] != "zero":
            span = torch.rand(units) * (own["n"] - 1) + 1
            start(network, kind, torch.ones(units) if own["gates"] == "one" else span.log(), own["gates"] == "spread")
        return network

    def loss(self, said: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
        """Cross-entropy where a symbol is asked for, the mean square where a number is."""
        if self.puzzle.outputs > 1:
            return functional.cross_entropy(said, answers)
        return functional.mse_loss(said[:, 0], answers)

    def learn(self, kind: str, plan: Plan, report: Report) -> tuple[Run, dict[str, Any]]:
        """Train one cell; return its run and what it reached. Every kind reads the same sequences."""
        random, puzzle, own = seeded(self.settings["seed"]), self.puzzle, self.settings
        network, curve = self.network(kind), []

        (held, wanted), (test, answers) = [tensors(*part) for part in puzzle.held_back(own["n"], random)]

        def batches() -> Iterator[torch.Tensor]:
            for _ in range(EPOCH):
                x, right = tensors(*puzzle.make(own["n"], own["batch"], random))
                yield self.loss(network(x)[-1], right)

        def validate() -> float:
            said = network(held)[-1]
            curve.append(puzzle.right(said.numpy(), wanted.numpy()))
            return float(self.loss(said, wanted))

        began = time.process_time()  # of one core, whatever else the machine does
        run = fit(network, batches, validate, plan, report)
        seconds = time.process_time() - began
        with torch.no_grad():
            accuracy = puzzle.right(network(test)[-1].numpy(), answers.numpy())
        row = {name: own[name] for name in ("task", "n", "seed")} | {"kind": kind}
        return run, row | {
            "units": network.cell.hidden_size,
            "parameters": parameters(kind, puzzle.inputs, network.cell.hidden_size),
            "accuracy": accuracy,
            "updates": EPOCH * len(curve),
            "seconds": round(seconds, 2),
            "curve": curve,
        }


def tensors(x: np.ndarray, answers: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
    """Sequences in 32 bits, and answers: whole numbers stay what they are."""
    return torch.tensor(x, dtype=torch.float32), torch.tensor(
        answers, dtype=torch.float32 if answers.dtype.kind == "f" else torch.int64
    )


def start(network: Network, kind: str, bias: torch.Tensor, against: bool) -> None:
    """Let the gate that keeps begin with a bias, and the one that writes with its opposite.

    Spread as the log of 1 to n this is the chrono initialisation, Tallec & Ollivier 2018,
    https://arxiv.org/abs/1804.11188. torch has two biases for each gate: the second becomes 0.
    """
    places = {KEEPS[kind]: bias} | ({WRITES[kind]: -bias} if against and kind in WRITES else {})
    for place, value in places.items():
        part = slice(place * len(bias), (place + 1) * len(bias))
        network.cell.bias_ih_l0.data[part] = value
        network.cell.bias_hh_l0.data[part] = 0


def trials(settings: dict[str, Any]) -> list[Trial]:
    """What is to be trained: a single trial, or one for every row of `table`."""
    own = {name: value for name, value in settings.items() if name != "table"}
    table = settings.get("table", {name: [own[name]] for name in ("task", "n", "seed")})
    return [Trial(own | dict(zip(table, row, strict=True))) for row in product(*table.values())]


def train(settings: dict[str, Any], report: Report) -> Trained:
    """Train RNN, LSTM and GRU on every task, length and seed that is asked for.

    Parameters
    ----------
    settings
        As ``tasks.DEFAULTS``; with ``table``, lists of tasks, lengths and seeds, all of which are trained. A training
        without has a minute; what one cell leaves of its part, the next may use.

    Returns
    -------
    Trained
        The runs of the trial that the settings name. Facts: ``settings``, those of these runs; ``epoch``, updates;
        ``table``, a row for each task, length, seed and kind: units, parameters, the share of right answers on new
        sequences, updates and seconds of one core until it was solved or the budget spent, and the share after every
        epoch.
    """
    own = {name: value for name, value in settings.items() if name != "table"}
    asked, runs, rows = trials(settings), {}, []
    places, began, whole = len(asked) * len(LAYERS), time.monotonic(), SECONDS * len(asked)
    for place, (trial, kind) in enumerate(product(asked, LAYERS)):
        left = whole - (time.monotonic() - began)
        plan = Plan(
            kind, math.ceil(own["updates"] / EPOCH), own["rate"], place, places,
            seconds=left * places / (places - place), goal=trial.puzzle.goal,
        )  # fmt: skip
        run, row = trial.learn(kind, plan, report)
        rows.append(row)
        if trial.settings == own:
            runs[kind] = run
    return Trained(runs, {"settings": own, "epoch": EPOCH, "table": rows})
