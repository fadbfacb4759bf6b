"""Training of the lesson `recall`: three cells with as many parameters each on two tests of memory."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from app.controls.kinds import KEEPERS
from app.lessons.recall.records import DEFAULTS, TASK, RecallFacts, RecallSettings, RecallTable, Row
from app.lessons.recall.snapshot import snapshot
from app.lessons.recall.tasks import LENGTHS, PUZZLES, SEEDS, Puzzle, first, parameters, units_of
from app.training import figures
from app.training.fit import SECONDS, Plan, Report, fit, seeded
from app.training.network import LAYERS, CoreLayer, Network, Readout
from app.training.saved import Run, Trained, shipped
from app.training.trials import quiet
from cells import GRU, LSTM, memory
from cells.weight_formats import gate_order

__all__ = ["SHIPPED", "measure", "snapshot", "train"]

SHIPPED = RecallTable(DEFAULTS, list(PUZZLES), LENGTHS, SEEDS)

EPOCH = 25  # updates from one look at the validation part to the next
HELD = {kind.key: (held, gate_order("torch", kind)) for kind in (LSTM, GRU) if (held := memory(kind))}
KEEPS = {key: order.index(held.gate.name) for key, (held, order) in HELD.items()}  # which gate of torch's order keeps
WRITES = {key: order.index(held.writer.name) for key, (held, order) in HELD.items() if held.writer.name in order}


@dataclass(frozen=True)
class Trial:
    """One task, length and seed, for all three cells."""

    settings: RecallSettings

    @property
    def puzzle(self) -> Puzzle:
        return PUZZLES[self.settings.task]

    def units(self, kind: str) -> int:
        """How many units a cell has here."""
        return units_of(kind, self.puzzle.inputs, self.settings.units)

    def network(self, kind: str) -> Readout:
        """A network as it is before training."""
        own, units = self.settings, self.units(kind)
        if kind not in LAYERS:
            layer = CoreLayer(first(kind, self.puzzle.inputs, units, own.n, own.seed))
            return Readout(layer, layer.width, self.puzzle.outputs)
        network = Network(kind, self.puzzle.inputs, units, self.puzzle.outputs)
        if own.weights == "orthogonal":
            for block in network.cell.weight_hh_l0.data.split(units):
                nn.init.orthogonal_(block)
        if kind in KEEPS and own.gates != "zero":
            span = torch.rand(units) * (own.n - 1) + 1
            start(network, kind, torch.ones(units) if own.gates == "one" else span.log(), own.gates == "spread")
        return network

    def loss(self, outputs: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
        """Cross-entropy where a symbol is asked for, the mean square where a number is."""
        if self.puzzle.outputs > 1:
            return functional.cross_entropy(outputs, answers)
        return functional.mse_loss(outputs[:, 0], answers)

    def learn(self, kind: str, plan: Plan, report: Report) -> tuple[Run, Row]:
        """Train one cell; return its run and what it reached. Every kind reads the same sequences."""
        random, puzzle, own = seeded(self.settings.seed), self.puzzle, self.settings
        network, curve = self.network(kind), []

        (held, wanted), (test, answers) = [tensors(*part) for part in puzzle.held_back(own.n, random)]

        def batches() -> Iterator[torch.Tensor]:
            for _ in range(EPOCH):
                x, right = tensors(*puzzle.make(own.n, own.batch, random))
                yield self.loss(network(x)[-1], right)

        def validate() -> float:
            outputs = network(held)[-1]
            curve.append(puzzle.right(outputs.numpy(), wanted.numpy()))
            return float(self.loss(outputs, wanted))

        began = time.process_time()  # of one core, whatever else the machine does
        run = fit(network, batches, validate, plan, report)
        seconds = time.process_time() - began
        with torch.no_grad():
            accuracy = puzzle.right(network(test)[-1].numpy(), answers.numpy())
        units = self.units(kind)
        return run, Row(
            own.task, own.n, own.seed, kind, units, parameters(kind, puzzle.inputs, units),
            accuracy=accuracy, updates=EPOCH * len(curve), seconds=round(seconds, 2), curve=curve,
        )  # fmt: skip


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


def train(settings: RecallSettings | RecallTable, report: Report) -> Trained[RecallFacts]:
    """Train RNN, LSTM and GRU on every task, length and seed that is asked for.

    Parameters
    ----------
    settings
        Those of one training, or a table of trainings. Each has a minute; what one cell leaves of its part, the next
        may use.

    Returns
    -------
    Trained
        The runs of the training that is kept, and of the same on every other task, ``recall-rnn``, ``adding-lstm`` and
        so on; and a row for every other training too.
    """
    table = settings if isinstance(settings, RecallTable) else RecallTable.of(settings)
    kept, asked, runs, rows = table.kept, [Trial(each) for each in table.trainings()], {}, []
    places, began, whole = len(asked) * len(LAYERS), time.monotonic(), SECONDS * len(asked)
    for place, (trial, kind) in enumerate(product(asked, LAYERS)):
        left = whole - (time.monotonic() - began)
        plan = Plan(
            f"{trial.settings.task}-{kind}", math.ceil(kept.updates / EPOCH), kept.rate, place, places,
            seconds=left * places / (places - place), goal=trial.puzzle.goal,
        )  # fmt: skip
        run, row = trial.learn(kind, plan, report)
        rows.append(row)
        if trial.settings == replace(kept, task=trial.settings.task):
            runs[f"{trial.settings.task}-{kind}"] = run
    return Trained(runs, RecallFacts(kept, EPOCH, rows))


# ---- the cells that came later ---------------------------------------------------------------------------------------


def later(trial: Trial, kind: str) -> Row:
    """What a cell of the core reaches with the whole budget, however long that takes."""
    own = trial.settings
    _, row = trial.learn(
        kind, Plan(kind, own.updates // EPOCH, own.rate, seconds=math.inf, goal=trial.puzzle.goal), quiet
    )
    return row


def measure() -> figures.Figures:
    """What the later cells reach on the same sequences with the same budget, after what the shipped model reached."""
    torch.set_flush_denormal(True)  # NumPy too: a memory that fades becomes 0, which takes a fifth of the time
    rows = [*shipped(TASK).facts.table]
    rows += [later(Trial(settings), kind) for kind, settings in product(KEEPERS, SHIPPED.trainings())]
    budget = figures.Budget(DEFAULTS.units, DEFAULTS.updates, SEEDS, EPOCH, DEFAULTS.batch, DEFAULTS.rate)
    return figures.Figures(budget, [trial_of(row) for row in rows])


def trial_of(row: Row) -> figures.Trial:
    """A row as one of the figures of a lesson; its task is the test and its length, such as ``adding-30``."""
    curve = [round(share, 4) for share in row.curve]
    return figures.Trial(
        f"{row.task}-{row.n}", row.kind, row.seed, row.parameters, row.seconds, round(row.accuracy, 4), curve
    )
