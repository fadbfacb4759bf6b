"""The story of a page without a stage: steps that may set its controls, and light what they speak of."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import streamlit as st

from app.components import story as component
from app.components.story.data import Data, Step
from app.controls.settings import Choice, Stored, choice
from app.i18n import labels, sections
from app.page.guide import following, script
from app.page.page import Page
from app.page.redraw import redraw, redraw_page
from app.page.session import visit
from app.page.settings import value_of, write

Values = Callable[[], Mapping[str, float | str]]


def story(
    page: Page, question: str, settings: Sequence[Stored] = (), parts: Sequence[str] = (), values: Values = dict
) -> None:
    """The card of the story's step, whose place is in the address.

    Its words are `[step.<id>]` of the page's labels, and what it sets and lights stands in `script.toml`.

    Parameters
    ----------
    page : Page
    question : str
        The prediction that comes after the last step.
    settings : sequence of Stored
        Those that a step may set.
    parts : sequence of str
        What a step has drawn that sets something (see `redraw`); the whole page if there are none.
    values : callable
        What it gives is for the placeholders of its words.
    """
    visit().story = ("story",)

    @st.fragment(key="story")
    def draw() -> None:
        words, found = labels(page.language, "stage"), values()
        data: Data = {
            "title": sections(page.language, page.key)["question"].partition("\n")[0].removeprefix("# "),
            "steps": [worded(page, step, found) for step in script(page.key)],
            "there": [is_there(step, settings) for step in script(page.key)],
            "at": script(page.key).index(value_of(place(page))),
            "handled": visit().handled.get("step"),
            "tasks": [
                {"id": f"{page.key}.{question}", "part": "part-predict", "title": words["script.predict"]},
                {"id": f"{page.key}.goal", "part": "part-goal", "title": words["task.challenge"]},
            ],
            "todo": "lesson" if page.guessed(question) else "predict",
            "next": following(page),
            "words": {word: words[word] for word in component.WORDS},
        }
        component.steps(data, lambda: answered(page, settings, parts))

    draw()


def place(page: Page) -> Choice:
    """The setting that says in the address at which step the reader is."""
    return choice("step", {step["id"]: step for step in script(page.key)})


def answered(page: Page, settings: Sequence[Stored], parts: Sequence[str]) -> None:
    """In a callback: the reader has gone to a step. The page is set as it has it, and what follows is drawn."""
    request, steps = component.sent(), place(page)
    if request is None or request.step not in steps.options:
        return
    step = steps.options[request.step]
    visit().handled["step"] = request.n
    there, chosen = is_there(step, settings), step.get("set", {})
    write((steps, step), *((setting, chosen[setting.name]) for setting in settings if setting.name in chosen))
    if there:
        redraw()
    else:
        redraw(*parts) if parts else redraw_page()


def is_there(step: Mapping[str, Any], settings: Sequence[Stored]) -> bool:
    """Whether the page is set as a step has it."""
    known = {setting.name: setting for setting in settings}
    return all(value_of(known[name]) == value for name, value in step.get("set", {}).items())


def worded(page: Page, step: Mapping[str, Any], values: Mapping[str, float | str]) -> Step:
    """A step with its words and their numbers."""
    names = page.labels(f"step.{step['id']}")
    texts = {name: page.label(f"step.{step['id']}.{name}", **values) for name in names}
    return cast(Step, {"id": step["id"], "light": step.get("light", []), **texts})
