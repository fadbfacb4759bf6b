"""What is trained: one recurrent layer of torch, and a linear readout of its hidden state."""

import torch
from torch import nn

LAYERS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class Network(nn.Module):
    """A recurrent layer read out at every timestep.

    Parameters
    ----------
    kind
        "rnn", "lstm" or "gru".
    inputs, units, outputs
        D, H and the number of values read out.
    words
        Size of the vocabulary. More than 0: x holds indices, and each word has an embedding of D numbers.
    """

    def __init__(self, kind: str, inputs: int, units: int, outputs: int, words: int = 0) -> None:
        super().__init__()
        self.embedding = nn.Embedding(words, inputs) if words else None
        self.cell = LAYERS[kind](inputs, units)
        self.readout = nn.Linear(units, outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return what is read out at every step, (T, B, outputs), of x (T, B, D) or of indices (T, B)."""
        hidden, _ = self.cell(x if self.embedding is None else self.embedding(x))
        return self.readout(hidden)
