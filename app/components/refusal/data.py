"""What a refusal is sent."""

from typing import TypedDict


class Data(TypedDict):
    """All that is sent."""

    title: str  # what the file is
    name: str  # a reader's words
