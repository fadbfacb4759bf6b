"""A parallel scan: the states of a run in ⌈log₂ T⌉ rounds, where each is linear in the states before it.

s ← A s + b, where A and b follow from the input alone, is a map; two such maps, one after the other, are one again.
Each round joins the map of every timestep with that of 1, 2, 4, … timesteps before (Hillis & Steele 1986), all at once.
https://doi.org/10.1145/7902.7903
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from cells.cell import Cell
from cells.checks import Array, instance
from cells.expression import Apply, Graph, Node, Product, State, Sum
from cells.formulas import is_inline
from cells.functions import NEGATIVE
from cells.plan import operand, plan_of
from cells.running import run
from cells.trace import Trace

Term = tuple[float, tuple[Node, ...], State | None]
"""A sign, factors that follow from the input alone, and the state that they multiply, if any."""


@dataclass(frozen=True)
class Scan:
    """What a scan computed.

    Attributes
    ----------
    rounds : tuple of dict of str to array
        Each state, as :func:`cells.run` names and shapes it, before the first round and after each: after k rounds a
        timestep has what the last 2ᵏ timesteps up to itself give.
    """

    rounds: tuple[dict[str, Array], ...]

    @property
    def states(self) -> dict[str, Array]:
        """The states after the last round: those of the run."""
        return self.rounds[-1]


def rounds_of(steps: int) -> int:
    """Return how many rounds a scan of so many timesteps takes: ⌈log₂ steps⌉."""
    return (steps - 1).bit_length()


def gates_reading(graph: Graph) -> dict[str, tuple[str, ...]]:
    """Return the named functions that read a state as it enters the step, each with the states it reads."""
    static = plan_of(graph).static
    return {
        name: read
        for name, node in graph.values.items()
        if isinstance(node, Apply) and node not in static and not is_inline(node) and (read := _past(graph, node))
    }


def _past(graph: Graph, node: Node) -> tuple[str, ...]:
    """Return the states that a node is made from, but not by way of a state that has been computed in this step."""
    if isinstance(node, State):
        return (node.name,)
    inputs = [i for i in node.inputs if i not in graph.carried]
    return tuple(dict.fromkeys(name for i in inputs for name in _past(graph, i)))


def linear_states(graph: Graph) -> dict[State, list[Term]]:
    """Return the states that the next step reads, each as the terms that it is the sum of.

    Raises
    ------
    ValueError
        If a state is not linear in the states, given the input; it names the gates that read one.
    """
    return dict(_linear_states(graph))


@cache
def _linear_states(graph: Graph) -> dict[State, list[Term]]:
    read = {state: node for node, state in graph.carried.items() if graph.consumers[state]}
    return {state: _terms(graph, node, state) for state, node in read.items()}


def _terms(graph: Graph, node: Node, of: State) -> list[Term]:
    static = plan_of(graph).static
    match node:
        case _ if node in static:
            return [(1.0, (node,), None)]
        case State():
            return [(1.0, (), node)]
        case Sum():
            return [term for i in node.inputs for term in _terms(graph, i, of)]
        case Product(inputs=(a, b)) if a in static or b in static:
            factor, other = (a, b) if a in static else (b, a)
            return [(sign, (factor, *factors), state) for sign, factors, state in _terms(graph, other, of)]
        case Apply(function=function) if function is NEGATIVE:
            return [(-sign, factors, state) for sign, factors, state in _terms(graph, node.inputs[0], of)]
        case _:
            gates = "; ".join(f"{gate} reads {' and '.join(read)}" for gate, read in gates_reading(graph).items())
            raise ValueError(f"cell: expected states that are linear given the input, but in {of.name}, {gates}")


def scan(cell: Cell, x: object, *, keep_rounds: bool = True) -> Scan:
    """Compute the states of a run without a loop over its timesteps.

    States that no step reads, such as an output, are left out; :func:`outputs` has them.

    Parameters
    ----------
    cell : Cell
    x : array_like
        (T, D), or (T, B, D) for a batch.
    keep_rounds : bool
        Whether every round's results are kept, and not the last ones alone.

    Returns
    -------
    Scan

    Raises
    ------
    ValueError
        If a state is not linear in the states; it names the gates that read one.
    """
    instance("cell", cell, Cell, "a cell")
    linear = linear_states(cell.graph)
    trace, lead = _at_once(cell, x)
    a, b = _maps(trace, linear)
    a, b = (values.reshape(*values.shape[:-2], *lead, values.shape[-1]) for values in (a, b))
    start = np.array([state.start for state in linear]).reshape(1, -1, *[1] * (a.ndim - 3))
    b[:, 0] += (a[:, :, 0] * start).sum(1)
    names = [state.name for state in linear]
    found: list[dict[str, Array]] = []
    for totals in _rounds(a, b):
        found = [*(found if keep_rounds else []), dict(zip(names, totals, strict=True))]
    return Scan(tuple(found))


def outputs(cell: Cell, x: object, states: dict[str, Array]) -> Array:
    """Return the cell's output at every timestep, all at once, given the states after each."""
    before = {}
    for state in linear_states(cell.graph):
        entered = np.empty_like(states[state.name])
        entered[0], entered[1:] = state.start, states[state.name][:-1]
        before[state.name] = entered.reshape(-1, entered.shape[-1])
    trace, lead = _at_once(cell, x, before)
    shown = np.asarray(trace[cell.graph.output])
    return shown.reshape(*lead, shown.shape[-1])


def _at_once(cell: Cell, x: object, start: dict[str, Array] | None = None) -> tuple[Trace, tuple[int, ...]]:
    """Run one step of all timesteps, as if they were a batch; and return the shape that they had."""
    values = np.asarray(x, float)
    return run(cell, values.reshape(1, -1, values.shape[-1]), start=start), values.shape[:-1]


def _maps(trace: Trace, linear: dict[State, list[Term]]) -> tuple[Array, Array]:
    """Return A, (K, K, T, n), and b, (K, T, n), of K states."""
    index = {state: k for k, state in enumerate(linear)}
    shape = trace.record[next(iter(linear))].shape[2:]
    a, b = np.zeros((len(linear), len(linear), *shape)), np.zeros((len(linear), *shape))
    for state, terms in linear.items():
        for sign, factors, multiplied in terms:
            value = np.full(shape, sign)
            for factor in factors:
                value = value * operand(trace.record, factor, trace.parameters)[0, 0]
            if multiplied is None:
                b[index[state]] += value
            else:
                a[index[state], index[multiplied]] += value
    return a, b


def _rounds(a: Array, b: Array) -> Iterator[Array]:
    """Yield b before the first round and after each."""
    yield b
    steps, apart = b.shape[1], 1
    while apart < steps:
        late, early = a[:, :, apart:], a[:, :, :-apart]
        joined = b.copy()
        joined[:, apart:] += (late * b[None, :, :-apart]).sum(1)
        longer = a.copy()
        longer[:, :, apart:] = (late[:, :, None] * early[None]).sum(1)
        a, b, apart = longer, joined, 2 * apart
        yield b
