"""Traces → the scene: every number the stage shows, as plain lists."""

import json
from collections.abc import Mapping
from typing import Unpack

import numpy as np

from app.stage import scene_types as sent
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

Back = Mapping[str, float] | None

_still: dict[tuple[Graph, str, str], str] = {}  # one entry per kind of cell, options, language and name of a timestep


def scene(
    traces: Mapping[str, Trace],
    names: Mapping[str, str],
    words: Mapping[str, str],
    unit: int = 0,
    back: Back = None,
    **rest: Unpack[sent.SceneOptions],
) -> sent.SentScene:
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


def about(cell: Cell, words: Mapping[str, str], alone: bool) -> sent.SentCell:
    """What the stage is told of a cell: where its parts stand, what is the same for all weights, and its weights where
    the controls do not say them: matrices, or those of a cell beside others."""
    own: sent.SentCell = {"layout": to_send(cell), "still": still(cell, words)}
    if is_vector(cell):
        own["parameters"] = parameters(cell)
    elif not alone:
        own["weights"] = {name: p.item() for name, p in cell.parameters.items()}
    return own


def still(cell: Cell, words: Mapping[str, str]) -> str:
    """What is the same for all weights, as JSON made once: it is most of a scene."""
    key = cell.graph, words["lang"], words["timestep"]
    if key not in _still:
        _still[key] = json.dumps(written(cell, words))
    return _still[key]


def written(cell: Cell, words: Mapping[str, str]) -> sent.Still:
    """How a cell is written: its words, formulas, equations in plain text, and its functions as curves."""
    formulas = {name: formula(cell, name) for name in cell.graph.values}
    return {
        "words": worded(layout_of(cell), words),
        "formulas": {name: plain_formula(f) for name, f in formulas.items()},
        "equations": {name: text(cell, name) for name in formulas},
        "curves": {f.function: curve(f.function).round(6).tolist() for f in formulas.values() if f.function},
    }


def series(key: str, name: str, trace: Trace, write: Writer, unit: int = 0, back: Back = None) -> sent.Series:
    """One sequence's numbers, of one unit and, as strips, of all; a sweep's have its settings before T.

    `back` asks for the gradients, too, of the loss with these targets, by series.
    """
    layout = layout_of(trace.cell)
    sums = arithmetic_of(trace, layout, unit)
    numbers: sent.Series = {
        "key": key,
        "name": name,
        "cell": key_of(trace.cell),
        "values": {value: write.numbers(numbers_of(trace[value], value, unit)) for value in trace.names},
        "before": {
            state: write.numbers(numbers_of(trace.before(state), state, unit)) for state in trace.cell.kind.states
        },
        "arithmetic": {value: plain_arithmetic(one, write) for value, one in sums.items()},
        "slopes": {value: write.numbers(slope(sums[value])) for value in plotted(layout)},
    }
    if is_vector(trace.cell):
        numbers["units"] = units(trace, layout, sums.values(), unit, write)
    if back is not None:
        numbers["gradients"] = backward_of(trace, layout, unit, back.get(key), write)
    return numbers


def slope(sums: Arithmetic) -> np.ndarray:
    """The slope of a value's function at each step's sum."""
    there = np.empty_like(sums.result)
    function(sums.formula.function or "linear").slope(sums.total, sums.result, there)
    return there


def plain_formula(f: Formula) -> sent.Formula:
    return {"function": f.function, "terms": [plain_term(term) for term in f.terms]}


def plain_term(term: Term) -> sent.Term:
    return {"sign": 1 if term.sign > 0 else -1, "factors": [plain_factor(factor) for factor in term.factors]}


def plain_factor(factor: Factor) -> sent.Factor:
    plain: sent.Factor = {"parameter": factor.name} if factor.kind == "parameter" else {"value": factor.name}
    if factor.before:
        plain["before"] = True
    if factor.function:
        plain["function"] = factor.function
    return plain


def plain_arithmetic(sums: Arithmetic, write: Writer) -> sent.Arithmetic:
    return {
        "terms": [
            dot(numbers, write) if len(numbers) > 1 else plain_numbers(numbers[0], write) for numbers in by_term(sums)
        ],
        "total": write.numbers(sums.total),
        "result": write.numbers(sums.result),
    }


def plain_numbers(numbers: TermNumbers, write: Writer) -> sent.Product:
    return {
        "factors": [write.numbers(values) for values in numbers.factors],
        "inner": [None if values is None else write.numbers(values) for values in numbers.inner],
        "product": write.numbers(numbers.product),
    }
