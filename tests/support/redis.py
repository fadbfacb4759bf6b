"""A real Redis, on a free port of this machine, which can be restarted and killed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time

from tests.support.server import free_port

PROGRAM = shutil.which("redis-server") or shutil.which("valkey-server")


class RedisServer:
    """``redis-server``, to be used with ``with``; it writes down what it knows when it is stopped, not when killed."""

    def __init__(self):
        self.port = free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self.folder = tempfile.TemporaryDirectory()

    def start(self) -> None:
        """Start the process and wait until it answers."""
        command = [PROGRAM, "--port", str(self.port), "--dir", self.folder.name, "--save", "3600 1"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(400):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError("redis-server did not start")

    def stop(self) -> None:
        """End the process as a restart of the machine would."""
        self.process.terminate()
        self.process.wait()

    def kill(self) -> None:
        """End the process at once: what it knew is lost."""
        self.process.kill()
        self.process.wait()

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()
        self.folder.cleanup()
