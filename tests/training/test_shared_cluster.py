"""Two servers that share one scheduler and its workers, all as real processes: what is lost, and what is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pytest

from app.training.jobs import Job, Jobs
from tests.support.cluster import ENVIRONMENT
from tests.support.server import free_port
from tests.support.small_task.settings import SETTINGS, TASK
from tests.support.small_task.task import train
from tests.training.test_jobs import SLOW, alive, ended, until

pytestmark = pytest.mark.training

JOBS = 12


class Processes:
    """A scheduler and two workers, started as a deployment starts them, without their dashboards."""

    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.started = [self.scheduler(), *(self.worker() for _ in range(2))]

    def scheduler(self) -> subprocess.Popen[bytes]:
        return started("scheduler", "--host", "127.0.0.1", "--port", f"{self.port}", "--no-dashboard")

    def worker(self) -> subprocess.Popen[bytes]:
        return started("worker", self.address, "--nthreads", "1", "--no-dashboard")

    def again(self) -> None:
        """Restart the scheduler; its workers end, and are started as well."""
        self.end()
        self.started = [self.scheduler(), *(self.worker() for _ in range(2))]

    def end(self) -> None:
        for process in self.started:
            process.kill()
            process.wait()


def started(kind: str, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", f"distributed.cli.dask_{kind}", *options], env=ENVIRONMENT)


@pytest.fixture
def processes():
    made = Processes()
    yield made
    made.end()


def begun(server: Jobs, name: str, pause: float = 0.05) -> Job:
    """A job that runs; it is asked for until the scheduler is there."""
    job = server.submit(name, TASK, replace(SLOW, pause=pause))
    until(lambda: job.process or not job.active)
    return job if job.active else begun(server, name, pause)


def test_twelve_readers_of_two_servers_train_on_two_workers(processes):
    servers = [Jobs(processes.address), Jobs(processes.address)]
    lost = begun(servers[0], "lost")
    cancelled = begun(servers[0], "cancelled", pause=60)
    assert cancelled.process != lost.process
    settings = [replace(SETTINGS, seed=seed, kinds=("gru",)) for seed in range(JOBS)]
    jobs = [servers[n % 2].submit(f"{n}", TASK, each) for n, each in enumerate(settings)]
    until(lambda: all(job.position for job in jobs))
    assert sorted(job.position for job in jobs) == list(range(1, JOBS + 1))

    os.kill(lost.process, signal.SIGKILL)
    began = time.monotonic()
    servers[0].cancel(cancelled)
    until(lambda: not alive(cancelled.process), 20)
    print(f"a worker that does not listen is free {time.monotonic() - began:.1f} s after the cancel")
    assert ended(lost) == "died"
    assert [ended(job) for job in jobs] == ["done"] * JOBS
    local = train(settings[5], lambda *progress: None)
    for name, array in local.runs["gru"].weights.items():
        np.testing.assert_array_equal(jobs[5].trained.runs["gru"].weights[name], array)

    under_way = begun(servers[0], "ada")
    processes.again()
    assert ended(under_way) == "away"
    until(lambda: ended(servers[1].submit("bob", TASK, replace(SETTINGS, kinds=("rnn",)))) == "done")
    for server in servers:
        server.close()
