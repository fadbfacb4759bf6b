"""What the wheel holds: the core as `gatewalk`, and of the app what shows and saves a run, as `gatewalk.app`.

The names `cells` and `app` could be a user's own, so imports of them are written anew.
"""

import ast
import re
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
FROM_APP = ("app.export.notebook", "app.export.saving")
DATA = (
    "app/bundles/alone.html",
    "app/stage/layouts/**/*.json",
    "app/content/*/stage.toml",
    "app/content/*/export.toml",
)

NAMED = [
    (re.compile(r"^(\s*from )cells( import |\.)", re.MULTILINE), r"\1gatewalk\2"),
    (re.compile(r"^(\s*from )app\.", re.MULTILINE), r"\1gatewalk.app."),
    (re.compile(r"`cells\b"), "`gatewalk"),
]
"""The two rooms where a module imports them, or a docstring names them."""

DISPLAY = """
from gatewalk.app.export.notebook import display, show
from gatewalk.app.export.saving import save

__all__ += ["save", "show"]

display()
"""


class CustomBuildHook(BuildHookInterface):
    """Called by hatchling before it makes the wheel."""

    def initialize(self, version: str, build_data: dict) -> None:
        self.folder = tempfile.TemporaryDirectory()
        for path, content in contents().items():
            file = Path(self.folder.name, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        build_data["force_include"][self.folder.name] = "gatewalk"

    def finalize(self, version: str, build_data: dict, artifact_path: str) -> None:
        self.folder.cleanup()


def contents() -> dict[str, bytes]:
    """The files of the package, by their paths in it."""
    core = {file: file.relative_to(ROOT / "cells") for file in (ROOT / "cells").rglob("*.py")}
    app = {file: file.relative_to(ROOT) for file in modules(*FROM_APP)}
    texts = {path.as_posix(): renamed(file.read_text(encoding="utf-8")) for file, path in (core | app).items()}
    texts |= {(folder / "__init__.py").as_posix(): "" for path in app.values() for folder in path.parents[:-1]}
    texts["__init__.py"] += DISPLAY
    data = {file.relative_to(ROOT).as_posix(): file.read_bytes() for names in DATA for file in ROOT.glob(names)}
    return {"py.typed": b""} | data | {path: text.encode() for path, text in texts.items()}


def modules(*names: str) -> set[Path]:
    """The files of modules of the app and of all that they import there, packages aside."""
    found: set[Path] = set()
    wanted = [*names]
    while wanted:
        file = ROOT / f"{wanted.pop().replace('.', '/')}.py"
        if file not in found:
            found.add(file)
            wanted += imported(file)
    return found


def imported(file: Path) -> list[str]:
    """The modules of the app that one of its modules imports: `from app.stage import scene_types` is one, too."""
    names = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "app":
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for name in names if (ROOT / f"{name.replace('.', '/')}.py").exists()]


def renamed(source: str) -> str:
    """A module's text with the names that it has in the wheel."""
    for pattern, name in NAMED:
        source = pattern.sub(name, source)
    return source
