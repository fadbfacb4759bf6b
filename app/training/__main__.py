"""Make what is trained and comes with the lessons: ``make models``, or ``python -m app.training text`` for one."""

import sys
import time
from importlib import import_module
from pathlib import Path

from app.training.figures import write_figures
from app.training.saved import LESSONS, Losses, Weights, model_of

TASKS = ("series", "text", "recall")  # whose `train.py` has a model that is shipped
FIGURES = ("variants", "layers", "recall")  # whose `train.py` has figures that are
FILES = {"writing": ".", "model": "samples"}  # whose `train.py` writes several files, into a folder of the lesson
LARGEST = 1_000_000  # bytes of a file


def quiet(run: str, losses: Losses, epochs: int, share: float, weights: Weights) -> None:
    """Report nothing."""


def made(name: str) -> list[Path]:
    """Train what a lesson ships, and save it; return the files."""
    train = import_module(f"app.lessons.{name}.train")
    if name in FILES:
        files: list[Path] = train.write(LESSONS / name / FILES[name])
        return files
    paths = []
    if name in TASKS:
        train.train(train.SHIPPED, quiet).write(model_of(name))
        paths.append(model_of(name))
    if name in FIGURES:
        paths.append(write_figures(name, train.measure()))
    return paths


def main(names: list[str]) -> None:
    """Make what each lesson ships."""
    for name in names:
        began, paths = time.monotonic(), made(name)
        for path in paths:
            size = path.stat().st_size
            print(f"{name}: {path.name}, {time.monotonic() - began:.0f} s, {size / 1e3:.0f} kB", flush=True)
            if size > LARGEST:
                raise SystemExit(f"{path} has {size} bytes; at most {LARGEST} may be shipped")


if __name__ == "__main__":
    main(sys.argv[1:] or [*dict.fromkeys((*TASKS, *FIGURES)), *FILES])
