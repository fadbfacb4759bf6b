"""What is trained: a recurrent layer, of torch or of a cell of the core, and a linear readout of its hidden state."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import torch
from torch import nn

from cells import Cell, backprop, run

LAYERS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class Readout(nn.Module):
    """A recurrent layer read out at every timestep.

    Parameters
    ----------
    layer
        Of x (T, B, D) it makes hidden states (T, B, width), and a second value that is not used.
    width, outputs
        Size of a hidden state, and how many values are read out.
    """

    def __init__(self, layer: nn.Module, width: int, outputs: int) -> None:
        super().__init__()
        self.cell = layer
        self.readout = nn.Linear(width, outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return what is read out at every step, (T, B, outputs)."""
        hidden, _ = self.cell(x)
        return self.readout(hidden)


class Network(Readout):
    """One recurrent layer of torch, read out at every timestep.

    Parameters
    ----------
    kind
        "rnn", "lstm" or "gru".
    inputs, units, outputs
        D, H and the number of values read out.
    words
        Size of the vocabulary. More than 0: x holds indices, and each word has an embedding of D numbers.
    """

    cell: Any  # one of LAYERS; torch does not type its weights

    def __init__(self, kind: str, inputs: int, units: int, outputs: int, words: int = 0) -> None:
        embedding = nn.Embedding(words, inputs) if words else None
        super().__init__(LAYERS[kind](inputs, units), units, outputs)
        self.embedding = embedding

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return what is read out at every step, (T, B, outputs), of x (T, B, D) or of indices (T, B)."""
        return super().forward(x if self.embedding is None else self.embedding(x))


class CoreLayer(nn.Module):
    """A cell of the core as a layer of torch, so that any variant can be trained: `cells` runs it and its gradient.

    Parameters
    ----------
    cell
        Its kind, its options and its first weights.
    frozen
        Parameters that training leaves as they are.
    dtype
        Of the weights; the run has it too if x does.
    """

    def __init__(self, cell: Cell, frozen: Collection[str] = (), dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        self.like = cell
        self.weights = nn.ParameterDict(
            {
                name: nn.Parameter(torch.tensor(array, dtype=dtype), requires_grad=name not in frozen)
                for name, array in cell.parameters.items()
            }
        )

    @property
    def width(self) -> int:
        """The size of the output."""
        graph = self.like.graph
        return self.like.sizes[graph.before[graph.output].size]

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, None]:
        """Return the output at every timestep, (T, B, width), of x (T, B, D)."""
        return CoreRun.apply(self.like, x, *(self.weights[name] for name in self.like.parameters)), None  # type: ignore[no-untyped-call]


class CoreRun(torch.autograd.Function):
    """A run of a cell of the core, and backpropagation through it."""

    @staticmethod
    def forward(ctx: Any, like: Cell, x: torch.Tensor, *weights: torch.Tensor) -> torch.Tensor:
        arrays = {name: each.numpy() for name, each in zip(like.parameters, weights, strict=True)}
        ctx.like = like
        ctx.trace = run(like.replace(**arrays), x.numpy())
        return torch.tensor(ctx.trace[like.graph.output])

    @staticmethod
    def backward(ctx: Any, *upstream: torch.Tensor) -> Any:
        gradients = backprop(ctx.trace, {ctx.like.graph.output: upstream[0].numpy()})
        return None, torch.tensor(gradients.x), *(torch.tensor(gradients.params[name]) for name in ctx.trace.parameters)
