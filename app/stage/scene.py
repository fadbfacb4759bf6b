"""Traces → the scene of types.js: every number the stage shows, as plain lists."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.stage.gradient_scene import backward_of
from app.stage.layout import layout_of, plotted, to_send, worded
from app.stage.vector_scene import (
    Lists,
    Writer,
    arithmetic_of,
    by_term,
    dot,
    is_vector,
    numbers_of,
    parameters,
    units,
)
from cells import Cell, Trace
from cells.equations import Arithmetic, Factor, Formula, Term, TermNumbers, curve, formula, text
from cells.expression import Graph
from cells.functions import function

Scene = dict[str, Any]
Back = Mapping[str, float] | None

_still: dict[tuple[Graph, str, str], str] = {}  # one entry per kind of cell, options, language and name of a timestep


def scene(
    traces: Mapping[str, Trace],
    names: Mapping[str, str],
    words: Mapping[str, str],
    unit: int = 0,
    back: Back = None,
    **rest: Any,
) -> Scene:
    """What the stage draws: one series for each trace, what holds for its cell, and what holds for all of them.

    `names` are the series' names for the reader, `words` those of `app.i18n.stage_words`, `unit` the one looked at,
    from 0; `back` are the targets of the loss, where its gradient is played; `rest` (controls, presets, limits, …) is
    passed on as it is. Traces of different cells are shown beside each other on one playhead.
    """
    cells = {key_of(trace.cell): trace.cell for trace in traces.values()}
    return {
        "steps": max(trace.steps for trace in traces.values()),
        "cells": {key: about(cell, words, alone=len(cells) == 1) for key, cell in cells.items()},
        "series": [series(key, names[key], trace, Lists(), unit, back) for key, trace in traces.items()],
        "units": max(trace.cell.units for trace in traces.values()),
        "unit": unit,
        "targets": back or {},
        **rest,
    }


def key_of(cell: Cell) -> str:
    """What a scene calls a cell: its kind, and the options that are not the usual ones."""
    own = [f"{name}={value}" for name, value in cell.options.items() if value != cell.kind.options[name]]
    return "+".join([cell.kind.key, *own])


def about(cell: Cell, words: Mapping[str, str], alone: bool) -> Scene:
    """What the stage is told of a cell: where its parts stand, what is the same for all weights, and its weights where
    the controls do not say them: matrices, or those of a cell beside others."""
    said: Scene = {"layout": to_send(cell), "still": still(cell, words)}
    if is_vector(cell):
        said["parameters"] = parameters(cell)
    elif not alone:
        said["weights"] = {name: p.item() for name, p in cell.parameters.items()}
    return said


def still(cell: Cell, words: Mapping[str, str]) -> str:
    """What is the same for all weights, as JSON made once: it is most of a scene."""
    key = cell.graph, words["lang"], words["timestep"]
    if key not in _still:
        _still[key] = json.dumps({"words": worded(layout_of(cell), words)} | written(cell))
    return _still[key]


def written(cell: Cell) -> Scene:
    """How a cell is written: its formulas, its equations in plain text, and its functions as curves."""
    formulas = {name: formula(cell, name) for name in cell.graph.values}
    return {
        "formulas": {name: plain_formula(f) for name, f in formulas.items()},
        "equations": {name: text(cell, name) for name in formulas},
        "curves": {f.function: curve(f.function).round(6).tolist() for f in formulas.values() if f.function},
    }


def series(key: str, name: str, trace: Trace, write: Writer, unit: int = 0, back: Back = None) -> Scene:
    """One sequence's numbers, of one unit and, as strips, of all; a sweep's have its settings before T.

    `back` asks for the gradients, too, of the loss with these targets, by series.
    """
    layout = layout_of(trace.cell)
    sums = arithmetic_of(trace, layout, unit)
    strips = {"units": units(trace, layout, sums.values(), unit, write)} if is_vector(trace.cell) else {}
    return {
        "key": key,
        "name": name,
        "cell": key_of(trace.cell),
        "values": {value: write.numbers(numbers_of(trace[value], value, unit)) for value in trace.names},
        "before": {
            state: write.numbers(numbers_of(trace.before(state), state, unit)) for state in trace.cell.kind.states
        },
        "arithmetic": {value: plain_arithmetic(numbers, write) for value, numbers in sums.items()},
        "slopes": {value: write.numbers(slope(sums[value])) for value in plotted(layout)},
        **strips,
        **({} if back is None else {"gradients": backward_of(trace, layout, unit, back.get(key), write)}),
    }


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


def plain_arithmetic(sums: Arithmetic, write: Writer) -> Scene:
    return {
        "terms": [
            dot(numbers, write) if len(numbers) > 1 else plain_numbers(numbers[0], write) for numbers in by_term(sums)
        ],
        "total": write.numbers(sums.total),
        "result": write.numbers(sums.result),
    }


def plain_numbers(numbers: TermNumbers, write: Writer) -> Scene:
    return {
        "factors": [write.numbers(values) for values in numbers.factors],
        "inner": [None if values is None else write.numbers(values) for values in numbers.inner],
        "product": write.numbers(numbers.product),
    }
