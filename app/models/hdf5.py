"""The groups, texts and arrays of an HDF5 file, which another process reads: see `hdf5_child.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from app.messages import RefusedError
from app.models.child import SilentError, arrays_of, asked

BYTES = 400_000_000  # of all arrays that are read at once
SECONDS = 8  # of a processor: a damaged file may have the library read for ever
CHILD = Path(__file__).with_name("hdf5_child.py")
ENVIRONMENT = {"HDF5_PLUGIN_PRELOAD": "::", "HDF5_USE_FILE_LOCKING": "FALSE", "OPENBLAS_NUM_THREADS": "1"}
"""No filters from elsewhere; one thread."""


@dataclass(frozen=True)
class Hdf5:
    """What lies in an HDF5 file.

    Attributes
    ----------
    source : file
        Kept open: it may be unlinked.
    member : str or None
        The name that it has in an archive.
    groups : dict of str to dict
        Each group's attributes that say what a model is: text or lists of text; the root is ``""``.
    datasets : dict of str to (shape, dtype)
    links : int
        How many links were not followed.
    small : dict of str to array
        What was read at once, of a small file.
    """

    source: BinaryIO
    member: str | None
    groups: dict[str, dict[str, Any]]
    datasets: dict[str, tuple[tuple[int, ...], str]]
    links: int
    small: dict[str, np.ndarray] = field(repr=False)

    def arrays(self, names: Sequence[str]) -> list[np.ndarray]:
        """Read datasets; raises RefusedError if one is damaged or too large."""
        missing = [name for name in names if name not in self.small]
        read = self.small | (arrays_of(*_asked(self.source, self.member, missing)) if missing else {})
        return [self._plain(name, read[name]) for name in names]

    def _plain(self, name: str, array: np.ndarray) -> np.ndarray:
        """An array in the processor's order of bytes; NumPy has no bfloat16."""
        if self.datasets[name][1] == "bfloat16":
            array = (array.view("<u2").astype("<u4") << 16).view("<f4")
        return array.astype(array.dtype.newbyteorder("="), copy=False)

    def text(self, group: str, name: str) -> str | None:
        """An attribute that is one text."""
        value = self.groups.get(group, {}).get(name)
        return value if isinstance(value, str) else None

    def texts(self, group: str, name: str) -> list[str]:
        """An attribute that is a list of texts; none where it is not."""
        value = self.groups.get(group, {}).get(name)
        return value if isinstance(value, list) else []


def opened_hdf5(path: Path, member: str | None = None) -> Hdf5:
    """Read what an HDF5 file holds, or one in an archive, but no array.

    Raises
    ------
    RefusedError
        If it is damaged, too much, or its numbers are in other files.
    """
    source = path.open("rb")
    head, data = _asked(source, member, None)
    datasets = {name: (tuple(shape), dtype) for name, (shape, dtype) in head["datasets"].items()}
    return Hdf5(source, member, head["groups"], datasets, head["links"], arrays_of(head, data))


def _asked(source: BinaryIO, member: str | None, names: list[str] | None) -> tuple[dict[str, Any], memoryview]:
    descriptor = source.fileno()
    request = {"path": f"/dev/fd/{descriptor}", "member": member, "names": names, "bytes": BYTES, "seconds": SECONDS}
    try:
        head, data = asked(CHILD, request, descriptors=(descriptor,), environment=ENVIRONMENT)
    except SilentError:
        raise RefusedError("file.hdf5.crashed") from None
    if "refused" in head:
        reason, values = head["refused"]
        raise RefusedError(reason, **values)
    return head, data
