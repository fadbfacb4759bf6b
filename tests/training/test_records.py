"""Settings and facts of every task: the identity of settings, JSON and back, and what the shipped models hold."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, fields, replace

import msgspec
import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save_file

from app.lessons.recall import records as recall
from app.lessons.series import records as series
from app.lessons.text import records as text
from app.lessons.text.corpus import Review
from app.training.jobs import Job, Jobs
from app.training.records import Settings
from app.training.saved import Trained, model_of, shipped
from tests.support.server import ROOT
from tests.support.small_task.settings import SETTINGS, TASK, TinyFacts, TinySettings

TASKS = {lesson.TASK.name: lesson.TASK for lesson in (series, text, recall)}
EXAMPLES = (
    series.SeriesSettings(
        "own", 12, ("2000-01-01", "2000-02-01"), (0.1, -2.5), inputs=(series.Input("x", (1.5, 2.0)),)
    ),
    text.TextSettings((text.OWN,), (Review(True, "Rất ngon!"), Review(False, "dull"))),
    recall.RecallSettings(),
)
OTHER = {int: 77, float: 0.77, str: "other", tuple: ()}
"""A value that no example has, by type."""


def changes() -> list[tuple[Settings, str]]:
    return [(settings, field.name) for settings in EXAMPLES for field in fields(settings)]


@pytest.mark.parametrize(("settings", "name"), changes(), ids=lambda value: value if isinstance(value, str) else "")
def test_any_field_changes_the_identity(settings, name):
    other = replace(settings, **{name: OTHER[type(getattr(settings, name))]})
    assert other.identity != settings.identity
    assert replace(other, **{name: getattr(settings, name)}).identity == settings.identity


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_identity_is_the_same_in_every_process(seed):
    code = "from tests.training.test_records import EXAMPLES; print(*(settings.identity for settings in EXAMPLES))"
    environment = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert run.stdout.decode().split() == [settings.identity for settings in EXAMPLES]


def test_a_list_and_a_tuple_have_one_identity():
    assert replace(SETTINGS, kinds=[*SETTINGS.kinds]).identity == SETTINGS.identity


def test_two_tasks_have_two_identities():
    @dataclass(frozen=True)
    class OtherSettings(TinySettings):
        pass

    assert OtherSettings().json == SETTINGS.json
    assert OtherSettings().identity != SETTINGS.identity


def test_a_result_is_found_by_reader_task_and_identity():
    jobs, result = Jobs(), Trained({}, TinyFacts(SETTINGS, {}))
    jobs.known = [Job("ada", TASK, SETTINGS, state="done", trained=result)]
    assert jobs.trained("ada", TASK, replace(SETTINGS, kinds=[*SETTINGS.kinds])) is result
    assert jobs.trained("bob", TASK, SETTINGS) is None
    assert jobs.trained("ada", TASKS["text"], SETTINGS) is None
    assert jobs.trained("ada", TASK, replace(SETTINGS, seed=1)) is None


@pytest.mark.parametrize("settings", EXAMPLES, ids=lambda settings: type(settings).__name__)
def test_settings_are_the_same_after_json(settings):
    again = msgspec.json.decode(settings.json, type=type(settings))
    assert again == settings
    assert again.identity == settings.identity


@pytest.mark.parametrize("name", TASKS)
def test_a_shipped_model_has_every_fact_and_no_other(name, tmp_path):
    with safe_open(model_of(name), "np") as file:
        stored = json.loads(file.metadata()["facts"])
    trained = shipped(TASKS[name])
    assert json.loads(msgspec.json.encode(trained.facts)) == stored
    trained.write(tmp_path / "model.safetensors")
    again = Trained.read(tmp_path / "model.safetensors", TASKS[name].facts)
    assert again.facts == trained.facts
    assert again.facts.settings.identity == trained.facts.settings.identity


@pytest.mark.parametrize(
    ("facts", "message"), [({}, "missing required field `settings`"), ({"settings": {"seed": "0"}}, "settings.seed")]
)
def test_a_fact_that_is_missing_or_of_another_type_is_named(facts, message, tmp_path):
    path = tmp_path / "model.safetensors"
    save_file({"rnn/0/weight": np.zeros(1)}, path, {"losses": '{"rnn": []}', "facts": json.dumps(facts)})
    with pytest.raises(ValueError, match=message):
        Trained.read(path, TinyFacts)
