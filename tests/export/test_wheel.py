"""The wheel: one import name, NumPy alone, and runs that notebooks display."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from cells import LSTM, __version__, run
from tests.support.server import ROOT
from tests.support.wheel import built, installed

PROGRAM = """
import json
import sys

sys.path = [*sys.argv[1:], *sys.path]  # the wheel and NumPy before the standard library: nothing else is there
import gatewalk
from gatewalk import GRU, LSTM, Stack, run, save, show
from gatewalk.equations import text
from gatewalk.weight_formats import to_torch

cell = LSTM.random(inputs=1, units=2, seed=3)
trace = run(cell, [[0.5], [1.0], [-2.0]])
for name in ("run.html", "run.csv", "run.json", "run.npz", "run.py", "run.ipynb"):
    save(trace, name)
large = LSTM.random(inputs=1, units=128, seed=3)
print(json.dumps({
    "h": trace["h"].tolist(),
    "names": sorted(gatewalk.__all__),
    "version": gatewalk.__version__,
    "text": text(cell, "f"),
    "torch": sorted(to_torch(cell)),
    "shown": [each._repr_html_() for each in (trace, cell, GRU.random(2, 3, seed=0), show(trace, language="vi"))],
    "as text": [repr(trace), repr(cell)],
    "only text": [
        each._repr_html_()
        for each in (large, run(cell, [[[0.5], [1.0]]]), run(cell, [[1.0]], reverse=True), run(Stack([cell]), [[1.0]]))
    ],
    "loaded": sorted({name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names)),
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def said(wheel) -> dict:
    """What a fresh interpreter says that has the wheel and NumPy."""
    target, numpy = installed(wheel), wheel.parent / "numpy"
    numpy.mkdir()
    for part in Path(np.__file__).parents[1].glob("numpy*"):
        (numpy / part.name).symlink_to(part)
    command = [sys.executable, "-I", "-S", "-c", PROGRAM, str(target), str(numpy)]
    done = subprocess.run(command, cwd=target, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_wheel_has_one_import_name_and_needs_numpy_alone(wheel):
    with zipfile.ZipFile(wheel) as file:
        names = [Path(name) for name in file.namelist()]
        meta = file.read(next(f"{name}" for name in names if name.name == "METADATA")).decode()
        sources = [file.read(f"{name}").decode() for name in names if name.suffix == ".py"]
    tops = {name.parts[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"gatewalk"}
    assert [line for line in meta.splitlines() if line.startswith("Requires-Dist")] == ["Requires-Dist: numpy>=2"]
    assert not [line for source in sources for line in source.splitlines() if "import" in line and "from cells" in line]
    assert {f"{name}" for name in names} >= {f"gatewalk/{file.name}" for file in (ROOT / "cells").glob("*.py")}


def test_it_computes_what_the_core_computes(said):
    cell = LSTM.random(inputs=1, units=2, seed=3)
    np.testing.assert_array_equal(said["h"], run(cell, [[0.5], [1.0], [-2.0]])["h"])
    assert said["text"] == "fₜ = σ(U_f·hₜ₋₁ + W_f·xₜ + b_f)"
    assert said["torch"] == ["bias_hh_l0", "bias_ih_l0", "weight_hh_l0", "weight_ih_l0"]
    assert {"LSTM", "run", "show", "save"} <= set(said["names"])
    assert said["version"] == __version__


def test_nothing_but_numpy_is_loaded(said):
    loaded = {name for name in said["loaded"] if "cython" not in name}  # NumPy's own
    assert loaded - {"__main__"} == {"gatewalk", "numpy"}


def test_cells_and_runs_are_displayed_as_a_framed_page_or_as_text(said):
    for shown in said["shown"]:
        assert shown.startswith('<iframe title="')
        assert shown.count("<") == 2  # of its beginning and its end: the page within is escaped
        assert 250_000 < len(shown) < 1_000_000
    assert "LSTM: a pulse" in said["shown"][1][:60]
    large, *others = said["only text"]
    assert large == "<pre>&lt;LSTM inputs=1 units=128 float64&gt;</pre>"
    assert all(other.startswith("<pre>&lt;") for other in others)
    assert said["as text"] == ["<Trace of <LSTM inputs=1 units=2 float64>: steps=3>", "<LSTM inputs=1 units=2 float64>"]
