"""A parallel scan: the states of a run in ⌈log₂ T⌉ rounds, where each is linear in the states before it.

s ← A s + b, where A and b follow from the input alone, is a map; two such maps, one after the other, are one again.
Each round joins the map of every timestep with that of 1, 2, 4, … timesteps before (Hillis & Steele 1986), all at once.
https://doi.org/10.1145/7902.7903
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

import numpy as np

from cells.cell import Cell
from cells.checks import Array, instance, one_of
from cells.expression import Apply, Graph, Node, Product, State, Sum
from cells.formulas import is_inline
from cells.functions import NEGATIVE
from cells.inputs import Masking, read_input, read_start
from cells.plan import operand, plan_of
from cells.trace import Trace, run_cell, shaped

Term = tuple[float, tuple[Node, ...], State | None]
"""A sign, factors that follow from the input alone, and the state that they multiply, if any."""

Maps = tuple[Array, Array]
"""A, (K, K, T, B, n), and b, (K, T, B, n), of K states, in the order of reading."""


class Scan:
    """What a scan computed; arrays are as in :class:`cells.Trace`, (T, H), or (T, B, H) for a batch, and read-only.

    Attributes
    ----------
    cell : Cell
    masking : Masking
        Which timesteps were read, and in which order.
    """

    def __init__(
        self, cell: Cell, x: Array, start: Mapping[str, Array], masking: Masking, batched: bool, maps: Sequence[Maps]
    ):
        self.cell, self.masking = cell, masking
        self._x, self._start, self._batched, self._maps = x, start, batched, maps
        self._linear = linear_states(cell.graph)

    def __repr__(self) -> str:
        return f"<Scan of {self.cell!r}: steps={self.masking.steps} rounds={rounds_of(self.masking.steps)}>"

    @cached_property
    def rounds(self) -> tuple[dict[str, Array], ...]:
        """Each state before the first round and after each.

        After k rounds a timestep has what the last 2ᵏ timesteps up to itself make of nothing; from the first timestep
        on, of the states before it.
        """
        return tuple({state.name: self._public(b[k]) for k, state in enumerate(self._linear)} for _, b in self._maps)

    @cached_property
    def factors(self) -> tuple[dict[tuple[str, str], Array], ...]:
        """By (state, other), in the same rounds: what the same timesteps multiply ``other``, as it was before, by."""
        names = [state.name for state in self._linear]
        return tuple(
            {(one, other): self._public(a[i, j]) for i, one in enumerate(names) for j, other in enumerate(names)}
            for a, _ in self._maps
        )

    @property
    def states(self) -> dict[str, Array]:
        """The states after the last round: those of the run. States that no step reads are left out."""
        return self.rounds[-1]

    @cached_property
    def output(self) -> Array:
        """The cell's output at every timestep, all at once, given the states before each; zero where none is read."""
        before = {}
        for state, after in zip(self._linear, self._maps[-1][1], strict=True):
            entered = np.empty_like(after)
            entered[0], entered[1:] = self._start.get(state.name, 0), after[:-1]
            before[state.name] = entered.reshape(-1, entered.shape[-1])
        trace = _at_once(self.cell, self._x, before)
        shown = trace.record[trace.node(self.cell.graph.output)]
        return self._public(self.masking.only_read(shown.reshape(*self._x.shape[:3], -1))[:, 0])

    def _public(self, array: Array) -> Array:
        """Return (T, B, n), in the order of reading, as a trace's arrays are."""
        return shaped(self.masking.turned(array[:, None]), (), self._batched)


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


def scan(
    cell: Cell,
    x: object,
    *,
    start: Mapping[str, object] | None = None,
    lengths: object = None,
    mask: object = None,
    reverse: bool = False,
    batch_first: bool = False,
    keep_rounds: bool = True,
) -> Scan:
    """Compute the states of a run without a loop over its timesteps.

    Parameters
    ----------
    cell : Cell
    x : array_like
        (T, D), or (T, B, D) for a batch; read as :func:`cells.run` reads it, in float32 if the cell and ``x`` both are.
    start, lengths, mask, reverse, batch_first
        As of :func:`cells.run`.  A step that is not read is the map that leaves every state as it is.
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
    one_of("keep_rounds", keep_rounds, (False, True))
    linear = linear_states(cell.graph)
    how: dict[str, Any] = {"lengths": lengths, "mask": mask, "reverse": reverse, "batch_first": batch_first}
    sequence, masking, batched = read_input(cell.inputs, cell.dtype, x, **how)
    sequence, first = masking.turned(sequence), read_start(cell, start, masking.batch)
    a, b = _maps_of(_at_once(cell, sequence), linear, (masking.steps, masking.batch))
    if not masking.whole:
        same, read = np.eye(len(linear))[:, :, None, None, None], masking.running[..., None]
        a, b = np.where(read, a, same).astype(a.dtype), np.where(read, b, 0).astype(b.dtype)
    for k, state in enumerate(linear):
        b[:, 0] += a[:, k, 0] * first.get(state.name, 0)
    maps: deque[Maps] = deque(_rounds(a, b), maxlen=None if keep_rounds else 1)
    return Scan(cell, sequence, first, masking, batched, tuple(maps))


def _at_once(cell: Cell, x: Array, start: Mapping[str, Array] | None = None) -> Trace:
    """Run one step of all timesteps of (T, 1, B, D), as if they were a batch."""
    return run_cell(cell, x.reshape(1, -1, x.shape[-1]), start=start)


def _maps_of(trace: Trace, linear: dict[State, list[Term]], lead: tuple[int, int]) -> Maps:
    """Return the map of each timestep."""
    index = {state: k for k, state in enumerate(linear)}
    first = trace.record[next(iter(linear))]
    shape = first.shape[2:]
    a, b = (np.zeros((*axes, *shape), first.dtype) for axes in ((len(linear), len(linear)), (len(linear),)))
    for state, terms in linear.items():
        for sign, factors, multiplied in terms:
            value = np.full(shape, sign, first.dtype)
            for factor in factors:
                value = value * operand(trace.record, factor, trace.parameters)[0, 0]
            if multiplied is None:
                b[index[state]] += value
            else:
                a[index[state], index[multiplied]] += value
    return tuple(values.reshape(*values.shape[:-2], *lead, shape[-1]) for values in (a, b))  # type: ignore[return-value]


def _rounds(a: Array, b: Array) -> Iterator[Maps]:
    """Yield the maps before the first round and after each."""
    yield a, b
    steps, apart = b.shape[1], 1
    while apart < steps:
        late, early = a[:, :, apart:], a[:, :, :-apart]
        joined, longer = b.copy(), a.copy()
        joined[:, apart:] += (late * b[None, :, :-apart]).sum(1)
        longer[:, :, apart:] = (late[:, :, None] * early[None]).sum(1)
        a, b, apart = longer, joined, 2 * apart
        yield a, b
