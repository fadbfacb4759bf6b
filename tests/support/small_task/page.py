"""A page with nothing but the panel and the trained cell, for the tests' own task."""

import json
from dataclasses import replace

import numpy as np
import streamlit as st

from app.page import open_page
from app.page.redraw import redraw
from app.trained.learning import Said, Sample
from app.trained.panel import trainer
from app.trained.stage import open_in_stage
from tests.support.small_task.settings import SETTINGS, TASK, TinySettings, snapshot

page = open_page("lab")
page.first()
sizes = {
    name: st.number_input(name, 1, 5000, getattr(SETTINGS, name), key=name, bind="query-params", on_change=redraw)
    for name in ("epochs", "units", "steps")
}
pause = st.number_input("pause", 0.0, 60.0, 0.0, key="pause", bind="query-params", on_change=redraw)


def said(settings: TinySettings, found: Said) -> None:
    """The numbers, as they are."""
    st.code(json.dumps({kind: list(values) for kind, values in found.items()}))


trained = trainer(page, TASK, replace(SETTINGS, pause=pause, **sizes), Sample(snapshot, said))
random = np.random.default_rng(0)
samples = {f"<b>sample</b> {n}": random.uniform(-1, 1, (20, 1)) for n in (1, 2)}
open_in_stage(page, trained.runs, samples | {"long": np.zeros((300, 1))})
