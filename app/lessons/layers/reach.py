"""Which parts of an unrolled network can depend on which: an input, a cell's hidden state, both directions joined."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

INPUT, JOINED = -1, 2  # the layer of the inputs; beside the directions 0 and 1, the two laid end to end


@dataclass(frozen=True, order=True)
class Part:
    """A part of the picture: a layer (from 0), a direction (0 forward, 1 backward, or JOINED), a step (from 0)."""

    layer: int
    way: int
    step: int


@dataclass(frozen=True)
class Unrolled:
    """The shape of an unrolled network."""

    layers: int
    ways: int
    steps: int

    def parts(self) -> list[Part]:
        """Every part, the inputs first."""
        ways = (0,) if self.ways == 1 else (0, 1, JOINED)
        rows = [(INPUT, 0)] + [(layer, way) for layer in range(self.layers) for way in ways]
        return [Part(layer, way, step) for layer, way in rows for step in range(self.steps)]

    def output(self, layer: int, step: int) -> Part:
        """What a layer passes on at a step, or the input for the one below the first."""
        return Part(layer, JOINED if self.ways == 2 and layer != INPUT else 0, step)

    def readers(self, part: Part) -> Iterator[Part]:
        """What reads a part directly."""
        if part == self.output(part.layer, part.step):
            if part.layer + 1 < self.layers:
                yield from (Part(part.layer + 1, way, part.step) for way in range(self.ways))
        else:
            yield self.output(part.layer, part.step)
        later = part.step + (-1 if part.way == 1 else 1)
        if part.layer != INPUT and part.way != JOINED and 0 <= later < self.steps:
            yield Part(part.layer, part.way, later)


@lru_cache(maxsize=2048)
def reach(unrolled: Unrolled, source: Part) -> frozenset[Part]:
    """Every part that can depend on the source, itself among them."""
    found, ahead = {source}, [source]
    while ahead:
        new = set(unrolled.readers(ahead.pop())) - found
        found |= new
        ahead += new
    return frozenset(found)
