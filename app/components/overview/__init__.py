"""Every unit of a layer at every step, as a map; and one unit's curves on the same time axis."""

import base64
from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from app.components import component, is_count
from app.components.overview.data import Data, Place

WORDS = (
    "hint", "sort", "by", "unit", "rank", "at", "clipped", "scale", "step", "map", "quantities", "curves", "tag",
    "difference", "apart", "pooled",
)  # fmt: skip


def overview(data: Data, key: str, on_look: Callable[[], None]) -> None:
    """Draw it; `on_look` is called when a reader has chosen a unit, a step or a value (see `looked`)."""
    component("overview")(key=key, data=data, on_look_change=on_look)


def looked(key: str, data: Data) -> Place:
    """What is looked at: what the browser sent last, if it is of these data, else where they begin."""
    sent = getattr(st.session_state.get(key), "look", None)
    return (read(sent, data) if isinstance(sent, Mapping) and sent.get("key") == data["key"] else None) or data["at"]


def read(sent: object, data: Data) -> Place | None:
    """A place that the browser sent; None where these data have no such place."""
    if not isinstance(sent, Mapping):
        return None
    unit, step, value = sent.get("unit"), sent.get("step"), sent.get("value")
    known = any(value == quantity["name"] for quantity in data["quantities"])
    if not (is_count(unit) and is_count(step) and unit < data["units"] and step < data["steps"] and known):
        return None
    return {"unit": unit, "step": step, "value": str(value)}


def packed(array: np.ndarray) -> str:
    """Numbers as float16 in base64; what is too large for it as its largest."""
    most = float(np.finfo(np.float16).max)
    return base64.b64encode(np.clip(array, -most, most).astype("<f2").tobytes()).decode()
