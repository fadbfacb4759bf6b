"""A run on the stage within a notebook: `show(trace)` as the last line of a cell."""

from dataclasses import dataclass
from html import escape

from app.controls.address import Limits
from app.controls.sent import sent_limits
from app.export.standalone import html
from app.i18n import stage_words
from app.stage.scene import scene
from app.stage.scene_types import Controls, SentScene
from cells import Trace

KEY = "x"
SANDBOX = "allow-scripts allow-downloads allow-popups"


@dataclass(frozen=True)
class Shown:
    """A page that notebooks display: Jupyter, Colab and VS Code ask for HTML."""

    page: bytes
    height: int

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which has no address and reaches nothing of the notebook."""
        style = f"width: 100%; height: {self.height}px; border: 0"
        return f'<iframe sandbox="{SANDBOX}" style="{style}" srcdoc="{escape(self.page.decode())}"></iframe>'


def show(trace: Trace, name: str = "", unit: int = 0, language: str = "en", height: int = 720) -> Shown:
    """Show a run on the stage, step by step; its weights can be moved there.

    Parameters
    ----------
    trace : Trace
        Of one sequence, read whole and forward.
    name : str, optional
        What the sequence is called, as plain text; else the kind of the cell.
    unit : int, optional
        The selected one, from 0.
    language : str, optional
        ``en`` or ``vi``.
    height : int, optional
        Of the frame, in pixels.

    Raises
    ------
    ValueError
        For a batch, a sweep, a mask or lengths, or a run in reverse.
    """
    if trace.batch > 1 or trace.lead or not trace.masking.whole or trace.masking.reverse:
        raise ValueError("the stage shows a run of one sequence, read whole and forward")
    return Shown(html(scene_of(trace, name, unit, language), language, name or trace.cell.kind.key.upper()), height)


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
        {KEY: name or cell.kind.key.upper()},
        stage_words(language, "step"),
        unit=unit,
        controls=controls,
        defaults=controls,
        presets={},
        sequences={KEY: name or cell.kind.key.upper()} if typed else {},
        limits=sent_limits(limits),
        at=None,
        committed=0,
    )
