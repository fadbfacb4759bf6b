"""A network that writes letter by letter, in the browser."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from app.components import component
from app.components.writing.data import Data, SentNetwork

KEY = "writing"
WORDS = (
    "text", "given", "written", "read_as", "mark", "next", "others", "after", "temperature", "zero", "sharper",
    "plain", "flatter", "told.zero", "told.sharper", "told.plain", "told.flatter", "told.untrained", "loop", "full",
    "watch", "all", "unit", "chip", "unit_over", "letter", "line", "start", "play", "pause", "write", "write.letter",
    "write.line", "draw", "draw.other", "begin", "begin.cut", "begin.read", "source", "kind", "live", "space",
    "line_end", "say.new", "say.step", "series", "found", "feature.spaces", "feature.word", "feature.vowels",
    "feature.line", "feature.capitals", "feature.quotation", "feature.tones", "say.at.falls", "say.at.rises",
    "say.with.falls", "say.with.rises", "map", "map.hint", "map.told", "map.at", "close",
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """What a reader's browser sent: which network, and what of the text is not the default, as an address has it."""

    source: str
    kind: str
    texts: Mapping[str, str]


def writing(data: Data, on_choice: Callable[[], None]) -> None:
    """Draw it; `on_choice` is called for another network or beginning (see `chosen`)."""
    component("writing")(key=KEY, data=data, on_choice_change=on_choice)


def chosen() -> Choice | None:
    """The last choice, not yet checked; None if there is none, or none that can be read."""
    sent = getattr(st.session_state.get(KEY), "choice", None)
    if not isinstance(sent, Mapping):
        return None
    source, kind, texts = sent.get("source"), sent.get("kind"), sent.get("texts")
    if not (isinstance(source, str) and isinstance(kind, str) and isinstance(texts, Mapping)):
        return None
    return Choice(source, kind, {str(name): text for name, text in texts.items() if isinstance(text, str)})


def packed(key: str, letters: list[str], arrays: Mapping[str, np.ndarray]) -> SentNetwork:
    """A network as it is sent."""
    return {
        "key": key,
        "letters": letters,
        "weights": base64.b64encode(b"".join(array.astype("<f4").tobytes() for array in arrays.values())).decode(),
        "shapes": {name: list(array.shape) for name, array in arrays.items()},
    }
