"""What the stage is sent: its cells as graphs, their parameters and inputs. The browser runs them."""

import base64
import json
from collections.abc import Mapping
from typing import Unpack

import numpy as np

from app.stage import scene_types as sent
from app.stage.layout import layout_of, to_send, worded
from cells import Cell, Trace
from cells.equations import Factor, Formula, Term, curve, formula, text
from cells.expression import Graph
from cells.graph_data import graph_data

_still: dict[tuple[Graph, frozenset[tuple[str, str]]], str] = {}  # one entry per kind of cell, options and words


def scene(
    traces: Mapping[str, Trace],
    names: Mapping[str, str],
    words: Mapping[str, str],
    unit: int = 0,
    targets: Mapping[str, float] | None = None,
    held: Mapping[str, Mapping[str, float]] | None = None,
    **rest: Unpack[sent.SceneOptions],
) -> sent.SentScene:
    """What the stage draws: one series for each trace, what holds for its cell, and what holds for all of them.

    Parameters
    ----------
    traces : mapping of str to Trace
        Each series' cell, with the parameters that it has where the controls do not say another, and its input. Traces
        of different cells are shown beside each other on one playhead.
    names : mapping of str to str
        The series' names for the reader.
    words : mapping of str to str
        Those of `app.i18n.stage_words`.
    unit : int
        The selected one, from 0.
    targets : mapping of str to float, optional
        What the last hidden state should be, by series.
    held : mapping of str to mapping, optional
        Weights that a series has whatever the controls say.
    **rest
        Passed on as it is.
    """
    cells = {key_of(trace.cell): trace.cell for trace in reversed([*traces.values()])}  # the first of a kind
    days = rest["controls"]["days"]
    return {
        "cells": {key: about(cell, words) for key, cell in cells.items()},
        "series": [
            series(key, names[key], trace, days) | ({"held": held[key]} if held and key in held else {})
            for key, trace in traces.items()
        ],
        "unit": unit,
        "targets": targets or {},
        **rest,
    }


def key_of(cell: Cell) -> str:
    """What a scene calls a cell: its kind, and the options that are not the usual ones."""
    own = [f"{name}={value}" for name, value in cell.options.items() if value != cell.kind.options[name]]
    return "+".join([cell.kind.key, *own])


def about(cell: Cell, words: Mapping[str, str]) -> sent.SentCell:
    """What the stage is sent of a cell: where its parts are drawn, how it is written, and its parameters."""
    return {
        "layout": to_send(cell),
        "still": still(cell, words),
        "sizes": cell.sizes,
        "parameters": {name: packed(values) for name, values in cell.parameters.items()},
    }


def series(key: str, name: str, trace: Trace, days: Mapping[str, object]) -> sent.SentSeries:
    """One sequence: the days of its own name, or else the only ones; without days its input."""
    own: sent.SentSeries = {"key": key, "name": name, "cell": key_of(trace.cell)}
    if days:
        own["reads"] = key if key in days else next(iter(days))
    else:
        own["x"] = packed(trace.x.reshape(trace.steps, -1))
    start = {name: trace.before(name)[0].ravel() for name in trace.cell.graph.before}
    if any(numbers.any() for numbers in start.values()):
        own["start"] = {name: packed(numbers) for name, numbers in start.items()}
    return own


def still(cell: Cell, words: Mapping[str, str]) -> str:
    """What is the same for all weights, as JSON made once: it is most of a scene."""
    key = cell.graph, frozenset(words.items())
    if key not in _still:
        _still[key] = json.dumps(written(cell, words))
    return _still[key]


def written(cell: Cell, words: Mapping[str, str]) -> sent.Still:
    """How a cell is written: its words, formulas, equations in plain text, functions as curves, and its graph."""
    formulas = {name: formula(cell, name) for name in cell.graph.values}
    return {
        "words": worded(layout_of(cell), words),
        "formulas": {name: plain_formula(f) for name, f in formulas.items()},
        "equations": {name: text(cell, name) for name in formulas},
        "curves": {f.function: curve(f.function).round(6).tolist() for f in formulas.values() if f.function},
        "graph": graph_data(cell.graph),
    }


def plain_formula(f: Formula) -> sent.Formula:
    plain: sent.Formula = {"function": f.function, "terms": [plain_term(term) for term in f.terms]}
    if f.how != "sum":
        plain["how"] = f.how
    return plain


def plain_term(term: Term) -> sent.Term:
    return {"sign": 1 if term.sign > 0 else -1, "factors": [plain_factor(factor) for factor in term.factors]}


def plain_factor(factor: Factor) -> sent.Factor:
    plain: sent.Factor = {"parameter": factor.name} if factor.kind == "parameter" else {"value": factor.name}
    if factor.before:
        plain["before"] = True
    if factor.function:
        plain["function"] = factor.function
    return plain


def packed(array: np.ndarray) -> sent.Packed:
    """Return an array as float64 in base64, with its shape."""
    return {"shape": list(array.shape), "data": base64.b64encode(array.astype(float).tobytes()).decode()}
