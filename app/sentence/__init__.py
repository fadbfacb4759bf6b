"""A text, word by word, once for each reader of it: every word on a ground that says how strong its number is."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import streamlit as st

SCRIPT = """const sentence = import(new URL("sentence/sentence.js", document.baseURI).href)
export default (component) => {
  const cleanup = sentence.then((module) => module.default(component))
  return () => { cleanup.then((clean) => clean?.()) }
}
"""


@cache
def component() -> Callable[..., Any]:
    return st.components.v2.component("gatewalk_sentence", js=SCRIPT)


def sentence(
    words: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    scale: Mapping[str, Any],
    key: str,
    marked: int | None = None,
) -> None:
    """Draw the words once for each row.

    Parameters
    ----------
    words : sequence of str
        As a reader typed them: they are set as text, never as HTML.
    rows : sequence of mapping
        ``name``; ``note``; for each word in ``strengths`` how much of the full colour it gets (0…1), in ``numbers``
        what is printed for it.
    scale : mapping
        ``title``; ``low`` and ``high``, what the ends of the colours mean; ``word``, as in "word {n} of {total}".
    key : str
    marked : int, optional
        The word that gets a frame.
    """
    component()(key=key, data={"words": list(words), "rows": list(rows), "scale": scale, "marked": marked})
