"""What a value is made of: as a formula, in LaTeX, in plain text, and with the numbers of a run plugged in.

Formulas read as in textbooks: states and gates are called by their letters, pre-activations and products
without a letter of their own (``keep``) are written out where they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, assert_never

import numpy as np

from cells.cell import Cell
from cells.checks import Array, instance, known, scalar, whole
from cells.expression import (
    Apply,
    Graph,
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
    is_inline,
)
from cells.functions import COMPLEMENT, IDENTITY, NEGATIVE, RECIPROCAL, Function, function
from cells.layers import Stack, StackTrace, part_of
from cells.trace import Trace


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


@dataclass(frozen=True)
class TermNumbers:
    """A term with numbers, over all steps.

    Attributes
    ----------
    term : Term
    source : int or None
        The unit of the factor on the right of a matrix, or the entry of a total, that this term is for.
    factors : tuple of numpy.ndarray
        The value of each factor, (T,); for a sweep, here and below, with its settings before T.
    inner : tuple of numpy.ndarray or None
        What went into each factor's own function, where it has one.
    product : numpy.ndarray
        (T,).
    """

    term: Term
    source: int | None
    factors: tuple[Array, ...]
    inner: tuple[Array | None, ...]
    product: Array


@dataclass(frozen=True)
class Arithmetic:
    """The arithmetic of one value of one unit, over all steps.

    Attributes
    ----------
    formula : Formula
    terms : tuple of TermNumbers
        A matrix gives one term for each of its columns, a total one for each entry.
    total : numpy.ndarray
        Σ of the products, or the largest, (T,): the function's argument as the run recorded it.
    result : numpy.ndarray
        The value, (T,).
    """

    formula: Formula
    terms: tuple[TermNumbers, ...]
    total: Array
    result: Array


PLAIN, LATEX = {"maximum": "max", "total": "Σ"}, {"maximum": r"\max", "total": r"\sum"}
"""What is written before the terms that are not added."""


def formula(cell: Cell | Stack, name: str) -> Formula:
    """Return what the value ``name`` of a cell is made of; of a stack, ``"<layer>.<direction>.<name>"``."""
    cell, name = part_of(cell, name) if isinstance(cell, Stack) else (cell, name)
    node = _value(cell, name)
    if applied := _outer(node):
        (inner,) = applied.inputs
        return Formula(name, applied.function.name, _terms(cell.graph, inner, not _known(cell.graph, inner)))
    match node:
        case Maximum():
            return Formula(name, None, tuple(_term(cell.graph, i) for i in node.inputs), "maximum")
        case Total():
            return Formula(name, None, (_term(cell.graph, node.inputs[0], written_out=True),), "total")
        case _:
            return Formula(name, None, _terms(cell.graph, node, written_out=True))


def arithmetic(trace: Trace | StackTrace, name: str, batch: int = 0, unit: int = 0) -> Arithmetic:
    """Return the arithmetic of value ``name`` at every step, for one sequence and one unit.

    Parameters
    ----------
    trace : Trace or StackTrace
        A sweep's gives arrays with its settings before T.
    name : str
        Of a stack: ``"<layer>.<direction>.<name>"``.
    batch, unit : int
    """
    trace, name = part_of(trace, name) if isinstance(trace, StackTrace) else (trace, name)
    instance("trace", trace, Trace, "a trace")
    made = formula(trace.cell, name)
    node = _value(trace.cell, name)
    whole("batch", batch, 0, trace.batch - 1)
    whole("unit", unit, 0, trace.record[node].shape[-1] - 1)

    def numbers(of: Node, k: int = unit) -> Array:
        if isinstance(of, Vector):
            return _constant(trace, of.parameter, k)
        array = trace.public(trace.record[of])
        array = array[..., min(k, array.shape[-1] - 1)]
        return array[..., batch] if trace.batched else array

    entries = trace.record[node.inputs[0]].shape[-1] if made.how == "total" else 0
    units = range(entries) if entries else [unit]
    terms = tuple(t for term in made.terms for k in units for t in _numbered(trace, term, k, numbers, bool(entries)))
    argument = node.inputs[0] if made.function else node
    return Arithmetic(made, terms, numbers(argument), numbers(node))


def text(cell: Cell | Stack, name: str) -> str:
    """Return the value's equation in plain text: ``fₜ = σ(U_f·hₜ₋₁ + W_f·xₜ + b_f)``."""
    cell, name = part_of(cell, name) if isinstance(cell, Stack) else (cell, name)
    made = formula(cell, name)
    total = _together(made, [_joined(term, "·", _plain) for term in made.terms], PLAIN, "−")
    left = f"{name}ₜ" if len(name) == 1 else name
    symbol = applied.function.symbol if (applied := _outer(_value(cell, name))) else ""
    return f"{left} = {symbol}({total})" if symbol else f"{left} = {total}"


