"""What answers a browser without a rerun of the page: it is asked by a token, which the page has sent it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from secrets import token_urlsafe
from weakref import WeakValueDictionary


@dataclass(frozen=True, eq=False)
class Answers(ABC):
    """Answers what one reader's browser asks of one part of a page, for as long as the page is open."""

    token: str = field(default_factory=token_urlsafe, kw_only=True)

    def __post_init__(self) -> None:
        _open[self.token] = self

    @abstractmethod
    def answer(self, sent: object) -> object | None:
        """What follows from what was sent; None where Streamlit has to take it."""


_open: WeakValueDictionary[str, Answers] = WeakValueDictionary()
"""By token; a session keeps its own (`Visit.answers`), and they go with it."""


def is_open(token: str) -> bool:
    """Whether a page with this token is open."""
    return token in _open


def answer(token: str, sent: object) -> object | None:
    """The answer to what was sent under a token; None where no page with it is open, too."""
    answers = _open.get(token)
    return answers.answer(sent) if answers else None
