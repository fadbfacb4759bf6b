"""A text, word by word, once for each reader of it: every word on a ground that says how strong its number is."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.components import component


def sentence(
    words: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    scale: Mapping[str, Any],
    key: str,
    marked: int | None = None,
    unknown: Sequence[int] = (),
) -> None:
    """Draw the words once for each row.

    Parameters
    ----------
    words : sequence of str
        As a reader typed them: they are set as text, never as HTML.
    rows : sequence of mapping
        ``name``; ``note``; for each word in ``strengths`` how much of the full colour it gets (0…1, or −1…1
        where there are two sides), in ``numbers`` what is printed for it.
    scale : mapping
        ``title``; ``low`` and ``high``, what the ends of the colours mean; ``word``, as in "word {n} of {total}";
        ``sides`` where there are two of them; ``unknown``, the note on unknown words.
    key : str
    marked : int, optional
        The word that gets a frame.
    unknown : sequence of int
        The words that look unknown.
    """
    data = {"words": list(words), "rows": list(rows), "scale": scale, "marked": marked, "unknown": list(unknown)}
    component("sentence")(key=key, data=data)
