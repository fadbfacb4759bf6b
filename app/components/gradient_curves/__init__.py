"""How far back a gradient reaches: one row of curves for each cell, on one axis of powers of ten."""

from collections.abc import Mapping
from typing import get_args

import numpy as np

from app.charts.axes import EXPLODED, VANISHED, Decades
from app.components import component
from app.components.gradient_curves.data import Data, Word
from app.formatting import scientific

TICKS = 6  # at most so many powers of ten on a row
ROOM = (10.0 ** (VANISHED - 3), 10.0 ** (EXPLODED + 3))  # a row is never smaller: both bands have room for their words

Sizes = Mapping[str, Mapping[str, np.ndarray]]


def reach(now: Sizes, presets: Mapping[str, Sizes], words: Mapping[str, str], key: str) -> None:
    """Draw the curves of the settings over those of the presets, the loss at the left.

    Parameters
    ----------
    now : mapping of str to mapping of str to array (T,)
        By cell and state, first the state that carries the memory; the loss last. c and h have hues of their own; of
        other states the first has c's.
    presets : mapping of str to such mappings
        Of each the first state alone is drawn, as far as it is on the axis.
    words : mapping of str to str
        A cell's name, its ``<cell>.about``, its states' names (``lstm.c``), the presets' names, ``loss``, ``first``,
        ``after``, ``back``, ``at``, ``vanished``, ``exploded``, ``now``, ``alt`` and ``png``.
    """
    component("gradient_curves")(key=key, data=picture(now, presets, words))


def picture(now: Sizes, presets: Mapping[str, Sizes], words: Mapping[str, str]) -> Data:
    """What the browser draws: every curve as places on the axis, and the numbers it can be asked for as text."""
    drawn = [values for states in now.values() for values in states.values()]
    above = [np.maximum(v, ROOM[0]) for one in presets.values() for states in one.values() for v in states.values()]
    axis = Decades.of(np.array(ROOM), *drawn, *above)  # a preset that vanishes leaves it: no other curve is a hair then
    return {
        "rows": [
            {
                "name": words[kind],
                "about": words[f"{kind}.about"],
                "curves": [
                    {
                        "name": words[f"{kind}.{state}"],
                        "role": state if state in "ch" else "b" if place else "c",
                        "at": back(axis, values),
                        "texts": written(values),
                    }
                    for place, (state, values) in enumerate(states.items())
                ],
                "presets": [
                    {
                        "name": words[name],
                        "kind": name,
                        "at": above_floor(axis, back(axis, first)),
                        "end": scientific(float(first[0])),
                    }
                    for name, cells in presets.items()
                    for first in [next(iter(cells[kind].values()))]
                ],
            }
            for kind, states in now.items()
        ],
        "axis": {
            "range": axis.range,
            "ticks": axis.ticks(TICKS),
            "vanished": VANISHED,
            "exploded": EXPLODED,
        },
        "words": {key: words[key] for key in WORDS},
    }


WORDS: tuple[Word, ...] = get_args(Word)


def back(axis: Decades, values: np.ndarray) -> list[float | None]:
    """Where a curve is at each step back from the loss."""
    return [at if at is None else round(at, 3) for at in axis.place(values[::-1])]


def above_floor(axis: Decades, places: list[float | None]) -> list[float | None]:
    """Places without those that are below the axis."""
    return [None if at is None or at < axis.range[0] else at for at in places]


def written(values: np.ndarray) -> list[str]:
    """The numbers of a curve, from the loss back; a dash where it has none, unless all of it is covered."""
    missing = "?" if np.isnan(values).all() else "\N{EN DASH}"
    return [missing if np.isnan(value) else scientific(float(value)) for value in values[::-1]]