def latex(cell: Cell | Stack, name: str) -> str:
    """Return the value's equation in LaTeX: ``f_t = \\sigma(U_f h_{t-1} + W_f x_t + b_f)``."""
    cell, name = part_of(cell, name) if isinstance(cell, Stack) else (cell, name)
    made = formula(cell, name)
    total = _together(made, [_typeset_term(term) for term in made.terms], LATEX, "-")
    left = _subscripted(name, "t")
    symbol = applied.function.latex if (applied := _outer(_value(cell, name))) else ""
    return f"{left} = {symbol}({total})" if symbol else f"{left} = {total}"


def curve(named: str | Function, reach: float = 6.0, points: int = 49) -> Array:
    """Return points (points, 2) of a function between ±reach, for drawing."""
    reach = scalar("reach", reach)
    a = np.linspace(-reach, reach, whole("points", points))
    return np.column_stack([a, function(named)(a)])


def _value(cell: Cell, name: str) -> Operation:
    instance("cell", cell, Cell, "a cell")
    known("value", [name], cell.graph.values)
    return cell.graph.values[name]


def _outer(node: Node) -> Apply | None:
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
            return Factor("parameter", node.parameter), _itself(node.inputs[0])
        case Product() if written_out or not has_letter(graph, node):
            return tuple(factor for i in node.inputs for factor in _factors(graph, i, written_out=False))
        case Apply() if written_out or not has_letter(graph, node):
            return (_through(node) if written_out or node.inputs[0].name else _itself(node),)
        case Input() | State() | Matrix() | Sum() | Product() | Maximum() | Total() | Apply():
            return (_itself(node),)
        case _:
            assert_never(node)


def _itself(node: Node) -> Factor:
    return Factor("value", node.name, isinstance(node, State), None, node)


def _through(node: Apply) -> Factor:
    (inner,) = node.inputs
    if isinstance(inner, Vector):
        return Factor("parameter", inner.parameter, function=node.function.name, node=node)
    return Factor("value", inner.name, isinstance(inner, State), node.function.name, node)


def _numbered(
    trace: Trace, term: Term, unit: int, numbers: Callable[..., Array], entry: bool = False
) -> list[TermNumbers]:
    """Return a term's numbers: one entry, or one for each column of its matrix; ``entry``: of a total's unit."""
    first = term.factors[0]
    if first.kind == "parameter" and trace.cell.parameters[first.name].ndim == 2:
        return [_matrix_term(trace, term, unit, k, numbers) for k in range(trace.cell.parameters[first.name].shape[1])]
    values = tuple(_constant(trace, f.name, unit) if f.node is None else numbers(f.node, unit) for f in term.factors)
    inner = tuple(_argument(trace, f, unit, numbers) for f in term.factors)
    return [TermNumbers(term, unit if entry else None, values, inner, np.prod(values, axis=0))]


def _argument(trace: Trace, factor: Factor, unit: int, numbers: Callable[..., Array]) -> Array | None:
    """Return what went into a factor's own function, where it has one."""
    if not (factor.function and factor.node):
        return None
    (inner,) = factor.node.inputs
    return numbers(inner, unit)


def _matrix_term(trace: Trace, term: Term, unit: int, source: int, numbers: Callable[..., Array]) -> TermNumbers:
    matrix, factor = term.factors
    values = (_constant(trace, matrix.name, unit, source), numbers(factor.node, source))
    return TermNumbers(term, source, values, (None, None), values[0] * values[1])


