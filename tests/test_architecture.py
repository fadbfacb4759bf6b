"""What import-linter's contracts (.importlinter) cannot say: allow-lists, sizes, and the figures of the tree."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
SESSION = ROOT / "app/page/session.py"
FACES = ("view", "sections")
"""What of a lesson a page calls: it alone knows streamlit."""

MOST_ROOMS = 23

ORDER = (
    ("cells", "app.i18n", "app.formatting", "app.messages", "app.decoding"),
    ("app.charts", "app.training", "app.components", "app.models", "app.room", "app.timing"),
    ("app.stage",),
    ("app.controls", "app.export"),
    ("app.page",),
    ("app.trained", "app.untrained"),
    ("app.lessons",),
    ("app.frame", "app.server"),
    ("app.main", "app.look", "pages"),
)
"""The rooms, from what imports nothing to what nothing imports; those of one row may import each other."""


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("app", "cells", include_external_packages=True, cache_dir=None)


def imported(file: Path) -> set[str]:
    """What a page's script names in its imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def ours() -> list[str]:
    return sorted(name for name in graph().modules if name.split(".")[0] in ("app", "cells"))


def room(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "app" else parts[0]


def arrows() -> set[tuple[str, str]]:
    """From room to room, pages included."""
    pairs = {(room(a), room(b)) for a in ours() for b in graph().find_modules_directly_imported_by(a) & set(ours())}
    own = {name for page in files("pages") for name in imported(page) if room(name).split(".")[0] in ("app", "cells")}
    pairs |= {("pages", room(name)) for name in own}
    return {(a, b) for a, b in pairs if a != b}


def circles() -> set[frozenset[str]]:
    """Groups of files of which each imports, by way of others, every other."""
    above = {name: graph().find_upstream_modules(name) for name in ours()}
    groups = (
        frozenset(other for other in above[name] & above.keys() if name in above[other]) | {name} for name in ours()
    )
    return {group for group in groups if len(group) > 1}


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


SOURCES = [file for folder in ("app", "cells", "pages") for file in files(folder)]


def test_the_tree_has_few_rooms_no_arrow_back_and_no_circle(capsys):
    level = {name: row for row, rooms in enumerate(ORDER) for name in rooms}
    rooms = {room(name) for name in ours() if name != "app"} | {"pages"}
    assert rooms <= level.keys(), "a new room: give it its place in ORDER, and in .importlinter"
    back = {(a, b) for a, b in arrows() if level[a] < level[b]}
    rings = circles()
    with capsys.disabled():
        print(f" {len(rooms)} rooms, {len(arrows())} arrows, {len(back)} back, {len(circles())} circles", end=" ")
    assert len(rooms) <= MOST_ROOMS
    assert not back
    assert not rings


ALLOWED = {
    "cells": ("cells", {"cells", "numpy"}),
    "charts": ("app.charts", {"app.charts", "app.i18n", "app.formatting", "cells", "numpy", "plotly"}),
    **{name: (f"app.stage.{name}", {"app.stage", "app.i18n", "app.formatting", "cells", "numpy"})
       for name in ("scene", "scene_types", "layout", "layout_types", "auto_layout", "layout_canvas", "graph_roles")},
}  # fmt: skip
"""By kind of module: where it is, and the rooms and libraries that it may import; `cells.saving` has pandas besides."""


@pytest.mark.parametrize("kind", ALLOWED)
def test_a_room_imports_only(kind):
    prefix, allowed = ALLOWED[kind]
    modules = [name for name in ours() if f"{name}.".startswith(f"{prefix}.")]
    if kind == "charts":  # with those of the lessons, which are no different
        modules += [name for name in ours() if name.split(".")[3:4] and name.split(".")[3].startswith("chart")]
    assert modules
    for module in modules:
        rooms = {room(name) for name in graph().find_modules_directly_imported_by(module)}
        own = {"app.lessons"} if kind == "charts" and room(module) == "app.lessons" else set()
        table = {"pandas"} if module in ("cells.saving", "cells.trace") else set()
        assert rooms - set(sys.stdlib_module_names) <= allowed | own | table, module


def test_words_and_numbers_as_text_import_nothing_else():
    words = [name for name in ours() if room(name) in ORDER[0] and room(name) != "cells"]
    for module in words:
        rooms = {room(name) for name in graph().find_modules_directly_imported_by(module)}
        assert rooms - set(sys.stdlib_module_names) <= set(ORDER[0]), module


def test_a_lessons_chart_imports_no_other_part_of_a_lesson():
    for module in ours():
        parts = module.split(".")
        if parts[1:2] == ["lessons"] and parts[3:4] and parts[3].startswith("chart"):
            inside = {name for name in graph().find_modules_directly_imported_by(module) if room(name) == "app.lessons"}
            assert all(name.split(".")[3].startswith("chart") for name in inside), module


def test_of_a_lesson_only_what_a_page_calls_knows_streamlit():
    """By any way: the contract of .importlinter names model, charts and pictures; this takes whatever else there is."""
    for module in ours():
        parts = module.split(".")
        if parts[1:2] == ["lessons"] and parts[-1] not in FACES:
            assert graph().find_shortest_chain(module, "streamlit") is None, module


def test_workers_load_no_page():
    """They import `app.lessons.<key>.train`, and with it its package."""
    assert not any(file.read_text(encoding="utf-8") for file in (ROOT / "app/lessons").rglob("__init__.py"))


@pytest.mark.parametrize("file", files("pages"), ids=lambda file: file.stem)
def test_a_page_is_thin(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 60
    assert {name.split(".")[0] for name in imported(file)} <= {"app", "cells"}


def test_no_file_is_long():
    styles = [path for path in (ROOT / "app").rglob("*.css") if path.parent.name != "bundles"]
    long = [path for path in [*SOURCES, *styles] if len(path.read_text(encoding="utf-8").splitlines()) > 300]
    assert not long


def test_no_function_is_long():
    """Its docstring aside, which numpydoc makes as long as there are parameters."""
    long = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                told = node.body[0].end_lineno - node.body[0].lineno + 1 if ast.get_docstring(node) else 0
                if node.end_lineno - node.lineno + 1 - told > 50:
                    long.append(f"{path}: {node.name}")
    assert not long


def test_the_session_is_written_in_one_place():
    """Outside it the session state is read under the keys of widgets alone, or under a key that was handed over."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in set(SOURCES) - {SESSION}}
    calls = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    widgets = {ast.unparse(word.value) for call in calls for word in call.keywords if word.arg == "key"}
    found = []
    for path, tree in trees.items():
        for node in ast.walk(tree):
            key, holder = None, None
            if isinstance(node, ast.Subscript):
                key, holder = node.slice, node.value
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                key, holder = node.args[0], node.func.value
            named = isinstance(key, ast.Constant) or (isinstance(key, ast.Name) and key.id.isupper())
            if named and ast.unparse(holder).endswith("session_state") and ast.unparse(key) not in widgets:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not found


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
