"""What is asked of a table, what was understood of it, and the one error that is raised. No streamlit, no torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.lessons.series.sources import Series
from app.messages import Message, RefusedError

MOST = 5 * 2**20  # bytes of a file
CELLS = 600_000  # of a table
ROWS = 40_000  # that are read: of more, the latest
COLUMNS = 500
LONGEST = 2000  # values that are used: the last ones
LARGEST = 1e15  # a value may be; sums of such squares are still numbers
SHOWN = 60  # characters of a cell that a message repeats; no number and no date is longer
PREVIEW = 6  # rows
INPUTS = 8  # columns that are read beside the series
DELIMITERS = {"tab": "\t", "semicolon": ";", "bar": "|", "comma": ",", "space": " ", "none": ""}


@dataclass(frozen=True)
class Choices:
    """What a reader chose; None leaves it to the guess.

    Attributes
    ----------
    time
        Places of the columns that say when, counted from 0; none where the rows are only counted.
    target
        The place of the column that is forecast.
    inputs
        Places of the columns that are read beside it.
    known
        Those of them whose values are known in advance.
    answers
        To doubts (`Doubt.key`): one of their options each. What does not concern the file is not looked at.
    """

    time: tuple[int, ...] | None = None
    target: int | None = None
    inputs: tuple[int, ...] | None = None
    known: tuple[int, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Doubt:
    """A reading that could be another.

    Attributes
    ----------
    kind
        What is doubtful: ``order`` of day and month, ``marks`` of numbers, and so on; labels are ``doubt.<kind>``.
    column
        The place of the column it is about; None for the whole file.
    options
        The guess first. They are names of readings, except for ``sheet``, ``group`` and ``encoding``.
    chosen
        The one that was followed.
    values
        What the question's text may name.
    """

    kind: str
    column: int | None
    options: tuple[str, ...]
    chosen: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.kind if self.column is None else f"{self.kind}-{self.column}"


@dataclass(frozen=True)
class Column:
    """A column, and how it was understood.

    Attributes
    ----------
    name
        What its heading says; empty where there is none.
    kind
        ``time``, ``number``, ``text`` or ``empty``: what its cells can be.
    role
        ``time``, ``target``, ``input``, ``group`` or ``unused``.
    reason
        Why it was given that role.
    form
        How its cells are read: the name of a way of writing times or numbers; empty for text.
    example
        What its first cell that says something is read as.
    """

    place: int
    name: str
    kind: str
    role: str
    reason: Message
    form: str = ""
    example: str = ""


@dataclass(frozen=True)
class Overview:
    """A table as it was understood.

    Attributes
    ----------
    rows
        The first rows of data: the number of the line in the file, and the cells.
    """

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def time(self) -> tuple[int, ...]:
        return tuple(column.place for column in self.columns if column.role == "time")

    @property
    def target(self) -> int | None:
        return next((column.place for column in self.columns if column.role == "target"), None)

    @property
    def inputs(self) -> tuple[int, ...]:
        return tuple(column.place for column in self.columns if column.role == "input")


@dataclass(frozen=True, eq=False)
class Reading:
    """A table that was read: how, and the series in it."""

    overview: Overview
    series: Series


class TableError(RefusedError):
    """A file, or a choice, of which no series can be made.

    Attributes
    ----------
    message
        Why. Its values are ``line`` (0 where it is no single line), ``cell`` (as the reader wrote it) and others.
    overview
        What was understood all the same, so that another choice can be made.
    """

    def __init__(self, reason: str, cell: str = "", line: int = 0, **values: object) -> None:
        super().__init__(f"upload.problem.{reason}", cell=cell[:SHOWN], line=line, **values)
        self.overview = Overview()


class Asked:
    """Collects the doubts that come up, and answers each with the reader's choice or else the guess."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers, self.doubts = answers, list[Doubt]()
        self.notes = list[Message]()

    def choose(self, kind: str, options: Sequence[str], column: int | None = None, **values: object) -> str:
        """One of some options, the guess first; nothing is asked where there is only one."""
        if len(options) == 1:
            return options[0]
        told = {name: str(value) for name, value in values.items()}
        doubt = Doubt(kind, column, tuple(options), options[0], told)
        answer = self.answers.get(doubt.key)
        if answer in options:
            doubt = Doubt(kind, column, tuple(options), str(answer), told)
        self.doubts = [each for each in self.doubts if each.key != doubt.key] + [doubt]
        return doubt.chosen

    def note(self, reason: str, **values: object) -> None:
        self.notes.append(Message(f"upload.note.{reason}", **values))


def listed(lines: Sequence[int]) -> str:
    """Numbers of lines as a text, the first eight."""
    return ", ".join(f"{line}" for line in lines[:8]) + (" …" if len(lines) > 8 else "")
