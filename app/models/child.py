"""What another process answers, that is confined: what reads other people's files in C may crash, or come to no end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from math import prod
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

WAIT = 60  # seconds by the clock

_few = threading.BoundedSemaphore(2)


class SilentError(Exception):
    """The process crashed, or was stopped when its time was up."""


def asked(
    script: Path,
    request: Mapping[str, Any],
    data: Iterable[bytes | memoryview] = (),
    *,
    descriptors: tuple[int, ...] = (),
    environment: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], memoryview]:
    """Return the head of an answer, and the bytes that follow it.

    Parameters
    ----------
    script : Path
        What runs, by itself.
    request : dict
        Its input's first line, as JSON.
    data : bytes
        What follows that line.
    descriptors : tuple of int
        Open files that the process gets.
    environment : dict, optional
        Added to this process's own.

    Raises
    ------
    SilentError
        If there is no answer.
    """
    command = [sys.executable, "-I", str(script)]
    with _few, _in_memory() as output:
        try:
            done = subprocess.run(
                command,
                input=b"".join([json.dumps(request).encode(), b"\n", *data]),
                stdout=output,  # and no pipe, through which two processes would take turns
                stderr=subprocess.DEVNULL,
                timeout=WAIT,
                pass_fds=descriptors,
                env=os.environ | (environment or {}),
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SilentError from None
        output.seek(0)
        answer = output.read()
    line = answer.find(b"\n")
    if done.returncode or line < 0:
        raise SilentError
    return json.loads(answer[:line]), memoryview(answer)[line + 1 :]


def arrays_of(head: Mapping[str, Any], data: memoryview) -> dict[str, np.ndarray]:
    """Return the arrays that follow a head, which says their shapes and types."""
    arrays = {}
    for name, (shape, dtype) in head["arrays"].items():
        array = np.frombuffer(data, np.dtype(dtype), prod(shape)).reshape(shape)
        data, arrays[name] = data[array.nbytes :], array
    return arrays


def _in_memory() -> BinaryIO:
    """A file that is on no disk, where the system has such."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("answer"), "w+b")
    return tempfile.TemporaryFile()
