"""The panel of a lesson that trains: the model it shows, and a reader's own in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app.lessons import Page
from app.training.saved import Trained, shipped


@st.cache_resource(max_entries=8, show_spinner=False)
def ready(task: str) -> Trained:
    """The model that comes with a lesson, read once."""
    return shipped(task)


def trainer(page: Page, task: str, settings: Mapping[str, Any]) -> Trained:
    """Draw the panel; return the reader's own model if one was made with these settings, else the shipped one.

    Parameters
    ----------
    task
        A module of ``app.training``; also the lesson's key.
    settings
        JSON values, as the task's ``train`` takes them.
    """
    return ready(task)
