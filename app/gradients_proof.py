"""The curves of gradients once more, by torch: imported only when a reader asks for the proof."""

import numpy as np
import torch

from app.curves import curves
from app.routes import length
from app.vanishing import Settings, loss, sequence, traces
from cells import Cell


def verified(settings: Settings) -> float:
    """The largest relative difference between our curves and those of torch's autograd."""
    worst = 0.0
    slopes, x = torch.tensor(loss(settings)), torch.tensor(sequence(settings))
    for kind, trace in traces(settings).items():
        theirs = autograd(kind, trace.cell, x, slopes)
        ours = curves(settings)[kind]
        with np.errstate(invalid="ignore", divide="ignore"):
            differs = np.abs(ours - theirs) / np.where(ours == 0, 1, ours)
        worst = max(worst, float(np.nanmax(differs)))
    return worst


def autograd(kind: str, cell: Cell, x: torch.Tensor, slopes: torch.Tensor) -> np.ndarray:
    """‖dL/d(state)‖ of torch's own cell at every step."""
    module = {"rnn": torch.nn.RNNCell, "lstm": torch.nn.LSTMCell, "gru": torch.nn.GRUCell}[kind]
    theirs = module(cell.inputs, cell.units, dtype=torch.float64)
    with torch.no_grad():
        for name, values in cell.to_torch().items():
            getattr(theirs, name.removesuffix("_l0")).copy_(torch.as_tensor(values))
    h = torch.zeros(1, cell.units, dtype=torch.float64)
    c, whole, states = h, torch.zeros(()), []
    for step in range(len(x)):
        if kind == "lstm":
            h, c = theirs(x[step : step + 1], (h, c))
        else:
            h = theirs(x[step : step + 1], h)
        states.append(c if kind == "lstm" else h)
        whole = whole + (h * slopes[step]).sum()
    return length(torch.cat(torch.autograd.grad(whole, states)).numpy())
