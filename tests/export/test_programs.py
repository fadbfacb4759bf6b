"""Programs and files of numbers say what the run says: run as printed, read by the programs they are for."""

import json
import os
import subprocess
import sys
from io import BytesIO

import numpy as np
import onnx
import onnxruntime
import pandas as pd
import pytest
import safetensors.numpy
import torch
from onnx.reference import ReferenceEvaluator

from app.export.numbers import csv, json_file, npz, onnx_model
from app.export.numbers import safetensors as safetensors_file
from app.export.numpy_program import BODIES, Lines
from app.export.onnx_scan import scan_model
from app.export.programs import CODE
from app.export.sequence import Sequence
from app.messages import RefusedError
from cells import GRU, LRU, LSTM, RNN, RWKV, SLSTM, CheatSheetLSTM, Mamba, MinGRU, MinLSTM, __version__, run
from cells.functions import FUNCTIONS
from cells.saving import from_npz
from tests.cells.test_variants import VARIANTS
from tests.support.torch_loops import case

HAVE = {
    "pytorch": [(LSTM, {"projection": 2}), (GRU, {}), (RNN, {"activation": "relu"})],
    "keras": [(GRU, {"reset": "before"})],
    "numpy": [(LSTM, {"peephole": True, "couple": "i=1-f"})],
    "jax": [(LSTM, {"peephole": True, "clip": 0.5}), (GRU, {"reset": "before"}), (RNN, {"activation": "elu"})],
}


def example(kind, units=3, **options):
    cell, x, start, _ = case(kind, units=units, batch=1, **options)
    return Sequence(run(cell, x, start=start), target=0.5)


def in_an_interpreter(program):
    how = {"capture_output": True, "text": True, "timeout": 240, "env": os.environ | {"KERAS_BACKEND": "torch"}}
    return subprocess.run([sys.executable, "-"], input=program, check=False, **how)


@pytest.mark.parametrize(
    ("framework", "kind", "options"), [(name, *each) for name, cells in HAVE.items() for each in cells]
)
def test_a_program_runs_as_printed_from_the_states_of_the_run(framework, kind, options):
    if framework == "jax":
        pytest.importorskip("jax", reason="JAX is not among the requirements")
    shown = example(kind, **options)
    done = in_an_interpreter(CODE[framework](shown))
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines()]
    hidden = np.array([[float(word) for word in row[2:]] for row in rows if row[0] == "h"])
    limit = 1e-6 if framework == "keras" else 1e-12  # it multiplies some matrices in 32 bits on torch (its issue 23704)
    np.testing.assert_allclose(hidden, shown.values("h"), rtol=0, atol=limit)


def test_a_program_with_another_number_ends_in_an_error():
    shown = example(RNN, units=1)
    program = CODE["numpy"](shown)
    assert in_an_interpreter(program.replace(f"{shown.x[0, 0]}", "2.5", 1)).returncode == 1


@pytest.mark.parametrize("variant", list(VARIANTS.values())[::5], ids=list(VARIANTS)[::5])
def test_the_lines_of_numpy_compute_every_variant(variant):
    kind, options = variant
    shown = example(kind, **options)
    names = {}
    exec(CODE["numpy"](shown), names)  # with its own assert
    np.testing.assert_allclose(names["h"], shown.last, rtol=0, atol=1e-12)


def test_every_function_has_its_line():
    assert BODIES.keys() == FUNCTIONS.keys()
    assert {name for _, options in VARIANTS.values() for name in FUNCTIONS if options.get("activation") == name}


@pytest.mark.parametrize("framework", ["pytorch", "keras"])
def test_a_cell_that_a_framework_lacks_is_refused(framework):
    with pytest.raises(RefusedError, match=r"refused\.layer"):
        CODE[framework](example(LSTM, couple="i=1-f"))


def test_tables_hold_every_value_and_its_gradient_to_the_last_digit():
    shown = example(LSTM)
    table = pd.read_csv(BytesIO(csv(shown)), comment="#")
    written = json.loads(json_file(shown))
    with np.load(BytesIO(npz(shown))) as arrays:
        about = json.loads(str(arrays["about"]))
        assert arrays["target"] == written["target"] == 0.5
        for name in shown.trace.names:
            rows = table[table.name == name].sort_values(["step", "unit"])
            size = shown.values(name).shape
            for column, ours in {"value": shown.trace[name], "gradient": shown.gradients[name]}.items():
                np.testing.assert_array_equal(rows[column].to_numpy().reshape(size), ours.reshape(size))
                np.testing.assert_array_equal(arrays[f"{column}.{name}"], ours)
            np.testing.assert_array_equal(written["values"][name], shown.trace[name])
            np.testing.assert_array_equal(written["gradients"]["values"][name], shown.gradients[name])
        for name, gradient in shown.gradients.params.items():
            np.testing.assert_array_equal(arrays[f"gradient.{name}"], gradient)
            np.testing.assert_array_equal(written["gradients"]["parameters"][name], gradient)
    for head in (written, about):
        assert (head["version"], head["cell"], head["units"], head["inputs"]) == (__version__, "lstm", 3, 2)
    head = [line.removeprefix("# ").split(",") for line in csv(shown).decode().splitlines() if line[0] == "#"]
    assert head[:4] == [[f"Gatewalk {__version__}"], ["cell", "lstm"], ["units", "3"], ["inputs", "2"]]
    assert ["target", "0.5"] in head
    for name, ours in shown.cell.parameters.items():
        rows = [[float(number) for number in row] for first, *row in head if first == name]
        np.testing.assert_array_equal(rows, np.atleast_2d(ours))
        np.testing.assert_array_equal(written["parameters"][name], ours)
    np.testing.assert_array_equal(from_npz(BytesIO(npz(shown)))["h"], shown.trace["h"])
    step = 1e-6
    moved = run(shown.cell.replace(b_f=shown.cell.parameters["b_f"] + [step, 0, 0]), shown.trace.x, start=shown.starts)
    change = ((Sequence(moved).last - 0.5) ** 2).sum() - ((shown.last - 0.5) ** 2).sum()
    assert written["gradients"]["parameters"]["b_f"][0] == pytest.approx(change / step, abs=1e-5)


