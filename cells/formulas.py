"""What a value is made of: the terms and factors of its equation, and how each is called there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never

from cells.cell import Cell
from cells.checks import instance, known
from cells.expression import Apply, Graph, Input, Matrix, Maximum, Node, Operation, Product, State, Sum, Total, Vector
from cells.functions import COMPLEMENT, NEGATIVE, RECIPROCAL
from cells.layers import Stack, part_of


@dataclass(frozen=True)
class Factor:
    """One factor of a term: a parameter, or a named value, through a function when there is one.

    Attributes
    ----------
    kind : str
        ``"parameter"`` or ``"value"``.
    name : str
    before : bool
        Whether it is a state as it entered the step.
    function : str or None
        Name of the function it goes through (``"tanh"``, ``"complement"``).
    node : Node or None
        Where a run recorded the factor's value (the function's result, if there is one); None for a parameter.
    """

    kind: str
    name: str
    before: bool = False
    function: str | None = None
    node: Node | None = None


@dataclass(frozen=True)
class Term:
    """A product of factors, added with ``sign``."""

    factors: tuple[Factor, ...]
    sign: int = 1


@dataclass(frozen=True)
class Formula:
    """value = function(Σ terms), or Σ terms when ``function`` is None.

    ``how`` is what is done with the terms: the largest of two taken, or their entries added up, instead of a sum.
    """

    name: str
    function: str | None
    terms: tuple[Term, ...]
    how: Literal["sum", "maximum", "total"] = "sum"


def formula(cell: Cell | Stack, name: str) -> Formula:
    """Return what the value ``name`` of a cell is made of; of a stack, ``"<layer>.<direction>.<name>"``."""
    cell, name = part_of(cell, name) if isinstance(cell, Stack) else (cell, name)
    node = value_of(cell, name)
    if applied := outer(node):
        (inner,) = applied.inputs
        return Formula(name, applied.function.name, _terms(cell.graph, inner, not _known(cell.graph, inner)))
    match node:
        case Maximum():
            return Formula(name, None, tuple(_term(cell.graph, i) for i in node.inputs), "maximum")
        case Total():
            return Formula(name, None, (_term(cell.graph, node.inputs[0], written_out=True),), "total")
        case _:
            return Formula(name, None, _terms(cell.graph, node, written_out=True))


def is_inline(node: Node) -> bool:
    """Tell whether ``node`` is written with signs alone: 1 − its input, − its input, or 1 / its input."""
    return isinstance(node, Apply) and node.function in (COMPLEMENT, NEGATIVE, RECIPROCAL)


def value_of(cell: Cell, name: str) -> Operation:
    instance("cell", cell, Cell, "a cell")
    known("value", [name], cell.graph.values)
    return cell.graph.values[name]


def outer(node: Node) -> Apply | None:
    """Return a node whose function stands before its terms; 1 − a gate is a term, and so is − a value."""
    return node if isinstance(node, Apply) and not is_inline(node) else None


def _is_state(graph: Graph, node: Node) -> bool:
    """Tell whether ``node`` is a state as it enters or as it leaves the step."""
    return isinstance(node, State) or node in graph.carried


def _known(graph: Graph, node: Node) -> bool:
    """Tell whether ``node`` is called by its letter within a function that makes a value of it alone."""
    return _is_state(graph, node) or (isinstance(node, Matrix) and len(node.name) == 1)


def has_letter(graph: Graph, node: Node) -> bool:
    """Tell whether equations of other values call a value by its letter."""
    return len(node.name) == 1 or _is_state(graph, node)


def _terms(graph: Graph, node: Node, written_out: bool) -> tuple[Term, ...]:
    if isinstance(node, Sum) and written_out:
        return tuple(_term(graph, n, not (isinstance(n, Apply) or has_letter(graph, n))) for n in node.inputs)
    return (_term(graph, node, written_out),)


def _term(graph: Graph, node: Node, written_out: bool = False) -> Term:
    if isinstance(node, Apply) and node.function is NEGATIVE and (written_out or not has_letter(graph, node)):
        return Term(_factors(graph, node.inputs[0], written_out=False), -1)
    return Term(_factors(graph, node, written_out))


def _factors(graph: Graph, node: Node, written_out: bool = True) -> tuple[Factor, ...]:
    """Return a node's factors: written out if asked for, or if no letter stands for them."""
    match node:
        case Vector():
            return (Factor("parameter", node.parameter),)
        case Matrix() if written_out:
            return Factor("parameter", node.parameter), itself(node.inputs[0])
        case Product() if written_out or not has_letter(graph, node):
            return tuple(factor for i in node.inputs for factor in _factors(graph, i, written_out=False))
        case Apply() if written_out or not has_letter(graph, node):
            return (through(node) if written_out or node.inputs[0].name else itself(node),)
        case Input() | State() | Matrix() | Sum() | Product() | Maximum() | Total() | Apply():
            return (itself(node),)
        case _:
            assert_never(node)


def itself(node: Node) -> Factor:
    return Factor("value", node.name, isinstance(node, State), None, node)


def through(node: Apply) -> Factor:
    (inner,) = node.inputs
    if isinstance(inner, Vector):
        return Factor("parameter", inner.parameter, function=node.function.name, node=node)
    return Factor("value", inner.name, isinstance(inner, State), node.function.name, node)
