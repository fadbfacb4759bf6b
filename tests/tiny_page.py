"""A page with nothing but the panel and the trained cell, for the tests' own task."""

from pathlib import Path

import numpy as np
import streamlit as st

from app.lessons import open_page
from app.opened import open_in_stage
from app.trainer import trainer
from tests.tiny import SETTINGS

st.html(Path(__file__).parent.parent / "app" / "frame.css")
page = open_page("lab")
epochs = st.number_input("epochs", 1, 2000, SETTINGS["epochs"], key="epochs")
units = st.number_input("units", 1, 1000, SETTINGS["units"], key="units")
pause = st.number_input("pause", 0.0, 60.0, 0.0, key="pause")
slow = {"pause": pause} if pause else {}
trained = trainer(page, "tiny", SETTINGS | {"epochs": epochs, "units": units} | slow)
random = np.random.default_rng(0)
samples = {f"<b>sample</b> {n}": random.uniform(-1, 1, (20, 1)) for n in (1, 2)}
open_in_stage(page, trained, samples | {"long": np.zeros((300, 1))})
