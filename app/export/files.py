"""The files that a reader can take along of a run, as they are offered: nothing is made before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from app.export.names import Names
from app.export.programs import CODE, held
from app.export.sequence import Sequence, refused
from app.messages import Message, RefusedError
from cells.weight_formats import to_keras, to_torch

Refused = Callable[[Sequence], Message | None]
"""Why there is no such file of a run, if there is none."""


@dataclass(frozen=True)
class File:
    """A kind of file: how it is called, who reads it, and what makes it."""

    key: str
    name: str  # with {stem} for what is taken along
    mime: str
    make: Callable[[Sequence, Names], bytes | str]
    refused: Refused = lambda _: None


def lacking(framework: str, to_framework: Callable[..., object], shown: Sequence) -> Message | None:
    """Why a run is no program of a framework, if it is none."""
    try:
        held(framework, to_framework, shown.cell)
    except RefusedError as error:
        return error.message
    return None


def sheet(shown: Sequence, names: Names) -> bytes:
    from app.export.spreadsheet import workbook  # takes 50 ms, as others below: only who asks for it should wait

    return workbook(shown, names)


def worksheet(shown: Sequence, names: Names) -> str:
    from app.export.worksheet.of_run import worksheet as written

    return written(shown, names.words["lang"])


def no_worksheet(shown: Sequence) -> Message | None:
    from app.export.worksheet.of_run import refused as why

    return why(shown.trace)


def number_file(kind: str, shown: Sequence, _: Names) -> bytes:
    from app.export import numbers

    makers = {"csv": numbers.csv, "json": numbers.json_file, "npz": numbers.npz, "onnx": numbers.onnx_model,
              "safetensors": numbers.safetensors}  # fmt: skip
    return makers[kind](shown)


def program(framework: str, shown: Sequence, _: Names) -> str:
    return CODE[framework](shown)


def notebook(shown: Sequence, names: Names) -> str:
    from app.export.notebook_file import notebook as written

    return written(shown, names)


def numbers_as(kind: str, mime: str = "application/octet-stream") -> File:
    return File(kind, f"{{stem}}.{kind}", mime, partial(number_file, kind))


def program_in(framework: str, name: str, to_framework: Callable[..., object] | None = None) -> File:
    why = partial(lacking, name, to_framework) if to_framework else lambda _: None
    return File(framework, f"{{stem}}_{framework}.py", "text/x-python", partial(program, framework), why)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

CARDS: Mapping[str, tuple[File, ...]] = {
    "spreadsheet": (File("xlsx", "{stem}.xlsx", XLSX, sheet, lambda shown: refused(shown.trace)),),
    "worksheet": (File("worksheet", "{stem}_worksheet.html", "text/html", worksheet, no_worksheet),),
    "numbers": (
        numbers_as("csv", "text/csv"),
        numbers_as("json", "application/json"),
        numbers_as("npz"),
        numbers_as("onnx"),
        numbers_as("safetensors"),
    ),
    "program": (
        program_in("pytorch", "PyTorch", to_torch),
        program_in("keras", "Keras", to_keras),
        program_in("numpy", "NumPy"),
        program_in("jax", "JAX"),
    ),
    "notebook": (File("ipynb", "{stem}.ipynb", "application/x-ipynb+json", notebook),),
}
"""By what they are for, in the order in which they are offered."""
