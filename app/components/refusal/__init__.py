"""Why a file was refused: told once to those who listen, and focused, for it stands in place of what was asked for."""

from app.components import component
from app.components.refusal.data import Data


def refusal(title: str, name: str) -> None:
    """Draw what a file is that could not be opened, and its name."""
    data: Data = {"title": title, "name": name}
    component("refusal")(key="refusal", data=data)
