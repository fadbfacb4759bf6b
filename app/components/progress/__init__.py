"""What a reader has answered and solved, kept in their own browser and nowhere else."""

from collections.abc import Mapping, Sequence

from app.components import component
from app.components.progress.data import Data, Lesson


def done(lesson: str, task: str) -> None:
    """Note in the reader's browser that a task of a lesson is done."""
    data: Data = {"done": f"{lesson}.{task}"}
    component("progress")(key=f"done-{lesson}-{task}", data=data, height=0)


def course(lessons: Sequence[Lesson], words: Mapping[str, str], key: str) -> None:
    """The course as a list of links, each lesson with what the reader has done of it.

    `words`: ``done``, as in "{count} of {total} tasks", ``clear`` and ``kept``.
    """
    data: Data = {
        "lessons": list(lessons),
        "words": {"done": words["done"], "clear": words["clear"], "kept": words["kept"]},
    }
    component("progress")(key=key, data=data)
