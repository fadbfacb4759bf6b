"""What a pickle asks for while it is opened: read as a list of instructions, without following them."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from app.models.archive import Archive
from app.models.numbers import mapped
from app.models.pickles import Machine, Name
from app.models.torch_file import MOST_PICKLED, RUNS
from app.models.torch_objects import UNDERSTOOD
from app.models.words import word

Kind = Literal["program", "own", "torch", "numpy", "container"]
PICKLES = 5  # one after the other, in PyTorch's older format
KINDS: tuple[tuple[Kind, str], ...] = (
    ("torch", r"(torch|__torch__)\..*"),
    ("numpy", r"numpy\..*"),
    ("container", r"(collections|builtins|__builtin__|_codecs|copyreg|copy_reg)\..*"),
)
FIRST: tuple[Kind, ...] = ("program", "own", "torch", "numpy", "container")


@dataclass(frozen=True)
class Asked:
    """One class or function that a pickle names."""

    name: str
    kind: Kind
    byte: int
    """Where it is named."""

    @property
    def read(self) -> bool:
        """Whether it is made into data here."""
        return self.name in UNDERSTOOD or self.kind == "container"


@dataclass(frozen=True)
class Scan:
    """All that one pickle asks for; programs first, then in the order of the file."""

    entry: str
    """The pickle's name in its archive, or ``""``."""
    asked: tuple[Asked, ...]


class Scanner(Machine):
    """A machine that writes down where each name stands."""

    def __init__(self) -> None:
        super().__init__({}, lambda identifier: identifier)
        self.places: dict[str, int] = {}
        self.file: IO[bytes] = io.BytesIO()

    def scan(self, file: IO[bytes]) -> None:
        self.file = file
        for _ in range(PICKLES):
            self.load(file)

    def name(self, text: str) -> Name:
        named = super().name(text)
        self.places.setdefault(named.text, self.file.tell())
        return named


def scan_of(path: Path) -> Scan | None:
    """What the pickle of a file asks for; None where there is none that names anything."""
    scanner, entry = Scanner(), ""
    with suppress(Exception):  # a pickle may end anyhow; what it asked for until then is told
        with path.open("rb") as file:
            zipped = file.read(2) == b"PK"
        if zipped:
            archive = Archive(path)
            entry = next(name for name in archive.entries if name.rpartition("/")[2] == "data.pkl")
            scanner.scan(io.BytesIO(archive.read(entry, MOST_PICKLED)))
        else:
            scanner.scan(cast(IO[bytes], mapped(path).obj))
    asked = [Asked(word(name), kind_of(name), byte) for name, byte in scanner.places.items()]
    asked.sort(key=lambda each: FIRST.index(each.kind))
    return Scan(entry.rpartition("/")[2], tuple(asked)) if asked else None


def kind_of(name: str) -> Kind:
    """What a class or a function is, by its name alone."""
    if RUNS.fullmatch(name):
        return "program"
    return next((kind for kind, pattern in KINDS if re.fullmatch(pattern, name)), "own")
