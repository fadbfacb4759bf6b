"""The folder for the progress files of a server's jobs: nobody removes it for a server that is killed but the next."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

PREFIX = "gatewalk-"


class Folder:
    """A temporary folder that is locked for as long as its process lives; those that nobody holds are removed."""

    def __init__(self) -> None:
        sweep()
        self.held = None
        while self.held is None:  # another server's sweep may be faster than the lock
            self.made = TemporaryDirectory(prefix=PREFIX)
            self.held = locked(Path(self.made.name))

    @property
    def path(self) -> Path:
        return Path(self.made.name)

    def remove(self) -> None:
        if self.held is not None:
            os.close(self.held)
            self.held = None
        self.made.cleanup()


def sweep() -> None:
    """Remove what servers left that were killed."""
    for folder in Path(gettempdir()).glob(f"{PREFIX}*"):
        held = locked(folder)
        if held is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(held)


def locked(folder: Path) -> int | None:
    """A descriptor that holds a folder; None where another process does, or there is none of ours."""
    try:
        found = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(found)
        return None
    return found
