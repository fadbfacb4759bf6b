"""A run on the stage within a notebook: a trace or a cell as the last line, or `show(trace)`."""

from dataclasses import dataclass, field
from html import escape

import numpy as np

from app.controls.address import Limits
from app.controls.sent import sent_limits
from app.export.standalone import html
from app.i18n import LANGUAGES, labels, stage_words
from app.stage.scene import scene
from app.stage.scene_types import Controls, SentScene
from cells import Cell, Trace, run
from cells.checks import one_of, whole
from cells.display import render_with

KEY = "x"
SANDBOX = "allow-scripts allow-downloads allow-popups"
HEIGHTS = 720, 940  # of one unit, and of many: what a cell of a notebook 900 px wide needs
PULSE = 8  # timesteps, of which the first reads 1 and the others 0

MOST_NUMBERS = 50_000
"""Weights and inputs of what is displayed without being asked for: a notebook keeps every output that it has, and this
is one of at most 1 MB. 64 units and 200 steps of an LSTM have a third of it."""


@dataclass(frozen=True)
class Shown:
    """A page that notebooks display: Jupyter, Colab, VS Code and marimo ask for HTML."""

    page: bytes = field(repr=False)  # a notebook keeps the text of an output, too
    title: str
    height: int

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which has no address and reaches nothing of the notebook."""
        style = f"width: 100%; height: {self.height}px; border: 0"
        title, page = escape(self.title), escape(self.page.decode())
        return f'<iframe title="{title}" sandbox="{SANDBOX}" style="{style}" srcdoc="{page}"></iframe>'


def show(source: Trace | Cell, name: str = "", unit: int = 0, language: str = "en", height: int | None = None) -> Shown:
    """Show a run on the stage, step by step; its weights can be moved there.

    Parameters
    ----------
    source : Trace or Cell
        The run of one sequence, read whole and forward; or a cell, which then reads a pulse.
    name : str, optional
        What the sequence is called, as plain text; else the kind of the cell.
    unit : int, optional
        The selected one, from 0.
    language : str, optional
        ``en`` or ``vi``.
    height : int, optional
        Of the frame, in pixels; by default as the picture of one unit, or of many, needs it.

    Raises
    ------
    ValueError
        For a batch, a sweep, a mask or lengths, or a run in reverse.
    """
    one_of("language", language, tuple(LANGUAGES))
    trace = source if isinstance(source, Trace) else run(source, pulse(source))
    if not is_shown(trace):
        raise ValueError("the stage shows a run of one sequence, read whole and forward")
    whole("unit", unit, 0, trace.cell.units - 1)
    what = [] if trace is source else [labels(language, "export")["pulse"]]
    title = name or ": ".join([trace.cell.kind.key.upper(), *what])
    return Shown(
        html(scene_of(trace, title, unit, language), language, title), title, height or HEIGHTS[trace.cell.units > 1]
    )


def pulse(cell: Cell) -> np.ndarray:
    """What a cell reads where nothing else is said, (T, D)."""
    x = np.zeros((PULSE, cell.inputs))
    x[0] = 1
    return x


def is_shown(trace: Trace) -> bool:
    """Whether the stage can show this run."""
    return trace.batch == 1 and not trace.lead and trace.masking.whole and not trace.masking.reverse


def displayed(source: object) -> str:
    """A cell or a run as a notebook's HTML: its text alone where it is large, or nothing that the stage shows."""
    numbers = 0
    if isinstance(source, Trace) and is_shown(source):
        numbers = source.cell.parameters_count + source.x.size
    elif isinstance(source, Cell):
        numbers = source.parameters_count
    if isinstance(source, Cell | Trace) and 0 < numbers <= MOST_NUMBERS:
        return show(source)._repr_html_()
    return f"<pre>{escape(repr(source))}</pre>"


def display() -> None:
    """Have notebooks show cells and runs by themselves."""
    render_with(displayed)


def scene_of(trace: Trace, name: str, unit: int, language: str) -> SentScene:
    """What the stage draws: with a slider for each weight where each is one number, or else with maps."""
    cell, limits = trace.cell, Limits()
    low, high = limits.value
    single = all(values.size == 1 for values in cell.parameters.values())
    weights = {parameter: float(values.item()) for parameter, values in cell.parameters.items()} if single else {}
    read = trace.x.ravel().tolist()
    typed = single and limits.days[0] <= trace.steps <= limits.days[1] and all(low <= x <= high for x in read)
    controls: Controls = {"weights": weights, "days": {KEY: read} if typed else {}, "show": [KEY] if typed else []}
    return scene(
        {KEY: trace},
        {KEY: name},
        stage_words(language, "step"),
        unit=unit,
        controls=controls,
        defaults=controls,
        presets={},
        sequences={KEY: name} if typed else {},
        limits=sent_limits(limits),
        at=None,
        committed=0,
    )
