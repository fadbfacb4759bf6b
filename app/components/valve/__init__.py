"""σ and tanh as valves: each curve with a dot to drag along it."""

from collections.abc import Mapping

from app.components import component
from app.components.valve.data import Data, Valve
from app.formatting import number
from cells.equations import curve
from cells.functions import function

REACH, PLACES = 6.0, 241  # the curve from −REACH to REACH; the dot is at one of PLACES
START = 160  # the place the dot has at first: +2


def valves(names: Mapping[str, str], words: Mapping[str, str], key: str) -> None:
    """Draw the functions of `names` (with their title for the reader).

    `words`: ``open``, as in "{percent}% open"; ``drag``, what the dot is for.
    """
    data: Data = {
        "valves": [valve(name, title) for name, title in names.items()],
        "words": {"open": words["open"], "drag": words["drag"]},
    }
    component("valve")(key=key, data=data)


def valve(name: str, title: str) -> Valve:
    """A function at every place the dot can have, with the numbers that are printed there."""
    points = curve(name, REACH, PLACES)
    low = function(name)(points[:1, 0] * 1e3).item()  # where the curve comes from: 0 or −1
    return {
        "title": title,
        "symbol": function(name).symbol,
        "start": START,
        "points": points.round(5).tolist(),
        "floor": round(low),
        "inputs": [number(x, 2) for x in points[:, 0].tolist()],
        "outputs": [number(y) for y in points[:, 1].tolist()],
        "percent": [number(100 * y, 0) for y in points[:, 1].tolist()],
    }
