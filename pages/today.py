"""Lesson: after the LSTM. Pick a newer cell: what it keeps, its equations, all timesteps at once, and its reach."""

from app.controls.kinds import LATER
from app.lessons.today.attention.view import attention
from app.lessons.today.model import BESIDE, CHOICES, Beside
from app.lessons.today.reach.view import reach
from app.lessons.today.tasks import goal
from app.lessons.today.view import all_at_once, equations, kept, trained
from app.page import follow, later, open_lesson, open_page
from app.page.guide import Tasks

page = open_page("today")
with page.part("choices"):
    name = page.choose("cell", LATER)
    beside = page.choose("beside", BESIDE) == "both"
chosen = CHOICES[name]
lesson = open_lesson("today", chosen.address)

lesson.opening(
    Beside(chosen, beside),
    presets={},
    sequences=lesson.labels("series"),
    tasks=Tasks(lambda _: (), lambda controls: goal(chosen, controls)),
)


def about() -> None:
    kept(lesson, name)
    lesson.reading()
    equations(lesson, chosen)


def shares() -> None:
    with lesson.part("card-attention"):
        attention(lesson, Beside(chosen, False).traces(lesson.controls())[name])


def end() -> None:
    with lesson.part("card-reach"):
        reach(lesson, name)
    trained(lesson)
    lesson.ending()


with lesson.part("after"):
    later(about)
    later(lambda: all_at_once(lesson, name), "rounds")
    follow(shares)
    later(end, "end")
