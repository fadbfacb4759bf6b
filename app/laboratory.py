"""What the lab asks for besides the stage, and what can be taken away from it."""

import io

import streamlit as st

from app.lab import STEPS
from app.lessons import Page
from app.parts import redraw
from cells import Trace, frame, to_json, to_npz

SEEDS = (0, 999)


def seed_of(page: Page) -> int:
    """The seed of the weights, and of noise."""
    page.check({"seed": SEEDS})
    return int(st.number_input(page.label("draw.seed"), *SEEDS, 0, key="seed", bind="query-params", on_change=redraw))


def steps_of(page: Page) -> int:
    """How long a sequence is made."""
    page.check({"steps": STEPS})
    return int(st.slider(page.label("draw.steps"), *STEPS, 30, key="steps", bind="query-params", on_change=redraw))


def download(page: Page, trace: Trace) -> None:
    """Buttons that hand out every value of every step."""
    with st.container(key="downloads", horizontal=True):
        st.download_button(page.label("csv"), lambda: frame(trace).to_csv(index=False), "gatewalk.csv", "text/csv")
        st.download_button(page.label("take.json"), lambda: to_json(trace), "gatewalk.json", "application/json")
        st.download_button(page.label("take.npz"), lambda: packed(trace), "gatewalk.npz")


def packed(trace: Trace) -> bytes:
    """A trace in NumPy's format."""
    file = io.BytesIO()
    to_npz(trace, file)
    return file.getvalue()
