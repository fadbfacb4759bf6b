"""Settings of a page that are kept in its address, each declared once: its name there, its values and its default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from app.controls.address import numbers, outside
from app.messages import Message


class Stored(Protocol):
    """A setting as an address knows it."""

    @property
    def name(self) -> str: ...

    @property
    def default(self) -> Any: ...

    def read(self, text: str) -> Any:
        """The value that an address asks for, or the Message that there is with it."""

    def text(self, value: Any) -> str:
        """The value as an address has it."""


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
    step: float = 1

    def __post_init__(self) -> None:
        kind = type(self.default)
        for field, value in {"low": self.low, "high": self.high, "step": self.step}.items():
            if type(value) is not kind:
                raise ValueError(f"{self.name}: expected {field} to be {kind.__name__} like its default, got {value!r}")

    def read(self, text: str) -> float | Message:
        """The value that an address asks for, or why it cannot be."""
        values = numbers(text)
        if values is None or len(values) > 1 or not self.low <= values[0] <= self.high:
            return outside("range", self.name, (self.low, self.high))
        value = type(self.default)(values[0])
        return value if value == values[0] else outside("whole", self.name, (self.low, self.high))

    def text(self, value: float) -> str:
        """The value as an address has it: as short as it can be written and read back unchanged."""
        return repr(float(value) + 0.0).removesuffix(".0")


@dataclass(frozen=True)
class Choice:
    """One of some options, which an address writes by their texts."""

    name: str
    options: Mapping[str, Any]
    default: Any
    unknown: Message

    def read(self, text: str) -> Any:
        """The option that an address asks for; where there is none, a Message says so."""
        return self.options.get(text, self.unknown)

    def text(self, value: Any) -> str:
        """The text of an option."""
        return next(text for text, option in self.options.items() if option == value)


@dataclass(frozen=True)
class Typed:
    """A text that a reader types."""

    name: str
    default: str = ""

    def read(self, text: str) -> str:
        return text

    def text(self, value: str) -> str:
        return value


def choice(
    name: str, options: Iterable[Any], default: Any = None, reason: str = "problem.option", **values: str
) -> Choice:
    """A choice of `options`, found by how they are written, or by their keys if they have such.

    The default is the first unless another is named; `reason` and `values` are the message about an unknown one.
    """
    known = options if isinstance(options, Mapping) else {str(option): option for option in options}
    first = next(iter(known.values())) if default is None else default
    return Choice(name, known, first, Message(reason, key=name, options=", ".join(known), **values))


def switch(name: str) -> Choice:
    """A choice of yes or no; no unless an address says otherwise."""
    return choice(name, {"false": False, "true": True})
