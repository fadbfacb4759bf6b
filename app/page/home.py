"""What the home page shows: the course in groups, and a network that reads two companies."""

from app.components.companies.data import Company
from app.components.progress.data import Course, Group, Lesson
from app.controls.address import Controls
from app.controls.examples import COMPANIES, TWO_COMPANIES, TWO_COMPANIES_ADDRESS
from app.i18n import sections, table_of
from app.page.page import Page
from app.page.registry import LESSONS, TASKS, address_of

GROUPS = {"why": "memory", "how": "lstm", "use": "series", "further": "frameworks"}
"""The groups of the course, each with its first lesson."""

NEEDS = {
    "gradients": "rnn", "lstm": "rnn", "fourday": "lstm", "gru": "lstm", "gates": "gru", "variants": "gru",
    "layers": "lstm", "series": "lstm", "text": "lstm", "writing": "lstm", "recall": "lstm", "frameworks": "lstm",
    "compare": "gru", "today": "gru", "lab": "gru",
}  # fmt: skip
"""The lesson that a lesson assumes, where it is not the one before it or none at all."""

WORDS, TASK, TRY = 200, 1.5, 0.5  # words read in a minute; minutes for a task, and for what a step has the reader try


def minutes(lesson: str) -> int:
    """About how long a lesson takes, whatever the language: by its English words, its steps' trials and its tasks.

    The story at length is folded, and says what the steps say: it does not count.
    """
    texts = [text for name, text in sections("en", lesson).items() if name != "story"]
    steps = table_of("en", lesson, "step")
    words = sum(len(text.split()) for text in [*texts, *steps.values()])
    tries = sum(name.endswith(".practice") for name in steps)
    return round(words / WORDS + TASK * TASKS[lesson] + TRY * tries)


def course(page: Page) -> Course:
    """The lessons in their groups."""
    starts = [LESSONS.index(first) for first in GROUPS.values()]
    groups: list[Group] = [
        {
            "title": page.label(f"group.{name}"),
            "hint": page.label(f"group.hint.{name}"),
            "lessons": [lesson(page, key) for key in LESSONS[start:end]],
        }
        for name, start, end in zip(GROUPS, starts, [*starts[1:], len(LESSONS)], strict=True)
    ]
    words = page.labels("course") | {"how": page.label("course.how", words=f"{WORDS}")}
    names = ("opened", "minutes", "begin", "resume", "fresh", "left", "clear", "kept", "how")
    return {"groups": groups, "words": {"tasks": words["done"], **{name: words[name] for name in names}}}  # type: ignore[typeddict-item]


def lesson(page: Page, key: str) -> Lesson:
    """A lesson's link."""
    needs = NEEDS.get(key)
    return {
        "key": key,
        "title": page.label(f"lesson.{key}"),
        "href": address_of(key),
        "tasks": TASKS[key],
        "line": page.label(f"line.{key}"),
        "minutes": minutes(key),
        "needs": page.label("course.needs", n=f"{LESSONS.index(needs) + 1}") if needs else "",
    }


def two_companies(page: Page) -> list[Company]:
    """What one small LSTM makes of two companies: its cell state after each day, and its answer."""
    defaults = TWO_COMPANIES_ADDRESS.defaults
    traces = TWO_COMPANIES.traces(Controls(defaults.weights, defaults.days, tuple(COMPANIES)))
    return [
        {
            "name": page.label(f"series.{name}"),
            "days": list(days),
            "memory": traces[name]["c"].ravel().tolist(),
            "answer": traces[name]["h"].ravel()[-1].item(),
        }
        for name, days in COMPANIES.items()
    ]
