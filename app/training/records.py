"""What a job takes and what it leaves: settings and facts, dataclasses that each lesson declares in its `records.py`.

Knows no lesson and no torch: the server reads them, and so do its workers.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import blake2b
from typing import Generic, Protocol, TypeVar

import msgspec


@dataclass(frozen=True)
class Settings:
    """What is to be trained; each task has a subclass of its own, a frozen dataclass of JSON values."""

    @property
    def json(self) -> bytes:
        """The settings as JSON, in the order in which they are declared; a tuple and a list are the same.

        All fields: msgspec leaves out those that a file of before did not have.
        """
        every = {field.name: getattr(self, field.name) for field in fields(self)}
        return msgspec.json.encode(every)

    @property
    def bare(self) -> Settings:
        """The settings without what a reader brought, where that is not to be kept once the job has ended."""
        return self

    @cached_property
    def identity(self) -> str:
        """A hash of the task, by its class, and of all settings; the same in every process.

        Computed once: jobs are compared by it, and not by settings that may hold a whole series.
        """
        task = f"{type(self).__module__}.{type(self).__qualname__}\n"
        return blake2b(task.encode() + self.json, digest_size=16).hexdigest()


class Facts(Protocol):
    """What a job measured: a frozen dataclass of JSON values, its settings among them."""

    @property
    def settings(self) -> Settings: ...


F = TypeVar("F", bound=Facts)
FactsT = TypeVar("FactsT", bound=Facts, covariant=True)


@dataclass(frozen=True)
class Task(Generic[FactsT]):
    """Something to train.

    Attributes
    ----------
    name
        Also the lesson's key.
    module
        The module whose ``train(settings, report)`` a worker calls; the server never imports it.
    facts
        The type of what it measures.
    """

    name: str
    module: str
    facts: type[FactsT]
