"""Trainings that readers asked for: a queue of jobs for a few worker processes. Knows no torch and no page."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import cast
from uuid import uuid4

from loky.process_executor import BrokenProcessPool, ProcessPoolExecutor

from app.messages import RefusedError
from app.training.folder import Folder
from app.training.records import F, Facts, Settings, Task
from app.training.saved import Trained
from app.training.worker import THREADS, Entry, begin, read_progress, stop_file, work

LIMITS = {"units": (1, 128), "steps": (1, 500), "seconds": (1, 60)}
"""What these settings may be, where a task has them."""

SIZE = 2_000_000  # bytes of settings as JSON, a reader's data among them
WAITING = 50  # jobs that may be queued
KEPT = 64  # jobs that are remembered after their end
SECONDS, SPARE = 60, 20  # a job's time, and what loading torch and measuring may take besides
PATIENCE = 2  # seconds until a worker that was asked to end is made to
IDLE = 60  # seconds until a worker without a job gives its memory back
LOOK, AWAY = 10, 30  # seconds between two looks for readers who left, and until one has
TRIES = 2  # of a job whose worker dies before it begins


@dataclass(eq=False)
class Job:
    """One reader's training; its state is queued, running, done, or the reason why it ended without a result:
    stopped, late, died, diverged, failed."""

    reader: str
    task: Task[Facts]
    settings: Settings
    progress_file: Path
    state: str = "queued"
    trained: Trained[Facts] | None = None
    tries: int = 0
    present: Callable[[], bool] = lambda: True  # whether the reader's tab is connected
    away: float = 0.0  # seconds for which it has not been
    cancel_reason: str | None = None  # why its worker is killed
    final_entries: list[Entry] = field(default_factory=list)  # `entries` after the end

    @property
    def active(self) -> bool:
        return self.state in ("queued", "running")

    @property
    def process(self) -> int | None:
        """The worker's process, once the job has begun."""
        return read_progress(self.progress_file)[0]

    @property
    def entries(self) -> list[Entry]:
        """How it went, epoch by epoch."""
        return read_progress(self.progress_file)[1] if self.active else self.final_entries

    def end(self, result: Trained[Facts] | str) -> None:
        """Keep the result; the progress file is no longer needed."""
        self.final_entries = self.entries
        self.trained = None if isinstance(result, str) else result
        self.state = result if isinstance(result, str) else "done"  # last: pages look for the rest once it has ended
        for file in (self.progress_file, stop_file(self.progress_file)):
            file.unlink(missing_ok=True)


def left(entry: Entry) -> float:
    """About how many seconds a job still needs."""
    return max(0.0, min(entry.seconds / entry.share, SECONDS) - entry.seconds)


def check(settings: Settings) -> None:
    """Refuse settings that no worker should be given.

    Raises
    ------
    RefusedError
        If one is outside its limits, or they are too much.
    """
    for name, (low, high) in LIMITS.items():
        value = getattr(settings, name, low)
        if not low <= value <= high:
            raise RefusedError(f"trainer.refused.{name}", low=low, high=high, value=f"{value:g}")
    if len(settings.json) > SIZE:
        raise RefusedError("trainer.refused.large")


class WorkerSlot:
    """A pool of one worker: when it dies, only the job it ran is concerned."""

    def __init__(self) -> None:
        self.job: Job | None = None
        self.pool: ProcessPoolExecutor | None = None
        self.deadline: threading.Timer | None = None

    def start(self, job: Job) -> Future[Trained[Facts] | str]:
        self.job, job.state, job.tries = job, "running", job.tries + 1
        if self.pool:
            try:
                return self.submit(self.pool, job)
            except BrokenProcessPool:  # its worker died while it had nothing to do
                self.replace()
        self.pool = ProcessPoolExecutor(1, timeout=IDLE, initializer=begin, initargs=(os.getpid(),), env=THREADS)
        return self.submit(self.pool, job)

    @staticmethod
    def submit(pool: ProcessPoolExecutor, job: Job) -> Future[Trained[Facts] | str]:
        return pool.submit(work, job.task.module, job.settings, job.progress_file)

    def replace(self) -> None:
        """Kill the worker, if it still lives; the next job gets another."""
        if self.pool:
            self.pool.shutdown(wait=False, kill_workers=True)
        self.pool = None


