"""Imports run one way: cells ← app ← pages; torch only where a lesson needs it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FACES = ("view.py", "sections.py")
"""What of a lesson a page calls: it alone knows streamlit."""

TORCH = ("train.py", "torch_check.py")
"""What of a lesson knows torch: it is loaded by a worker, or when a reader asks for the check."""


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


def is_of_a_lesson(file: Path, names: tuple[str, ...]) -> bool:
    return file.is_relative_to(ROOT / "app/lessons") and file.name in names


PLAIN = [
    ROOT / "app/i18n.py",
    ROOT / "app/formatting.py",
    ROOT / "app/messages.py",
    ROOT / "app/stage/scene.py",
    *files("app/controls"),
    *files("app/training"),
    *files("app/charts"),
    *(file for file in files("app/lessons") if file.name not in FACES),
]

CHARTS = [
    *files("app/charts"),
    *(ROOT / "app/lessons").glob("*/chart*.py"),
    *(ROOT / "app/lessons").glob("*/charts/*.py"),
]


@pytest.mark.parametrize("file", files("cells"), ids=str)
def test_cells_import_numpy_alone(file):
    others = rooms(file) - set(sys.stdlib_module_names) - {"cells", "numpy"}
    assert others <= {"pandas"}  # for a trace as a data frame, when asked for


@pytest.mark.parametrize("file", files("app"), ids=str)
def test_app_imports_no_page_and_no_torch(file):
    assert "pages" not in rooms(file)
    assert "torch" not in rooms(file) or file.is_relative_to(ROOT / "app/training") or is_of_a_lesson(file, TORCH)


@pytest.mark.parametrize("file", PLAIN, ids=str)
def test_numbers_and_words_know_no_page(file):
    assert "streamlit" not in rooms(file)


def test_workers_load_no_page():
    """They import `app.lessons.<key>.train`, and with it its package."""
    assert not any(file.read_text(encoding="utf-8") for file in (ROOT / "app/lessons").rglob("__init__.py"))


def test_the_scene_knows_only_cells_and_their_layouts():
    for file in ("scene", "layout", "auto_layout", "layout_canvas", "graph_roles"):
        assert rooms(ROOT / f"app/stage/{file}.py") - set(sys.stdlib_module_names) <= {"app", "cells", "numpy"}


@pytest.mark.parametrize("file", CHARTS, ids=str)
def test_charts_know_only_cells_words_and_plotly(file):
    assert rooms(file) - set(sys.stdlib_module_names) <= {"app", "cells", "numpy", "plotly"}
    assert all(name.startswith(("app.charts", "app.formatting")) for name in imported(file) if name.startswith("app"))


@pytest.mark.parametrize("file", files("pages"), ids=str)
def test_a_page_is_thin(file):
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 60
    assert rooms(file) <= {"app", "cells"}


def test_opening_every_page_loads_no_torch():
    code = """
import sys
from streamlit.testing.v1 import AppTest
from app.page.registry import LESSONS
for key in LESSONS:
    at = AppTest.from_file("app/frame/frame.py", default_timeout=120)
    at.run().switch_page(f"../../pages/{key}.py").run()
    assert not at.exception, at.exception
sys.exit("torch" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=120).returncode == 0
