"""Where browsers find our scripts and styles: one bundle of each, made by `make bundles`."""

import hashlib
import os
from functools import cache
from pathlib import Path

APP = Path(__file__).resolve().parent.parent
FOLDERS = ("bundles", "components", "frame", "stage")
"""What the server sends scripts and styles from."""

SOURCES = "GATEWALK_SOURCES"
"""The environment variable that has browsers load the sources, each module as it is (`make dev`)."""


def version(content: bytes) -> str:
    """A hash of a file's content."""
    return hashlib.sha256(content).hexdigest()[:16]


@cache
def address(name: str) -> str:
    """Where a page finds a bundle, or its source."""
    return f"frame/{name}" if os.environ.get(SOURCES) else bundle(name)


@cache
def bundle(name: str) -> str:
    """Where a page finds a bundle; the version makes it another address whenever the content changes."""
    return f"bundles/{name}?v={version((APP / 'bundles' / name).read_bytes())}"
