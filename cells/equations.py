"""What a value is made of: as a formula, in LaTeX, in plain text, and with the numbers of a run plugged in.

A formula reads as a person would write it: pre-activations and products without a letter of their own (``keep``) are
written out where they are used, states and gates stand by their letters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cells.cell import Cell
from cells.expression import Node
from cells.functions import COMPLEMENT, IDENTITY, Function, function
from cells.trace import Trace

Array = np.ndarray


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
    """value = function(Σ terms), or Σ terms when ``function`` is None."""

    name: str
    function: str | None
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class TermNumbers:
    """A term with numbers, over all steps.

    Attributes
    ----------
    term : Term
    source : int or None
        The unit of the factor on the right of a matrix that this term is for.
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
        A matrix gives one term for each of its columns.
    total : numpy.ndarray
        Σ of the products, (T,): the function's argument as the run recorded it.
    result : numpy.ndarray
        The value, (T,).
    """

    formula: Formula
    terms: tuple[TermNumbers, ...]
    total: Array
    result: Array


def formula(cell: Cell, name: str) -> Formula:
    """Return what the value ``name`` of a cell is made of.

    Raises
    ------
    ValueError
        If the cell has no such value.
    """
    node = _value(cell, name)
    if node.op == "function" and node.function is not COMPLEMENT:
        return Formula(
            name, node.function.name, _terms(cell, node.inputs[0], written_out=not _is_state(cell, node.inputs[0]))
        )
    return Formula(name, None, _terms(cell, node, written_out=True))


def arithmetic(trace: Trace, name: str, batch: int = 0, unit: int = 0) -> Arithmetic:
    """Return the arithmetic of value ``name`` at every step, for one sequence and one unit.

    Parameters
    ----------
    trace : Trace
        A sweep's gives arrays with its settings before T.
    name : str
    batch, unit : int

    Raises
    ------
    ValueError
        If the cell has no such value, sequence or unit.
    """
    made = formula(trace.cell, name)
    node = _value(trace.cell, name)
    _expect_index("batch", batch, trace.record[trace.cell.graph.x].shape[2])
    _expect_index("unit", unit, trace.record[node].shape[-1])

    def numbers(of: Node, k: int = unit) -> Array:
        array = trace.public(trace.record[of])[..., k]
        return array[..., batch] if trace.batched else array

    terms = tuple(t for term in made.terms for t in _numbered(trace, term, unit, numbers))
    argument = node.inputs[0] if made.function else node
    return Arithmetic(made, terms, numbers(argument), numbers(node))


def text(cell: Cell, name: str) -> str:
    """Return the value's equation in plain text: ``fₜ = σ(U_f·hₜ₋₁ + W_f·xₜ + b_f)``."""
    made = formula(cell, name)
    total = " + ".join("·".join(_plain(f) for f in term.factors) for term in made.terms)
    left = f"{name}ₜ" if len(name) == 1 else name
    symbol = _value(cell, name).function.symbol if made.function else ""
    return f"{left} = {symbol}({total})" if symbol else f"{left} = {total}"


def latex(cell: Cell, name: str) -> str:
    """Return the value's equation in LaTeX: ``f_t = \\sigma(U_f h_{t-1} + W_f x_t + b_f)``."""
    made = formula(cell, name)
    total = " + ".join(_typeset_term(term) for term in made.terms)
    left = _subscripted(name, "t")
    symbol = _value(cell, name).function.latex if made.function else ""
    return f"{left} = {symbol}({total})" if symbol else f"{left} = {total}"


def curve(named: str | Function, reach: float = 6.0, points: int = 49) -> Array:
    """Return points (points, 2) of a function between ±reach, for drawing."""
    a = np.linspace(-reach, reach, points)
    return np.column_stack([a, function(named)(a)])


def _value(cell: Cell, name: str) -> Node:
    if name not in cell.graph.values:
        raise ValueError(f"unknown value {name!r}: {cell.kind} has {', '.join(cell.graph.values)}")
    return cell.graph.values[name]


def _expect_index(what: str, index: int, length: int) -> None:
    if not 0 <= index < length:
        raise ValueError(f"{what}: expected 0 … {length - 1}, got {index}")


def _is_state(cell: Cell, node: Node) -> bool:
    return node.op == "state" or (cell.graph.values.get(node.name) is node and node.name in cell.graph.before)


def _terms(cell: Cell, node: Node, written_out: bool) -> tuple[Term, ...]:
    nodes = node.inputs if node.op == "sum" and written_out else (node,)
    return tuple(Term(_factors(cell, n, written_out)) for n in nodes)


