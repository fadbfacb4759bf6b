"""Answers about texts that are kept: of texts of a usual length alone, so that they are bounded in bytes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, update_wrapper
from typing import Concatenate, Generic, ParamSpec, TypeVar

LONG = 400  # characters: sixty words have fewer

P = ParamSpec("P")
R = TypeVar("R")


class Remembered(Generic[P, R]):
    """A function of a text that remembers its latest answers."""

    def __init__(self, function: Callable[Concatenate[str, P], R], count: int) -> None:
        update_wrapper(self, function)
        kept = lru_cache(count)(function)
        self.function, self.kept = function, kept
        self.cache_info, self.cache_clear = kept.cache_info, kept.cache_clear

    def __call__(self, text: str, *args: P.args, **kwargs: P.kwargs) -> R:
        answer: R = (self.function if len(text) > LONG else self.kept)(text, *args, **kwargs)
        return answer


def remembered(count: int) -> Callable[[Callable[Concatenate[str, P], R]], Remembered[P, R]]:
    """Have a function of a text remember so many of its latest answers."""
    return lambda function: Remembered(function, count)
