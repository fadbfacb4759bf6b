"""Models that readers have opened: each goes with its session, after half an hour without use, or when told to."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Timer
from time import monotonic
from typing import BinaryIO, TypeVar, cast
from weakref import ref

import numpy as np

from app import models
from app.lessons.model.asked import Scan, scan_of
from app.lessons.model.work import Tell, Work
from app.messages import Message, RefusedError
from app.models import ModelFile
from cells import Stack, StackTrace, Trace, run

T = TypeVar("T")
Start = Mapping[str, Mapping[str, np.ndarray]]
MODELS, BYTES = 8, 600_000_000  # that one process holds: of all of them the files' sizes
IDLE = 1800.0  # seconds after which one that nobody uses is forgotten
LATEST = 2  # runs of one model that are kept


@dataclass(frozen=True)
class Problem:
    """Why a file was not opened. Nothing of it is kept."""

    name: str
    message: Message
    scan: Scan | None = None
    """What it asked for, where that is why."""


@dataclass(eq=False)
class Held:
    """A reader's model, and its latest runs."""

    file: ModelFile | None
    """None once it is forgotten."""
    stacks: dict[object, Stack] = field(default_factory=dict)
    runs: dict[object, StackTrace] = field(default_factory=dict)
    answers: dict[object, object] = field(default_factory=dict)
    used: float = field(default_factory=monotonic)

    @property
    def size(self) -> int:
        """Bytes of its file."""
        return self.file.size if self.file else 0

    def stack(self, layer: int, answers: Mapping[str, str]) -> Stack:
        """A layer's cells, made once for the same answers."""
        assert self.file is not None
        self.used = monotonic()
        made = self.file.layers[layer].made
        return kept(self.stacks, (layer, *sorted(answers.items())), lambda: made(answers))

    def run(self, layer: int, answers: Mapping[str, str], x: np.ndarray, start: Start, tell: Tell) -> StackTrace:
        """All values of a layer's cells, run once for the same input and first states."""
        stack = self.stack(layer, answers)
        return kept(self.runs, key_of(layer, answers, x, start), lambda: in_layers(stack, x, start, tell))

    def answer(self, key: object, ask: Callable[[], T]) -> T:
        """What was asked about a run, once for the same key."""
        return cast(T, kept(self.answers, key, ask))

    def forget(self) -> None:
        self.file = None
        for each in (self.stacks, self.runs, self.answers):
            each.clear()


@dataclass
class Bench:
    """What one reader has on the page: a model, one beside it, and what is under way."""

    held: Held | None = None
    beside: Held | Problem | None = None
    problem: Problem | None = None
    """Why the file that was given last is not open."""
    loading: Work[Held | Problem] | None = None
    running: Work[list[StackTrace]] | None = None
    choosing: bool = False
    """Whether another file is asked for, while the model stays open."""
    files: int = 0
    """How many files were given: each has a box of its own, which is empty before."""


def key_of(layer: int, answers: Mapping[str, str], x: np.ndarray, start: Start) -> Hashable:
    """By which a run is known again."""
    begun = tuple((where, name, row.tobytes()) for where, rows in start.items() for name, row in rows.items())
    return layer, tuple(sorted(answers.items())), x.shape, x.tobytes(), begun


def in_layers(stack: Stack, x: np.ndarray, start: Start, tell: Tell) -> StackTrace:
    """What `run` gives, a layer at a time: between two it tells, and can be cancelled."""
    traces: dict[str, Trace] = {}
    below = x
    for depth in range(stack.depth):
        tell("run", depth, stack.depth)
        names = stack.layer(depth)
        cells = [stack.cells[name] for name in names]
        layer = Stack([cells if len(cells) > 1 else cells[0]], stack.merge, names == [f"{depth}.backward"])
        begin = {place: start[name] for place, name in zip(layer.cells, names, strict=True) if name in start}
        made = run(layer, below, start=begin)
        traces |= zip(names, made.traces.values(), strict=True)
        below = made.output
    return StackTrace(stack, traces, below[:, None, None])


def kept(found: dict[object, T], key: object, make: Callable[[], T]) -> T:
    """What is found under a key, or else made; the latest few stay."""
    if key not in found:
        found[key] = make()
        while len(found) > LATEST:
            found.pop(next(iter(found)))
    return found[key]


_held: list[ref[Held]] = []
"""Of all readers, in the order of their use; a session keeps its own."""
_lock = Lock()


def opened(name: str, write: Callable[[Path], object]) -> Held | Problem:
    """A reader's file: `write` puts it where it can be read, and the copy is gone once it has been.

    What is read later, an embedding, is read from the file as it was: it has no name any more.
    """
    with TemporaryDirectory(prefix="gatewalk-") as folder:
        path = Path(folder) / "model"
        write(path)
        return read(path, name)


def copied(file: BinaryIO, path: Path) -> None:
    """Put what a reader gave at a path."""
    with path.open("wb") as copy:
        shutil.copyfileobj(file, copy, 2**20)


def read(path: Path, name: str) -> Held | Problem:
    """A file that stays where it is."""
    try:
        return hold(Held(models.opened(path, name)))
    except RefusedError as refused:
        asks = refused.message.reason in ("file.program", "file.pickle", "file.plain_pickle")
        return Problem(name, refused.message, scan_of(path) if asks else None)


def hold(held: Held) -> Held:
    """Count a model among those that the process holds; those that were not used for the longest time go."""
    with _lock:
        living = [one for one in (each() for each in _held) if one and one.file]
        living.sort(key=lambda one: one.used)
        too_many = []
        while living and (len(living) >= MODELS or sum(one.size for one in (*living, held)) > BYTES):
            too_many.append(living.pop(0))
        _held[:] = [ref(one) for one in (*living, held)]
    for one in too_many:
        one.forget()
    watch(ref(held), IDLE)
    return held


def watch(held: ref[Held], seconds: float) -> None:
    """Forget a model once it has not been used for long, if it is still there by then."""

    def look() -> None:
        one = held()
        if one is None or one.file is None:
            return
        left = one.used + IDLE - monotonic()
        if left <= 0:
            one.forget()
        else:
            watch(held, left)

    timer = Timer(seconds, look)
    timer.daemon = True
    timer.start()
