"""A trained cell on the stage: which one, after how many epochs, and what it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from app.controls import Controls
from app.lab import KINDS, Entries, Lab
from app.lessons import Lesson, Page
from app.training.saved import Run, Trained
from cells import Kind

GATES = {1: "rnn", 3: "gru", 4: "lstm"}  # rows of torch's weight_hh_l0 for each unit
EMBEDDING = "embedding.weight"
UNITS, STEPS = 64, 200  # what the stage has room for


@dataclass(frozen=True)
class Played(Lab):
    """A trained cell that reads a sample of any number of inputs, any entry of which can be moved."""

    inputs: np.ndarray = field(kw_only=True)  # (T, D)

    def x(self, controls: Controls) -> np.ndarray:
        return self.inputs[:, None, :]


def kind_of(run: Run) -> Kind:
    """The kind of a run's cell, told by the shape of its weights."""
    rows, units = run.weights["cell.weight_hh_l0"].shape
    return KINDS[GATES[rows // units]]


def read_by(run: Run, epoch: int, sample: np.ndarray) -> np.ndarray:
    """What a run's cell reads at an epoch, (T, D): the sample, or the embeddings that indices had then."""
    embedded = run.checkpoints[epoch][EMBEDDING][sample] if sample.ndim == 1 else sample
    return embedded.astype(float)


def open_in_stage(page: Page, trained: Trained, samples: Mapping[str, np.ndarray]) -> None:
    """Draw a trained cell on the stage, playing a sample gate by gate.

    The reader chooses the run, the sample, the epoch and the unit. One call a page; it draws its own parts.

    Parameters
    ----------
    trained
        The runs to choose from, of 2 to 64 units. Those called other than rnn, lstm and gru need a label ``run.<name>``
        of the lesson's own.
    samples
        By what a reader calls them (plain text): floats (T, D), or integers (T,), which are looked up in the embedding
        of the chosen run and epoch; T at most 200.
    """
    with page.part("opened"):
        with page.part("opening"):
            run = trained.runs[page.choose("run", list(trained.runs))]
            sample = st.selectbox(page.label("opened.sample"), list(samples), key="sample")
        with page.part("epochs"):
            epochs = sorted(run.checkpoints)
            epoch = st.select_slider(page.label("opened.epoch"), epochs, epochs[-1], key="epoch", bind="query-params")
        lab = Played(run.cell(kind_of(run), epoch), inputs=read_by(run, epoch, samples[sample]))
        address = Entries({}, Controls({}, {}, ()), cell=lab.cell)
        lesson = Lesson(page.key, page.language, address=address)
        lesson.stage(lab, presets={}, sequences={})
