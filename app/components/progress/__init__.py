"""What a reader has answered and solved, kept in their own browser and nowhere else."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.components import component


def done(lesson: str, task: str) -> None:
    """Note in the reader's browser that a task of a lesson is done."""
    component("progress")(key=f"done-{lesson}-{task}", data={"done": f"{lesson}.{task}"}, height=0)


def course(lessons: Sequence[Mapping[str, Any]], words: Mapping[str, str], key: str) -> None:
    """The course as a list of links, each lesson with what the reader has done of it.

    `lessons` have ``key``, ``title`` and ``href``; `words`: ``done``, as in "{count} done", ``clear`` and ``kept``.
    """
    component("progress")(key=key, data={"lessons": list(lessons), "words": words})
