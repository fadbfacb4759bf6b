"""Traces → the scene of types.js: every number the stage shows, as plain lists."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from cells import Trace
from cells.equations import Arithmetic, Factor, Formula, Term, arithmetic, curve, formula, text

Scene = dict[str, Any]


def scene(layout: str, traces: Mapping[str, Trace], names: Mapping[str, str], **rest: Any) -> Scene:
    """What the stage draws: one series for each trace, and what holds for all of them.

    `names` are the series' names for the reader; `rest` (controls, presets, limits, words, …) is passed on as it is.
    """
    first = next(iter(traces.values()))
    cell, computed = first.cell, computed_names(first)
    formulas = {name: formula(cell, name) for name in computed}
    inner = [factor.function for f in formulas.values() for term in f.terms for factor in term.factors]
    functions = {name for name in [*inner, *(f.function for f in formulas.values())] if name}
    return {
        "layout": layout,
        "steps": max(trace.steps for trace in traces.values()),
        "series": [series(key, names[key], trace, computed) for key, trace in traces.items()],
        "formulas": {name: plain_formula(formulas[name]) for name in computed},
        "equations": {name: text(cell, name) for name in computed},
        "curves": {name: curve(name).tolist() for name in sorted(functions)},
        **rest,
    }


def computed_names(trace: Trace) -> list[str]:
    return [name for name in trace.names if name != "x"]


def series(key: str, name: str, trace: Trace, computed: Sequence[str]) -> Scene:
    return {
        "key": key,
        "name": name,
        "values": {value: unit(trace[value]) for value in trace.names},
        "before": {state: unit(trace.before(state)) for state in trace.cell.kind.states},
        "arithmetic": {value: plain_arithmetic(arithmetic(trace, value)) for value in computed},
    }


def unit(values: np.ndarray) -> list[float]:
    """One unit of one sequence, over its steps."""
    return values[:, 0, 0].tolist()


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
