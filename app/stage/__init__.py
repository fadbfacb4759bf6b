"""The animated diagram: a component drawn by stage.js from a scene that Python computed."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from app.components import component
from app.stage.scene_types import SentScene


def stage(scene: SentScene, key: str, **on: Callable[[], None]) -> None:
    """Draw the scene.

    `on` are callbacks: `commit` when a reader has let go of a control (see `committed`), `grab` when a hand takes a
    slider (see `grabbed`), `want` when another unit or direction is looked at (see `wanted`), `drawn` when the picture
    first stands (see `drawn`), `covering` when a first value is covered or the last is uncovered (see `covering`).
    """
    component("stage")(key=key, data=scene, **{f"on_{event}_change": callback for event, callback in on.items()})


def committed(key: str) -> object:
    """What the reader's browser sent last: a `Commit`, if it is as it should be."""
    return getattr(st.session_state.get(key), "commit", None)


def grabbed(key: str) -> Any:
    """The parameter whose slider was just taken, not yet checked."""
    return getattr(st.session_state.get(key), "grab", None)


def wanted(key: str) -> object:
    """What the reader looks at since the page was opened: a `Want`, if it is as it should be; None for no change."""
    return getattr(st.session_state.get(key), "want", None)


def covering(key: str) -> bool:
    """Whether something is covered, for the reader to predict."""
    return bool(getattr(st.session_state.get(key), "covering", False))


def drawn(key: str) -> bool:
    """Whether the reader's browser has painted the stage."""
    return bool(getattr(st.session_state.get(key), "drawn", False))
