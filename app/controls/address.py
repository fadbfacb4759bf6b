"""A reader's controls, as they are written in the address bar.

    f=2.7,1.63,1.62   a gate's weights on h and x, and its bias; so i, g, o
    a=0,0.5,0.25,1    a series' days; so b
    show=A            the series on the stage: A, B or AB
    at=3.2            the playhead: day 3, stage 2
    unit=4            the unit that is looked at
    way=back          the stage plays backward in time

The last three are what is looked at, not what is computed: the browser writes them, without asking the server.

Only what differs from the default is written. What comes in is checked, wherever it comes from: a bad value is replaced
by its default and reported in a Message, never raised.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.formatting import NUMBER, number
from app.messages import Message
from cells import Trace

NUMBER_LENGTH = 25  # the longest float64 takes 24 characters
LIST_LENGTH = 30 * (NUMBER_LENGTH + 1)
DIRECTIONS = ("forth", "back")


@dataclass(frozen=True)
class Controls:
    weights: Mapping[str, float]
    days: Mapping[str, Sequence[float]]
    show: Sequence[str]


@dataclass(frozen=True)
class View:
    """What of a run is looked at: the playhead as (step, stage) from 1, a unit from 0, the direction of time."""

    at: tuple[int, int] | None = None
    unit: int = 0
    backward: bool = False


class Runs(Protocol):
    """What a lesson's controls run."""

    def traces(self, controls: Controls) -> Mapping[str, Trace]:
        """The runs on the stage, by series."""

    @property
    def held(self) -> Mapping[str, Mapping[str, float]]:
        """Weights that a series has whatever the controls say, by series."""
        return {}

    @property
    def targets(self) -> Mapping[str, float]:
        """What the last hidden state should be, by series: the loss is the squared distance. Where there is none, the
        loss is the last hidden state itself."""
        return {}


@dataclass(frozen=True)
class Limits:
    slider: tuple[float, float] = (-5, 5)
    typed: tuple[float, float] = (-20, 20)
    step: float = 0.01
    days: tuple[int, int] = (2, 30)
    value: tuple[float, float] = (-10, 10)


