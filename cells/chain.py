"""The chain rule with numbers: where the gradient of a value comes from, term by term.

A value's gradient is the sum, over the values that read it, of their gradient times the local derivatives on the path.
Values on the path without a letter of their own (``keep``, pre-activations) are written out, as in the equations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, assert_never

import numpy as np

from cells.checks import Array, instance, whole
from cells.equations import has_letter
from cells.expression import (
    Apply,
    Input,
    Matrix,
    Maximum,
    Node,
    Operation,
    Product,
    State,
    Sum,
    Total,
    Vector,
    is_complement,
)
from cells.gradients import Gradients
from cells.layers import StackGradients, part_of
from cells.plan import operand

Path = tuple[tuple[Node, Operation], ...]  # (read, reader) from a value to the next one with a letter


@dataclass(frozen=True)
class Local:
    """One local derivative of a term.

    Attributes
    ----------
    kind : str
        ``"value"`` (the other factor of a product), ``"parameter"``, ``"slope"`` (of a function) or ``"minus"`` (the −1
        of 1 − a gate).
    name : str
        The value or parameter; for a slope the value the function gives, and for one without a name the function's.
    before : bool
        Whether the value is a state as it entered the step.
    function : str or None
        The function of a slope, or the one a nameless value is.
    inner : str or None
        What goes into that function, by name.
    numbers : numpy.ndarray
        (T,).
    """

    kind: Literal["value", "parameter", "slope", "minus"]
    name: str
    numbers: Array
    before: bool = False
    function: str | None = None
    inner: str | None = None


@dataclass(frozen=True)
class Link:
    """One term of a gradient: what comes back from one reader, on one path.

    Attributes
    ----------
    to : str
        The reader's name; ``""`` is the loss itself.
    later : bool
        Whether it belongs to the next step.
    upstream : numpy.ndarray or None
        dL/d(reader), (T,); None where a matrix makes the term a sum over the reader's units.
    local : tuple of Local
        Empty where the term is such a sum.
    matrix : str or None
        The matrix on the path, if there is one.
    product : numpy.ndarray
        (T,).
    """

    to: str
    later: bool
    upstream: Array | None
    local: tuple[Local, ...]
    matrix: str | None
    product: Array


def chain(
    gradients: Gradients | StackGradients, name: str, unit: int = 0, batch: int = 0, *, before: bool = False
) -> tuple[Link, ...]:
    """Return the terms whose sum is dL/d(value) of one unit of one sequence at every step.

    Parameters
    ----------
    gradients : Gradients or StackGradients
        Of a run that read forward, every step of it; a sweep's give arrays with its settings before T.
    name : str
        A named value, or ``"x"``; of a stack ``"<layer>.<direction>.<name>"``.
    unit, batch : int
    before : bool
        The state as it entered each step, and what comes back to it through that step alone: without what the step
        before made of it, and without the loss.

    Raises
    ------
    ValueError
        If there is no such value or state, or the run read backward or has sequences of other lengths.
    """
    gradients, name = part_of(gradients, name) if isinstance(gradients, StackGradients) else (gradients, name)
    instance("gradients", gradients, Gradients, "what backprop returned of a run")
    trace = gradients.trace
    if trace.reverse or not trace.masking.whole:
        raise ValueError("gradients: expected a run that read forward, of whole sequences")
    node: Node = trace.state(name) if before else trace.node(name)
    whole("unit", unit, 0, trace.record[node].shape[-1] - 1)
    whole("batch", batch, 0, trace.batch - 1)
    paths = _Paths(gradients, unit, batch)
    if before:
        return tuple(paths.links(node, later=False))
    links = list(paths.links(node, later=False))
    if name in trace.cell.graph.before:
        links += paths.links(trace.state(name), later=True)
    given = gradients.given.get(name)
    if given is not None and given.any():
        links.append(Link("", False, None, (), None, paths.numbers(given)))
    return tuple(links)


class _Paths:
    """The paths from one value's unit to its readers."""

    def __init__(self, gradients: Gradients, unit: int, batch: int):
        self.gradients, self.trace, self.unit, self.batch = gradients, gradients.trace, unit, batch
        self.graph, self.record = self.trace.cell.graph, self.trace.record
        self.back = gradients.adjoint[self.graph.x].shape[1:3]

    def numbers(self, array: Array, unit: int | None = None) -> Array:
        """One unit's numbers of (T, S, B, n), as (T,) or (settings, T)."""
        array = self.trace.public(array)[..., min(self.unit if unit is None else unit, array.shape[-1] - 1)]
        return array[..., self.batch] if self.trace.batched else array

    def links(self, node: Node, later: bool) -> Iterator[Link]:
        for path in self._paths(node):
            yield self._link(node, path, later)

    def _paths(self, node: Node) -> Iterator[Path]:
        for reader in self.graph.consumers[node]:
            edge = ((node, reader),)
            if has_letter(self.graph, reader):
                yield edge
            else:
                yield from (edge + rest for rest in self._paths(reader))

    def _link(self, node: Node, path: Path, later: bool) -> Link:
        target = path[-1][1]
        back = self.gradients.adjoint[target]
        matrix = next((reader.parameter for _, reader in path if isinstance(reader, Matrix)), None)
        mixes = any(_mixes(read, reader) for read, reader in path)
        summed = mixes and (back.shape[-1] > 1 or self.record[node].shape[-1] > 1)
        product, local = back, []
        for read, reader in reversed(path):
            derivative = self._derivative(read, reader)
            if isinstance(reader, Matrix):
                product = np.matmul(product, self.trace.parameters[reader.parameter])
            elif derivative is not None:
                product = product * derivative.numbers
            if isinstance(reader, Total):
                product = np.broadcast_to(product, (*product.shape[:-1], self.record[read].shape[-1]))
            elif not isinstance(reader, Matrix) and _mixes(read, reader):
                product = product.sum(axis=-1, keepdims=True)
            if derivative is not None and not summed:
                local.append(replace(derivative, numbers=self._shift(derivative.numbers, later)))
        upstream = None if summed else self._shift(back, later)
        return Link(target.name, later, upstream, tuple(local), matrix, self._shift(product, later))

    def _shift(self, array: Array, later: bool) -> Array:
        """One unit's numbers; of the next step where they come from there, and nothing after the last."""
        whole = self.trace.steps, *self.back, array.shape[-1]  # a parameter is the same in all steps and sequences
        numbers = self.numbers(np.broadcast_to(array, whole))
        if not later:
            return numbers
        moved = np.zeros_like(numbers)
        moved[..., :-1] = numbers[..., 1:]
        return moved

    def _derivative(self, read: Node, reader: Operation) -> Local | None:
        """∂reader/∂read, all units; None for 1."""
        match reader:
            case Matrix():
                # one unit on both sides, or the term is a sum and its factors are not listed
                weight = self.trace.parameters[reader.parameter][:, 0, 0]
                whole_run = (*self.record[read].shape[:1], len(weight), 1, 1)
                return Local("parameter", reader.parameter, np.broadcast_to(weight[None, :, None, None], whole_run))
            case Product():
                a, b = reader.inputs
                return self._factor(b if read is a else a)
            case Apply():
                slope = np.empty_like(self.record[reader])
                with np.errstate(over="ignore"):
                    reader.function.slope(self.record[read], self.record[reader], slope)
                if is_complement(reader):
                    return Local("minus", reader.name, slope)
                name = reader.name if has_letter(self.graph, reader) else ""
                return Local("slope", name, slope, function=reader.function.name, inner=read.name)
            case Maximum():
                mine, other = (operand(self.record, i, self.trace.parameters) for i in _first(read, reader.inputs))
                return Local("slope", "", np.heaviside(mine - other, 0.5), function="max", inner=read.name)
            case Sum() | Total():
                return None
            case _:
                assert_never(reader)

    def _factor(self, node: Node) -> Local:
        """The other factor of a product."""
        numbers = operand(self.record, node, self.trace.parameters)
        match node:
            case Vector():
                return Local("parameter", node.parameter, numbers)
            case Apply() if not has_letter(self.graph, node):
                (inner,) = node.inputs
                before = isinstance(inner, State)
                return Local("value", node.name, numbers, before, node.function.name, inner.name)
            case Input() | State() | Matrix() | Sum() | Product() | Maximum() | Total() | Apply():
                return Local("value", node.name, numbers, before=isinstance(node, State))
            case _:
                assert_never(node)


def _first(read: Node, inputs: tuple[Node, Node]) -> tuple[Node, Node]:
    """Return both inputs, the one that is read first."""
    a, b = inputs
    return (a, b) if read is a else (b, a)


def _mixes(read: Node, reader: Operation) -> bool:
    """Tell whether an entry of ``reader`` takes part in more than its own entry of ``read``."""
    return isinstance(reader, (Matrix, Total)) or (read.size == "1" != reader.size)
