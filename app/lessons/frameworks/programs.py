"""The cell of the lesson `frameworks`, and programs in PyTorch, Keras and NumPy that compute what it computes.

A program holds its weights as numbers that read back exactly, in the order that `cells.weight_formats` gives them.
"""

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from app.stage.layout import written_values
from cells import CELLS, Cell, Trace, run
from cells.equations import Factor, Term, formula
from cells.weight_formats import name_of, to_keras, to_torch

STEPS = 4
WIDTH = 66  # columns of a program's lists


@dataclass(frozen=True)
class Example:
    """A cell with drawn weights, what it reads, and its run."""

    kind: str
    units: int
    inputs: int
    seed: int

    @cached_property
    def cell(self) -> Cell:
        """The cell; its weights are rounded, so that a program is short and exact."""
        drawn = CELLS[self.kind].random(self.inputs, self.units, self.seed)
        return drawn.replace(**{name: rounded(values, 3) for name, values in drawn.parameters.items()})

    @cached_property
    def x(self) -> np.ndarray:
        return rounded(np.random.default_rng(self.seed).uniform(-1, 1, (STEPS, self.inputs)), 2)

    @cached_property
    def trace(self) -> Trace:
        return run(self.cell, self.x)

    @property
    def name(self) -> str:
        """The layer as PyTorch calls it."""
        return name_of(self.cell.kind, "torch")

    def counts(self) -> dict[str, int]:
        """How many numbers each framework keeps for this cell."""
        return {
            "torch": sum(array.size for array in to_torch(self.cell).values()),
            "keras": sum(array.size for array in to_keras(self.cell)[2]),
        }

    @property
    def more(self) -> str:
        """The framework that keeps more numbers, or `same`."""
        counts = self.counts()
        return "same" if counts["torch"] == counts["keras"] else max(counts, key=counts.__getitem__)


@lru_cache(maxsize=128)
def example(kind: str, units: int, inputs: int, seed: int) -> Example:
    return Example(kind, units, inputs, seed)


def rounded(values: np.ndarray, decimals: int) -> np.ndarray:
    return np.round(values, decimals) + 0.0  # no negative zero


# ---- programs --------------------------------------------------------------------------------------------------------


def torch_code(shown: Example) -> str:
    """A program for PyTorch."""
    state = "".join(
        f'    "{name}": torch.tensor({written(array, f"    {name!r}: torch.tensor(")}),\n'
        for name, array in to_torch(shown.cell).items()
    )
    memory = "c" in shown.cell.graph.before
    return f"""\
import torch

torch.set_default_dtype(torch.float64)

layer = torch.nn.{shown.name}(input_size={shown.inputs}, hidden_size={shown.units})
layer.load_state_dict({{
{state}}})

x = torch.tensor({written(shown.x, "x = torch.tensor(")})

with torch.no_grad():
    output, {"(h, c)" if memory else "h"} = layer(x)

{printed("output")}{'print("c", *c[0].tolist())' + chr(10) if memory else ""}"""


def keras_code(shown: Example) -> str:
    """A program for Keras 3, on any of its backends."""
    name, config, weights = to_keras(shown.cell)
    arguments = [f"{key}={quoted(value)}" for key, value in config.items() if key != "go_backwards"]
    arguments += ["return_sequences=True", "return_state=True"]
    layer = "".join(f"    {argument},\n" for argument in arguments)
    arrays = "".join(f"    np.array({written(array, '    np.array(')}),\n" for array in weights)
    memory = "c" in shown.cell.graph.before
    return f"""\
import os

os.environ.setdefault("KERAS_BACKEND", "torch")  # or "tensorflow", or "jax"

import keras
import numpy as np

keras.config.set_floatx("float64")

layer = keras.layers.{name}(
{layer})
layer.build((1, {STEPS}, {shown.inputs}))  # batch, steps, inputs
layer.set_weights([
{arrays}])

x = np.array({written(shown.x, "x = np.array(")})

output, h{", c" if memory else ""} = (keras.ops.convert_to_numpy(part)[0] for part in layer(x[None]))

{printed("output")}{'print("c", *c.tolist())' + chr(10) if memory else ""}"""


def numpy_code(shown: Example) -> str:
    """A program that needs NumPy alone: the cell's own equations, line by line."""
    cell = shown.cell
    arrays = "".join(
        f"{name} = np.array({written(array, f'{name} = np.array(')})\n" for name, array in cell.parameters.items()
    )
    states = list(cell.graph.before)
    starts = "".join(f"{state} = np.zeros({shown.units})\n" for state in states)
    body = "".join(f"    {line}\n" for line in lines(cell))
    memory = 'print("c", *c.tolist())\n' if "c" in states else ""
    return f"""\
import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


tanh = np.tanh

{arrays}
inputs = np.array({written(shown.x, "inputs = np.array(")})

{starts}
for step, x in enumerate(inputs, 1):
{body}    print("h", step, *h.tolist())
{memory}"""


CODE: Mapping[str, Callable[[Example], str]] = {"pytorch": torch_code, "keras": keras_code, "numpy": numpy_code}


def quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def printed(output: str) -> str:
    return f'for step, h_t in enumerate({output}.tolist(), 1):\n    print("h", step, *h_t)\n'


def written(array: np.ndarray, before: str) -> str:
    """An array as nested lists, one row per line behind the text before."""
    indent = " " * (len(before) + 1)
    if array.ndim == 1:
        return folded(f"{array.tolist()!r}", indent)
    rows = f",\n{indent}".join(folded(f"{row!r}", indent + " ") for row in array.tolist())
    return f"[{rows}]"


def folded(line: str, indent: str) -> str:
    width = max(WIDTH - len(indent), 40)
    return f"\n{indent}".join(textwrap.wrap(line, width, break_on_hyphens=False, break_long_words=False))


# ---- equations as lines of a program ---------------------------------------------------------------------------------


def lines(cell: Cell) -> list[str]:
    """A step of the cell, one line for each value it needs."""
    names = written_values(cell)
    read = {factor.name for name in names for term in formula(cell, name).terms for factor in term.factors}
    return [line(cell, name) for name in names if name in read | set(cell.graph.before)]


def line(cell: Cell, name: str) -> str:
    made = formula(cell, name)
    total = " + ".join(product(term) for term in made.terms)
    return f"{name} = {made.function}({total})" if made.function else f"{name} = {total}"


def product(term: Term) -> str:
    matrix = term.factors[0].kind == "parameter"
    return (" @ " if matrix else " * ").join(map(factor_of, term.factors))


def factor_of(factor: Factor) -> str:
    if factor.function == "complement":
        return f"(1 - {factor.name})"
    return f"{factor.function}({factor.name})" if factor.function else factor.name
