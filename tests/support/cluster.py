"""A scheduler with one worker for the tests that train: a plugin for pytest."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from app.training.cluster import CONFIG
from app.training.jobs import PATIENCE, Jobs
from tests.support.server import ROOT

ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "DASK_CONFIG": str(CONFIG), "OMP_NUM_THREADS": "1"}


@pytest.fixture(scope="session")
def scheduler() -> Iterator[str]:
    """The address of a scheduler, which all tests of this process share."""
    command = [sys.executable, "-m", "app.training.local_cluster", "1"]
    with subprocess.Popen(
        command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        yield process.stdout.readline().strip()
        process.stdin.close()


@pytest.fixture
def one(scheduler: str) -> Iterator[Jobs]:
    """The jobs of a server that has this one worker."""
    made = Jobs(scheduler)
    yield made
    for job in made.active:
        made.cancel(job)
        time.sleep(3 * PATIENCE)  # until its worker is free, even if it does not listen
    made.close()
