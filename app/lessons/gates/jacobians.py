"""What one step does to a gradient: singular values of the step Jacobians, of their product, and the rate they set."""

from dataclasses import dataclass

import numpy as np

from app.lessons.gates.routes import KEEPS
from app.untrained.model import length
from cells import Trace, jacobian, run
from cells.initial import spectral_radius

AT_ONCE = 2_000_000  # entries of the Jacobians that are made in one pass: 16 MB for each named value
SHOWN = 24  # steps, evenly spread, whose singular values are computed


@dataclass(frozen=True)
class Steps:
    """The Jacobians of one run; all states of the cell together are its state s.

    Attributes
    ----------
    at : numpy.ndarray
        Steps t from 1, out of 2 … T: all of them, or SHOWN.
    singular : numpy.ndarray
        Singular values of ∂s_t/∂s_(t−1) at these steps, largest first, (len(at), n).
    largest, typical : numpy.ndarray
        Of the product ∂s_T/∂s_(t−1) for these t: the largest singular value, and the geometric mean of all, (len(at),).
    measured : numpy.ndarray
        ‖dL/ds_t‖ of a loss at the last step, t = 1 … T, (T,).
    factors : numpy.ndarray
        What a step should multiply the gradient by, t = 2 … T, (T − 1,): see :func:`factors`.
    """

    at: np.ndarray
    singular: np.ndarray
    largest: np.ndarray
    typical: np.ndarray
    measured: np.ndarray
    factors: np.ndarray

    @property
    def predicted(self) -> np.ndarray:
        """The last gradient's size times the product of the factors from step t on, (T,)."""
        return self.measured[-1] * np.append(np.cumprod(self.factors[::-1])[::-1], 1)

    @property
    def rate(self) -> float:
        """The one factor a step that leads from the last gradient's size to the first's."""
        return float((self.measured[0] / self.measured[-1]) ** (1 / len(self.factors)))


def steps_of(trace: Trace, loss: np.ndarray) -> Steps:
    """Follow a loss's gradient dL/dh_T, (H,), back through the Jacobians of a run of at least two steps."""
    each = step_jacobians(trace)[1:]
    row = np.concatenate([loss if name == "h" else 0 * loss for name in trace.cell.graph.before])
    measured = [row]
    for step in each[::-1]:
        measured.append(measured[-1] @ step)
    some = np.unique(np.linspace(0, len(each) - 1, min(len(each), SHOWN)).astype(int))
    return Steps(
        at=some + 2,
        singular=np.linalg.svd(each[some], compute_uv=False),
        largest=largest(each, some),
        typical=typical(each)[some],
        measured=length(np.array(measured[::-1])),
        factors=factors(trace)[1:],
    )


def largest(each: np.ndarray, some: np.ndarray) -> np.ndarray:
    """The largest singular value of the product of all Jacobians from each of some on, (len(some),)."""
    product, decades = np.eye(each.shape[-1]), 0.0  # kept at size 1, with its true size in decades
    found = np.zeros(len(each))
    for k in reversed(range(len(each))):
        product = product @ each[k]
        size = np.abs(product).max()
        if size == 0:
            break
        product, decades = product / size, decades + np.log10(size)
        if k in some:
            found[k] = np.sqrt(np.linalg.eigvalsh(product.T @ product)[-1]) * raised(decades)
    return found[some]


def typical(each: np.ndarray) -> np.ndarray:
    """The geometric mean of the singular values of each such product, (len(each),): the root of its |determinant|."""
    decades = np.linalg.slogdet(each)[1] / np.log(10) / each.shape[-1]
    return raised(np.cumsum(decades[::-1])[::-1])


def step_jacobians(trace: Trace) -> np.ndarray:
    """∂s_t/∂s_(t−1) for every step, (T, n, n): each step is run as a sequence of its own."""
    states = trace.cell.graph.before
    n = sum(trace.cell.sizes[node.size] for node in states.values())
    some = max(AT_ONCE // (n * n), 1)
    made = []
    for first in range(0, trace.steps, some):
        part = slice(first, first + some)
        start = {name: trace.before(name)[part] for name in states}
        made.append(jacobian(run(trace.cell, trace.x[None, part], start=start), 0, -1))
    return np.concatenate(made)


def factors(trace: Trace) -> np.ndarray:
    """What each step should multiply a gradient by, (T,).

    An RNN: the spectral radius of U times the slope of its tanh. A gated cell: the mean of the gate that keeps.
    """
    if trace.cell.kind.key in KEEPS:
        return trace[KEEPS[trace.cell.kind.key][0]].mean(axis=1)
    return spectral_radius(trace.cell.parameters["U_h"]) * slopes(trace)


def slopes(trace: Trace) -> np.ndarray:
    """The slope 1 − h² of an RNN's tanh at each step, root mean square over the units: as a length is scaled, (T,)."""
    return np.sqrt(((1 - trace["h"] ** 2) ** 2).mean(axis=1))


def raised(decades: np.ndarray | float) -> np.ndarray:
    """10 to a power; too large a power gives ∞."""
    with np.errstate(over="ignore"):
        return np.power(10.0, decades)


def mean(values: np.ndarray) -> float:
    """The geometric mean; 0 where any value is."""
    with np.errstate(divide="ignore"):
        return float(np.exp(np.log(values).mean()))
