"""What training leaves: weights at some epochs, the losses on the way, and what was measured. Reads without torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

import msgspec
import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

from app.training.records import F, FactsT, Task
from cells import CELLS, Cell, Kind, run
from cells.weight_formats import from_torch

LESSONS = Path(__file__).parent.parent / "lessons"
CELL = "cell."  # the recurrent layer's part of a network's names

Weights = Mapping[str, np.ndarray]  # of a network, under torch's names


@dataclass(frozen=True)
class Losses:
    """The mean loss of one epoch, on what is learned from and on what is held back for validation."""

    epoch: int
    train: float
    valid: float


@dataclass(frozen=True)
class Run:
    """One network's training: weights at some epochs (0 is before training, the last is what is used), and losses."""

    checkpoints: Mapping[int, Weights]
    losses: tuple[Losses, ...]

    @property
    def weights(self) -> Weights:
        return self.checkpoints[max(self.checkpoints)]

    def cell(self, kind: Kind, epoch: int | None = None) -> Cell:
        """The recurrent layer as a cell of the core, at the last epoch by default."""
        return cell_of(self.weights if epoch is None else self.checkpoints[epoch], kind)


def cell_of(weights: Weights, kind: Kind) -> Cell:
    """The recurrent layer of a network as a cell of the core."""
    own = {name.removeprefix(CELL): array for name, array in weights.items() if name.startswith(CELL)}
    cell = from_torch(own, kind)
    assert isinstance(cell, Cell)  # one layer, one direction
    return cell


def outputs(weights: Weights, kind: Kind, x: np.ndarray) -> np.ndarray:
    """What a network reads out at every timestep, computed by the core: (T, B, outputs) of x (T, B, D)."""
    weight, bias = (weights[f"readout.{name}"].astype(float) for name in ("weight", "bias"))
    return run(cell_of(weights, kind), x)["h"] @ weight.T + bias


@dataclass(frozen=True)
class Trained(Generic[FactsT]):
    """What one job made: its runs by name, and the facts it measured."""

    runs: Mapping[str, Run]
    facts: FactsT

    def write(self, path: Path) -> None:
        """Save all of it as a safetensors file; the file's metadata carries the losses and the facts."""
        tensors = {
            f"{name}/{epoch}/{weight}": np.ascontiguousarray(array)
            for name, run in self.runs.items()
            for epoch, weights in run.checkpoints.items()
            for weight, array in weights.items()
        }
        losses = {name: [[x.epoch, x.train, x.valid] for x in run.losses] for name, run in self.runs.items()}
        save_file(tensors, path, {"losses": json.dumps(losses), "facts": msgspec.json.encode(self.facts).decode()})

    @staticmethod
    def read(path: Path, facts: type[F]) -> Trained[F]:
        """Read what `write` wrote.

        Raises
        ------
        msgspec.ValidationError
            A ValueError that names the fact which is missing or of another type.
        """
        with safe_open(path, framework="np") as file:
            metadata = file.metadata()
            losses = json.loads(metadata["losses"])
            checkpoints: dict[str, dict[int, dict[str, np.ndarray]]] = {name: {} for name in losses}
            for key in file.keys():  # noqa: SIM118 (a file is no mapping)
                name, epoch, weight = key.split("/")
                checkpoints[name].setdefault(int(epoch), {})[weight] = file.get_tensor(key)
        runs = {name: Run(checkpoints[name], tuple(Losses(*epoch) for epoch in rows)) for name, rows in losses.items()}
        return Trained(runs, msgspec.json.decode(metadata["facts"], type=facts))


def model_of(task: str) -> Path:
    """The file of the model that comes with a lesson."""
    return LESSONS / task / "model.safetensors"


def shipped(task: Task[F]) -> Trained[F]:
    """The model that is in the repository for a lesson; `make models` makes it anew."""
    return Trained.read(model_of(task.name), task.facts)


def kind_of(run: str) -> str:
    """The kind of a run's cell, which its name has among its parts: "lstm", "en-lstm", "lstm-30-1"."""
    return next(part for part in run.split("-") if part in CELLS)
