"""The animated diagram: a component drawn by stage.js, which runs the cells of the scene it is sent."""

from collections.abc import Callable, Mapping

import streamlit as st

from app.components import component, is_count
from app.stage.guide_types import Asked, Question
from app.stage.scene_types import SentScene


def stage(scene: SentScene, key: str, **on: Callable[[], None]) -> None:
    """Draw the scene.

    `on` are callbacks: `commit` when a reader has let go of a control (see `committed`), `unit` when another unit is
    selected (see `selected`; only of a scene that `reports_unit`), `drawn` when the picture is first painted (see
    `drawn`), `covering` when a first value is covered or the last is uncovered (see `covering`).
    """
    component("stage")(key=key, data=scene, **{f"on_{event}_change": callback for event, callback in on.items()})


def ask(lesson: str, questions: list[Question]) -> None:
    """Send a lesson's questions to its stage, as the reader's numbers answer them now, without another scene."""
    data: Asked = {"lesson": lesson, "questions": questions}
    component("questions")(key="questions", data=data, height=0)


def committed(key: str) -> object:
    """What the reader's browser sent last: a `Commit`, if it is as it should be."""
    return getattr(st.session_state.get(key), "commit", None)


def commit_number(key: str) -> float:
    """The `n` of that commit; 0 for none."""
    sent = committed(key)
    number = sent.get("n") if isinstance(sent, Mapping) else None
    return number if is_count(number) else 0


def selected(key: str) -> object:
    """The unit that the reader has selected since the page was opened, from 0, not yet checked; None for no change."""
    return getattr(st.session_state.get(key), "unit", None)


def covering(key: str) -> bool:
    """Whether something is covered, for the reader to predict."""
    return bool(getattr(st.session_state.get(key), "covering", False))


def drawn(key: str) -> bool:
    """Whether the reader's browser has painted the stage."""
    return bool(getattr(st.session_state.get(key), "drawn", False))
