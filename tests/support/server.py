"""The real server, on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """``streamlit run app/main.py``, to be used with ``with``; ``kill`` and ``start`` again keep its address."""

    def __init__(self, main="app/main.py", **environment):
        self.main, self.environment = main, os.environ | environment
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.output = tempfile.NamedTemporaryFile("ab")  # noqa: SIM115 - a pipe that nobody reads would fill up

    def start(self) -> None:
        """Start the process and wait until it answers."""
        options = {"server.port": self.port, "server.headless": "true", "server.fileWatcherType": "none"}
        flags = [f"--{name}={value}" for name, value in options.items()]
        command = [sys.executable, "-m", "streamlit", "run", self.main, *flags]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=self.output, stderr=subprocess.STDOUT
        )
        for _ in range(600):
            if self._healthy():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"the server did not start: {self.log()}")

    def log(self) -> str:
        """Return what the process has written."""
        return Path(self.output.name).read_text()

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        self.process.kill()
        self.process.wait()

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()
