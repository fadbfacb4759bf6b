"""A server for one given model: it listens on loopback, and its address has a key that nobody else knows."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from weakref import finalize

from app.lessons.model.given import VARIABLE

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
SECONDS = 120  # until it answers, on a busy machine


@dataclass
class Server:
    """A server that has begun; it ends with `close`, or with this process."""

    address: str
    process: subprocess.Popen[bytes] = field(repr=False)
    close: Callable[[], object] = field(repr=False)

    def wait(self) -> None:
        """Return once the server has ended, or somebody presses Ctrl-C; then it has ended, too."""
        try:
            self.process.wait()
        except KeyboardInterrupt:
            pass
        finally:
            self.close()


def served(model: Path, name: str, x: Path | None, folder: TemporaryDirectory[str] | None = None) -> Server:
    """Serve a model's page until it is closed.

    Parameters
    ----------
    model, x : Path
        Of the model and, mostly, of an array for it to read.
    name : str
        What the page calls the model.
    folder : TemporaryDirectory, optional
        What goes when the server ends.

    Raises
    ------
    RuntimeError
        If it does not begin.
    """
    key, port = secrets.token_urlsafe(12), free_port()
    given = {"key": key, "model": str(model.resolve()), "name": name, "input": str(x.resolve()) if x else None}
    options = {"server.address": HOST, "server.port": port, "server.headless": "true", "server.fileWatcherType": "none"}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app/main.py")]
    process = subprocess.Popen(
        [*command, *(f"--{option}={value}" for option, value in options.items())],
        cwd=ROOT,
        env=os.environ | {VARIABLE: json.dumps(given)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the process that waits for it
    )
    server = Server(f"http://{HOST}:{port}/model?sample={key}", process, lambda: None)
    server.close = finalize(server, end, process, folder)
    if not answers(f"http://{HOST}:{port}/_stcore/health", process):
        server.close()
        raise RuntimeError("the server did not begin")
    return server


def end(process: subprocess.Popen[bytes], folder: TemporaryDirectory[str] | None) -> None:
    """End a server, and leave nothing."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if folder:
        folder.cleanup()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as each:
        each.bind((HOST, 0))
        port: int = each.getsockname()[1]
        return port


def answers(address: str, process: subprocess.Popen[bytes]) -> bool:
    """Whether a server answers in time."""
    began = time.monotonic()
    while process.poll() is None and time.monotonic() - began < SECONDS:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            time.sleep(0.1)
    return False
