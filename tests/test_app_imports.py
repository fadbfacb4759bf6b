"""Imports run one way: cells ← app ← pages; torch only where a lesson needs it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PLAIN = {
    "app/controls.py",
    "app/text.py",
    "app/companies.py",
    "app/frameworks_arguments.py",
    "app/frameworks_code.py",
    "app/frameworks_grids.py",
    "app/frameworks_proof.py",
    "app/layers_descent.py",
    "app/layers_hill.py",
    "app/layers_network.py",
    "app/layers_picture.py",
    "app/one_unit.py",
    "app/reading.py",
    "app/vanishing.py",
    "app/verdict.py",
    "app/training/corpus.py",
    "app/training/vocabulary.py",
    "app/routes.py",
    "app/jacobians.py",
    "app/reachmap.py",
    "app/clipping.py",
    *(f"app/training/{name}.py" for name in ("readcsv", "sampling", "saved", "sources", "windows")),
    "app/stage/scene.py",
    *(f"app/training/{file.name}" for file in (ROOT / "app/training").glob("*.py")),
    *(f"app/charts/{file.name}" for file in (ROOT / "app/charts").glob("*.py")),
}
PROOF = ("frameworks_proof.py", "gradients_proof.py")  # torch is loaded when a reader asks for the proof


def imported(file: Path) -> set[str]:
    """Every module a file names in an import, wherever it stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def rooms(file: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(file)}


def files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("file", files("cells"), ids=str)
def test_cells_import_numpy_alone(file):
    others = rooms(file) - set(sys.stdlib_module_names) - {"cells", "numpy"}
    assert others <= {"pandas"}  # for a trace as a data frame, when asked for


@pytest.mark.parametrize("file", files("app"), ids=str)
def test_app_imports_no_page_and_no_torch(file):
    assert "pages" not in rooms(file)
    assert "torch" not in rooms(file) or "training" in file.parts or file.name in PROOF


@pytest.mark.parametrize("file", sorted(PLAIN))
def test_numbers_and_words_know_no_page(file):
    assert "streamlit" not in rooms(ROOT / file)


def test_the_scene_knows_only_cells_and_their_layouts():
    for file in ("scene", "layouts", "automatic", "canvas", "reading"):
        assert rooms(ROOT / f"app/stage/{file}.py") - set(sys.stdlib_module_names) <= {"app", "cells", "numpy"}


@pytest.mark.parametrize("file", files("app/charts"), ids=str)
def test_charts_know_only_cells_words_and_plotly(file):
    assert rooms(file) - set(sys.stdlib_module_names) <= {"app", "cells", "numpy", "plotly"}
    assert all(name.startswith(("app.charts", "app.text")) for name in imported(file) if name.startswith("app"))


@pytest.mark.parametrize("file", files("pages"), ids=str)
def test_a_page_is_thin(file):
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 60
    assert rooms(file) <= {"app", "cells"}


def test_opening_every_page_loads_no_torch():
    code = """
import sys
from streamlit.testing.v1 import AppTest
from app.lessons import LESSONS
for key in LESSONS:
    at = AppTest.from_file("app/frame.py", default_timeout=120)
    at.run().switch_page(f"../pages/{key}.py").run()
    assert not at.exception, at.exception
sys.exit("torch" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=120).returncode == 0