@pytest.mark.parametrize(("kind", "options"), [(LSTM, {"peephole": True}), (GRU, {}), (RNN, {"clip": 0.5})])
def test_onnx_runtime_computes_the_run(kind, options):
    shown = example(kind, **options)
    session = onnxruntime.InferenceSession(onnx_model(shown), providers=["CPUExecutionProvider"])
    (found,) = session.run(["Y"], {"X": shown.x[:, None].astype(np.float32)})
    np.testing.assert_allclose(found[:, 0, 0], shown.values("h"), rtol=0, atol=2e-6)


LATER = [(MinGRU, {}), (MinLSTM, {}), (SLSTM, {}), (SLSTM, {"stabilised": False}), (LRU, {}), (RWKV, {}), (Mamba, {})]


@pytest.mark.parametrize(("kind", "options"), [*LATER, (CheatSheetLSTM, {}), (LSTM, {"couple": "i=1-f"})], ids=repr)
def test_onnx_runtime_scans_a_cell_that_onnx_has_no_layer_of(kind, options):
    """And ONNX's own evaluator in double precision, which ONNX Runtime lacks for some operators."""
    shown = example(kind, **options)
    single, double = onnx_model(shown), scan_model(shown, np.float64)
    session = onnxruntime.InferenceSession(single, providers=["CPUExecutionProvider"])
    for model, ran, numbers, limit in (
        (single, session.run, np.float32, 2e-6),
        (double, ReferenceEvaluator(double).run, np.float64, 1e-12),
    ):
        onnx.checker.check_model(onnx.load_from_string(model), full_check=True)
        found, *last = ran(None, {"X": shown.x[:, None].astype(numbers)})
        np.testing.assert_allclose(found[:, 0, 0], shown.trace.output[:, 0], rtol=0, atol=limit)
        for name, state in zip(shown.starts, last, strict=True):
            scale = max(1, np.abs(shown.values(name)[-1]).max())
            np.testing.assert_allclose(state[0, 0], shown.values(name)[-1], rtol=0, atol=limit * scale)


@pytest.mark.parametrize("variant", [each for each in VARIANTS.values() if each[0] is RNN], ids=repr)
def test_onnx_runtime_scans_every_function(variant):
    shown = example(RNN, **variant[1])
    session = onnxruntime.InferenceSession(scan_model(shown), providers=["CPUExecutionProvider"])
    (found,) = session.run(["Y"], {"X": shown.x[:, None].astype(np.float32)})
    np.testing.assert_allclose(found[:, 0, 0], shown.values("h"), rtol=0, atol=2e-6)


def test_weights_are_a_state_dict_where_pytorch_has_the_layer():
    shown = example(GRU)
    layer = torch.nn.GRU(2, 3, dtype=torch.float64)
    weights = safetensors.numpy.load(safetensors_file(shown))
    layer.load_state_dict({name: torch.tensor(array) for name, array in weights.items()})
    with torch.no_grad():
        found, _ = layer(torch.tensor(shown.x), torch.tensor(shown.starts["h"][None]))
    np.testing.assert_allclose(found, shown.values("h"), rtol=0, atol=1e-12)
    own = example(LSTM, couple="i=1-f")
    assert safetensors.numpy.load(safetensors_file(own)).keys() == own.cell.parameters.keys()


@pytest.mark.parametrize("kind", [MinLSTM, SLSTM, LRU, RWKV, Mamba], ids=repr)
def test_a_cells_own_lines_compute_it(kind):
    """Where a state is overwritten before it was last read, too."""
    cell, x = kind.random(2, 3, seed=0), np.random.default_rng(0).normal(size=(5, 2))
    trace, lines = run(cell, x), Lines(cell)
    names = {"np": np} | cell.parameters | {name: trace.before(name)[0] for name in cell.graph.before}
    exec(lines.definitions(), names)
    for number in x:
        names["x"] = number
        exec("\n".join(lines.step()), names)
    np.testing.assert_allclose(names[cell.graph.output], trace.output[-1], atol=1e-14)
