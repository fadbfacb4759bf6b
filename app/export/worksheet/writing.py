"""What a value is made of, written out on paper: its letters in their colours, its weights and numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from html import escape
from typing import assert_never

from app.export.worksheet.exercise import Exercise
from app.stage.graph_roles import read_graph
from app.stage.layout import layout_of
from cells.expression import Apply, Input, Matrix, Maximum, Node, Product, State, Sum, Total, Vector, is_inline

MINUS = "\N{MINUS SIGN}"
POINT = {"en": ".", "vi": ","}
"""What a language writes before the decimals."""

Leaf = Callable[[Node], str | None]
"""How a value is written where nothing is to be said of what it is made of; None of any other."""


@dataclass(frozen=True)
class Writer:
    """Writes the numbers and formulas of one exercise; `before` is what marks the state of the day before."""

    exercise: Exercise
    language: str
    before: str

    def number(self, value: Decimal, decimals: int | None = None) -> str:
        """A number to so many decimals, or to those of the sheet."""
        places = self.exercise.decimals if decimals is None else decimals
        text = f"{value + 0:.{places}f}"
        text = text.removeprefix("-") if not Decimal(text) else text
        return text.replace("-", MINUS).replace(".", POINT[self.language])

    def exact(self, value: Decimal) -> str:
        """A weight or an input with every decimal it has, and at least as many as the sheet's or two."""
        exponent = value.normalize().as_tuple().exponent
        own = -exponent if isinstance(exponent, int) else 0
        return self.number(value, max(min(self.exercise.decimals, 2), own))

    def weight(self, name: str) -> str:
        return self.exact(self.exercise.paper.parameter(name))

    def letter(self, name: str) -> str:
        """A value's letter in the colour of its role; of one without, what it is made of."""
        graph = self.exercise.cell.graph
        role = self.roles.get(name, "m")
        if len(name) > 1 and name in graph.values and isinstance(graph.values[name], Product):
            return "·".join(self.letter(i.name) for i in graph.values[name].inputs)
        return f'<i class="letter role-{role}">{escape(name)}</i>'

    @cached_property
    def roles(self) -> dict[str, str]:
        return {**read_graph(self.exercise.cell.graph).roles, **layout_of(self.exercise.cell)["roles"]}

    # ---- formulas ------------------------------------------------------------------------------------------------

    def formula(self, name: str) -> str:
        """What a value is made of, with letters."""
        graph, own = self.exercise.cell.graph, self.exercise.cell.graph.values[name]

        def leaf(node: Node) -> str | None:
            if isinstance(node, State):
                plain = node.name == graph.output and name != graph.output
                return self.letter(node.name) + ("" if plain else f"<sub>{escape(self.before)}</sub>")
            if node is not own and (isinstance(node, Input) or node.name in self.exercise.rows):
                return self.letter(node.name)
            return None

        return self.written(own, leaf)

    def plugged_in(self, name: str, step: int) -> str:
        """What a value is made of, with the numbers of a step."""
        own, work = self.exercise.cell.graph.values[name], self.exercise.work
        states = work[step - 1] if step else {}

        def leaf(node: Node) -> str | None:
            if isinstance(node, Input):
                x = self.exercise.x[step]
                return self.exact(x) if x else "0"
            if isinstance(node, State):
                return self.plain(states[node.name].value if states else Decimal(0))
            if node is not own and node.name in self.exercise.rows:
                return self.plain(work[step][node.name].value)
            return None

        line, made = work[step][name], self.written(own, leaf)
        parts = [made]
        if line.argument is not None and isinstance(own, Apply):
            parts.append(self.applied(own, self.number(line.argument)))
        return " = ".join(dict.fromkeys([*parts, f"<b>{self.number(line.value)}</b>"]))

    def plain(self, value: Decimal) -> str:
        """A value that is worked out; 0 without decimals."""
        return self.number(value) if value else "0"

    def applied(self, node: Apply, inner: str) -> str:
        symbol = node.function.symbol
        return f'<span class="fn">{escape(symbol)}</span>({inner})' if symbol else inner

    def written(self, node: Node, leaf: Leaf) -> str:
        match node:
            case _ if (known := leaf(node)) is not None:
                return known
            case Input() | State():
                return self.letter(node.name)
            case Vector():
                return self.weight(node.parameter)
            case Matrix(inputs=(source,)):
                return f"{self.weight(node.parameter)}·{self.atom(source, leaf)}"
            case Product(inputs=(first, second)):
                return f"{self.atom(first, leaf, first=True)}·{self.atom(second, leaf)}"
            case Sum():
                return added([self.written(i, leaf) for i in node.inputs])
            case Maximum():
                return f"max({', '.join(self.written(i, leaf) for i in node.inputs)})"
            case Total(inputs=(source,)):
                return self.written(source, leaf)  # of one unit
            case Apply(inputs=(source,)) if is_inline(node):
                return f"{node.function.symbol.replace('1−', f'1 {MINUS} ')}{self.atom(source, leaf)}"
            case Apply(inputs=(source,)):
                return self.applied(node, self.written(source, leaf))
            case _:
                assert_never(node)

    def atom(self, node: Node, leaf: Leaf, first: bool = False) -> str:
        """A factor: in brackets where it is a sum, or negative behind another."""
        text = self.written(node, leaf)
        whole = leaf(node) is not None or not (isinstance(node, Sum) or is_inline(node))
        return text if whole and (first or not text.startswith(MINUS)) else f"({text})"


def added(terms: list[str]) -> str:
    """A sum, whose negative terms are taken away."""
    first, *rest = terms
    return first + "".join(f" {MINUS} {t[1:]}" if t.startswith(MINUS) else f" + {t}" for t in rest)
