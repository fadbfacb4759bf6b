"""What the browser is sent for a commit of the stage that needs no rerun of the page."""

from collections.abc import Mapping
from typing import Annotated, Any, TypedDict

from app.stage.guide_types import Question


class Answer(TypedDict):
    """What follows from a commit."""

    address: Mapping[str, str | None]  # texts by name; null leaves a name out
    questions: list[Question]  # of the guide, as the reader's numbers answer them now
    pictures: Mapping[str, Annotated[list[Any], 'import("../components/picture/picture.js").Drawing']]  # by key
