"""A lesson's guide, shown beside the picture: its question, its story in steps, and its tasks."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from app.controls.address import Controls
from app.controls.tasks import Goal, Question
from app.i18n import labels, sections
from app.page.page import Page
from app.page.registry import LESSONS, address_of
from app.stage import guide_types as sent

FOLDERS = Path(__file__).parent.parent / "lessons"


@dataclass(frozen=True)
class Tasks:
    """What a lesson's guide asks, for some controls."""

    questions: Callable[[Controls], Sequence[Question]]
    goal: Callable[[Controls], Goal] | None = None

    def of(self, controls: Controls) -> tuple[Sequence[Question], Goal | None]:
        return self.questions(controls), self.goal(controls) if self.goal else None


def guide(page: Page, questions: Sequence[Question] = (), goal: Goal | None = None) -> sent.Guide:
    """All that the browser is sent of a lesson's guide."""
    title, _, lede = sections(page.language, page.key)["question"].partition("\n")
    return {
        "lesson": page.key,
        "title": title.removeprefix("# "),
        "lede": lede.strip(),
        "steps": [worded(page, step) for step in script(page.key)],
        "questions": [asked(page, question) for question in questions],
        "goal": None if goal is None else aimed(page, goal),
        "next": following(page),
    }


def following(page: Page) -> sent.NextLesson | None:
    """The lesson after a page's."""
    place = LESSONS.index(page.key) + 1
    if place == len(LESSONS):
        return None
    return {"title": labels(page.language)[f"lesson.{LESSONS[place]}"], "address": address_of(LESSONS[place])}


@cache
def script(lesson: str) -> Sequence[Mapping[str, Any]]:
    """The steps of a lesson's story, without their words; none where it has no script."""
    file = FOLDERS / lesson / "script.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))["step"] if file.exists() else []


def worded(page: Page, step: Mapping[str, Any]) -> sent.Step:
    """A step with its words: the placeholders are the browser's to fill."""
    return cast(sent.Step, {**step, **page.labels(f"step.{step['id']}")})


def asked(page: Page, question: Question) -> sent.Question:
    group = question.group or question.key
    return {
        "key": question.key,
        "text": page.label(f"{group}.question"),
        "options": [(option, page.label(f"{group}.{option}")) for option in question.options],
        "answer": question.answer,
        "reveal": page.label(f"{group}.reveal.{question.answer}", **question.values),
        "covers": list(question.covers),
    }


STATES: dict[bool, tuple[Literal["untouched", "days", "others", "many", "one", "open", "solved"], ...]] = {
    True: ("untouched", "one", "many", "solved"),
    False: ("open", "solved"),
}
"""The states that every challenge has, by whether one slider alone may move."""


def aimed(page: Page, goal: Goal) -> sent.Goal:
    states = [*STATES[goal.single], *(["days"] if goal.days else []), *(["others"] if goal.free is not None else [])]
    texts = page.labels("goal")
    return {
        "text": filled_later(texts["text"], goal.values),
        "gauge": texts["gauge"],
        "aim": filled_later(texts["aim"], goal.values),
        "range": goal.span,
        "zone": goal.zone,
        "read": {"series": goal.read[0], "name": goal.read[1], "measure": goal.measure},
        "begin": list(goal.begin),
        "days": {key: list(days) for key, days in goal.days.items()},
        "single": goal.single,
        "free": goal.free,
        "states": {state: filled_later(texts[state], goal.values) for state in states},
    }


def filled_later(text: str, values: Mapping[str, float | str]) -> str:
    """A text with what Python knows; {value}, {sliders} and {count} stay for the browser."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", f"{value}")
    return text