def _factors(cell: Cell, node: Node, written_out: bool = True) -> tuple[Factor, ...]:
    """Return a node's factors; one that has a letter of its own stands by its letter unless it is to be written out."""
    if node.op == "vector":
        return (Factor("parameter", node.parameter),)
    if node.op == "matrix" and written_out:
        source = node.inputs[0]
        return Factor("parameter", node.parameter), Factor("value", source.name, source.op == "state", None, source)
    if node.op == "product" and (written_out or not has_letter(cell, node)):
        return tuple(f for i in node.inputs for f in _factors(cell, i, written_out=False))
    if node.op == "function" and (written_out or not has_letter(cell, node)):
        return (_through(node),)
    return (_itself(node),)


def _itself(node: Node) -> Factor:
    return Factor("value", node.name, node.op == "state", None, node)


def _through(node: Node) -> Factor:
    inner = node.inputs[0]
    return Factor("value", inner.name, inner.op == "state", node.function.name, node)


def has_letter(cell: Cell, node: Node) -> bool:
    """Tell whether a value stands by a letter of its own in the equations of others."""
    return len(node.name) == 1 or _is_state(cell, node)


def _numbered(trace: Trace, term: Term, unit: int, numbers: Callable[..., Array]) -> list[TermNumbers]:
    """Return a term's numbers: one entry, or one for each column of its matrix."""
    first = term.factors[0]
    if first.kind == "parameter" and trace.cell.parameters[first.name].ndim == 2:
        return [_matrix_term(trace, term, unit, k, numbers) for k in range(trace.cell.parameters[first.name].shape[1])]
    values = tuple(_constant(trace, f.name, unit) if f.node is None else numbers(f.node) for f in term.factors)
    inner = tuple(numbers(f.node.inputs[0]) if f.function and f.node else None for f in term.factors)
    return [TermNumbers(term, None, values, inner, np.prod(values, axis=0))]


def _matrix_term(trace: Trace, term: Term, unit: int, source: int, numbers: Callable[..., Array]) -> TermNumbers:
    matrix, factor = term.factors
    values = (_constant(trace, matrix.name, unit, source), numbers(factor.node, source))
    return TermNumbers(term, source, values, (None, None), values[0] * values[1])


def _constant(trace: Trace, parameter: str, *index: int) -> Array:
    """Return one entry of a parameter at every step, with a sweep's settings before T."""
    place: tuple = (slice(None), *index)
    entry = trace.parameters[parameter][place]
    settings = entry.reshape(trace.lead if len(entry) > 1 else (1,) * len(trace.lead))
    return np.broadcast_to(settings[..., None], (*trace.lead, trace.steps))


def _plain(factor: Factor) -> str:
    if factor.kind == "parameter":
        return factor.name
    letter = _inner(factor, "·", _plain) or factor.name + ("ₜ₋₁" if factor.before else "ₜ" * (len(factor.name) < 3))
    if factor.function == COMPLEMENT.name:
        return f"(1 − {letter})"
    symbol = _symbol(factor).symbol
    return f"{symbol}({letter})" if symbol else letter


def _inner(factor: Factor, times: str, write: Callable[[Factor], str]) -> str | None:
    """Return a product that has no letter of its own written out, in brackets."""
    node = factor.node
    if factor.function or node is None or node.op != "product" or len(node.name) == 1:
        return None
    parts = (_through(i) if i.op == "function" and len(i.name) != 1 else _itself(i) for i in node.inputs)
    return f"({times.join(write(p) for p in parts)})"


def _symbol(factor: Factor) -> Function:
    return factor.node.function if factor.function and factor.node else IDENTITY


def _typeset_term(term: Term) -> str:
    matrix = term.factors[0].kind == "parameter" and len(term.factors) > 1 and term.factors[0].name[0] in "WUP"
    return (" " if matrix else r" \odot ").join(_typeset(f) for f in term.factors)


def _typeset(factor: Factor) -> str:
    if factor.kind == "parameter":
        return _subscripted(*factor.name.split("_", 1))
    letter = _inner(factor, r" \odot ", _typeset) or _subscripted(factor.name, "t-1" if factor.before else "t")
    if factor.function == COMPLEMENT.name:
        return f"(1 - {letter})"
    symbol = _symbol(factor).latex
    return f"{symbol}({letter})" if symbol else letter


def _subscripted(letter: str, index: str) -> str:
    """Return a name with its index: ``f_t``, ``h_{t-1}``, ``a_{f,t}``, ``U_f``, ``\\mathrm{keep}_t``."""
    head, _, tail = letter.partition("_")
    if tail and len(head) == 1:
        return f"{head}_{{{tail},{index}}}"
    word = letter if len(letter) == 1 else rf"\mathrm{{{letter.replace('_', chr(92) + '_')}}}"
    return f"{word}_{{{index}}}" if len(index) > 1 else f"{word}_{index}"
