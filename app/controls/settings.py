"""Settings of a page that are kept in its address, each declared once: its name there, its limits and its default."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.controls.address import numbers, outside
from app.messages import Message


@dataclass(frozen=True)
class Setting:
    """A number a reader may set; it is a whole one where the default is.

    Raises
    ------
    ValueError
        If a limit or the step is not of the default's type: no slider takes 0 … 0.5.
    """

    name: str
    low: float
    high: float
    default: float
    step: float | None = None

    def __post_init__(self) -> None:
        kind = type(self.default)
        for field, value in {"low": self.low, "high": self.high, "step": self.step}.items():
            if value is not None and type(value) is not kind:
                raise ValueError(f"{self.name}: expected {field} to be {kind.__name__} like its default, got {value!r}")

    def read(self, text: str) -> float | Message:
        """The value that an address asks for, or why it cannot be."""
        values = numbers(text)
        if values is None or len(values) > 1 or not self.low <= values[0] <= self.high:
            return outside("range", self.name, (self.low, self.high))
        value = type(self.default)(values[0])
        return value if value == values[0] else outside("whole", self.name, (self.low, self.high))


def option_of(name: str, options: Iterable[Any], reason: str = "problem.option", **values: str) -> Callable[[str], Any]:
    """What finds the option that an address asks for; where there is none, a Message says so.

    `options` are found by how they are written, or by their keys if they have such.
    """
    known = options if isinstance(options, Mapping) else {str(option): option for option in options}
    unknown = Message(reason, key=name, options=", ".join(known), **values)
    return lambda text: known.get(text, unknown)
