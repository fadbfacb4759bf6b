"""A cell's graph in the language of Python: the lines of a step, and the functions that they call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from cells import Cell
from cells.expression import Apply, Input, Matrix, Maximum, Node, Operation, Product, State, Sum, Total, Vector
from cells.functions import COMPLEMENT, IDENTITY, NEGATIVE, RECIPROCAL, Function

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
    "log_sigmoid": "-np.logaddexp(-a, 0)",
    "exp": "np.exp(a)",
    "cos": "np.cos(a)",
    "sin": "np.sin(a)",
    "negative": "-a",
    "reciprocal": "1 / a",
    "complement": "1 - a",
}
"""Every function of `cells.functions.FUNCTIONS`, with its parameters {0} and {1}."""

INLINE = {IDENTITY: "{0}", COMPLEMENT: "1 - {1}", NEGATIVE: "-{1}", RECIPROCAL: "1 / {1}"}
"""Functions that are written with signs: of a value, or of it in brackets."""


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
        shared = len(readers) > 1 or any(isinstance(reader, Matrix | Total) for reader in readers)
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
        kept = [f"{self.before(state)} = {state.name}" for state in self.cell.graph.before.values() if self.kept(state)]
        return [*kept, *(f"{node.name} = {self.written(node)}" for node in self.assigned)]

    def before(self, state: State) -> str:
        """What a state is called as it enters the step: by its name, if nothing reads it after it is overwritten."""
        return f"{state.name}_before" if self.kept(state) else state.name

    def kept(self, state: State) -> bool:
        after = self.cell.graph.values[state.name]
        later = self.assigned[self.assigned.index(after) + 1 :]
        return any(self.reads(node, state) for node in later)

    def reads(self, node: Node, state: State) -> bool:
        """Whether a line reads a state as it enters the step."""
        return any(i is state or (i not in self.assigned and self.reads(i, state)) for i in node.inputs)

    def read(self, node: Node) -> str:
        if isinstance(node, State):
            return self.before(node)
        if isinstance(node, Input):
            return node.name
        return node.name if isinstance(node, Operation) and node in self.assigned else self.written(node)

    def written(self, node: Node) -> str:
        """What a value is made from."""
        match node:
            case State():
                return self.before(node)
            case Input():
                return node.name
            case Vector():
                return node.parameter
            case Matrix(inputs=(source,)):
                return f"{node.parameter} @ {self.factor(source)}"
            case Sum():
                return " + ".join(self.read(i) for i in node.inputs)
            case Product():
                return " * ".join(self.factor(i) for i in node.inputs)
            case Maximum():
                return f"np.maximum({', '.join(self.read(i) for i in node.inputs)})"
            case Total(inputs=(a,)):
                return f"np.sum({self.read(a)}, keepdims=True)"
            case Apply(inputs=(a,)):
                if node.function in INLINE:
                    return INLINE[node.function].format(self.read(a), self.factor(a))
                return f"{self.functions[node.function]}({self.read(a)})"
            case _:
                assert_never(node)

    def factor(self, node: Node) -> str:
        """A value in a product: in brackets where it is a sum or a product itself."""
        text = self.read(node)
        plain = text.isidentifier() or (text.endswith(")") and isinstance(node, Apply) and node.function not in INLINE)
        return text if plain else f"({text})"
