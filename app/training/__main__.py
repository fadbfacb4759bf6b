"""Make what is trained and comes with the lessons: ``make models``, or ``python -m app.training text`` for one.

One machine makes the same files each time, to the bit.  Another kind of processor adds up in another order: a training
that is long, or that learns nothing, then ends elsewhere.
"""

import argparse
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


def main(arguments: list[str] | None = None) -> None:
    """Make what each lesson ships."""
    every = list(dict.fromkeys((*TASKS, *FIGURES, *FILES)))
    asked = argparse.ArgumentParser("python -m app.training", description="Make what is trained and shipped.")
    asked.add_argument("lesson", nargs="*", help=f"one of {', '.join(every)}; none for all")
    names = asked.parse_args(arguments).lesson
    if unknown := [name for name in names if name not in every]:
        asked.error(f"expected some of {', '.join(every)}, got {', '.join(unknown)}")
    for name in names or every:
        began, paths = time.monotonic(), made(name)
        for path in paths:
            size = path.stat().st_size
            print(f"{name}: {path.name}, {time.monotonic() - began:.0f} s, {size / 1e3:.0f} kB", flush=True)
            if size > LARGEST:
                raise SystemExit(f"{path} has {size} bytes; at most {LARGEST} may be shipped")


if __name__ == "__main__":
    main()
