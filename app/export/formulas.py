"""A cell's graph in the language of spreadsheets: each value, and each slope, as a formula.

`SHEET` has a row for every function of `cells.functions.FUNCTIONS`. An argument that a formula repeats is a cell's
address, or short.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, assert_never

from cells.expression import Apply, Graph, Input, Matrix, Maximum, Node, Operation, Product, State, Sum, Total, Vector
from cells.functions import Function


class Places(NamedTuple):
    """Where a sheet has what a unit of a step reads.

    Attributes
    ----------
    value : callable
        The address of a value of this unit; None where it is written out.
    values : callable
        The addresses of a value of all units, which a matrix reads.
    weight : callable
        The address of the parameter that this unit multiplies by, or of its row of a matrix.
    """

    value: Callable[[Node], str | None]
    values: Callable[[Node], str]
    weight: Callable[[str], str]


class Row(NamedTuple):
    """A function of {a} with its parameters {0} and {1}, and its slope, which may also read the result {y}.

    {whole} is {a} where no brackets are needed.
    """

    value: str
    slope: str


SHEET = {
    "sigmoid": Row("1/(1+EXP(MIN(700,-{a})))", "{y}*(1-{y})"),  # e^710 is an error in a spreadsheet
    "tanh": Row("TANH({whole})", "1-{y}^2"),
    "linear": Row("{a}", "1"),
    "relu": Row("MAX(0,{whole})", "IF({a}>0,1,0)"),
    "hard_sigmoid": Row("MAX(0,MIN(1,{0}*{a}+{1}))", "IF(AND({y}>0,{y}<1),{0},0)"),
    "hard_sigmoid_fifth": Row("MAX(0,MIN(1,{0}*{a}+{1}))", "IF(AND({y}>0,{y}<1),{0},0)"),
    "softsign": Row("{a}/(1+ABS({whole}))", "1/(1+ABS({whole}))^2"),
    "softplus": Row("MAX({a},0)+LN(1+EXP(-ABS({a})))", "1/(1+EXP(MIN(700,-{a})))"),
    "elu": Row("IF({a}>0,{a},{0}*(EXP(MIN({a},0))-1))", "IF({a}>0,1,{y}+{0})"),
    "leaky_relu": Row("IF({a}>=0,{a},{0}*{a})", "IF({a}>0,1,{0})"),
    "thresholded_relu": Row("IF({a}>{0},{a},0)", "IF({a}>{0},1,0)"),
    "affine": Row("{0}*{a}+{1}", "{0}"),
    "scaled_tanh": Row("{0}*TANH({1}*{a})", "{0}*{1}*(1-TANH({1}*{a})^2)"),
    "clip": Row("MAX(-{0},MIN({0},{whole}))", "IF(ABS({whole})<={0},1,0)"),
    "linear_sigmoid": Row("IF({a}>=0,{a}+0.5,1/(1+EXP(MIN(700,-{a}))))", "IF({a}>=0,1,{y}*(1-{y}))"),
    "log_sigmoid": Row("MIN({a},0)-LN(1+EXP(-ABS({a})))", "1/(1+EXP(MIN(700,{a})))"),
    "exp": Row("EXP({whole})", "{y}"),
    "cos": Row("COS({whole})", "-SIN({whole})"),
    "sin": Row("SIN({whole})", "COS({whole})"),
    "negative": Row("-{a}", "-1"),
    "reciprocal": Row("1/{a}", "-({y}^2)"),
    "complement": Row("1-{a}", "-1"),
}

ATOM = re.compile(r"[\w$!.:']+|'[^']+'![\w$:]+")


def atom(formula: str) -> str:
    """A formula that stands in another one: in brackets, unless it is an address or a number."""
    return formula if ATOM.fullmatch(formula) else f"({formula})"


def applied(function: Function, a: str) -> str:
    return SHEET[function.key].value.format(*parameters(function), a=atom(a), whole=a)


def slope(function: Function, a: str, y: str) -> str:
    return SHEET[function.key].slope.format(*parameters(function), a=atom(a), whole=a, y=atom(y))


def parameters(function: Function) -> list[str]:
    """Their numbers as a sheet reads them, which has no infinity."""
    return [atom(f"{min(max(p, -1e300), 1e300)!r}".upper()) for p in function.parameters]


def has_place(graph: Graph, node: Node) -> bool:
    """Whether a value is worth a place of its own: it has a name, or a matrix or a total reads all of it."""
    return bool(node.name) or any(isinstance(reader, Matrix | Total) for reader in graph.consumers[node])


def read(node: Node, places: Places) -> str:
    """A value where another formula reads it: its address, or what it is made from."""
    return places.value(node) or written(node, places)


def written(node: Node, places: Places) -> str:
    """What a value is made from."""
    match node:
        case Input() | State():
            raise ValueError(f"{node.name}: expected an address, since nothing in the step makes it")
        case Vector():
            return places.weight(node.parameter)
        case Matrix(inputs=(source,)):
            return times(places.weight(node.parameter), places.values(source))
        case Sum():
            return "+".join(read(i, places) for i in node.inputs)
        case Product():
            return "*".join(atom(read(i, places)) for i in node.inputs)
        case Maximum():
            return f"MAX({','.join(read(i, places) for i in node.inputs)})"
        case Total(inputs=(source,)):
            return f"SUM({places.values(source)})"
        case Apply():
            return applied(node.function, read(node.inputs[0], places))
        case _:
            assert_never(node)


def times(weights: str, values: str) -> str:
    """A row of a matrix times what it reads: one product, or the sum of many."""
    return f"SUMPRODUCT({weights},{values})" if ":" in weights else f"{weights}*{values}"


def sent_back(reader: Operation, node: Node, gradient: str, places: Places) -> list[str]:
    """The parts of a value's gradient that reach it through one reader, whose own is given, of a cell of one unit."""
    match reader:
        case Matrix():
            return [f"{gradient}*{places.weight(reader.parameter)}"]
        case Sum():
            return [gradient for i in reader.inputs if i is node]
        case Total():
            return [gradient]
        case Maximum():
            mine, other = (atom(read(i, places)) for i in sorted(reader.inputs, key=lambda i: i is not node))
            return [f"{gradient}*(1+SIGN({mine}-{other}))/2"]
        case Product():
            a, b = reader.inputs
            return [f"{gradient}*{atom(read(other, places))}" for one, other in ((a, b), (b, a)) if one is node]
        case Apply():
            return [f"{gradient}*{atom(slope(reader.function, read(node, places), read(reader, places)))}"]
        case _:
            assert_never(reader)
