"""What a worker of Dask does: one job, whose progress it logs as events. torch is loaded here and not before."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

import msgspec

from app.training.records import Facts, Settings
from app.training.saved import Losses, Trained, Weights

if TYPE_CHECKING:
    from distributed import Scheduler, Worker

NICE = 10  # pages answer first; until a worker has begun, a reader waits for it
PACE = 0.1  # seconds between two entries at least: nobody reads faster
LOOKS = 0.25  # seconds between two snapshots at least
DIGITS = 5  # of a snapshot's numbers: it is drawn


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


@dataclass(frozen=True)
class Event:
    """What a worker tells of a job: an entry, or that it begins."""

    job: str
    worker: str
    process: int
    entry: Entry | None = None


def give_way() -> None:
    """Let pages answer first. Linux counts each thread by itself: this one trains, the process's first one tells."""
    for thread in (0, os.getpid()):
        nice = os.getpriority(os.PRIO_PROCESS, thread)
        os.setpriority(os.PRIO_PROCESS, thread, max(nice, NICE))


def work(module: str, settings: Settings, topic: str) -> Trained[Facts] | str:
    """Train; return what was made, or else why not: "stopped", "diverged" or "failed".

    Exceptions end here: one that came to the server would bring the module of its class along, and torch with it.
    """
    from distributed import get_worker

    give_way()
    worker = get_worker()
    job = worker.get_current_task()

    def send(entry: Entry | None) -> None:
        worker.log_event(topic, msgspec.to_builtins(Event(str(job), worker.address, os.getpid(), entry)))

    def wanted() -> bool:
        state = worker.state.tasks.get(job)
        return state is not None and state.state == "executing"

    def snapshot(run: str, weights: Weights) -> Sequence[float]:
        found: Sequence[float] = import_module(module).snapshot(settings, run, weights)
        return found

    send(None)  # before torch is loaded
    try:
        made: Trained[Facts] = import_module(module).train(settings, Progress(send, wanted, snapshot).report)
    except FloatingPointError:
        return "diverged"
    except Exception as problem:
        if type(problem).__name__ == "StoppedError":
            return "stopped"
        logging.exception("%s: training failed", module)
        return "failed"
    return made


class Progress:
    """Reports a job's progress: an entry after an epoch, at most ten a second.

    Parameters
    ----------
    send
        Takes an entry.
    wanted
        Whether the job is still to go on.
    snapshot
        What a network says of the task's sample, by the name of its run and its weights; asked four times a second at
        most, and after a run's last epoch. It sees copies, so what is trained does not depend on it.
    """

    def __init__(
        self,
        send: Callable[[Entry], None],
        wanted: Callable[[], bool],
        snapshot: Callable[[str, Weights], Sequence[float]],
    ) -> None:
        self.send, self.wanted, self.snapshot = send, wanted, snapshot
        self.began, self.last, self.looked = time.monotonic(), 0.0, -LOOKS

    def report(self, run: str, losses: Losses, epochs: int, share: float, weights: Weights) -> None:
        """Tell of an epoch; stop if the job was cancelled.

        Raises
        ------
        StoppedError
        """
        from app.training.fit import StoppedError

        if not self.wanted():
            raise StoppedError
        seconds = time.monotonic() - self.began
        if seconds - self.last < PACE and losses.epoch < epochs:
            return
        self.last = seconds
        seen: Sequence[float] = ()
        if seconds - self.looked >= LOOKS or losses.epoch == epochs:
            self.looked = seconds
            seen = [float(f"{value:.{DIGITS}g}") for value in self.snapshot(run, weights)]
        self.send(Entry(run, losses, epochs, share, seconds, seen))


# ---- what the server asks of a cluster -------------------------------------------------------------------------------


def end_if_running(job: str, dask_worker: Worker) -> None:
    """End a worker's process if it is still at a job that was cancelled; its nanny starts another."""
    if job in dask_worker.state.tasks:
        os._exit(1)


def waiting(dask_scheduler: Scheduler) -> list[str]:
    """The jobs that no worker has yet, those of all servers, in the order in which they will begin."""
    return [str(task.key) for task in sorted(dask_scheduler.queued, key=lambda task: task.priority or ())]
