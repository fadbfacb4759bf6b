"""A training loop over a batch of sequences of several lengths: by the core, and as programs in PyTorch and Keras.

Both programs print the losses that the core computes. PyTorch's second bias is held, since Keras has one: updated
both, their sum would move twice as far.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from app.export.programs import quoted, written
from app.lessons.frameworks.programs import example, rounded
from cells import Cell, backprop, run
from cells.weight_formats import to_keras, to_torch

LENGTHS = (5, 3, 2)
UPDATES, RATE, MOST = 5, 0.5, 1.0  # how often weights are updated, the learning rate, the largest norm of a gradient
DIGITS = 5  # of a loss that is printed


@dataclass(frozen=True)
class Training:
    """An LSTM with an output layer, three sequences, and a number to be answered at the end of each."""

    units: int
    inputs: int
    seed: int

    @cached_property
    def cell(self) -> Cell:
        return example("lstm", self.units, self.inputs, self.seed).cell

    @cached_property
    def head(self) -> np.ndarray:
        """The output layer's weights, (H,); its bias starts at 0."""
        return rounded(np.random.default_rng(self.seed + 1).normal(size=self.units), 2)

    @cached_property
    def sequences(self) -> list[np.ndarray]:
        """What is read, (steps, D) each."""
        draw = np.random.default_rng(self.seed + 2)
        return [rounded(draw.uniform(-1, 1, (steps, self.inputs)), 2) for steps in LENGTHS]

    @cached_property
    def targets(self) -> np.ndarray:
        """What is to be answered, (B,): the sum of a sequence's first inputs."""
        return rounded(np.array([sequence[:, 0].sum() for sequence in self.sequences]), 2)

    @cached_property
    def padded(self) -> np.ndarray:
        """The batch, time first, filled with zeros: (T, B, D)."""
        batch = np.zeros((max(LENGTHS), len(LENGTHS), self.inputs))
        for k, sequence in enumerate(self.sequences):
            batch[: len(sequence), k] = sequence
        return batch

    def losses(self, masked: bool = True) -> list[float]:
        """The loss before each update; without the mask the padding is read too."""
        cell, v, b, found = self.cell, self.head, 0.0, []
        lengths = np.array(LENGTHS if masked else [max(LENGTHS)] * len(LENGTHS))
        for _ in range(UPDATES):
            trace = run(cell, self.padded, lengths=lengths)
            last = trace["h"][lengths - 1, np.arange(len(lengths))]  # (B, H)
            error = last @ v + b - self.targets
            found.append(float((error**2).mean()))
            slope = 2 * error / len(error)
            given = np.zeros_like(trace["h"])
            given[lengths - 1, np.arange(len(lengths))] = slope[:, None] * v
            gradients = {**backprop(trace, {"h": given}).params, "v": last.T @ slope, "b": slope.sum()}
            norm = np.sqrt(sum((gradient**2).sum() for gradient in gradients.values()))
            step = {name: RATE * gradient * MOST / max(norm, MOST) for name, gradient in gradients.items()}
            v, b = v - step.pop("v"), b - float(step.pop("b"))
            cell = cell.replace(**{name: cell.parameters[name] - moved for name, moved in step.items()})
        return found


@lru_cache(maxsize=64)
def training(units: int, inputs: int, seed: int) -> Training:
    return Training(units, inputs, seed)


def torch_loop(task: Training) -> str:
    """The training as a program for PyTorch."""
    state = "".join(
        f'    "{name}": torch.tensor({written(array, f"    {name!r}: torch.tensor(")}),\n'
        for name, array in to_torch(task.cell).items()
    )
    return f"""\
import torch
from torch.nn.utils import clip_grad_norm_
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

torch.set_default_dtype(torch.float64)

layer = torch.nn.LSTM({task.inputs}, {task.units}, batch_first=True)
layer.load_state_dict({{
{state}}})
layer.bias_hh_l0.requires_grad_(False)  # Keras has one bias: hold the other
head = torch.nn.Linear({task.units}, 1)
head.load_state_dict({{
    "weight": torch.tensor([{written(task.head, '    "weight": torch.tensor([')}]),
    "bias": torch.zeros(1),
}})

sequences = [
{listed(task, "torch.tensor")}]
y = torch.tensor({written(task.targets, "y = torch.tensor(")})
x = pad_sequence(sequences, batch_first=True)  # (batch, steps, inputs)
lengths = torch.tensor([len(one) for one in sequences])

parameters = [*layer.parameters(), *head.parameters()]
optimizer = torch.optim.SGD(parameters, lr={RATE})
for update in range(1, {UPDATES + 1}):
    packed = pack_padded_sequence(x, lengths, batch_first=True)
    _, (h, c) = layer(packed)  # h after each sequence's own last step
    loss = ((head(h[0])[:, 0] - y) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    clip_grad_norm_(parameters, {MOST})
    optimizer.step()
    print("loss", update, f"{{loss.item():.{DIGITS}f}}")
"""


def keras_loop(task: Training) -> str:
    """The training as a program for Keras 3."""
    _, config, weights = to_keras(task.cell)
    arguments = [f"{key}={quoted(value)}" for key, value in config.items() if key not in ("go_backwards", "units")]
    arrays = "".join(f"    np.array({written(array, '    np.array(')}),\n" for array in weights)
    head = written(task.head[:, None], "head.set_weights([np.array(")
    return f"""\
import os

os.environ.setdefault("KERAS_BACKEND", "torch")  # or "tensorflow", or "jax"

import keras
import numpy as np

keras.config.set_floatx("float64")

layer = keras.layers.LSTM(
    {task.units},
    {f",{chr(10)}    ".join(arguments)},
)
head = keras.layers.Dense(1)
model = keras.Sequential([
    keras.Input((None, {task.inputs})),  # steps, inputs; the batch comes first
    keras.layers.Masking(0.0),  # a step of zeros is not read
    layer,
    head,
])
layer.set_weights([
{arrays}])
head.set_weights([np.array({head}), np.zeros(1)])

sequences = [
{listed(task, "np.array")}]
y = np.array({written(task.targets, "y = np.array(")})
x = keras.utils.pad_sequences(sequences, dtype="float64", padding="post")

optimizer = keras.optimizers.SGD({RATE}, global_clipnorm={MOST})
model.compile(optimizer, loss="mse")
history = model.fit(x, y, batch_size={len(LENGTHS)}, epochs={UPDATES}, shuffle=False, verbose=0)
for update, loss in enumerate(history.history["loss"], 1):
    print("loss", update, f"{{loss:.{DIGITS}f}}")
"""


LOOPS: Mapping[str, Callable[[Training], str]] = {"pytorch": torch_loop, "keras": keras_loop}


def listed(task: Training, made: str) -> str:
    """The sequences, a line or more for each."""
    return "".join(f"    {made}({written(one, f'    {made}(')}),\n" for one in task.sequences)
