"""A cell's parameters as runs take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cells.checks import Array
from cells.expression import Matrix


class Parameters(dict[str, Array]):
    """Parameters by name, each (S or 1, …), and what runs have stacked of them: a cell is run many times."""

    def __init__(self, arrays: Mapping[str, Array]):
        super().__init__(arrays)
        self._stacked: dict[tuple[str, ...], Array] = {}

    def stacked(self, nodes: Sequence[Matrix]) -> Array:
        """Return the matrices of ``nodes``, transposed and side by side: (S or 1, m, G·n), contiguous, made once."""
        names = tuple(node.parameter for node in nodes)
        if names not in self._stacked:
            lead = max(len(self[name]) for name in names)
            parts = [np.broadcast_to(np.swapaxes(self[n], -1, -2), (lead, *self[n].shape[:0:-1])) for n in names]
            self._stacked[names] = np.ascontiguousarray(np.concatenate(parts, axis=-1))
        return self._stacked[names]
