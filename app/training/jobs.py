"""Trainings that readers asked for: their limits, their progress and their ends. Knows no torch and no page."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import msgspec

from app.messages import RefusedError
from app.training.cluster import ELSEWHERE, AwayError, Cluster, Handler
from app.training.records import F, Facts, Settings, Task
from app.training.saved import Trained
from app.training.worker import Entry, Event, end_if_running, waiting, work

if TYPE_CHECKING:
    import distributed

LIMITS = {"units": (1, 128), "steps": (1, 500), "seconds": (1, 60)}
"""What these settings may be, where a task has them."""

SIZE = 2_000_000  # bytes of settings as JSON, a reader's data among them
WAITING = 50  # jobs that may be queued
KEPT = 64  # jobs that are remembered after their end
SECONDS, SPARE = 60, 20  # a job's time, and what loading torch and measuring may take besides
PATIENCE = 1  # seconds until a worker whose job was cancelled is made to end
LOOK, AWAY = 1, 30  # seconds between two looks for readers who left, and until one has


@dataclass(eq=False)
class Job:
    """One reader's training; its state is queued, running, done, or the reason why it ended without a result:
    stopped, late, died, diverged, failed, away."""

    reader: str
    task: Task[Facts]
    settings: Settings  # without what its reader brought, once it has ended (`Settings.bare`)
    present: Callable[[], bool] = lambda: True  # whether the reader's tab is connected
    key: str = field(default_factory=lambda: f"training-{uuid4().hex}")
    state: str = "queued"
    position: int = 0  # in the queue, from 1; 0 if it is not waiting
    entries: list[Entry] = field(default_factory=list)  # how it went, epoch by epoch
    trained: Trained[Facts] | None = None
    missed: float = 0  # seconds for which the reader has not been there
    worker: str = ""  # its address, once the job has begun
    process: int | None = None
    limit: asyncio.Timeout | None = None
    running: Future[None] | None = None

    def __post_init__(self) -> None:
        self.identity = self.settings.identity

    @property
    def active(self) -> bool:
        return self.state in ("queued", "running")

    def end(self, result: Trained[Facts] | str) -> None:
        """Keep the result, the first one."""
        if self.active:
            self.position = 0
            self.trained = None if isinstance(result, str) else result
            self.settings = self.settings.bare
            # Last: pages look for the rest once it has ended.
            self.state = result if isinstance(result, str) else "done"


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


class Jobs:
    """All jobs of a server; Dask queues them, together with those of other servers that share its scheduler.

    Parameters
    ----------
    address
        Of a scheduler elsewhere; empty: one of our own.
    workers
        Of our own.
    """

    def __init__(self, address: str = "", workers: int | None = None) -> None:
        self.cluster = Cluster(address, workers, self.subscriptions)
        self.known: list[Job] = []  # in the order they were asked for
        self.lock = threading.RLock()
        self.ended: Counter[str] = Counter()  # by their states
        self.looking = False
        self.queued = 0  # jobs that wait, those of other servers among them

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
            own = sum(job.state == "queued" for job in self.known)
            if max(own, self.queued) >= WAITING:
                raise RefusedError("trainer.refused.full")
            job = Job(reader, task, settings, present)
            self.known.append(job)
            self.forget()
            job.running = self.cluster.start(self.run(job))
            job.running.add_done_callback(lambda _: self.ended.update([job.state]))
            if not self.looking:
                self.looking = True
                self.cluster.start(self.look())
        return job

    def of(self, reader: str) -> Job | None:
        """A reader's latest job."""
        return next((job for job in reversed(self.known) if job.reader == reader), None)

    def trained(self, reader: str, task: Task[F], settings: Settings) -> Trained[F] | None:
        """What a reader has trained with settings of this identity, if that is still known."""
        mine = (job for job in self.done(reader, task) if job.identity == settings.identity)
        return cast("Trained[F] | None", next((job.trained for job in mine), None))

    def done(self, reader: str, task: Task[Facts]) -> Iterator[Job]:
        """A reader's jobs of a task that gave something and are still known, the latest first."""
        mine = (job for job in reversed(self.known) if (job.reader, job.task) == (reader, task))
        return (job for job in mine if job.trained)

    def cancel(self, job: Job, reason: str = "stopped") -> None:
        """End a job, wherever it is; its reader need not wait for that."""
        job.end(reason)
        if job.running:
            job.running.cancel()

    def close(self) -> None:
        """End everything."""
        for job in self.known:
            job.end("stopped")
        self.cluster.close()

    # ---- in the cluster's thread -------------------------------------------------------------------------------------

    async def run(self, job: Job) -> None:
        """See a job through, from the queue to its end."""
        try:
            async with self.cluster.used() as client:
                future = send(client, job)
                try:
                    job.end(await self.result(job, future))
                finally:
                    if future.status != "finished":
                        await release(client, job, future)
        except (AwayError, OSError, CancelledError):
            job.end("away")
        except Exception:
            logging.exception("a training was lost")
            job.end("failed")

    async def result(self, job: Job, future: distributed.Future[Any]) -> Trained[Facts] | str:
        """What a worker makes of a job, if that is in time."""
        from distributed.scheduler import KilledWorker

        try:
            async with asyncio.timeout(None) as job.limit:
                made: Trained[Facts] | str = await future
        except TimeoutError:
            return "late"
        except KilledWorker:
            return "died"
        return made

    def subscriptions(self, client: str) -> dict[str, Handler]:
        """What we listen to: our jobs' progress, and the ends of workers."""
        return {topic(client): self.heard, "all": self.changed}

    def heard(self, event: tuple[float, Any]) -> None:
        """Note what a worker tells of a job: that it begins, how it goes."""
        told = msgspec.convert(event[1], Event)
        for job in self.active:
            if job.key != told.job:
                continue
            if told.entry:
                job.entries.append(told.entry)
            else:
                job.entries, job.worker, job.process = [], told.worker, told.process
                job.state, job.position = "running", 0
                if job.limit:
                    job.limit.reschedule(asyncio.get_running_loop().time() + SECONDS + SPARE)

    def changed(self, event: tuple[float, Any]) -> None:
        """End the job of a worker that died; Dask would begin it anew, unless it had not begun."""
        told = event[1]
        if told.get("action") == "remove-worker":
            for job in self.active:
                if job.worker == told["worker"] and job.key in told["processing-tasks"]:
                    self.cancel(job, "died")

    @property
    def active(self) -> list[Job]:
        return [job for job in self.known if job.active]

    async def look(self) -> None:
        """Cancel the jobs of readers who left, and see who is where in the queue, while there are any jobs."""
        while True:
            await self.see_places()
            await asyncio.sleep(LOOK)
            with self.lock:
                if not self.active:
                    self.looking = False
                    return
            for job in self.active:
                job.missed = 0 if job.present() else job.missed + LOOK
                if job.missed >= AWAY:
                    self.cancel(job)

    async def see_places(self) -> None:
        """Ask the scheduler who waits."""
        client = self.cluster.client
        if client and any(job.state == "queued" for job in self.active):
            with suppress(OSError, CancelledError):
                keys = await asyncio.wait_for(client.run_on_scheduler(waiting), LOOK)
                places = {key: place for place, key in enumerate(keys, 1)}
                self.queued = len(places)
                for job in self.active:
                    job.position = places.get(job.key, 0) if job.state == "queued" else 0
        else:
            self.queued = 0

    def forget(self) -> None:
        """Remember no more than the latest of the jobs that ended."""
        ended = [job for job in self.known if not job.active]
        for job in ended[: max(0, len(ended) - KEPT)]:
            self.known.remove(job)


def topic(client: str) -> str:
    """The name of what workers tell one server."""
    return f"trainings-of-{client}"


def send(client: distributed.Client, job: Job) -> distributed.Future[Any]:
    """Hand a job to the scheduler; those that come first begin first, and wait there."""
    from dask._task_spec import Task as Node

    node = Node(job.key, work, job.task.module, job.settings, topic(client.id), _data_producer=True)
    return client.get({job.key: node}, job.key, sync=False, fifo_timeout=0)


async def release(client: distributed.Client, job: Job, future: distributed.Future[Any]) -> None:
    """Have a job's worker stop; if it does not, end it."""
    with suppress(OSError, CancelledError):
        await future.cancel()
        if job.worker and job.state != "died":
            await asyncio.sleep(PATIENCE)
            ending = client.run(end_if_running, job.key, workers=[job.worker], on_error="ignore")
            await asyncio.wait_for(ending, PATIENCE)


@cache
def jobs() -> Jobs:
    """The jobs of this server."""
    return Jobs(ELSEWHERE)
