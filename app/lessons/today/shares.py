"""What is left of each step in a cell's memory: a linear recurrence, written as shares over the steps before."""

import numpy as np

from cells import Trace
from cells.checks import Array

AVERAGE = ("slstm", "rwkv")
"""They divide their memory by a second one, so that the shares of a step add up to 1, as attention's do."""


def kept(trace: Trace) -> Array:
    """What multiplies each unit's memory at every step, as a trace has its values; of an LRU a complex number."""
    memory = trace.cell.graph.memory
    if memory:
        return trace.public(trace.record[memory.gate])
    return trace["real"] + 1j * trace["imaginary"]


def written(trace: Trace) -> tuple[Array, Array]:
    """How much of a value each step lets in, and that value."""
    kind, memory = trace.cell.kind.key, trace.cell.graph.memory
    if kind == "mamba":  # its writer Δ u is the value already
        return trace["d"] * trace["B"], np.broadcast_to(trace["u"], trace["B"].shape)
    if memory:
        return trace.public(trace.record[memory.writer]), trace.public(trace.record[memory.candidate])
    return trace["g"], trace["Wa"] + 1j * trace["Wb"]


def left(kept_shares: Array, let_in: Array) -> Array:
    """What is left at each step of what each step has let in: the product of all shares kept since.

    Parameters
    ----------
    kept_shares, let_in : array (T, …)

    Returns
    -------
    numpy.ndarray
        (T, T, …): of row t and column s ≤ t, 0 above the diagonal.
    """
    steps = len(let_in)
    found = np.zeros((steps, *let_in.shape), dtype=np.result_type(kept_shares, let_in))
    for t in range(steps):
        if t:
            found[t] = found[t - 1] * kept_shares[t]
        found[t, t] = let_in[t]
    return found


def shares(trace: Trace) -> Array:
    """How much each step takes of the value of every step up to itself, (T, T, …)."""
    memory = left(kept(trace), written(trace)[0])
    if trace.cell.kind.key == "slstm":
        return memory / trace["n"][:, None]
    if trace.cell.kind.key == "rwkv":  # what is read is the memory of the step before, and today's value beside it
        read = np.zeros_like(memory)
        read[1:] = memory[:-1] * (trace["past"][1:, None] if trace.cell.options["stabilised"] else 1)
        today = np.arange(len(read))
        read[today, today] = trace["present"]
        return read / trace["below"][:, None]
    return memory


def taken(trace: Trace) -> Array:
    """What the shares of the values add up to, (T, …): the memory, or the average that the cell makes of it."""
    if trace.cell.kind.key in AVERAGE:
        return trace["average"]
    memory = trace.cell.graph.memory
    return trace[memory.state.name] if memory else trace["a"] + 1j * trace["b"]
