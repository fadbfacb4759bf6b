"""Programs in PyTorch, Keras, NumPy and JAX that compute a run, and end with a check against it.

A program holds its weights as numbers that read back exactly, in the order that `cells.weight_formats` gives them.
"""

import textwrap
from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np

from app.export.numpy_program import Lines
from app.export.sequence import Sequence
from app.messages import RefusedError
from cells import Cell
from cells.weight_formats import name_of, to_keras, to_torch

WIDTH = 66  # columns of a program's lists


def torch_program(shown: Sequence) -> str:
    """A program for PyTorch."""
    cell, memory = shown.cell, "c" in shown.cell.graph.before
    state = "".join(
        f'    "{name}": torch.tensor({written(array, f"    {name!r}: torch.tensor(")}),\n'
        for name, array in held("PyTorch", to_torch, cell).items()
    )
    extra = "".join(f", {name}={quoted(value)}" for name, value in torch_arguments(cell).items())
    first = from_starts(shown, "torch.tensor([", "])")
    return f"""\
import torch

torch.set_default_dtype(torch.float64)

layer = torch.nn.{name_of(cell.kind, "torch")}(input_size={cell.inputs}, hidden_size={cell.units}{extra})
layer.load_state_dict({{
{state}}})

x = torch.tensor({written(shown.x, "x = torch.tensor(")})

with torch.no_grad():
    output, {"(h, c)" if memory else "h"} = layer(x{first})

{printed("output")}{'print("c", *c[0].tolist())' + chr(10) if memory else ""}
{checked(shown, "output[-1].tolist()", 1e-12)}"""


def keras_program(shown: Sequence) -> str:
    """A program for Keras 3, on any of its backends."""
    name, config, weights = held("Keras", to_keras, shown.cell)
    arguments = [f"{key}={quoted(value)}" for key, value in config.items() if key != "go_backwards"]
    arguments += ["return_sequences=True", "return_state=True"]
    layer = "".join(f"    {argument},\n" for argument in arguments)
    arrays = "".join(f"    np.array({written(array, '    np.array(')}),\n" for array in weights)
    memory = "c" in shown.cell.graph.before
    first = from_starts(shown, "np.array([", "])", "initial_state=")
    steps, inputs = shown.x.shape
    return f"""\
import os

os.environ.setdefault("KERAS_BACKEND", "torch")  # or "tensorflow", or "jax"

import keras
import numpy as np

keras.config.set_floatx("float64")

layer = keras.layers.{name}(
{layer})
layer.build((1, {steps}, {inputs}))  # batch, steps, inputs
layer.set_weights([
{arrays}])

x = np.array({written(shown.x, "x = np.array(")})

found = layer(x[None]{first})
output, h{", c" if memory else ""} = (keras.ops.convert_to_numpy(part)[0] for part in found)

{printed("output")}{'print("c", *c.tolist())' + chr(10) if memory else ""}
{checked(shown, "output[-1].tolist()", 1e-5)}"""  # some layers and backends multiply in 32 bits


def numpy_program(shown: Sequence) -> str:
    """A program that needs NumPy alone: the cell's own equations, line by line."""
    lines = Lines(shown.cell)
    body = "".join(f"    {line}\n" for line in lines.step())
    output = shown.cell.graph.output
    memory = 'print("c", *c.tolist())\n' if "c" in shown.starts else ""
    return f"""\
import numpy as np


{lines.definitions()}

{assigned(shown.cell.parameters, "np.array")}
{assigned({"inputs": shown.x}, "np.array")}
{assigned(shown.starts, "np.array")}
for step, x in enumerate(inputs, 1):
{body}    print("{output}", step, *{output}.tolist())
{memory}
{checked(shown, f"{output}.tolist()", 1e-12)}"""


def jax_program(shown: Sequence) -> str:
    """A program for JAX: the cell's own equations as the step of a scan, compiled as one loop."""
    lines = Lines(shown.cell)
    body = "".join(f"    {line}\n" for line in lines.step()).replace("np.", "jnp.")
    output, state = shown.cell.graph.output, ", ".join(shown.starts)
    states = f"({state},)" if len(shown.starts) == 1 else f"({state})"
    memory = 'print("c", *c.tolist())\n' if "c" in shown.starts else ""
    return f"""\
import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)


{lines.definitions().replace("np.", "jnp.")}

{assigned(shown.cell.parameters, "jnp.array")}

def cell(state, x):
    {states} = state
{body}    return {states}, {output}


{assigned({"inputs": shown.x}, "jnp.array")}
{assigned(shown.starts, "jnp.array")}
{states}, output = jax.lax.scan(cell, {states}, inputs)

{printed("output")}{memory}
{checked(shown, "output[-1].tolist()", 1e-12)}"""


CODE: Mapping[str, Callable[[Sequence], str]] = {
    "pytorch": torch_program,
    "keras": keras_program,
    "numpy": numpy_program,
    "jax": jax_program,
}


Weights = TypeVar("Weights")


def held(framework: str, to_framework: Callable[[Cell], Weights], cell: Cell) -> Weights:
    """A cell's weights as a framework holds them; refused where it has no such layer."""
    try:
        return to_framework(cell)
    except ValueError as error:
        raise RefusedError("refused.layer", framework=framework) from error


def torch_arguments(cell: Cell) -> dict[str, object]:
    """What torch's layer is told beside its sizes."""
    if cell.kind.key == "rnn" and cell.options["activation"] != "tanh":
        return {"nonlinearity": cell.options["activation"]}
    return {"proj_size": cell.options["projection"]} if cell.options.get("projection") else {}


def from_starts(shown: Sequence, before: str, after: str, name: str = "") -> str:
    """The argument with the states that enter the first timestep; nothing where all are zero."""
    if not any(start.any() for start in shown.starts.values()):
        return ""
    arrays = [f"{before}{start.tolist()}{after}" for start in shown.starts.values()]
    both = ", ".join(arrays)
    return f", {name}({both})" if len(arrays) > 1 else f", {name}{both}"


def checked(shown: Sequence, last: str, within: float) -> str:
    """The lines that compare a program's last output with the one on the stage."""
    return f"""\
# the last hidden state, as Gatewalk computes it
shown = {written(shown.last, "shown = ")}
last = {last}
assert all(abs(a - b) < {within} for a, b in zip(last, shown, strict=True))
"""


def quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def assigned(arrays: Mapping[str, np.ndarray], make: str) -> str:
    """A line for each array."""
    return "".join(f"{name} = {make}({written(array, f'{name} = {make}(')})\n" for name, array in arrays.items())


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
