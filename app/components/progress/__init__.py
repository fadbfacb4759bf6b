"""What a reader has answered and solved, kept in their own browser and nowhere else."""

from app.components import component
from app.components.progress.data import Course, Done


def done(lesson: str, task: str) -> None:
    """Note in the reader's browser that a task of a lesson is done."""
    data: Done = {"done": f"{lesson}.{task}"}
    component("progress")(key=f"done-{lesson}-{task}", data=data, height=0)


def start(course: Course) -> None:
    """A link to the lesson that comes next for this reader."""
    component("start")(key="start", data=course)


def lessons(course: Course) -> None:
    """The course as links in groups, each lesson with what the reader has done of it."""
    component("course")(key="course", data=course)
