"""The package gatewalk, as `make wheel` builds it and pip installs it."""

import subprocess
import sys
from pathlib import Path

from tests.support.server import ROOT


def built(folder: Path) -> Path:
    """The wheel, built anew."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", f"{folder}"]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    return wheel


def installed(wheel: Path) -> Path:
    """A folder beside it with what it installs, and nothing that it needs."""
    target = wheel.parent / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", f"{target}"]
    subprocess.run([*pip, f"{wheel}"], check=True, capture_output=True, timeout=120)
    return target
