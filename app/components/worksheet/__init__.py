"""A document that is to be printed: as it will be on paper, with buttons that print and save it."""

from collections.abc import Mapping
from typing import get_args

from app.components import component
from app.components.worksheet.data import Data, Word

WORDS: tuple[Word, ...] = get_args(Word)


def worksheet(html: str, name: str, words: Mapping[str, str]) -> None:
    """Draw the document; `name` is what its file is called."""
    data: Data = {"html": html, "name": name, "words": {word: words[word] for word in WORDS}}
    component("worksheet")(key="worksheet", data=data)
