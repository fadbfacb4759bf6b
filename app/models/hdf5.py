"""The groups, texts and arrays of an HDF5 file, which another process reads: see `hdf5_child.py`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from app.messages import RefusedError

BYTES = 400_000_000  # of all arrays that are read at once
SECONDS = 8  # of a processor: a damaged file may have the library read for ever
WAIT = 60  # seconds by the clock
CHILD = Path(__file__).with_name("hdf5_child.py")
ENVIRONMENT = {"HDF5_PLUGIN_PRELOAD": "::", "HDF5_USE_FILE_LOCKING": "FALSE", "OPENBLAS_NUM_THREADS": "1"}
"""No filters from elsewhere; one thread."""

_few = threading.BoundedSemaphore(2)


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
        read = self.small | (_arrays(*_asked(self.source, self.member, missing)) if missing else {})
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
    return Hdf5(source, member, head["groups"], datasets, head["links"], _arrays(head, data))


def _arrays(head: dict[str, Any], data: memoryview) -> dict[str, np.ndarray]:
    """The arrays that follow a line of JSON."""
    arrays = {}
    for name, (shape, dtype) in head["arrays"].items():
        array = np.frombuffer(data, np.dtype(dtype), prod(shape)).reshape(shape)
        data, arrays[name] = data[array.nbytes :], array
    return arrays


def _asked(source: BinaryIO, member: str | None, names: list[str] | None) -> tuple[dict[str, Any], memoryview]:
    descriptor = source.fileno()
    request = {"path": f"/dev/fd/{descriptor}", "member": member, "names": names, "bytes": BYTES, "seconds": SECONDS}
    command = [sys.executable, "-I", str(CHILD)]
    with _few, _in_memory() as output:
        try:
            done = subprocess.run(
                command,
                input=json.dumps(request).encode(),
                stdout=output,  # and no pipe, through which two processes would take turns
                stderr=subprocess.DEVNULL,
                timeout=WAIT,
                pass_fds=(descriptor,),
                env=os.environ | ENVIRONMENT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise RefusedError("file.hdf5.crashed") from None
        output.seek(0)
        answer = output.read()
    line = answer.find(b"\n")
    if done.returncode or line < 0:  # it crashed, or was stopped when its time was up
        raise RefusedError("file.hdf5.crashed")
    head = json.loads(answer[:line])
    if "refused" in head:
        reason, values = head["refused"]
        raise RefusedError(reason, **values)
    return head, memoryview(answer)[line + 1 :]


def _in_memory() -> BinaryIO:
    """A file that is on no disk, where the system has such."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("hdf5"), "w+b")
    return tempfile.TemporaryFile()
