"""Commits of a stage that are answered without a rerun of the page: what follows from them is sent as data.

A rerun costs the server some 12 ms, of which Streamlit alone has 5; what a lesson computes takes 2. Where something
is refused, or a page's text follows from its stage, the commit goes through Streamlit (`Lesson.commit`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.components.picture import plain
from app.controls.address import Address, Controls
from app.page.answers import Answers
from app.page.guide import Tasks, asked
from app.page.page import Page
from app.stage.commit_types import Answer


@dataclass(frozen=True, eq=False)
class Commits(Answers):
    """What answers the commits of one reader's stage, for as long as its page is open."""

    page: Page
    address: Address
    tasks: Tasks
    pictures: Mapping[str, Callable[[Controls], Element]]
    """By key: the pictures on the page that follow from the stage."""
    unwritten: dict[str, str | None]
    """What the browser writes in the address, for the page's next run to know (`Visit.unwritten`)."""

    def answer(self, sent: object) -> Answer | None:
        """What follows from a commit, which has all controls; None where one of them is refused."""
        controls, refused = self.address.check(sent, self.address.defaults)
        if refused:
            return None
        texts = self.address.write(controls)
        self.unwritten.update({key: texts.get(key) for key in self.address.keys})
        return {
            "address": dict(self.unwritten),
            "questions": [asked(self.page, question) for question in self.tasks.questions(controls)],
            "pictures": {key: plain(draw(controls), key) for key, draw in self.pictures.items()},
        }
