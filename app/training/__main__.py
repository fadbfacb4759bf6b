"""Make the models that come with the lessons: ``make models``, or ``python -m app.training text`` for one."""

import sys
import time
from importlib import import_module

from app.training.saved import Losses, model_of

TASKS = ("series", "text", "recall")
LARGEST = 1_000_000  # bytes of a model


def quiet(run: str, losses: Losses, epochs: int, share: float) -> None:
    """Report nothing."""


def main(names: list[str]) -> None:
    """Train each task as it is shipped, and save what it made."""
    for name in names:
        began, task, path = time.monotonic(), import_module(f"app.lessons.{name}.train"), model_of(name)
        task.train(task.SHIPPED, quiet).write(path)
        size = path.stat().st_size
        print(f"{name}: {time.monotonic() - began:.0f} s, {size / 1e3:.0f} kB", flush=True)
        if size > LARGEST:
            raise SystemExit(f"{path} has {size} bytes; at most {LARGEST} may be shipped")


if __name__ == "__main__":
    main(sys.argv[1:] or list(TASKS))
