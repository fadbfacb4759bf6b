"""What a component writes in the address by itself: told to the server, which would else write the address it knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.controls.settings import Stored
from app.messages import Message
from app.page.answers import Answers

PLACE = ("at", "unit")  # of a stage; read where a page is drawn
LONGEST = 16  # letters of a place


@dataclass(frozen=True, eq=False)
class Written(Answers):
    """Takes what the browser has written, for as long as the page is open.

    Attributes
    ----------
    settings
        Those that the browser writes, beside the place of its stage.
    unwritten
        What the page's next change writes along (`Visit.unwritten`).
    """

    settings: Sequence[Stored]
    unwritten: dict[str, str | None]

    def answer(self, sent: object) -> dict[str, str] | None:
        """Nothing follows; None where the texts are not such as an address may have."""
        if not isinstance(sent, Mapping):
            return None
        if not all(self.takes(name, text) for name, text in sent.items()):
            return None
        self.unwritten.update(sent)
        return {}

    def takes(self, name: object, text: object) -> bool:
        """Whether an address may say this of a name; None is that it says nothing."""
        setting = next((each for each in self.settings if each.name == name), None)
        if setting is None and name not in PLACE:
            return False
        if setting is None or not isinstance(text, str):
            return text is None or (isinstance(text, str) and len(text) <= LONGEST)
        return not isinstance(setting.read(text), Message)
