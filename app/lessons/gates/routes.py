"""The routes a gradient takes back through a gated cell: along the memory alone, or by way of anything else."""

from dataclasses import dataclass

import numpy as np

from app.untrained.model import length
from cells import GRU, LSTM, Gradients, backprop, memory, run

KEEPS = {kind.key: (held.gate.name, held.state.name) for kind in (LSTM, GRU) if (held := memory(kind))}
"""By kind of cell: the gate that keeps, and the state it keeps."""

ROUNDING = 8 * np.finfo(float).eps  # what is less than this of a difference of two numbers is nothing


@dataclass(frozen=True)
class Split:
    """A state's gradient G at every step and its two parts, G = along + rest.

    Norms of parts do not add up. Their shares do: ⟨part, G⟩ / ⟨G, G⟩ is the part's projection on the whole, as a
    fraction of the whole, and the two make 1 (below 0 where a part pulls against the whole; 0 where there is no G).

    Attributes
    ----------
    gradient, along, rest : numpy.ndarray
        (T, H).
    """

    gradient: np.ndarray
    along: np.ndarray
    rest: np.ndarray

    def sizes(self) -> dict[str, np.ndarray]:
        """‖G‖ and the norms of its parts, (T,)."""
        parts = {"whole": self.gradient, "along": self.along, "rest": self.rest}
        return {name: length(part) for name, part in parts.items()}

    def shares(self) -> dict[str, np.ndarray]:
        """The two parts' shares of the whole, (T,)."""
        unit = np.abs(self.gradient).max(axis=1, keepdims=True)
        unit = np.where(unit > 0, unit, 1)  # squares of 1e-200 would be 0
        whole = self.gradient / unit
        square = np.maximum((whole**2).sum(axis=1), np.finfo(float).tiny)
        return {
            name: (part / unit * whole).sum(axis=1) / square
            for name, part in {"along": self.along, "rest": self.rest}.items()
        }


def split(gradients: Gradients, loss: np.ndarray) -> Split:
    """Part the gradient of the state that a gate keeps.

    Along goes what never leaves the memory: the loss's own gradient times the product of the gates up to it. The rest
    has at some step gone by way of the gates or the candidate (in an LSTM: through the hidden state).

    Parameters
    ----------
    gradients : Gradients
        Of an LSTM or GRU that read one sequence.
    loss : numpy.ndarray
        dL/dh at every step, by that step's own loss alone, (T, H).
    """
    trace = gradients.trace
    gate, state = KEEPS[trace.cell.kind.key]
    alone = run(trace.cell, trace.x[None], start={name: trace.before(name) for name in trace.cell.graph.before})
    along = backprop(alone, {"h": loss})[state][0].copy()  # each step a sequence of its own: the loss's way in
    for t in reversed(range(len(along) - 1)):
        along[t] += trace[gate][t + 1] * along[t + 1]
    whole = gradients[state]
    rest = whole - along
    return Split(whole, along, np.where(np.abs(rest) > ROUNDING * np.abs(whole), rest, 0))
