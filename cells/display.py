"""How notebooks display cells and runs: by a renderer from outside, since a picture is no part of the mathematics."""

from __future__ import annotations

from collections.abc import Callable

Renderer = Callable[[object], str]

_renderer: Renderer | None = None


def render_with(renderer: Renderer | None) -> None:
    """Have notebooks display cells and runs as the HTML that a function makes of them; None for their text alone.

    Parameters
    ----------
    renderer : callable or None
    """
    global _renderer
    _renderer = renderer


class Displayed:
    """What a notebook displays."""

    def _repr_html_(self) -> str | None:
        return _renderer(self) if _renderer else None
