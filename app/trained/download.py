"""A trained network to take along: as a file, with the lines that open it in PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from app.controls.settings import choice
from app.page.page import Page
from app.page.registry import address_of
from app.page.session import MINE, KeptFile, session
from app.trained.learning import name_of
from app.training import download
from app.training.records import Facts, Task
from app.training.saved import Run, Trained

PAGES = Path(__file__).resolve().parents[2] / "pages"
Inputs = Callable[[Any, str], Sequence[download.InputColumn]]
"""What a network reads, by the facts and the name of its run."""


def no_columns(facts: Facts, run: str) -> Sequence[download.InputColumn]:
    return ()


def take_along(
    page: Page, task: Task[Facts], shown: Trained[Facts], shipped: Trained[Facts], inputs: Inputs = no_columns
) -> None:
    """The fold in which the reader chooses one of the networks that are shown, and downloads it or looks inside."""
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
        look_inside(page, task, run, trained, shown, shipped)
        page.text("along.open")
        st.code(download.program(file, run, trained.weights), language="python")
        reads = "indices" if "embedding.weight" in trained.weights else "numbers"
        page.text(f"along.{reads}", call=f"`{download.call(trained.weights)}`")


def look_inside(
    page: Page, task: Task[Facts], name: str, run: Run, shown: Trained[Facts], shipped: Trained[Facts]
) -> None:
    """Where a network is opened as a reader's own model is: by a link if it comes with the lesson, else by a button."""
    label = page.label("along.look")
    known = next((full for full, each in shipped.runs.items() if each is run), None)
    if known:
        address = address_of("model", sample=f"{task.name}.{known}")
        page.html(f'<p><a class="gw-link" href="{escape(address)}">{label}</a></p>')
    elif st.button(label, key="along-look"):
        session().network = KeptFile(
            download.file_name(task.name, name), download.packed(task.name, name, run, shown.facts)
        )
        st.switch_page(PAGES / "model.py", query_params={"sample": MINE})
