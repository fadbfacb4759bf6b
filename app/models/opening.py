"""A file of any known format, opened by its content."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from importlib import import_module
from typing import ParamSpec, TypeVar

from app.messages import RefusedError
from app.models import export_file, npz_file, safetensors_file, torch_file
from app.models.records import ModelFile
from app.models.signatures import format_of

MOST_BYTES = 200 * 2**20

P = ParamSpec("P")
R = TypeVar("R")
Reader = Callable[[pathlib.Path, str, int], ModelFile]
READERS: dict[str, Reader] = {
    "torch": torch_file.read,
    "export": export_file.read,
    "safetensors": safetensors_file.read,
    "npz": npz_file.read,
    "pickle": torch_file.read_pickle,
}


def opened(path: pathlib.Path, name: str) -> ModelFile:
    """Return what a file holds; nothing in it is executed, and its large arrays are read when they are needed.

    The file has to stay as it is for as long as the result is used; it may be unlinked.

    Parameters
    ----------
    path : pathlib.Path
    name : str
        What the reader calls the file; the format is found by its content.

    Raises
    ------
    RefusedError
        If no recurrent layer can be read from it: the message says what the file is, and what to do.
    """
    size = path.stat().st_size
    if size == 0:
        raise RefusedError("file.empty")
    if size > MOST_BYTES:
        raise RefusedError("file.large", size=f"{size / 2**20:.0f} MB", most=f"{MOST_BYTES / 2**20:.0f} MB")
    model = refusing(lambda: reader_of(format_of(path, name, size))(path, name, size))()
    return replace(model, others=tuple(replace(each, read=refusing(each.read)) for each in model.others))


def refusing(call: Callable[P, R]) -> Callable[P, R]:
    """Return a call that refuses the file whatever its content makes go wrong."""

    @wraps(call)
    def refused(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except RefusedError:
            raise
        except Exception as error:  # of any kind: a file may be made to break what reads it
            raise RefusedError("file.damaged", why=type(error).__name__) from error

    return refused


def reader_of(kind: str) -> Reader:
    """Return what reads a format; those of whole frameworks are loaded when they are needed."""
    return READERS.get(kind) or import_module(f"app.models.{kind}_file").read
