"""The bar above every page: home, the lessons and how far the reader is, and a search that leads to a place."""

from app.components import component
from app.components.bar.data import Data


def bar(data: Data) -> None:
    """Draw the bar. It moves between pages by itself, so that each move is one entry of the browser's history."""
    component("bar")(key="places", data=data)
