"""Teachers and students of a class room, as far as a server can tell; and a server of rooms alone."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette

from app.room.routes import PLACE, Rooms
from app.room.store import Store
from tests.support.server import free_port

QUESTION = {"lesson": "lstm", "step": "guess", "question": "What does f do?", "choices": ["opens", "closes", "=1+1"]}
TOKEN = "0123456789abcdef0123456789abcdef"


@asynccontextmanager
async def served(*stores: Store | None, proxies: str = "127.0.0.1") -> AsyncIterator[list[str]]:
    """Run a server for each store in this loop, which believes these proxies; yield the servers' addresses."""
    servers, tasks, addresses = [], [], []
    for store in stores or (None,):
        rooms, port = Rooms(store), free_port()
        app = Starlette(routes=rooms.routes(), lifespan=lambda app, rooms=rooms: rooms.running())
        servers.append(
            uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical", forwarded_allow_ips=proxies))
        )
        servers[-1].capture_signals = suppress  # it would end the tests
        tasks.append(asyncio.create_task(servers[-1].serve()))
        addresses.append(f"127.0.0.1:{port}")
    while not all(server.started for server in servers):
        await asyncio.sleep(0.01)
    try:
        yield addresses
    finally:
        for server in servers:
            server.force_exit = server.should_exit = True
        await asyncio.gather(*tasks, return_exceptions=True)


async def request(
    host: str, path: str, sent: object = None, method: str | None = None, **headers: str
) -> tuple[int, dict[str, object] | str]:
    """Send one request to a room's address; return the status, and the JSON or text that came."""
    body = b"" if sent is None else sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    method = method or ("GET" if sent is None else "POST")
    reader, writer = await asyncio.open_connection(*host.split(":"))
    lines = {"Host": host, "Connection": "close", "Content-Length": str(len(body))}
    lines |= {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    try:
        writer.write(f"{method} {PLACE}{path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        got = await reader.read()
    finally:
        writer.close()
    start, _, text = got.decode().partition("\r\n\r\n")
    if "chunked" in start.lower():
        text = text.partition("\r\n")[2].rpartition("\r\n0")[0]
    return int(start.split()[1]), json.loads(text) if "application/json" in start else text


@dataclass
class Stream:
    """One that follows: all that came, byte by byte and event by event."""

    host: str
    path: str
    raw: bytes = b""
    events: list[tuple[str, int, dict]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    status: int = 0

    async def __aenter__(self) -> Stream:
        await self.open()
        return self

    async def __aexit__(self, *error: object) -> None:
        self.close()

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection(*self.host.split(":"), limit=1 << 20)
        self.writer.write(
            f"GET {PLACE}{self.path} HTTP/1.1\r\nHost: {self.host}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        )
        self.head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        self.status = int(self.head.split()[1])
        self.reading = asyncio.create_task(self.read())

    def close(self) -> None:
        self.reading.cancel()
        self.writer.close()

    async def read(self) -> None:
        """Take chunk after chunk until the stream ends; each is one event or a comment."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while size := int(await self.reader.readuntil(b"\r\n"), 16):
                chunk = (await self.reader.readexactly(size + 2))[:-2]
                self.raw += chunk
                lines = dict(line.split(": ", 1) for line in chunk.decode().splitlines() if ": " in line)
                if "event" in lines:
                    self.times.append(asyncio.get_running_loop().time())
                    self.events.append((lines["event"], int(lines["id"]), json.loads(lines["data"])))

    def last(self, name: str) -> dict | None:
        return next((data for kind, _, data in reversed(self.events) if kind == name), None)

    @property
    def state(self) -> dict | None:
        return next((data["state"] for kind, _, data in reversed(self.events) if kind in ("room", "state")), None)


async def until(condition, seconds: float = 10.0) -> None:
    """Wait for something to become true."""
    for _ in range(int(seconds / 0.01)):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not become true")


@dataclass
class Teacher:
    """Who has a room's key."""

    host: str
    code: str = ""
    key: str = ""

    async def open(self) -> Teacher:
        status, answer = await request(self.host, "", {})
        assert status == 201
        self.code, self.key = answer["code"], answer["key"]
        return self

    async def say(self, kind: str, **more: object) -> tuple[int, dict]:
        return await request(self.host, f"/{self.code}/teacher", {"key": self.key, "kind": kind} | more)

    async def ticket(self) -> str:
        status, answer = await request(self.host, f"/{self.code}/ticket", {"key": self.key})
        assert status == 200
        return answer["ticket"]

    async def stream(self) -> Stream:
        return Stream(self.host, f"/{self.code}/events?ticket={await self.ticket()}")

    async def summary(self) -> str:
        return (await request(self.host, f"/{self.code}/summary.csv?ticket={await self.ticket()}"))[1]


@dataclass
class Student:
    """Who has a room's code."""

    host: str
    code: str
    token: str = field(default_factory=lambda: secrets.token_hex(16))

    async def say(self, kind: str, **more: object) -> tuple[int, dict]:
        return await request(self.host, f"/{self.code}/student", {"client": self.token, "kind": kind} | more)

    def stream(self) -> Stream:
        return Stream(self.host, f"/{self.code}/events?client={self.token}")