@dataclass(frozen=True)
class Address:
    """How one lesson's controls are written: which weights are under which key, and what holds by default."""

    groups: Mapping[str, Sequence[str]]  # address key → parameters, in the order they are written
    defaults: Controls
    limits: Limits = Limits()

    @property
    def keys(self) -> list[str]:
        """Every key this lesson writes (what is looked at is the browser's to write)."""
        return [*self.groups, *(name.lower() for name in self.defaults.days), "show"]

    # ---- reading an address --------------------------------------------------------------------------------------

    def read(self, query: Mapping[str, str]) -> tuple[Controls, list[Message]]:
        problems: list[Message] = []
        weights = dict(self.defaults.weights)
        for key, names in self.groups.items():
            if key in query:
                values = self.weights(query[key], key, len(names), problems)
                weights |= zip(names, values, strict=True) if values else ()
        days = dict(self.defaults.days)
        for name in days:
            if name.lower() in query:
                days[name] = self.days(query[name.lower()], name.lower(), problems) or days[name]
        show = self.defaults.show
        if "show" in query:
            show = self.show(query["show"], problems) or show
        return Controls(weights, days, show), problems

    def view(self, query: Mapping[str, str], steps: int, stages: int, units: int = 1) -> tuple[View, list[Message]]:
        """What an address asks to look at in a run of so many steps, stages a step, and units."""
        problems: list[Message] = []
        at, unit, way = query.get("at"), query.get("unit", "1"), query.get("way", "forth")
        match = re.fullmatch(r"(\d{1,3})\.(\d{1,2})", at or "", re.ASCII)
        place = (int(match[1]), int(match[2])) if match else (0, 0)
        if not (1 <= place[0] <= steps and 1 <= place[1] <= stages):
            problems += [Message("problem.playhead", key="at")] if at is not None else []
            place = (0, 0)
        chosen = int(unit) if re.fullmatch(r"\d{1,4}", unit, re.ASCII) else 0
        if not 1 <= chosen <= units:
            problems.append(outside("unit", "unit", (1, units)))
            chosen = 1
        if way not in DIRECTIONS:
            problems.append(Message("problem.way", key="way"))
        return View(place if place[0] else None, chosen - 1, way == "back"), problems

    # ---- checking what a reader's browser sent ----------------------------------------------------------------------

    def check(self, commit: Any, current: Controls) -> tuple[Controls, list[Message]]:
        """The controls in a commit of the stage: the same checks as for an address; what fails stays as it was."""
        problems: list[Message] = []
        sent = commit if isinstance(commit, Mapping) else {}
        weights, days = dict(current.weights), dict(current.days)
        for name, value in mapping(sent.get("weights")).items():
            if name in weights:
                checked = self.weights([value], name, 1, problems)
                weights[name] = checked[0] if checked else weights[name]
        for name, values in mapping(sent.get("days")).items():
            if name in days:
                days[name] = self.days(values, name.lower(), problems) or days[name]
        show = self.show(sent["show"], problems) if "show" in sent else None
        return Controls(weights, days, show or current.show), problems

    def weights(self, values: Any, key: str, count: int, problems: list[Message]) -> list[float] | None:
        return self.within(values, key, (count, count), self.limits.typed, problems)

    def days(self, values: Any, key: str, problems: list[Message]) -> tuple[float, ...] | None:
        checked = self.within(values, key, self.limits.days, self.limits.value, problems)
        return tuple(checked) if checked else None

    def show(self, value: Any, problems: list[Message]) -> tuple[str, ...] | None:
        names = "".join(self.defaults.days)
        wanted = [name for name in value if isinstance(name, str)] if isinstance(value, (str, list)) else []
        shown = tuple(name for name in names if name in wanted)
        if shown and len(wanted) == len(shown):
            return shown
        problems.append(Message("problem.show", key="show"))
        return None

    def within(
        self, values: Any, key: str, count: tuple[int, int], span: tuple[float, float], problems: list[Message]
    ) -> list[float] | None:
        """The numbers in a text or list, if they are as many and as large as they may be."""
        checked = numbers(values)
        if checked is None:
            problems.append(Message("problem.number", key=key))
        elif not count[0] <= len(checked) <= count[1]:
            problems.append(outside("count" if count[0] == count[1] else "length", key, count))
        elif not all(span[0] <= value <= span[1] for value in checked):
            problems.append(outside("range", key, span))
        else:
            return checked
        return None

    # ---- writing an address -----------------------------------------------------------------------------------------

    def write(self, controls: Controls) -> dict[str, str]:
        """What an address says of these controls: only what differs from the default."""
        texts: dict[str, str] = {}
        for key, names in self.groups.items():
            if any(controls.weights[name] != self.defaults.weights[name] for name in names):
                texts[key] = listed(controls.weights[name] for name in names)
        for name, values in controls.days.items():
            if tuple(values) != tuple(self.defaults.days[name]):
                texts[name.lower()] = listed(values)
        if tuple(controls.show) != tuple(self.defaults.show):
            texts["show"] = "".join(controls.show)
        return texts


def outside(reason: str, key: str, limits: tuple[float, float]) -> Message:
    """Why a value outside its limits is not accepted."""
    low, high = (number(limit, 0 if limit == int(limit) else 2) for limit in limits)
    return Message(f"problem.{reason}", key=key, low=low, high=high)


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def listed(values: Iterable[float]) -> str:
    """Numbers as short as they can be written and read back unchanged: 2.7,1,-0.32."""
    return ",".join(repr(float(value) + 0.0).removesuffix(".0") for value in values)


def numbers(values: Any) -> list[float] | None:
    """The finite numbers of a list, or of a text with commas; None when any of them is something else."""
    if isinstance(values, str):
        pieces = values.split(",") if len(values) <= LIST_LENGTH else []
        if not all(len(piece) <= NUMBER_LENGTH and NUMBER.fullmatch(piece) for piece in pieces):
            return None
        values = [float(piece) for piece in pieces]
    if not isinstance(values, list) or not values:
        return None
    if not all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
        return None
    floats = [float(value) if abs(value) < 1e300 else math.inf for value in values]
    return [value + 0.0 for value in floats] if all(map(math.isfinite, floats)) else None
