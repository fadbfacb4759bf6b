"""Several processes of the app on one machine, behind Caddy: ``make serve``. Caddy and Redis are the system's.

SIGHUP restarts the processes one after the other, each once readers are sent elsewhere; one that dies is started again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
NEEDED = {
    "caddy": "Caddy is missing: it is in front of the processes (apt install caddy, or https://caddyserver.com/docs/install).",
    "redis-server": "Redis is missing: class rooms of several processes are kept there (apt install redis-server).",
}
DRAIN = 3  # seconds in which Caddy learns that a process is about to end
END = 15  # seconds for a process to end


def missing() -> list[str]:
    """Return what is said of each program that is not there."""
    return [said for program, said in NEEDED.items() if not shutil.which(program)]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Site:
    """All the processes of a site, from Redis to Caddy."""

    def __init__(self, site: str, processes: int, folder: str) -> None:
        redis, self.ports = free_port(), [free_port() for _ in range(processes)]
        self.others = [
            run("redis-server", "--port", redis, "--bind", "127.0.0.1", "--save", "", "--dir", folder),
            run(sys.executable, "-m", "app.training.local_cluster", max(1, (os.cpu_count() or 1) - 1), listens=True),
        ]
        assert self.others[1].stdout
        self.environment = {
            "REDIS_URL": f"redis://127.0.0.1:{redis}",
            "GATEWALK_DASK": self.others[1].stdout.readline().decode().strip(),
            "GATEWALK_DRAIN": f"{DRAIN}",
            "GATEWALK_LOGS": os.environ.get("GATEWALK_LOGS", "json"),
        }
        self.apps = [self.app(port) for port in self.ports]
        for port in self.ports:
            wait_until_ready(port)
        apps = " ".join(f"127.0.0.1:{port}" for port in self.ports)
        proxied = {"GATEWALK_SITE": site, "GATEWALK_APPS": apps}
        config = ROOT / "deploy" / "Caddyfile"
        self.others.append(run("caddy", "run", "--config", config, "--adapter", "caddyfile", environment=proxied))

    def app(self, port: int) -> subprocess.Popen[bytes]:
        options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
        return run(sys.executable, "-m", "streamlit", "run", "app/main.py", *options, environment=self.environment)

    def restart(self) -> None:
        """Restart the processes one after the other."""
        for place, (port, app) in enumerate(zip(self.ports, self.apps, strict=True)):
            app.terminate()
            app.wait(END)
            self.apps[place] = self.app(port)
            wait_until_ready(port)
            time.sleep(DRAIN)  # until Caddy sends readers there again

    def look_after(self) -> None:
        """Start what has died again."""
        for place, (port, app) in enumerate(zip(self.ports, self.apps, strict=True)):
            if app.poll() is not None:
                self.apps[place] = self.app(port)

    def end(self) -> None:
        started = [*self.apps, *reversed(self.others)]
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(END)
            except subprocess.TimeoutExpired:
                process.kill()


def run(*command: object, listens: bool = False, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a program; one that listens has pipes, and ends when they are closed."""
    pipe = subprocess.PIPE if listens else None
    dask = {"DASK_CONFIG": f"{ROOT}/app/training/dask.yaml", "PYTHONPATH": f"{ROOT}"}
    return subprocess.Popen(
        [str(word) for word in command], cwd=ROOT, env=os.environ | dask | (environment or {}), stdin=pipe, stdout=pipe
    )


def wait_until_ready(port: int, seconds: float = 120) -> None:
    """Wait until a process says that readers may come.

    Raises
    ------
    TimeoutError
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_gatewalk/ready", timeout=2) as answer:
                if answer.read() == b"ready":
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")


def main() -> None:
    """Run a site until it is told to end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", default=os.environ.get("GATEWALK_SITE", "localhost"), help="what readers type")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="of the app; one a core")
    asked = parser.parse_args()
    if said := missing():
        raise SystemExit("\n".join(said))
    signals: list[int] = []
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: signals.append(number))
    with TemporaryDirectory() as folder:
        site = Site(asked.site, asked.processes, folder)
        print(f"ready: {asked.site}, processes on {site.ports}", flush=True)
        while not signals or signals[0] == signal.SIGHUP:
            if signals:
                signals.pop(0)
                site.restart()
            site.look_after()
            time.sleep(0.2)
        site.end()


if __name__ == "__main__":
    main()
