"""The networks that lessons have trained and that come with them, as a file of weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

from app.training.saved import kind_of, model_of

LESSONS = ("series", "text", "recall")


def shipped_network(name: str) -> tuple[str, str] | None:
    """The lesson and the run that an address names, ``"series.lstm"``; None of what is neither."""
    lesson, _, run = name.partition(".")
    if lesson not in LESSONS:
        return None
    with safe_open(model_of(lesson), "np") as file:
        return (lesson, run) if any(key.startswith(f"{run}/") for key in file.keys()) else None  # noqa: SIM118


def network(lesson: str, run: str) -> dict[str, np.ndarray]:
    """The weights that a lesson's network ended with, the recurrent layer's under the name of its kind."""
    with safe_open(model_of(lesson), "np") as file:
        found = [key.split("/") for key in file.keys() if key.startswith(f"{run}/")]  # noqa: SIM118
        last = max(int(epoch) for _, epoch, _ in found)
        return {
            name.replace("cell.", f"{kind_of(run)}."): file.get_tensor(f"{run}/{epoch}/{name}")
            for _, epoch, name in found
            if int(epoch) == last
        }


def write_network(lesson: str, run: str, path: Path) -> None:
    """Write it as a file of safetensors."""
    save_file(network(lesson, run), path)
