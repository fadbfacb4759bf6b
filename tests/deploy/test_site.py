"""Two processes behind the real Caddy: each reader stays with one, and its restart costs nobody anything."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from http.cookies import SimpleCookie

import psutil
import pytest
import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from app.server.operations import READY
from tests.support.server import ROOT, Server, free_port

MISSING = [program for program in ("caddy", "redis-server") if not shutil.which(program)]
pytestmark = [pytest.mark.training, pytest.mark.skipif(bool(MISSING), reason=f"not installed: {MISSING}")]

NUMBERS = """() => [...document.querySelectorAll("*")]
  .flatMap((one) => (one.shadowRoot ? [...one.shadowRoot.querySelectorAll(".gw-picture .layer-values .number")] : []))
  .map((number) => number.textContent).join()"""
SOON = 3  # seconds for a reader to be connected again


class Site:
    """``make serve`` on a free port, and the ports of its processes."""

    def __init__(self, folder: str) -> None:
        self.host = f"127.0.0.1:{free_port()}"
        environment = os.environ | {"XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
        command = [sys.executable, "deploy/serve.py", "--site", f"http://{self.host}", "--processes", "2"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        told = next(line for line in self.process.stdout if line.startswith("ready: "))
        self.ports = [int(port) for port in re.findall(r"\d+", told.partition("processes on")[2])]
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        self.get("/", wait=30)

    def get(self, path: str, wait: float = 0) -> int:
        """The status of an answer; wait until Caddy is there."""
        end = time.monotonic() + wait
        while True:
            try:
                status = requests.get(f"http://{self.host}{path}", timeout=30).status_code
                if status == 200 or time.monotonic() > end:
                    return status
            except requests.ConnectionError:
                assert time.monotonic() < end
            time.sleep(0.2)

    def processes(self) -> list[int]:
        """The processes of the app."""
        found = [
            process.pid for process in psutil.Process(self.process.pid).children() if "streamlit" in process.cmdline()
        ]
        assert len(found) == len(self.ports)
        return found

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(60)

    def figure(self, port: int, name: str) -> float:
        """What a process says of itself to those who may ask."""
        try:
            text = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=30).text
        except requests.ConnectionError:
            return -1
        return float(re.search(rf"^{name} (\S+)$", text, re.MULTILINE)[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    made = Site(str(tmp_path_factory.mktemp("caddy")))
    yield made
    made.end()


class Reader(threading.Thread):
    """One open tab: a WebSocket that is opened again when it is closed, and requests meanwhile."""

    def __init__(self, host: str) -> None:
        super().__init__(daemon=True)
        self.host, self.cookie, self.leaves = host, "", False
        self.statuses: list[int] = []
        self.gaps: list[float] = []

    def connected(self):
        headers = {"Cookie": self.cookie} if self.cookie else {}
        address = f"ws://{self.host}/_stcore/stream"
        socket = connect(
            address, subprotocols=["streamlit"], additional_headers=headers, open_timeout=SOON, legacy=True
        )
        for sent in socket.response.headers.get_all("Set-Cookie"):
            for name, morsel in SimpleCookie(sent).items():
                if name == "gatewalk_process":
                    self.cookie = f"{name}={morsel.value}"
        return socket

    def run(self) -> None:
        socket = self.connected()
        while not self.leaves:
            self.statuses.append(
                requests.get(f"http://{self.host}/lstm", headers={"Cookie": self.cookie}, timeout=30).status_code
            )
            try:
                socket.recv(timeout=0.05)
            except TimeoutError:
                continue
            except ConnectionClosed:
                began = time.monotonic()
                socket = self.connected()
                self.gaps.append(time.monotonic() - began)
        socket.close()


def until(true, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def test_what_operators_ask_is_closed_to_readers(site):
    assert site.get("/_stcore/health") == 200
    for path in ("/metrics", "/_stcore/metrics", *READY):
        assert site.get(path) == 404
    for port in site.ports:
        assert site.figure(port, "process_resident_memory_bytes") > 1e8
        assert requests.get(f"http://127.0.0.1:{port}/_gatewalk/ready", timeout=30).text == "ready"


def test_a_process_is_restarted_and_nobody_is_lost(site):
    readers = [Reader(site.host) for _ in range(4)]
    for reader in readers:
        reader.start()
    until(lambda: sum(site.figure(port, "gatewalk_sessions") for port in site.ports) == len(readers))
    first = Reader(site.host)
    first.cookie = readers[0].cookie
    before = [site.figure(port, "gatewalk_sessions") for port in site.ports]
    sockets = [first.connected() for _ in range(5)]
    until(lambda: sum(site.figure(port, "gatewalk_sessions") for port in site.ports) == len(readers) + 5)
    grown = [site.figure(port, "gatewalk_sessions") - was for port, was in zip(site.ports, before, strict=True)]
    assert sorted(grown) == [0, 5]  # where the cookie says
    for socket in sockets:
        socket.close()

    began = [site.figure(port, "process_start_time_seconds") for port in site.ports]
    site.process.send_signal(signal.SIGHUP)
    until(
        lambda: all(
            site.figure(port, "process_start_time_seconds") > was for port, was in zip(site.ports, began, strict=True)
        ),
        120,
    )
    time.sleep(SOON)
    for reader in readers:
        reader.leaves = True
        reader.join(30)
    statuses = [status for reader in readers for status in reader.statuses]
    gaps = [gap for reader in readers for gap in reader.gaps]
    print(f"{len(statuses)} requests, connected again after {max(gaps):.2f} s at most")
    assert set(statuses) == {200}
    assert len(gaps) >= len(readers)  # each lost its process once at least
    assert max(gaps) < SOON


@pytest.mark.browser
def test_a_browser_comes_back_from_a_process_that_drains(site, new_context):
    page = new_context(viewport={"width": 1280, "height": 720}).new_page()
    closed, heard = [], []

    def watch(socket) -> None:
        socket.on("close", lambda _: closed.append(time.monotonic()))
        socket.on("framereceived", lambda _: heard.append(time.monotonic()))

    page.on("websocket", watch)
    page.goto(f"http://{site.host}/fourday?teach=true&lang=en&at=3.2&show=B")
    page.get_by_role("button", name="Open a class").click(timeout=60_000)
    code = page.get_by_role("dialog").locator(".gw-code").inner_text()
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Weights").click()
    slider = page.get_by_role("slider", name="input, bias")
    slider.press("ArrowRight")
    page.wait_for_url(lambda url: len(url) > len(f"http://{site.host}/fourday?teach=true&lang=en&at=3.2&show=B"))
    url, numbers = page.url, page.evaluate(NUMBERS)
    with_it = [site.figure(port, "gatewalk_sessions") for port in site.ports]
    assert sorted(with_it) == [0, 1]
    port = site.ports[with_it.index(1)]
    (drained,) = (pid for pid in site.processes() if f"--server.port={port}" in psutil.Process(pid).cmdline())
    os.kill(drained, signal.SIGTERM)
    while not (closed and heard and heard[-1] > closed[0]):
        assert not closed or time.monotonic() - closed[0] < 20
        page.wait_for_timeout(50)
    back = next(when for when in heard if when > closed[0]) - closed[0]
    page.get_by_text("The connection is lost").first.wait_for(state="hidden")
    print(f"a browser is back {back:.2f} s after its process has closed the connection")
    assert back < SOON
    assert (page.url, page.evaluate(NUMBERS)) == (url, numbers)
    assert page.locator(".gw-class .gw-join .gw-code").inner_text() == code
    page.get_by_role("button", name="Black screen").click()  # Redis has the room
    page.locator(".gw-class-bar button[aria-pressed=true]").wait_for()


def curl(*options: str) -> str:
    run = subprocess.run(
        ["curl", "--silent", "--insecure", "--http2", "--max-time", "20", *options],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return run.stdout


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_pages_and_streams_come_by_https_and_http_2(tmp_path):
    site = f"https://localhost:{free_port()}"
    config = (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")
    (tmp_path / "Caddyfile").write_text(config.replace("admin off", "admin off\n\tauto_https disable_redirects", 1))
    with Server() as server:
        environment = os.environ | {
            "GATEWALK_SITE": site,
            "GATEWALK_APPS": f"127.0.0.1:{server.port}",
            "XDG_DATA_HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path),
        }
        caddy = subprocess.Popen(
            ["caddy", "run", "--config", tmp_path / "Caddyfile", "--adapter", "caddyfile"], env=environment
        )
        try:
            asked = ["--output", os.devnull, "--write-out", "%{http_version} %{http_code}", f"{site}/lstm"]
            until(lambda: curl(*asked) == "2 200", 30)
            code = json.loads(curl("--json", "{}", f"{site}/_gatewalk/room"))["code"]
            stream = f"{site}/_gatewalk/room/{code}/events?client={'c' * 32}"
            heard = curl("--no-buffer", "--max-time", "3", "--include", stream)
        finally:
            caddy.terminate()
            caddy.wait(30)
    assert heard.startswith("HTTP/2 200")
    assert "event: room" in heard  # at once, not when Caddy has gathered enough


def test_a_program_that_is_missing_is_named(monkeypatch):
    run = subprocess.run(
        [sys.executable, "deploy/serve.py"], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "Caddy is missing" in run.stderr
    assert "Redis is missing" in run.stderr
