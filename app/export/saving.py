"""A run as a file, from Python: `save(trace, "run.xlsx")`."""

from __future__ import annotations

from pathlib import Path

from app.export.files import CARDS, File
from app.export.names import names_of
from app.export.notebook import show
from app.export.sequence import Sequence
from app.i18n import LANGUAGES, filled, labels
from app.messages import RefusedError
from cells import Trace
from cells.checks import instance, one_of

KINDS = {file.key: file for use, card in CARDS.items() if use != "worksheet" for file in card}
PROGRAMS = [file.key for file in CARDS["program"]]


def save(
    trace: Trace,
    file: str | Path,
    name: str = "",
    target: float | None = None,
    framework: str = "numpy",
    language: str = "en",
) -> None:
    """Write a run of one sequence as what a file's suffix says.

    Parameters
    ----------
    trace : Trace
        Of one sequence, read whole.
    file : str or Path
        ``.html`` the stage as a page of its own, ``.xlsx`` a workbook of formulas (by XlsxWriter), ``.py`` a program,
        ``.ipynb`` a notebook with it, ``.csv``, ``.json`` and ``.npz`` every value and its gradient, ``.onnx`` and
        ``.safetensors`` the weights (by the packages of these names).
    name : str, optional
        What the sequence is called; else the kind of the cell.
    target : float, optional
        What the last output should be: gradients are of the squared distance from it, else of the last output.
    framework : str, optional
        Of a program: ``"numpy"``, ``"jax"``, ``"pytorch"`` or ``"keras"``.
    language : str, optional
        ``en`` or ``vi``.

    Raises
    ------
    ValueError
        Also for what there is no such file of: a cell that a framework lacks, more units than a workbook shows.
    """
    instance("trace", trace, Trace, "what run returned of a cell")
    instance("file", file, (str, Path), "a path")
    one_of("language", language, tuple(LANGUAGES))
    one_of("framework", framework, tuple(PROGRAMS))
    path, title = Path(file), name or trace.cell.kind.key.upper()
    kind = path.suffix.removeprefix(".")
    one_of("file's suffix", kind, ("html", "py", *(key for key in KINDS if key not in PROGRAMS)))
    if kind == "html":
        path.write_bytes(show(trace, title, language=language).page)
        return
    made = content(KINDS[framework if kind == "py" else kind], trace, target, title, language)
    path.write_bytes(made.encode() if isinstance(made, str) else made)


def content(kind: File, trace: Trace, target: float | None, title: str, language: str) -> str | bytes:
    try:
        return kind.make(Sequence(trace, target), names_of(trace.cell, title, language, "step"))
    except RefusedError as error:
        raise ValueError(filled(labels(language, "export")[error.message.reason], error.message.values)) from None