class Jobs:
    """All jobs of a server, queued for its worker slots.

    Parameters
    ----------
    workers
        Processes that train at once: all cores but one, which is left for the pages.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.slots = [WorkerSlot() for _ in range(workers or max(1, (os.cpu_count() or 1) - 1))]
        self.waiting: deque[Job] = deque()
        self.known: list[Job] = []  # in the order they were asked for
        self.lock = threading.RLock()
        self.folder = Folder()
        self.looking = False

    # ---- for readers -------------------------------------------------------------------------------------------------

    def submit(
        self, reader: str, task: Task[Facts], settings: Settings, present: Callable[[], bool] = lambda: True
    ) -> Job:
        """Queue a job; it ends when its reader is not `present` any more.

        Raises
        ------
        RefusedError
            If the reader has one already, the queue is full, or the settings are outside their limits.
        """
        check(settings)
        with self.lock:
            if (job := self.of(reader)) and job.active:
                raise RefusedError("trainer.refused.busy")
            if len(self.waiting) >= WAITING:
                raise RefusedError("trainer.refused.full")
            job = Job(reader, task, settings, self.folder.path / f"{uuid4().hex}.jsonl", present=present)
            self.known.append(job)
            self.waiting.append(job)
            self.forget()
            self.start()
            if not self.looking:
                self.looking = True
                after(LOOK, self.look)
        return job

    def of(self, reader: str) -> Job | None:
        """A reader's latest job."""
        return next((job for job in reversed(self.known) if job.reader == reader), None)

    def trained(self, reader: str, task: Task[F], settings: Settings) -> Trained[F] | None:
        """What a reader has trained with settings of this identity, if that is still known."""
        asked = (reader, task, settings.identity)
        mine = (job for job in reversed(self.known) if (job.reader, job.task, job.settings.identity) == asked)
        return cast("Trained[F] | None", next((job.trained for job in mine if job.trained), None))

    def position(self, job: Job) -> int:
        """A job's place in the queue, from 1; 0 when it is not waiting."""
        with self.lock:
            return self.waiting.index(job) + 1 if job in self.waiting else 0

    def cancel(self, job: Job) -> None:
        """End a job that its reader no longer wants, wherever it is."""
        with self.lock:
            if job in self.waiting:
                self.waiting.remove(job)
                job.end("stopped")
            elif job.state == "running":
                try:
                    stop_file(job.progress_file).touch()
                except OSError:  # the disk is full
                    self.kill(job, "stopped")
                after(PATIENCE, self.kill, job, "stopped")

    # ---- within ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Give waiting jobs to free slots."""
        for slot in self.slots:
            if slot.job is None and self.waiting:
                job = self.waiting.popleft()
                slot.deadline = after(SECONDS + SPARE, self.kill, job, "late")
                future = slot.start(job)
                future.add_done_callback(partial(self.ended, slot, job))

    def ended(self, slot: WorkerSlot, job: Job, done: Future[Trained[Facts] | str]) -> None:
        """Keep a job's result; give its slot to the next job."""
        died = done.exception() is not None
        with self.lock:
            slot.job = None
            if slot.deadline:
                slot.deadline.cancel()
            if died:
                slot.replace()
            if died and not job.cancel_reason and job.process is None and job.tries < TRIES:
                job.state = "queued"
                self.waiting.appendleft(job)
            else:
                job.end((job.cancel_reason or "died") if died else done.result())
            self.start()

    def kill(self, job: Job, why: str) -> None:
        """End the worker of a job, if it still runs."""
        with self.lock:
            for slot in self.slots:
                if slot.job is job:
                    job.cancel_reason = why
                    slot.replace()

    def look(self) -> None:
        """Cancel the jobs of readers who left, again and again while there are any jobs."""
        with self.lock:
            active = [job for job in self.known if job.active]
            for job in active:
                job.away = 0 if job.present() else job.away + LOOK
                if job.away >= AWAY:
                    self.cancel(job)
            self.looking = bool(active)
            if active:
                after(LOOK, self.look)

    def forget(self) -> None:
        """Remember no more than the latest of the jobs that ended."""
        ended = [job for job in self.known if not job.active]
        for job in ended[: max(0, len(ended) - KEPT)]:
            self.known.remove(job)

    def close(self) -> None:
        """End everything."""
        with self.lock:
            while self.waiting:
                self.waiting.popleft().end("stopped")
            for slot in self.slots:
                if slot.job:
                    slot.job.cancel_reason = "stopped"
                slot.replace()
            self.folder.remove()


def after(seconds: float, do: Callable[..., None], *arguments: object) -> threading.Timer:
    """Do something later, if the server lives that long."""
    timer = threading.Timer(seconds, do, arguments)
    timer.daemon = True
    timer.start()
    return timer


@cache
def jobs() -> Jobs:
    """The jobs of this server."""
    return Jobs()
