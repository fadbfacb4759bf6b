"""The button that opens the panel *Take it with you*; the panel itself the browser loads once it is pressed."""

from app.components import component
from app.components.take.data import Data


def take(data: Data) -> None:
    """Draw the button."""
    component("take")(key="take", data=data)
