"""Traces → the scene of types.js: every number the stage shows, as plain lists."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.stage.layouts import Layout, layout_of, plotted, to_send, worded
from cells import Cell, Trace
from cells.equations import Arithmetic, Factor, Formula, Term, arithmetic, curve, formula, text
from cells.expression import Graph
from cells.functions import function

Scene = dict[str, Any]

_written: dict[Graph, Scene] = {}  # one entry per kind of cell and options


def scene(traces: Mapping[str, Trace], names: Mapping[str, str], words: Mapping[str, str], **rest: Any) -> Scene:
    """What the stage draws: one series for each trace, and what holds for all of them.

    `names` are the series' names for the reader, `words` the stage's; `rest` (controls, presets, limits, …) is passed
    on as it is.
    """
    cell = next(iter(traces.values())).cell
    layout = layout_of(cell)
    return {
        "layout": to_send(cell),
        "steps": max(trace.steps for trace in traces.values()),
        "series": [series(key, names[key], trace, layout) for key, trace in traces.items()],
        "words": worded(layout, words),
        **written(cell),
        **rest,
    }


def written(cell: Cell) -> Scene:
    """How a cell is written: the same for all weights."""
    if cell.graph not in _written:
        formulas = {name: formula(cell, name) for name in cell.graph.values}
        _written[cell.graph] = {
            "formulas": {name: plain_formula(f) for name, f in formulas.items()},
            "equations": {name: text(cell, name) for name in formulas},
            "curves": {f.function: curve(f.function).round(6).tolist() for f in formulas.values() if f.function},
        }
    return _written[cell.graph]


def series(key: str, name: str, trace: Trace, layout: Layout) -> Scene:
    sums = {stage["value"]: arithmetic(trace, stage["value"]) for stage in layout["stages"]}
    return {
        "key": key,
        "name": name,
        "values": {value: unit(trace[value]) for value in trace.names},
        "before": {state: unit(trace.before(state)) for state in trace.cell.kind.states},
        "arithmetic": {value: plain_arithmetic(numbers) for value, numbers in sums.items()},
        "slopes": {value: slope(sums[value]).tolist() for value in plotted(layout)},
    }


def unit(values: np.ndarray) -> list[float]:
    """One unit of one sequence, over its steps."""
    return values[:, 0, 0].tolist()


def slope(sums: Arithmetic) -> np.ndarray:
    """The slope of a value's function at each step's sum."""
    there = np.empty_like(sums.result)
    function(sums.formula.function or "linear").slope(sums.total, sums.result, there)
    return there


def plain_formula(f: Formula) -> Scene:
    return {"function": f.function, "terms": [plain_term(term) for term in f.terms]}


def plain_term(term: Term) -> Scene:
    return {"sign": term.sign, "factors": [plain_factor(factor) for factor in term.factors]}


def plain_factor(factor: Factor) -> Scene:
    said: Scene = {factor.kind: factor.name}
    if factor.before:
        said["before"] = True
    if factor.function:
        said["function"] = factor.function
    return said


def plain_arithmetic(sums: Arithmetic) -> Scene:
    return {
        "terms": [
            {
                "factors": [values.tolist() for values in term.factors],
                "inner": [None if values is None else values.tolist() for values in term.inner],
                "product": term.product.tolist(),
            }
            for term in sums.terms
        ],
        "total": sums.total.tolist(),
        "result": sums.result.tolist(),
    }
