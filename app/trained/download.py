"""A trained network to take along: as a file, with the lines that open it in PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from app.controls.settings import choice
from app.page.page import Page
from app.trained.learning import name_of
from app.training import download
from app.training.records import Facts, Task
from app.training.saved import Trained

Inputs = Callable[[Any, str], Sequence[download.InputColumn]]
"""What a network reads, by the facts and the name of its run."""


def no_columns(facts: Facts, run: str) -> Sequence[download.InputColumn]:
    return ()


def take_along(page: Page, task: Task[Facts], shown: Trained[Facts], inputs: Inputs = no_columns) -> None:
    """The fold in which the reader chooses one of the networks that are shown, and downloads it."""
    with st.expander(page.label("along.fold")):
        names = {run: name_of(page, run) for run in shown.runs}
        bound = page.bound(choice("network-file", list(names)), ("trainer",))
        run = st.selectbox(page.label("run.label"), list(names), format_func=names.__getitem__, **bound)
        trained, file = shown.runs[run], download.file_name(task.name, run)
        st.download_button(
            page.label("along.download"),
            lambda: download.packed(task.name, run, trained, shown.facts, inputs(shown.facts, run)),
            file,
            "application/octet-stream", key="along", on_click="ignore",
        )  # fmt: skip
        page.text("along.open")
        st.code(download.program(file, run, trained.weights), language="python")
        reads = "indices" if "embedding.weight" in trained.weights else "numbers"
        page.text(f"along.{reads}", call=f"`{download.call(trained.weights)}`")
