"""What a worker process does: one job, whose progress it writes to a file. torch is loaded here and not before."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from app.training.records import Facts, Settings
from app.training.saved import Losses, Trained, Weights

NICE = 10  # pages answer first
PACE = 0.1  # seconds between two entries at least: nobody reads faster
ALONE = 1.0  # seconds at most that a worker outlives its server
LOOKS = 0.25  # seconds between two snapshots at least
DIGITS = 5  # of a snapshot's numbers: it is drawn
THREADS = {"OMP_NUM_THREADS": "1"}  # of a worker, from its start


def begin(server: int) -> None:
    """Give way to the server, and end with it; once in the life of a worker."""
    os.nice(NICE)
    threading.Thread(target=end_with, args=(server,), daemon=True).start()


def end_with(server: int) -> None:
    """End this process when the server is gone: one that is killed tells nobody."""
    while os.getppid() == server:
        time.sleep(ALONE)
    os._exit(1)


def work(module: str, settings: Settings, progress_file: Path) -> Trained[Facts] | str:
    """Train; return what was made, or else why not: "stopped", "diverged" or "failed".

    Exceptions end here: one that came to the server would bring the module of its class along, and torch with it.
    """

    def snapshot(run: str, weights: Weights) -> Sequence[float]:
        found: Sequence[float] = import_module(module).snapshot(settings, run, weights)
        return found

    progress = ProgressWriter(progress_file, snapshot)  # it says that the job has begun, before torch is loaded
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
    """The progress of a job after an epoch of one of its runs.

    Attributes
    ----------
    share
        Of the whole job, 0 to 1.
    seconds
        Since it began.
    snapshot
        What the network of this epoch says of the task's sample; empty if it was not asked.
    """

    run: str
    losses: Losses
    epochs: int
    share: float
    seconds: float
    snapshot: Sequence[float] = ()


class ProgressWriter:
    """Writes a job's progress file: the worker's process, then an entry after an epoch, at most ten a second.

    Parameters
    ----------
    snapshot
        What a network says of the task's sample, by the name of its run and its weights; asked four times a second at
        most, and after a run's last epoch. It sees copies, so what is trained does not depend on it.
    """

    def __init__(self, path: Path, snapshot: Callable[[str, Weights], Sequence[float]]) -> None:
        self.path, self.snapshot = path, snapshot
        self.began, self.last, self.looked = time.monotonic(), 0.0, -LOOKS
        self.full = False  # whether the disk is: the training goes on, and nothing follows half a line
        self.line(os.getpid())

    def line(self, value: object) -> None:
        if self.full:
            return
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(value) + "\n")
        except OSError:
            self.full = True

    def report(self, run: str, losses: Losses, epochs: int, share: float, weights: Weights) -> None:
        """Write an epoch down; stop if the job was cancelled.

        Raises
        ------
        StoppedError
        """
        from app.training.fit import StoppedError

        if stop_file(self.path).exists():
            raise StoppedError
        seconds = time.monotonic() - self.began
        if seconds - self.last < PACE and losses.epoch < epochs:
            return
        self.last = seconds
        entry = [run, [losses.epoch, losses.train, losses.valid], epochs, share, seconds]
        if seconds - self.looked >= LOOKS or losses.epoch == epochs:
            self.looked = seconds
            entry.append([float(f"{value:.{DIGITS}g}") for value in self.snapshot(run, weights)])
        self.line(entry)


def stop_file(progress_file: Path) -> Path:
    """The file whose existence asks a worker to stop."""
    return progress_file.with_suffix(".stop")


def read_progress(path: Path) -> tuple[int | None, list[Entry]]:
    """A job's progress so far: the worker's process, None before it began, and its entries."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:  # it has not begun, or has just ended
        return None, []
    whole = text[: text.rfind("\n") + 1]  # the last line may be half written
    process, *entries = [json.loads(line) for line in whole.splitlines()] or [None]
    return process, [Entry(run, Losses(*losses), *rest) for run, losses, *rest in entries]