def _constant(trace: Trace, parameter: str, *index: int) -> Array:
    """Return one entry of a parameter at every step, with a sweep's settings before T."""
    shape = trace.parameters[parameter].shape[1:]
    place: tuple[Any, ...] = (slice(None), *(min(k, n - 1) for k, n in zip(index, shape, strict=True)))
    entry = trace.parameters[parameter][place]
    settings = entry.reshape(trace.lead if len(entry) > 1 else (1,) * len(trace.lead))
    return np.broadcast_to(settings[..., None], (*trace.lead, trace.steps))


def _together(made: Formula, terms: list[str], names: Mapping[str, str], minus: str) -> str:
    """Return the terms of a formula in one line."""
    if made.how != "sum":
        return f"{names[made.how]}({', '.join(terms)})"
    first, *rest = ((minus if term.sign < 0 else "+", written) for term, written in zip(made.terms, terms, strict=True))
    return first[0].replace("+", "") + first[1] + "".join(f" {sign} {written}" for sign, written in rest)


def _joined(term: Term, times: str, write: Callable[[Factor], str]) -> str:
    """Return a term's factors in one line: 1 / a value divides the one before it."""
    text = ""
    for factor in term.factors:
        divides = factor.function == RECIPROCAL.name
        text += (("/" if divides else times) if text else ("1/" if divides else "")) + write(factor)
    return text


def _plain(factor: Factor) -> str:
    if factor.kind == "parameter":
        return factor.name
    letter = _inner(factor, "·", _plain) or factor.name + ("ₜ₋₁" if factor.before else "ₜ" * (len(factor.name) < 3))
    if factor.function == COMPLEMENT.name:
        return f"(1 − {letter})"
    if factor.function == NEGATIVE.name:
        return f"(−{letter})"
    symbol = "" if factor.function == RECIPROCAL.name else _symbol(factor).symbol
    return f"{symbol}({letter})" if symbol else letter


def _inner(factor: Factor, times: str, write: Callable[[Factor], str]) -> str | None:
    """Return a product, or a short sum that divides, that has no letter of its own, written out in brackets."""
    node = factor.node
    if factor.function == RECIPROCAL.name and node and isinstance(node.inputs[0], Sum):
        node, times = node.inputs[0], " + "
        if not all(len(i.name) == 1 for i in node.inputs):
            return None
    elif factor.function or not isinstance(node, Product) or len(node.name) == 1:
        return None
    parts = (_through(i) if isinstance(i, Apply) and len(i.name) != 1 else _itself(i) for i in node.inputs)
    return f"({times.join(write(p) for p in parts)})"


def _symbol(factor: Factor) -> Function:
    return factor.node.function if factor.function and isinstance(factor.node, Apply) else IDENTITY


def _typeset_term(term: Term) -> str:
    matrix = term.factors[0].kind == "parameter" and len(term.factors) > 1 and term.factors[0].name[0] in "WUP"
    return _joined(term, " " if matrix else r" \odot ", _typeset)


def _typeset(factor: Factor) -> str:
    if factor.kind == "parameter":
        return _subscripted(*factor.name.split("_", 1))
    letter = _inner(factor, r" \odot ", _typeset) or _subscripted(factor.name, "t-1" if factor.before else "t")
    if factor.function == COMPLEMENT.name:
        return f"(1 - {letter})"
    if factor.function == NEGATIVE.name:
        return f"(-{letter})"
    symbol = "" if factor.function == RECIPROCAL.name else _symbol(factor).latex
    return f"{symbol}({letter})" if symbol else letter


def _subscripted(letter: str, index: str) -> str:
    """Return a name with its index: ``f_t``, ``h_{t-1}``, ``a_{f,t}``, ``U_f``, ``\\mathrm{keep}_t``."""
    head, _, tail = letter.partition("_")
    if tail and len(head) == 1:
        return f"{head}_{{{tail},{index}}}"
    word = letter if len(letter) == 1 else rf"\mathrm{{{letter.replace('_', chr(92) + '_')}}}"
    return f"{word}_{{{index}}}" if len(index) > 1 else f"{word}_{index}"
