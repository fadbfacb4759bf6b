"""What a worker process does: one job, whose progress it writes to a file. torch is loaded here and not before."""

from __future__ import annotations

import json
import logging
import os
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from app.training.records import Facts, Settings
from app.training.saved import Losses, Trained

NICE = 10  # pages answer first
PACE = 0.1  # seconds between two entries at least: nobody reads faster
THREADS = {"OMP_NUM_THREADS": "1"}  # of a worker, from its start


def begin() -> None:
    """Give way to the server; once in the life of a worker."""
    os.nice(NICE)


def work(module: str, settings: Settings, progress_file: Path, server: int) -> Trained[Facts] | str:
    """Train; return what was made, or else why not: "stopped", "diverged" or "failed".

    Exceptions end here: one that came to the server would bring the module of its class along, and torch with it.
    """
    progress = ProgressWriter(progress_file, server)
    try:
        made: Trained[Facts] = import_module(module).train(settings, progress.report)
    except FloatingPointError:
        return "diverged"
    except Exception as problem:
        if type(problem).__name__ == "StoppedError":
            return "stopped"
        logging.exception("%s: training failed", module)
        return "failed"
    return made


@dataclass(frozen=True)
class Entry:
    """The progress of a job after an epoch of one of its runs."""

    run: str
    losses: Losses
    epochs: int
    share: float  # of the whole job, 0 to 1
    seconds: float  # since it began


class ProgressWriter:
    """Writes a job's progress file: the worker's process, then an entry after an epoch, at most ten a second."""

    def __init__(self, path: Path, server: int) -> None:
        self.path, self.server, self.began, self.last = path, server, time.monotonic(), 0.0
        self.line(os.getpid())

    def line(self, value: object) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(value) + "\n")

    def report(self, run: str, losses: Losses, epochs: int, share: float) -> None:
        """Write an epoch down; stop if the job was cancelled or the server has exited.

        Raises
        ------
        StoppedError
        """
        from app.training.fit import StoppedError

        if stop_file(self.path).exists() or os.getppid() != self.server:
            raise StoppedError
        seconds = time.monotonic() - self.began
        if seconds - self.last < PACE and losses.epoch < epochs:
            return
        self.last = seconds
        self.line([run, [losses.epoch, losses.train, losses.valid], epochs, share, seconds])


def stop_file(progress_file: Path) -> Path:
    """The file whose existence asks a worker to stop."""
    return progress_file.with_suffix(".stop")


def read_progress(path: Path) -> tuple[int | None, list[Entry]]:
    """A job's progress so far: the worker's process, None before it began, and its entries."""
    if not path.exists():
        return None, []
    text = path.read_text(encoding="utf-8")
    whole = text[: text.rfind("\n") + 1]  # the last line may be half written
    process, *entries = [json.loads(line) for line in whole.splitlines()] or [None]
    return process, [Entry(run, Losses(*losses), *rest) for run, losses, *rest in entries]
