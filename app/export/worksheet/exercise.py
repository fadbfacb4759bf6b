"""What one worksheet asks: a cell of one unit, what it reads, and which of its numbers are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from random import Random
from typing import Literal

import numpy as np

from app.controls.one_unit import OneUnit, column
from app.stage.layout import layout_of, written_values
from cells import Cell, run
from cells.by_hand import Line, Paper, decimal
from cells.expression import Apply, Matrix, Node, Product, Vector, is_complement
from cells.functions import Function

Given = Literal["few", "some", "many"]
MOST_STEPS = 4
DECIMALS = (1, 2, 3)
REACH = 3  # how far the table of σ and tanh goes to both sides
FINEST = 3  # decimals of weights and inputs
TRIES = 10_000


@dataclass(frozen=True)
class Exercise:
    """One worksheet.

    Attributes
    ----------
    cell : Cell
    x : tuple of decimal.Decimal
        What it reads, one to four numbers.
    decimals : int
    given : str
        How many numbers are given beside those of day 1.
    company : str
        Whose days they are; empty of others.
    target : decimal.Decimal or None
        What the last output should be.
    seed : int or None
        By which the numbers were drawn.
    left_out : bool
        Whether there are more steps than these.
    """

    cell: Cell
    x: tuple[Decimal, ...]
    decimals: int = 2
    given: Given = "some"
    company: str = ""
    target: Decimal | None = None
    seed: int | None = None
    left_out: bool = False

    @cached_property
    def paper(self) -> Paper:
        return Paper(self.cell, tuple(written_values(self.cell)), self.decimals)

    @cached_property
    def work(self) -> list[dict[str, Line]]:
        """Every number of the table, step by step."""
        return self.paper.run(self.x)

    @property
    def rows(self) -> Sequence[str]:
        return self.paper.written

    @property
    def steps(self) -> int:
        return len(self.x)

    @property
    def output(self) -> str:
        return self.cell.graph.output

    @property
    def memory(self) -> str:
        """The state that lasts longest."""
        memory = self.cell.graph.memory
        return memory.state.name if memory else self.output

    @cached_property
    def gates(self) -> list[str]:
        """The values that a function makes, but no state."""
        nodes = self.cell.graph.values
        made = [name for name in self.rows if isinstance(nodes[name], Apply) and nodes[name] not in
                self.cell.graph.carried]  # fmt: skip
        return [name for name in made if not is_complement(nodes[name])]

    def parts(self, name: str) -> list[Node]:
        """What a value's formula has, each once: down to the input, to states, and to values with rows of their own."""
        graph, found = self.cell.graph, dict[Node, None]()

        def look(node: Node) -> None:
            for i in node.inputs:
                found[i] = None
                if graph.values.get(i.name) is not i or i.name not in self.rows:
                    look(i)

        look(graph.values[name])
        return list(found)

    def sources(self, name: str) -> dict[str, str]:
        """The parameters in a value's formula by what they multiply; a bias by nothing."""
        parts = self.parts(name)
        found = {node.inputs[0].name: node.parameter for node in parts if isinstance(node, Matrix)}
        for vector in (node for node in parts if isinstance(node, Vector)):
            other = [i.name for node in parts if isinstance(node, Product) and vector in node.inputs
                     for i in node.inputs if i is not vector]  # fmt: skip
            found[other[0] if other else ""] = vector.parameter
        return found

    @cached_property
    def functions(self) -> list[Function]:
        """The functions of the cell, each once; 1 − a gate is none."""
        every = [node for name in self.rows for node in (self.cell.graph.values[name], *self.parts(name))]
        return list(dict.fromkeys(node.function for node in every
                                  if isinstance(node, Apply) and not is_complement(node)))  # fmt: skip

    @property
    def worked(self) -> int:
        """How many steps are worked on the sheet: the first, unless it is the only one."""
        return int(self.steps > 1)

    @cached_property
    def blanks(self) -> set[tuple[str, int]]:
        """What is to be worked out: values and steps, from 0."""
        left = range(self.worked, self.steps)
        every = {(name, step) for name in self.rows for step in left}
        return every - given_numbers(self.given, self.gates, self.rows, left, self.output)

    @property
    def tolerance(self) -> Decimal:
        """How far an answer may be from the key, in which the exact number is: two of the last digit, mostly."""
        return max(2 * self.digit, -(-self.off // self.digit) * self.digit)

    @property
    def digit(self) -> Decimal:
        return Decimal(1).scaleb(-self.decimals)

    @cached_property
    def off(self) -> Decimal:
        """How far the key is from the exact numbers, at most."""
        exact = run(self.cell, column([float(x) for x in self.x]))
        far = [abs(decimal(exact[name].ravel()[step].item()) - line.value)
               for step, lines in enumerate(self.work) for name, line in lines.items()]  # fmt: skip
        return max(far)

    @property
    def in_table(self) -> bool:
        """Whether its functions can be looked up in the table."""
        inner = {node.inputs[0].name for name in self.rows for node in self.parts(name)
                 if isinstance(node, Apply) and not is_complement(node)}  # fmt: skip
        lines = [(name, line) for step in self.work for name, line in step.items()]
        arguments = [line.argument for _, line in lines if line.argument is not None]
        arguments += [line.value for name, line in lines if name in inner]
        return all(abs(argument) <= REACH for argument in arguments)


def given_numbers(
    given: Given, gates: Sequence[str], rows: Sequence[str], steps: range, output: str
) -> set[tuple[str, int]]:
    """What is given of steps that are to be worked out, so that a slip does not spoil the rest; never the last output.

    Of few numbers none; of some each gate on one step, spread over them, at most half of a step's; of many all gates
    but one on each step.
    """
    if given == "few" or not gates:
        middle = steps[1:-1] if given == "many" else range(0)
        return {(name, step) for name in rows[-1:] for step in middle}
    if given == "many":
        return {(gate, step) for step in steps for k, gate in enumerate(gates) if (k - step) % len(gates)}
    found: set[tuple[str, int]] = set()
    for k, gate in enumerate(gates):
        step = steps[round(k * (len(steps) - 1) / max(1, len(gates) - 1))]
        if sum(at == step for _, at in found) < len(gates) // 2:
            found.add((gate, step))
    return found


def short(numbers: Sequence[float]) -> tuple[Decimal, ...]:
    """Numbers with as few decimals as a sheet prints."""
    return tuple(decimal(n).quantize(Decimal(1).scaleb(-FINEST), ROUND_HALF_UP).normalize() + 0 for n in numbers)


def shortened(weight: float) -> float:
    return float(short([weight])[0])


def cell_of(unit: OneUnit, weights: Mapping[str, float]) -> Cell:
    """A cell whose weights have as few decimals as a sheet prints."""
    return unit.cell({name: shortened(value) for name, value in weights.items()})


# ---- drawn from a seed -----------------------------------------------------------------------------------------------

QUARTERS = np.arange(-8, 9) / 4
INPUTS = (-1.0, -0.5, 0.0, 0.25, 0.5, 0.75, 1.0)


@lru_cache(maxsize=512)
def drawn(unit: OneUnit, key: str, seed: int) -> Exercise:
    """The exercise of a seed: weights that are quarters, whose sums are in the table, and whose key is near enough.

    It is the same whatever the number of decimals: the key of each is checked.
    """
    numbers = Random(f"{key} {seed}")  # the same numbers in every version of Python

    def one_of(options: Sequence[float]) -> float:
        return float(options[int(numbers.random() * len(options))])

    for _ in range(TRIES):
        graph = unit.kind.graph(**(unit.kind.options | dict(unit.options)))
        weights = {name: one_of([w for w in QUARTERS if w or name[0] in "bd"]) for name in graph.shapes}
        exercise = Exercise(unit.cell(weights), short([one_of(INPUTS) for _ in range(MOST_STEPS)]), seed=seed)
        if friendly(exercise):
            return exercise
    raise ValueError(f"{key}: no friendly numbers of seed {seed} in {TRIES} tries")


def friendly(exercise: Exercise) -> bool:
    """Whether a sheet's numbers can be looked up, differ from day to day, and are near the exact ones."""
    outputs = {lines[exercise.output].value for lines in exercise.work}
    if len(outputs) < MOST_STEPS or len(set(exercise.x)) < MOST_STEPS - 1 or not exercise.in_table:
        return False
    if max(map(abs, outputs)) < Decimal("0.1"):
        return False
    return all(same.off <= 2 * same.digit for same in (replace(exercise, decimals=n) for n in DECIMALS))


def playing_order(exercise: Exercise) -> list[tuple[int, str, str]]:
    """The stages of a step: number, key of its words, value."""
    stages = layout_of(exercise.cell)["stages"]
    return [(number, stage["key"], stage["value"]) for number, stage in enumerate(stages, 1)]
