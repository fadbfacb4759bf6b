"""What the key of a worksheet says beside its numbers: the answers to its questions, and slips that are often made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from app.export.worksheet.exercise import Exercise
from cells.by_hand import Known, Line
from cells.expression import Apply, Matrix, Vector, is_complement

MOST_SLIPS = 4

Kind = Literal["sign", "function", "before", "swap", "past"]


@dataclass(frozen=True)
class Slip:
    """A value as it comes out of a mistake.

    Attributes
    ----------
    kind : str
        Of what is told about it.
    about : str
        A parameter, a function's symbol or a value, as the kind has it.
    name : str
        The value that is wrong.
    step : int
        From 0.
    wrong : decimal.Decimal
    """

    kind: Kind
    about: str
    name: str
    step: int
    wrong: Decimal


def slips(exercise: Exercise) -> list[Slip]:
    """One slip of each kind, on the step on which it is seen best; none that a reader could not tell from the key."""
    best: dict[str, Slip] = {}

    def off(slip: Slip) -> Decimal:
        return abs(slip.wrong - exercise.work[slip.step][slip.name].value)

    for step in range(exercise.worked, exercise.steps):
        for slip in slips_of(exercise, step):
            if off(slip) > exercise.tolerance and (slip.kind not in best or off(slip) > off(best[slip.kind])):
                best[slip.kind] = slip
    return list(best.values())[:MOST_SLIPS]


def slips_of(exercise: Exercise, step: int) -> Iterator[Slip]:
    """The slips of one step."""
    paper, graph = exercise.paper, exercise.cell.graph
    states = before(exercise, step)
    entered = paper.entered(exercise.x[step], states)
    lines = exercise.work[step]
    known = entered | {graph.values[name]: line.value for name, line in lines.items()}
    for name in exercise.rows:
        formula = exercise.parts(name)

        def wrong(
            kind: Kind,
            about: str,
            changed: Known,
            parameters: Mapping[str, Decimal] | None = None,
            at: str = name,
        ) -> Slip:
            return Slip(kind, about, at, step, paper.line(at, {**known, **changed}, parameters).value)

        for node in formula:
            if isinstance(node, (Matrix, Vector)) and (weight := paper.parameter(node.parameter)) < 0:
                yield wrong("sign", node.parameter, {}, {node.parameter: -weight})
            if isinstance(node, Apply) and node not in known and not is_complement(node) and node.inputs[0] in known:
                yield wrong("function", node.function.symbol, {node: known[node.inputs[0]]})
            if node in graph.carried:
                yield wrong("before", node.name, {node: states[node.name]})
            if node is graph.before[graph.output] and name != graph.output:
                yield wrong("past", node.name, {node: Decimal(0)})
            if is_complement(node) and node.inputs[0] in known and len(formula) > 2:
                yield wrong("swap", node.inputs[0].name, {node.inputs[0]: 1 - known[node.inputs[0]]})


def before(exercise: Exercise, step: int) -> dict[str, Decimal]:
    """The states that enter a step."""
    return {name: exercise.work[step - 1][name].value if step else Decimal(0) for name in exercise.cell.graph.before}


# ---- answers ---------------------------------------------------------------------------------------------------------


def answer(exercise: Exercise) -> Decimal:
    """How far the last output is from where it should be, or else from the one before."""
    last = exercise.work[-1][exercise.output].value
    goal = before(exercise, exercise.steps - 1)[exercise.output] if exercise.target is None else exercise.target
    return abs(last - goal)


@dataclass(frozen=True)
class Otherwise:
    """What would be, had day 1 been another: its input, and the table then."""

    x: Decimal
    work: list[dict[str, Line]]

    def change(self, exercise: Exercise, name: str) -> Decimal:
        """How much of a value would change on day 1."""
        return abs(self.work[0][name].value - exercise.work[0][name].value)


def otherwise(exercise: Exercise) -> Otherwise:
    """Day 1 as it is of the other company: 1 where it is less, else 0."""
    other = Decimal(1) if exercise.x[0] < Decimal("0.5") else Decimal(0)
    return Otherwise(other, exercise.paper.run((other, *exercise.x[1:])))
