"""What the lab asks for besides the stage, and what can be taken away from it."""

import io

import streamlit as st

from app.controls.settings import Setting
from app.lessons.lab.model import STEPS
from app.page.page import Page
from cells import Trace, frame, to_json, to_npz

SEED, LENGTH = Setting("seed", 0, 999, 0), Setting("steps", *STEPS, 30)


def seed_of(page: Page) -> int:
    """The seed of the weights, and of noise."""
    return page.number(SEED, page.label("draw.seed"))


def steps_of(page: Page) -> int:
    """How long a sequence is made."""
    return page.slider(LENGTH, page.label("draw.steps"))


def download(page: Page, trace: Trace) -> None:
    """Buttons that download every value of every step."""
    with st.container(key="downloads", horizontal=True):
        st.download_button(page.label("csv"), lambda: frame(trace).to_csv(index=False), "gatewalk.csv", "text/csv")
        st.download_button(page.label("take.json"), lambda: to_json(trace), "gatewalk.json", "application/json")
        st.download_button(page.label("take.npz"), lambda: packed(trace), "gatewalk.npz")


def packed(trace: Trace) -> bytes:
    """A trace in NumPy's format."""
    file = io.BytesIO()
    to_npz(trace, file)
    return file.getvalue()
