"""Jobs: queued, running, cancelled, lost; with a scheduler and workers that train for real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from app.messages import RefusedError
from app.training.jobs import KEPT, LIMITS, PATIENCE, Job, Jobs, left
from app.training.saved import Trained
from cells import CELLS
from tests.support.server import ROOT, free_port
from tests.support.small_task.settings import SETTINGS, TASK, TinyFacts

pytest_plugins = "tests.support.cluster"
pytestmark = pytest.mark.training

SLOW = replace(SETTINGS, kinds=("rnn",), epochs=600, pause=0.05)
QUICK = replace(SETTINGS, kinds=("rnn",))


def until(true: Callable[[], object], seconds: float = 120) -> None:
    """Wait for something."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def ended(job: Job) -> str:
    until(lambda: not job.active)
    return job.state


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_progress_is_shown_during_training_and_the_result_is_found(one):
    job = one.submit("ada", TASK, replace(SETTINGS, pause=0.12, epochs=5))
    until(lambda: job.entries)
    first = job.entries[0]
    assert (first.run, first.losses.epoch, first.epochs) == ("rnn", 1, 5)
    assert left(first) > 0
    assert job.active
    assert ended(job) == "done"
    shares = [entry.share for entry in job.entries]
    assert shares == sorted(shares)
    assert (len(shares), shares[-1]) == (15, 1.0)
    assert [entry.losses for entry in job.entries if entry.run == "gru"] == list(job.trained.runs["gru"].losses)
    assert one.trained("ada", TASK, replace(SETTINGS, pause=0.12, epochs=5)) is job.trained
    assert one.trained("ada", TASK, SETTINGS) is None
    assert one.trained("bob", TASK, replace(SETTINGS, pause=0.12, epochs=5)) is None


def test_fast_epochs_are_not_all_reported(one):
    job = one.submit("ada", TASK, replace(SETTINGS, epochs=200))
    assert ended(job) == "done"
    assert len(job.entries) < 3 * 200
    assert [entry.run for entry in job.entries if entry.losses.epoch == 200] == ["rnn", "lstm", "gru"]


def test_the_same_seed_gives_the_same_weights(one):
    jobs = []
    for seed in (3, 3, 4):
        jobs.append(one.submit("ada", TASK, replace(QUICK, seed=seed)))
        assert ended(jobs[-1]) == "done"
    one_, same, other = (job.trained.runs["rnn"].weights for job in jobs)
    assert all((one_[name] == same[name]).all() for name in one_)
    assert any((one_[name] != other[name]).any() for name in one_)


def test_one_job_per_reader(one):
    first = one.submit("ada", TASK, SLOW)
    with pytest.raises(RefusedError, match="busy"):
        one.submit("ada", TASK, QUICK)
    assert one.of("ada") is first
    assert first.active
    one.cancel(first)
    assert ended(first) == "stopped"
    assert ended(one.submit("ada", TASK, QUICK)) == "done"


def test_the_queue_moves_up_and_a_waiting_job_can_leave(one, scheduler):
    """Jobs of another server are in the same queue."""
    other = Jobs(scheduler)
    running = one.submit("ada", TASK, SLOW)
    until(lambda: running.entries)
    second = other.submit("bob", TASK, SLOW)
    until(lambda: second.position == 1)
    third = one.submit("eve", TASK, SLOW)
    until(lambda: third.position == 2)
    assert (running.position, other.queued) == (0, 1)
    other.cancel(second)
    until(lambda: third.position == 1)
    assert (second.state, second.position) == ("stopped", 0)
    one.cancel(running)
    assert running.state == "stopped"
    until(lambda: third.entries)
    assert third.position == 0
    other.close()


def test_a_running_job_that_does_not_listen_is_ended_and_the_next_one_runs(one):
    deaf = one.submit("ada", TASK, replace(SETTINGS, pause=60))
    next_ = one.submit("bob", TASK, QUICK)
    until(lambda: deaf.process)
    process = deaf.process
    one.cancel(deaf)
    assert deaf.state == "stopped"  # at once, for its reader
    until(lambda: not alive(process), 20)  # 1.2 s where nothing else runs
    assert ended(next_) == "done"


def test_one_that_listens_keeps_its_worker(one):
    job = one.submit("ada", TASK, SLOW)
    until(lambda: job.entries)
    one.cancel(job)
    again = one.submit("ada", TASK, QUICK)
    assert ended(again) == "done"
    assert again.process == job.process
    time.sleep(PATIENCE + 0.5)
    assert alive(job.process)


def test_a_job_that_takes_too_long_is_ended(one, monkeypatch):
    monkeypatch.setattr("app.training.jobs.SECONDS", 0)
    monkeypatch.setattr("app.training.jobs.SPARE", 0.5)
    assert ended(one.submit("ada", TASK, replace(SETTINGS, pause=60))) == "late"


def test_a_killed_worker_ends_the_job_of_its_reader_alone(one):
    lost, waiting = one.submit("ada", TASK, SLOW), one.submit("bob", TASK, QUICK)
    until(lambda: lost.entries)
    os.kill(lost.process, signal.SIGKILL)
    assert ended(lost) == "died"
    assert ended(waiting) == "done"


