"""The one model that `app.look` gave this server: known by its start, and by a key that only its address has."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import compare_digest

VARIABLE = "GATEWALK_LOOK"


@dataclass(frozen=True)
class Given:
    """A model, and mostly what it reads."""

    key: str
    model: Path
    name: str
    input: Path | None


def given(environment: Mapping[str, str]) -> Given | None:
    """What the environment says."""
    if VARIABLE not in environment:
        return None
    said = json.loads(environment[VARIABLE])
    return Given(said["key"], Path(said["model"]), said["name"], Path(said["input"]) if said["input"] else None)


GIVEN = given(os.environ)


def asked_for(name: str | None) -> Given | None:
    """What was given, if an address names its key."""
    return GIVEN if GIVEN and name and compare_digest(name.encode(), GIVEN.key.encode()) else None
