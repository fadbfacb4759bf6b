"""What the preview of a worksheet is sent."""

from typing import Literal, TypedDict

Word = Literal["print", "save", "preview"]


class Data(TypedDict):
    """All that is sent."""

    html: str  # a whole document, which asks for nothing
    name: str  # of its file
    words: dict[Word, str]
