"""A trained cell on the stage: which one, after how many epochs, and what it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from textwrap import shorten
from types import MappingProxyType

import numpy as np
import streamlit as st

from app.charts.checkpoints import checkpoints
from app.components import is_count
from app.controls.address import Controls
from app.controls.many_units import Entries, Lab
from app.controls.settings import choice
from app.formatting import number, scientific
from app.i18n import labels
from app.page.lesson import Lesson, follow
from app.page.page import Page
from app.page.settings import sliders_last
from app.page.views import draw
from app.page.waiting import arrived, wait
from app.stage import selected
from app.trained.learning import name_of
from app.training import torch_check
from app.training.saved import CELL, Run, kind_of
from cells import CELLS, Cell, run
from cells.equations import formula

EMBEDDING, READOUT = "embedding.weight", "readout.weight"
MOST = 3  # units that are pointed at
UNITS, STEPS = 64, 200  # what the stage has room for
NAME = 40  # characters of a sample's name on the stage
COLUMN = 16  # characters of a column's
NEAR = 1e-5  # float32 and float64 agree to this
SOON = 0.3  # seconds that torch's answer is waited for


@dataclass(frozen=True)
class TrainedRun(Lab):
    """A trained cell that reads a sample of any number of inputs, any entry of which can be moved."""

    inputs: np.ndarray = field(kw_only=True)  # (T, D)

    def x(self, controls: Controls) -> np.ndarray:
        return self.inputs[:, None, :]


class TrainedStage(Lesson):
    """A lesson whose figures follow the unit that is selected on the stage."""

    def unit(self, units: int) -> int:
        """The unit on the stage, from 0: as the reader chose since the page was opened, else as the address says."""
        unit = selected(self.key)
        if is_count(unit) and unit < units:
            return unit
        return self.address.view(st.query_params, 1, 1, units)[0].unit


@dataclass(frozen=True)
class Selection:
    """What a reader chose to open."""

    kind: str
    run: Run
    sample: np.ndarray
    epoch: int

    def inputs(self, epoch: int) -> np.ndarray:
        """What the cell reads at an epoch, (T, D): the sample, or the embeddings that its indices had then."""
        sample = self.run.checkpoints[epoch][EMBEDDING][self.sample] if self.sample.ndim == 1 else self.sample
        return sample.astype(float)

    def cell(self, epoch: int) -> Cell:
        return self.run.cell(CELLS[self.kind], epoch)

    def hidden(self) -> np.ndarray:
        """The hidden states of the chosen epoch, (T, H)."""
        return run(self.cell(self.epoch), self.inputs(self.epoch)[:, None])["h"][:, 0]

    def moves(self) -> np.ndarray:
        """How far each unit moves an answer while the sample is read: max − min of weight · hidden state, (H,)."""
        weights = np.atleast_2d(self.run.checkpoints[self.epoch][READOUT])
        hidden = self.hidden()
        return np.abs(weights).max(axis=0) * (hidden.max(axis=0) - hidden.min(axis=0))

    def gates(self, unit: int) -> dict[str, np.ndarray]:
        """One unit's gates, or the hidden state of a cell without, at every checkpoint: (K, T) by name."""
        traces = [run(self.cell(epoch), self.inputs(epoch)[:, None]) for epoch in sorted(self.run.checkpoints)]
        cell = traces[0].cell
        found = [name for name in cell.graph.values if formula(cell, name).function == "sigmoid"] or ["h"]
        return {name: np.stack([trace[name][:, 0, unit] for trace in traces]) for name in found}


@st.fragment(key="opened")
@sliders_last()
def open_in_stage(
    page: Page,
    runs: Mapping[str, Run],
    samples: Mapping[str, np.ndarray] | Callable[[str], Mapping[str, np.ndarray]],
    reads: Mapping[str, Sequence[str]] = MappingProxyType({}),
    columns: Sequence[str] = (),
) -> None:
    """Draw a trained cell on the stage, playing a sample gate by gate.

    The reader chooses the run, the sample, the epoch and, on the stage, the unit. To be called once a page, outside of
    fragments, on a page that calls no `follow` of its own; it draws its own parts, in a fragment.

    Parameters
    ----------
    runs
        What to choose from; each has its kind (rnn, lstm, gru) among the parts of its name: "lstm", "en-lstm".
    samples
        By what a reader calls them (plain text): floats (T, D), or integers (T,), which are looked up in the embedding
        of the chosen run and epoch. Or what gives them, always of the same names, for a run.
    reads
        By the same names, what is read at each timestep, as plain text: a word, a symbol.
    columns
        Names of the inputs, as plain text.
    """
    with page.part("opened"):
        selection, name = ask(page, runs, samples)
        lab = TrainedRun(selection.cell(selection.epoch), inputs=selection.inputs(selection.epoch))
        units, steps = lab.cell.units, len(lab.inputs)
        if units > UNITS or steps > STEPS:
            st.info(
                page.label("opened.units", most=f"{UNITS}", units=f"{units}")
                if units > UNITS
                else page.label("opened.steps", most=f"{STEPS}", steps=f"{steps}")
            )
            return
        lesson = TrainedStage(page.key, page.language, address=Entries({}, Controls({}, {}, ()), cell=lab.cell))
        names = {"x": shorten(name, NAME, placeholder="…")}
        if READOUT in selection.run.weights:
            point(page, selection)
        lesson.stage(
            lab, names, "step", presets={}, sequences={}, reports_unit=True,
            reads=list(reads.get(name, ())), columns=[shorter(each) for each in columns],
        )  # fmt: skip
        with page.part("within"):
            lesson.take(names)
            prove(page, selection)
            with st.expander(page.label("opened.fold")):
                follow(lambda: across(lesson, lab, selection))


