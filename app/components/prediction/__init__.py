"""A prediction of a page without a stage, as a class is asked it: the class's words are drawn over the page."""

from collections.abc import Callable, Mapping
from typing import Literal

import streamlit as st

from app.components import component
from app.components.prediction.data import Data

Told = Literal["held", "open"]


def in_class(key: str) -> Told | None:
    """What a class says of a prediction: held, until the teacher reveals it; open, once they have; None if nothing."""
    told = getattr(st.session_state.get(f"class-{key}"), "told", None)
    return told if told in ("held", "open") else None


def prediction(
    name: str,
    text: str,
    options: Mapping[str, str],
    answer: tuple[str, str] | None,
    guessed: bool,
    key: str,
    on_told: Callable[[], None],
) -> None:
    """Let a class know of a prediction, which stands in the container `asked-<key>`.

    Parameters
    ----------
    name, text : str
        Of the question.
    options : mapping of str to str
        With what each is called.
    answer : tuple of str, optional
        Which of them is right, and why, for the browser of a teacher.
    guessed : bool
        Whether the reader has answered it.
    key : str
    on_told : callable
        The callback once the class says something else of it (see `in_class`).
    """
    right, reveal = answer or (None, "")
    data: Data = {
        "name": name,
        "text": text,
        "options": list(options.items()),
        "right": -1 if right is None else list(options).index(right),
        "reveal": reveal,
        "place": f"asked-{key}",
        "guessed": guessed,
    }
    component("prediction")(key=f"class-{key}", data=data, on_told_change=on_told, height=0)
