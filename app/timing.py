"""How long something takes on this machine, at this moment. A figure of its own for every run: times have a spread."""

import os
import platform
import time
from collections.abc import Callable, Mapping


def in_turns(tasks: Mapping[str, Callable[[], object]], turns: int) -> dict[str, list[float]]:
    """Return each task's seconds in every turn. All take turns, so that what else the machine does concerns all alike.

    The first turn, which may fill caches, is not counted.
    """
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for turn in range(turns + 1):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            seconds[name] += [time.perf_counter() - start] if turn else []
    return seconds


def machine() -> str:
    """What the times are of: system, processor and cores."""
    return f"{platform.system()} {platform.processor() or platform.machine()}, {os.cpu_count()} × CPU"
