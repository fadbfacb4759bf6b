"""A step as it is worked by hand: in decimals, each number rounded before the next is made of it.

Rounded are what goes into a function and what comes out of it, and every value that is written down; products and sums
on the way are exact. 1 − a gate is exact, too, and so are − a value and 1 / a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import prod
from typing import assert_never

from cells.cell import Cell
from cells.checks import instance, known, whole
from cells.expression import Apply, Input, Matrix, Maximum, Node, Product, State, Sum, Total, Vector, is_inline
from cells.functions import COMPLEMENT, NEGATIVE, RECIPROCAL, Function

EXACT: Mapping[Function, Callable[[Decimal], Decimal]] = {
    COMPLEMENT: lambda a: 1 - a, NEGATIVE: lambda a: -a, RECIPROCAL: lambda a: 1 / a
}  # fmt: skip

Known = Mapping[Node, Decimal]
"""The numbers of values that are written down already, or enter the step."""


@dataclass(frozen=True)
class Line:
    """One value of one step.

    Attributes
    ----------
    argument : decimal.Decimal or None
        What goes into its function, rounded; None of a value without one.
    value : decimal.Decimal
    """

    argument: Decimal | None
    value: Decimal


@dataclass(frozen=True)
class Paper:
    """A cell of one unit and one input, and how its numbers are written down.

    Attributes
    ----------
    cell : Cell
    written : sequence of str
        The values that are written down, each after those it is made of.
    decimals : int
    """

    cell: Cell
    written: Sequence[str]
    decimals: int = 2

    def __post_init__(self) -> None:
        instance("cell", self.cell, Cell, "a cell")
        if set(self.cell.sizes.values()) != {1}:
            raise ValueError(f"cell: expected one unit and one input, got {self.cell.sizes}")
        known("value", self.written, self.cell.graph.values)
        whole("decimals", self.decimals, 0, 6)

    def rounded(self, value: Decimal) -> Decimal:
        """Return a number as it is written: halves go away from zero, and there is no −0."""
        return value.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP) + 0

    def parameter(self, name: str) -> Decimal:
        return decimal(self.cell.parameters[name].item())

    def run(self, x: Sequence[Decimal]) -> list[dict[str, Line]]:
        """Return the written values of every step, from the states that a run begins with."""
        states = {name: Decimal(state.start) for name, state in self.cell.graph.before.items()}
        steps = []
        for number in x:
            steps.append(self.step(number, states))
            states = {name: steps[-1][name].value for name in states}
        return steps

    def step(self, x: Decimal, states: Mapping[str, Decimal]) -> dict[str, Line]:
        """Return the written values of one step."""
        entered, lines = self.entered(x, states), dict[str, Line]()
        for name in self.written:
            lines[name] = self.line(name, entered)
            entered[self.cell.graph.values[name]] = lines[name].value
        return lines

    def entered(self, x: Decimal, states: Mapping[str, Decimal]) -> dict[Node, Decimal]:
        """Return what is known as a step begins."""
        numbers: dict[Node, Decimal] = {self.cell.graph.before[name]: value for name, value in states.items()}
        return numbers | {self.cell.graph.x: x}

    def line(self, name: str, numbers: Known, parameters: Mapping[str, Decimal] | None = None) -> Line:
        """Return one value made of known numbers, with some parameters other than the cell's, if so wished."""
        node, changed = self.cell.graph.values[name], parameters or {}
        if isinstance(node, Apply) and not is_inline(node):
            argument = self.rounded(self._made(node.inputs[0], numbers, changed))
            return Line(argument, self.rounded(applied(node.function, argument)))
        return Line(None, self.rounded(self._made(node, numbers, changed, itself=True)))

    def _made(self, node: Node, numbers: Known, changed: Mapping[str, Decimal], *, itself: bool = False) -> Decimal:
        """What a value is made of; `itself` even where it is a known number."""
        if node in numbers and not itself:
            return numbers[node]
        match node:
            case Input() | State():
                raise ValueError(f"{node.name}: expected to be known")
            case Vector():
                return changed.get(node.parameter, self.parameter(node.parameter))
            case Matrix(inputs=(source,)):
                weight = changed.get(node.parameter, self.parameter(node.parameter))
                return weight * self._made(source, numbers, changed)
            case Sum():
                return sum((self._made(i, numbers, changed) for i in node.inputs), Decimal(0))
            case Product():
                return prod((self._made(i, numbers, changed) for i in node.inputs), start=Decimal(1))
            case Maximum():
                return max(self._made(i, numbers, changed) for i in node.inputs)
            case Total(inputs=(source,)):
                return self._made(source, numbers, changed)
            case Apply(inputs=(source,)) if is_inline(node):
                return EXACT[node.function](self._made(source, numbers, changed))
            case Apply(inputs=(source,)):
                return self.rounded(applied(node.function, self.rounded(self._made(source, numbers, changed))))
            case _:
                assert_never(node)


def decimal(number: float) -> Decimal:
    """Return a number as it is printed in full."""
    return Decimal(repr(float(number)))


@lru_cache(maxsize=4096)
def applied(function: Function, argument: Decimal) -> Decimal:
    """Return a function of a decimal."""
    return decimal(function(float(argument)).item())
