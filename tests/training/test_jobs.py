"""Jobs: queued, running, cancelled, lost; with worker processes that train for real."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.messages import RefusedError
from app.training import jobs
from app.training.folder import PREFIX
from app.training.jobs import AWAY, KEPT, LIMITS, LOOK, Job, Jobs, left
from app.training.saved import Trained
from app.training.worker import ProgressWriter, read_progress
from cells import CELLS
from tests.support.server import ROOT
from tests.support.small_task.settings import SETTINGS, TASK, TinyFacts

pytestmark = pytest.mark.training

SLOW = replace(SETTINGS, kinds=("rnn",), epochs=600, pause=0.05)
QUICK = replace(SETTINGS, kinds=("rnn",))


@pytest.fixture
def one():
    """The jobs of one worker."""
    made = Jobs(1)
    yield made
    made.close()


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
    assert not job.progress_file.exists()


def test_fast_epochs_are_not_all_reported(one):
    job = one.submit("ada", TASK, replace(SETTINGS, epochs=400))
    assert ended(job) == "done"
    assert len(job.entries) < 3 * 400
    assert [entry.run for entry in job.entries if entry.losses.epoch == 400] == ["rnn", "lstm", "gru"]


def test_the_same_seed_gives_the_same_weights(one):
    jobs = []
    for seed in (3, 3, 4):
        jobs.append(one.submit("ada", TASK, replace(QUICK, seed=seed)))
        assert ended(jobs[-1]) == "done"
    one_, same, other = (job.trained.runs["rnn"].weights for job in jobs)
    assert all((one_[name] == same[name]).all() for name in one_)
    assert any((one_[name] != other[name]).any() for name in one_)


def test_the_worker_gives_way(one):
    job = one.submit("ada", TASK, SLOW)
    until(lambda: job.entries)
    assert os.getpriority(os.PRIO_PROCESS, job.process) >= 10
    one.cancel(job)


def test_one_job_per_reader(one):
    first = one.submit("ada", TASK, SLOW)
    with pytest.raises(RefusedError, match="busy"):
        one.submit("ada", TASK, QUICK)
    assert one.of("ada") is first
    assert first.active
    one.cancel(first)
    assert ended(first) == "stopped"
    assert ended(one.submit("ada", TASK, QUICK)) == "done"


def test_the_queue_moves_up_and_a_waiting_job_can_leave(one):
    running, second, third = (one.submit(reader, TASK, SLOW) for reader in ("ada", "bob", "eve"))
    assert [one.position(job) for job in (running, second, third)] == [0, 1, 2]
    one.cancel(second)
    assert (second.state, one.position(third)) == ("stopped", 1)
    one.cancel(running)
    assert ended(running) == "stopped"
    until(lambda: third.entries)
    assert one.position(third) == 0
    one.cancel(third)


def test_a_running_job_that_does_not_listen_is_ended_and_the_next_one_runs(one):
    deaf = one.submit("ada", TASK, replace(SETTINGS, pause=60))
    next_ = one.submit("bob", TASK, QUICK)
    until(lambda: deaf.process)
    process = deaf.process
    one.cancel(deaf)
    assert ended(deaf) == "stopped"
    assert ended(next_) == "done"
    assert not alive(process)


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


def test_two_readers_train_at_once_and_one_death_leaves_the_other():
    two = Jobs(2)
    ada, bob = two.submit("ada", TASK, replace(SLOW, epochs=60)), two.submit("bob", TASK, SLOW)
    until(lambda: ada.entries and bob.entries)
    assert ada.process != bob.process
    os.kill(bob.process, signal.SIGKILL)
    assert ended(bob) == "died"
    assert ended(ada) == "done"
    two.close()


def test_a_worker_that_dies_idle_harms_nobody(one):
    job = one.submit("ada", TASK, replace(SETTINGS, pause=0.02))
    until(lambda: job.process)
    process = job.process
    assert ended(job) == "done"
    os.kill(process, signal.SIGKILL)
    assert ended(one.submit("ada", TASK, QUICK)) == "done"


def test_jobs_end_with_their_readers(one, monkeypatch):
    """One who is seen again in time keeps theirs: a connection is lost for a moment more often than for good."""
    looks = []
    monkeypatch.setattr(jobs, "after", lambda seconds, do, *arguments: looks.append(do))
    seen = {"ada": True, "bob": True}
    slow = replace(SETTINGS, pause=60)
    running = one.submit("ada", TASK, slow, lambda: seen["ada"])
    waiting = one.submit("bob", TASK, slow, lambda: seen["bob"])
    assert looks.count(one.look) == 1
    seen["bob"] = False
    for _ in range(AWAY // LOOK - 1):
        one.look()
    seen["bob"] = True
    one.look()
    assert waiting.active
    seen["ada"] = seen["bob"] = False
    for _ in range(AWAY // LOOK):
        assert waiting.active
        one.look()
    assert (waiting.state, one.kill in looks) == ("stopped", True)
    one.kill(running, "stopped")
    assert ended(running) == "stopped"
    looks.clear()
    one.look()
    assert not looks


KILLED = """
import os, signal, time
from dataclasses import replace
from app.training.jobs import Jobs
from tests.support.small_task.settings import SETTINGS, TASK, TinyFacts
if __name__ == "__main__":
    jobs = Jobs(1)
    job = jobs.submit("ada", TASK, replace(SETTINGS, pause=60))
    while not job.process:
        time.sleep(0.02)
    print(job.process, jobs.folder.path, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_server_leaves_is_removed(one, tmp_path):
    """Its worker ends by itself, deaf as it is; its folder goes with the next server's start, and no other does."""
    (tmp_path / "killed.py").write_text(KILLED)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, tmp_path / "killed.py"], env=environment, capture_output=True, check=False)
    process, folder = run.stdout.decode().split()
    assert Path(folder).name.startswith(PREFIX)
    until(lambda: not alive(int(process)), 10)
    assert Path(folder).exists()
    Jobs(1).close()
    assert not Path(folder).exists()
    assert one.folder.path.exists()


def test_a_full_disk_stops_no_training_and_hinders_no_cancel(one, tmp_path, monkeypatch):
    job = one.submit("ada", TASK, replace(SETTINGS, pause=60))
    until(lambda: job.process)
    monkeypatch.setattr(jobs, "stop_file", lambda path: Path("/dev/full/stop"))
    one.cancel(job)
    monkeypatch.undo()
    assert ended(job) == "stopped"
    file = tmp_path / "progress.jsonl"
    writer = ProgressWriter(file, lambda *of: [])
    writer.path = Path("/dev/full")
    writer.line([1])
    writer.path = file
    writer.line([2])
    assert read_progress(file) == (os.getpid(), [])


def test_a_job_that_has_ended_has_its_result(tmp_path):
    """A page that sees the end looks for the result at once, and does not look again."""
    order = []

    class Watched(Job):
        def __setattr__(self, name, value):
            order.append(name)
            super().__setattr__(name, value)

    job = Watched("ada", TASK, SETTINGS, tmp_path / "none.jsonl")
    order.clear()
    job.end(Trained({}, TinyFacts(SETTINGS, {})))
    assert (job.state, order[-1]) == ("done", "state")
    assert set(order) == {"final_entries", "trained", "state"}


def test_a_progress_file_that_goes_while_it_is_read_is_none(tmp_path):
    assert read_progress(tmp_path / "gone.jsonl") == (None, [])


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
