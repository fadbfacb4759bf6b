"""The curves of gradients once more, by torch: imported only when a reader asks for the proof."""

import numpy as np
import torch

from app.controls.kinds import KINDS
from app.untrained.curves import curves, states_of
from app.untrained.initial import Settings
from app.untrained.model import length, loss, sequence, traces
from cells import Trace
from cells.weight_formats import to_torch


def verified(settings: Settings, kinds: tuple[str, ...] = KINDS) -> float:
    """The largest relative difference between our curves and those of torch's autograd."""
    worst = 0.0
    slopes, x = torch.tensor(loss(settings)), torch.tensor(sequence(settings))
    for kind, trace in traces(settings, kinds).items():
        theirs = autograd(kind, trace, x, slopes)
        for state, ours in curves(settings, kinds)[kind].items():
            with np.errstate(invalid="ignore", divide="ignore"):
                differs = np.abs(ours - theirs[state]) / np.where(ours == 0, 1, ours)
            worst = max(worst, float(np.nanmax(differs)))
    return worst


def autograd(kind: str, trace: Trace, x: torch.Tensor, slopes: torch.Tensor) -> dict[str, np.ndarray]:
    """‖dL/d(state)‖ of torch's own cell at every step.

    Each step starts from our state, with torch's gradient: a recurrent network of a large scale is chaotic, so that two
    right forward runs, rounded differently, are soon different runs.
    """
    cell = trace.cell
    module = {"rnn": torch.nn.RNNCell, "lstm": torch.nn.LSTMCell, "gru": torch.nn.GRUCell}[kind]
    theirs = module(cell.inputs, cell.units, dtype=torch.float64)
    with torch.no_grad():
        for name, values in to_torch(cell).items():
            getattr(theirs, name.removesuffix("_l0")).copy_(torch.as_tensor(values))
    ours = {state: torch.tensor(trace[state]) for state in states_of(cell.graph)}
    h = c = torch.zeros(1, cell.units, dtype=torch.float64)
    states: dict[str, list[torch.Tensor]] = {state: [] for state in ours}
    whole = torch.zeros((), dtype=torch.float64)
    for step in range(len(x)):
        now = x[step : step + 1]
        made = dict(zip("hc", theirs(now, (h, c)), strict=True)) if kind == "lstm" else {"h": theirs(now, h)}
        at = {state: made[state] + (ours[state][step] - made[state]).detach() for state in ours}
        h, c = at["h"], at.get("c", c)
        for state in ours:
            states[state].append(made[state])
        whole = whole + (h * slopes[step]).sum()
    found = {}
    for state, each in states.items():
        grads = torch.autograd.grad(whole, each, retain_graph=True, allow_unused=True)
        found[state] = length(torch.cat([torch.zeros_like(h) if g is None else g for g in grads]).numpy())
    return found
