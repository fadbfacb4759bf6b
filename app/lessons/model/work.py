"""What takes a while, the reading of a file or a run, in a thread of its own: what it is doing, how far it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")
Tell = Callable[[str, int, int], None]
"""What is done now, by its label, and of how many parts how many are done. Raises where it has been cancelled."""
AT_ONCE = 2  # of all readers
_pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="gatewalk-model")


class CancelledError(Exception):
    """A reader has cancelled it."""


class Work(Generic[T]):
    """One job of a reader's.

    Parameters
    ----------
    key : hashable
        By which it is known again.
    steps : tuple of str
        What it does in turn, by labels.
    make : callable
        What does it, and tells.
    title, detail : str
        What it is about.
    """

    def __init__(
        self, key: Hashable, steps: tuple[str, ...], make: Callable[[Tell], T], title: str = "", detail: str = ""
    ):
        self.key, self.steps, self.title, self.detail = key, steps, title, detail
        self.step, self.done, self.parts = "", 0, 0
        self.cancelled = False
        self.began = monotonic()
        self._future: Future[T] = _pool.submit(make, self.tell)

    def tell(self, step: str, done: int = 0, parts: int = 0) -> None:
        if self.cancelled:
            raise CancelledError
        self.step, self.done, self.parts = step, done, parts

    @property
    def seconds(self) -> float:
        return monotonic() - self.began

    def ended(self, within: float = 0) -> bool:
        """Whether it has ended, or does so in some seconds."""
        return bool(wait([self._future], within).done)

    def result(self) -> T:
        """What it gave; raises what it raised."""
        return self._future.result()

    def cancel(self) -> None:
        """Have it stop where it next tells; what has not begun does not begin."""
        self.cancelled = True
        self._future.cancel()