def test_a_worker_that_dies_idle_harms_nobody(one):
    job = one.submit("ada", TASK, replace(SETTINGS, pause=0.02))
    until(lambda: job.process)
    process = job.process
    assert ended(job) == "done"
    os.kill(process, signal.SIGKILL)
    assert ended(one.submit("ada", TASK, QUICK)) == "done"


def test_jobs_end_with_their_readers(one, monkeypatch):
    """One who is seen again in time keeps theirs: a connection is lost for a moment more often than for good."""
    monkeypatch.setattr("app.training.jobs.LOOK", 0.1)
    monkeypatch.setattr("app.training.jobs.AWAY", 0.5)
    looks = iter([True, *[False] * 3, True, *[False] * 100])
    job = one.submit("ada", TASK, SLOW, lambda: next(looks))
    assert ended(job) == "stopped"
    assert 100 - 10 < len(list(looks)) <= 100 - 5


def test_nobody_waits_where_the_cluster_is_away(monkeypatch):
    monkeypatch.setattr("app.training.cluster.CONNECT", 0.5)
    lost = Jobs(f"tcp://127.0.0.1:{free_port()}")
    began = time.monotonic()
    job = lost.submit("ada", TASK, QUICK)
    assert time.monotonic() - began < 0.2
    assert ended(job) == "away"
    lost.close()


KILLED = """
import os, signal, time
from dataclasses import replace
from app.training.jobs import Jobs
from tests.support.small_task.settings import SETTINGS, TASK
if __name__ == "__main__":
    jobs = Jobs("", 2)
    two = [jobs.submit(reader, TASK, replace(SETTINGS, pause=60)) for reader in ("ada", "bob")]
    while not all(job.process for job in two):
        time.sleep(0.02)
    assert all(os.getpriority(os.PRIO_PROCESS, job.process) >= 10 for job in two)
    print(jobs.cluster.process.pid, *(job.process for job in two), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_server_started_ends(tmp_path):
    """Two readers train at once, in processes that give way; those end, deaf as they are."""
    (tmp_path / "killed.py").write_text(KILLED)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, tmp_path / "killed.py"], env=environment, capture_output=True, check=False)
    processes = {int(each) for each in run.stdout.decode().split()}
    assert len(processes) == 3
    until(lambda: not any(map(alive, processes)), 20)


def test_a_cluster_of_our_own_gives_its_memory_back(monkeypatch):
    monkeypatch.setattr("app.training.cluster.IDLE", 0.1)
    own = Jobs("", 1)
    first = own.submit("ada", TASK, QUICK)
    assert ended(first) == "done"
    until(lambda: not alive(first.process), 10)
    assert ended(own.submit("ada", TASK, QUICK)) == "done"
    own.close()


def test_a_job_that_has_ended_has_its_result():
    """A page that sees the end looks for the result at once, and does not look again; the first end is the end."""
    order = []

    class Watched(Job):
        def __setattr__(self, name, value):
            order.append(name)
            super().__setattr__(name, value)

    job = Watched("ada", TASK, SETTINGS)
    order.clear()
    job.end(Trained({}, TinyFacts(SETTINGS, {})))
    assert (job.state, order[-1]) == ("done", "state")
    assert "trained" in order
    job.end("stopped")
    assert job.state == "done"


@pytest.mark.parametrize("fault", ["kill", "diverged", "failed"])
def test_a_fault_is_the_state_of_its_job(one, fault):
    assert ended(one.submit("ada", TASK, replace(QUICK, fault=fault))) == {"kill": "died"}.get(fault, fault)


@pytest.mark.parametrize("name", LIMITS)
def test_settings_outside_their_limits_are_refused(one, name):
    low, high = LIMITS[name]
    for value in (low - 1, high + 1):
        with pytest.raises(RefusedError) as refused:
            one.submit("ada", TASK, replace(SETTINGS, **{name: value}))
        assert refused.value.message.reason == f"trainer.refused.{name}"
    assert one.of("ada") is None


def test_too_much_data_is_refused(one):
    with pytest.raises(RefusedError, match="large"):
        one.submit("ada", TASK, replace(SETTINGS, values=(0.123456789,) * 300_000))


def test_what_ended_is_forgotten_in_time(one):
    running = one.submit("ada", TASK, SLOW)
    for k in range(KEPT + 5):
        one.cancel(one.submit(f"{k}", TASK, QUICK))
    assert len(one.known) <= KEPT + 2
    assert one.of("ada") is running
    assert one.of("0") is None


def test_trained_weights_are_the_cores_weights(one):
    """Written, read, run by the core in float64, and by torch in float32."""
    import torch

    from app.training.network import Network
    from cells import run

    job = one.submit("ada", TASK, SETTINGS)
    assert ended(job) == "done"
    x = np.random.default_rng(0).uniform(-1, 1, (40, 1, 1))
    for kind, trained in job.trained.runs.items():
        network = Network(kind, 1, SETTINGS.units, 1)
        network.load_state_dict({name: torch.tensor(array) for name, array in trained.weights.items()})
        theirs = network.cell(torch.tensor(x, dtype=torch.float32))[0].detach().numpy()
        assert 0 < np.abs(theirs - run(trained.cell(CELLS[kind]), x)["h"]).max() < 1e-5
