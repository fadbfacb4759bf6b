"""The model that comes with the tiny task: a fixture for pytest, and the folder that a server reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small_task.settings import SETTINGS, TASK
from tests.support.small_task.task import train


def write_model(folder: Path) -> Path:
    """Train the tiny task and write its model where a lesson's is; return the folder."""
    path = folder / TASK.name / "model.safetensors"
    path.parent.mkdir()
    train(SETTINGS, lambda *progress: None).write(path)
    return folder


@pytest.fixture(scope="module")
def models(tmp_path_factory) -> Path:
    """A folder with the model that comes with the tiny task."""
    return write_model(tmp_path_factory.mktemp("models"))
