"""A cell's graph in the language of Python: the lines of a step, and the functions that they call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from cells import Cell
from cells.expression import Apply, Input, Matrix, Node, Operation, Product, State, Sum, Vector
from cells.functions import COMPLEMENT, IDENTITY, Function

BODIES = {
    "sigmoid": "1 / (1 + np.exp(-a))",
    "tanh": "np.tanh(a)",
    "linear": "a",
    "relu": "np.maximum(a, 0)",
    "hard_sigmoid": "np.clip({0} * a + {1}, 0, 1)",
    "hard_sigmoid_fifth": "np.clip({0} * a + {1}, 0, 1)",
    "softsign": "a / (1 + np.abs(a))",
    "softplus": "np.logaddexp(a, 0)",
    "elu": "np.where(a > 0, a, {0} * np.expm1(np.minimum(a, 0)))",
    "leaky_relu": "np.where(a >= 0, a, {0} * a)",
    "thresholded_relu": "np.where(a > {0}, a, 0)",
    "affine": "{0} * a + {1}",
    "scaled_tanh": "{0} * np.tanh({1} * a)",
    "clip": "np.clip(a, -{0}, {0})",
    "linear_sigmoid": "np.where(a >= 0, a + 0.5, 1 / (1 + np.exp(-np.minimum(a, 0))))",
    "complement": "1 - a",
}
"""Every function of `cells.functions.FUNCTIONS`, with its parameters {0} and {1}."""

INLINE = (IDENTITY, COMPLEMENT)


@dataclass(frozen=True)
class Lines:
    """A step of a cell as lines of Python."""

    cell: Cell

    @cached_property
    def assigned(self) -> list[Operation]:
        """The values that get a line: letters, states, and what more than one value or a matrix reads."""
        graph = self.cell.graph
        return [node for node in graph.values.values() if self.line(node)]

    def line(self, node: Operation) -> bool:
        readers = self.cell.graph.consumers[node]
        short = isinstance(node, Apply) and node.function in INLINE
        shared = len(readers) > 1 or any(isinstance(reader, Matrix) for reader in readers)
        return node in self.cell.graph.carried or (not short and (len(node.name) == 1 or shared))

    @cached_property
    def functions(self) -> dict[Function, str]:
        """The functions that the lines call, by what they are called there."""
        used = [n.function for n in self.cell.graph.nodes if isinstance(n, Apply) and n.function not in INLINE]
        names: dict[Function, str] = {}
        for each in dict.fromkeys(used):
            same = sum(other.key == each.key for other in names)
            names[each] = f"{each.key}_{same + 1}" if same else each.key
        return names

    def definitions(self) -> str:
        """The functions' own definitions."""
        return "\n\n".join(
            f"def {name}(a):\n    return {BODIES[each.key].format(*map(repr, each.parameters))}\n"
            for each, name in self.functions.items()
        ).replace("inf", "np.inf")

    def step(self) -> list[str]:
        """The lines, each after those it reads."""
        return [f"{node.name} = {self.written(node)}" for node in self.assigned]

    def read(self, node: Node) -> str:
        if isinstance(node, Input | State):
            return node.name
        return node.name if isinstance(node, Operation) and node in self.assigned else self.written(node)

    def written(self, node: Node) -> str:
        """What a value is made from."""
        match node:
            case Input() | State():
                return node.name
            case Vector():
                return node.parameter
            case Matrix(inputs=(source,)):
                return f"{node.parameter} @ {self.factor(source)}"
            case Sum():
                return " + ".join(self.read(i) for i in node.inputs)
            case Product():
                return " * ".join(self.factor(i) for i in node.inputs)
            case Apply(inputs=(a,)):
                if node.function is COMPLEMENT:
                    return f"1 - {self.factor(a)}"
                return self.read(a) if node.function is IDENTITY else f"{self.functions[node.function]}({self.read(a)})"
            case _:
                assert_never(node)

    def factor(self, node: Node) -> str:
        """A value in a product: in brackets where it is a sum or a product itself."""
        text = self.read(node)
        plain = text.isidentifier() or (text.endswith(")") and isinstance(node, Apply) and node.function not in INLINE)
        return text if plain else f"({text})"