def shorter(name: str) -> str:
    """A column's name as the stage has room for it."""
    return name if len(name) <= COLUMN else f"{name[: COLUMN - 1]}…"


def point(page: Page, selection: Selection) -> None:
    """Which units move the answer most while the sample is read."""
    moves = selection.moves()
    best = np.argsort(-moves)[:MOST]
    units = ", ".join(f"**{unit + 1}** ({number(moves[unit], 2)})" for unit in best.tolist())
    page.text("opened.telling", units=units)


def ask(
    page: Page,
    runs: Mapping[str, Run],
    samples: Mapping[str, np.ndarray] | Callable[[str], Mapping[str, np.ndarray]],
) -> tuple[Selection, str]:
    """What to open: the cell, the sample and its name, the epoch."""
    names = {run: name_of(page, run) for run in runs}
    with page.part("opening"):
        bound = page.bound(choice("run", {text: run for run, text in names.items()}))
        name = st.segmented_control(
            page.label("run.label"), list(runs), format_func=names.__getitem__, required=True, **bound
        )
        label, found = page.label("opened.sample"), samples(name) if callable(samples) else samples
        bound = page.bound(choice("sample", list(found), None, "opened.unknown", list=label))
        sample = st.selectbox(label, list(found), **bound)
        epochs = sorted(runs[name].checkpoints)
        epoch = page.slider(choice("epoch", epochs, epochs[-1]), page.label("opened.epoch"), ("opened",))
    return Selection(kind_of(name), runs[name], np.asarray(found[sample]), epoch), sample


# ---- checked by torch ------------------------------------------------------------------------------------------------


@st.cache_resource(max_entries=128, show_spinner=False)
def asked(kind: str, weights: Mapping[str, np.ndarray], x: np.ndarray) -> Future[np.ndarray]:
    """Torch's hidden states of one cell and sample, asked for once."""
    return torch_check.asked(kind, weights, x)


def prove(page: Page, selection: Selection) -> None:
    """The largest difference between our hidden states and torch's."""
    weights = selection.run.checkpoints[selection.epoch]
    own = {name.removeprefix(CELL): array for name, array in weights.items() if name.startswith(CELL)}
    answer = asked(selection.kind, own, selection.inputs(selection.epoch))
    arrived(answer, SOON)

    @st.fragment(key="torch")
    def line() -> None:
        if not arrived(answer):
            page.text("opened.asking")
            wait(answer, "torch")
        elif answer.exception():
            asked.clear()
            page.text("opened.silent")
        else:
            difference = float(np.abs(answer.result() - selection.hidden()).max())
            page.text("opened.torch" if difference <= NEAR else "opened.differs", difference=scientific(difference))

    line()


# ---- in the course of training ---------------------------------------------------------------------------------------


def across(lesson: TrainedStage, lab: TrainedRun, selection: Selection) -> None:
    """The gates of the unit on the stage, epoch by epoch."""
    unit = lesson.unit(lab.cell.units)
    values = labels(lesson.language, "stage")
    gates = {values[f"value.{name}.name"]: array for name, array in selection.gates(unit).items()}
    shown = f"{unit + 1}"
    lesson.text("opened.across", unit=shown)
    words = {"epoch": lesson.label("losses.epoch"), "step": lesson.label("opened.step")}
    epochs = sorted(selection.run.checkpoints)
    alt = lesson.label("opened.alt", unit=shown, gates=", ".join(gates))
    draw(checkpoints(gates, epochs, selection.epoch, words, lesson.dark), "checkpoints", alt, save=False)
