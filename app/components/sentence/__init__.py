"""A text, word by word, once for each reader of it: every word on a ground that says how strong its number is."""

from collections.abc import Sequence

from app.components import component
from app.components.sentence.data import Data, Row, Scale


def sentence(
    words: Sequence[str],
    rows: Sequence[Row],
    scale: Scale,
    key: str,
    marked: int | None = None,
    unknown: Sequence[int] = (),
    hidden: Sequence[int] = (),
    beside: bool = False,
) -> None:
    """Draw the words once for each row.

    Parameters
    ----------
    words : sequence of str
        As a reader typed them: they are set as text, never as HTML.
    rows : sequence of Row
        A strength and a number for each word.
    scale : Scale
    key : str
    marked : int, optional
        The word that gets a frame.
    unknown : sequence of int
        The words that look unknown.
    hidden : sequence of int
        The words that are hatched, because their numbers are not told yet.
    beside : bool
        Whether the rows' names are beside the words, for rows that are to be compared. Where there are many words, all
        but the marked one are blocks.
    """
    data: Data = {
        "words": list(words),
        "rows": list(rows),
        "scale": scale,
        "marked": marked,
        "unknown": list(unknown),
        "hidden": list(hidden),
        "beside": beside,
    }
    component("sentence")(key=key, data=data)
