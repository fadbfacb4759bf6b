"""A section below the curves of untrained cells, drawn alone: the lessons `gradients` and `gates`."""

from collections.abc import Mapping
from typing import Any

from streamlit.testing.v1 import AppTest


def script(lesson, name, language, changed):
    from importlib import import_module

    from app.page.page import Page
    from app.page.settings import draw_sliders
    from app.untrained.initial import Settings

    sections = import_module(f"app.lessons.{lesson}.sections")
    rest = [lambda asked: None] if name == "map" else []  # what a click on the map does
    getattr(sections, f"{name}_section")(Page(lesson, language), Settings(**changed), *rest)
    draw_sliders()


def section(
    lesson: str, name: str, language: str = "en", changed: Mapping[str, Any] | None = None, **query: str
) -> AppTest:
    """Draw a section by its name, with some settings changed; `query` is what the address asks for."""
    test = AppTest.from_function(script, args=(lesson, name, language, dict(changed or {})), default_timeout=120)
    for key, value in query.items():
        test.query_params[key] = value
    test.run()
    assert not test.exception
    return test
