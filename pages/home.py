"""Home: what this is, a cell already at work, and where to begin."""

from app.components.progress import course
from app.controls.examples import TWO_COMPANIES, TWO_COMPANIES_ADDRESS
from app.page import LESSONS, open_lesson
from app.page.registry import TASKS, address_of

lesson = open_lesson("home", TWO_COMPANIES_ADDRESS)

with lesson.part("lesson"):
    with lesson.part("head"):
        lesson.say("welcome")
    with lesson.part("stage"):
        lesson.stage(TWO_COMPANIES, presets={}, autoplay=True, bare=True)
    with lesson.part("body"):
        course(
            [
                {"key": key, "title": lesson.label(f"lesson.{key}"), "href": address_of(key), "tasks": TASKS[key]}
                for key in LESSONS
            ],
            lesson.labels("course"),
            key="course",
        )
        lesson.say("how")
