"""What a prediction is sent, for a class."""

from collections.abc import Sequence
from typing import Annotated, TypedDict

Option = Annotated[tuple[str, str], "[string, string]"]


class Data(TypedDict):
    """All that is sent."""

    name: str  # of the question
    text: str
    options: Sequence[Option]  # with what each is called
    right: int  # which of them, for a teacher; -1 for others
    reveal: str  # why, for a teacher
    place: str  # the key of the page's part with it
    guessed: bool  # whether the reader has answered it
