"""Teachers and students of a class room, as far as a server can tell; and a server of rooms alone."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Callable
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
    """One that follows: all that came, and when."""

    host: str
    path: str
    chunks: list[tuple[float, bytes]] = field(default_factory=list)
    status: int = 0

    async def __aenter__(self) -> Stream:
        await self.open()
        return self

    async def __aexit__(self, *error: object) -> None:
        self.close()

    async def open(self) -> None:
        """Connect, and begin to read."""
        self.reader, self.writer = await asyncio.open_connection(*self.host.split(":"), limit=1 << 20)
        head = f"GET {PLACE}{self.path} HTTP/1.1\r\nHost: {self.host}\r\nAccept-Encoding: gzip\r\n\r\n"
        self.writer.write(head.encode())
        self.head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        self.status = int(self.head.split()[1])
        self.reading = asyncio.create_task(self.read())

    def close(self) -> None:
        self.reading.cancel()
        self.writer.close()

    async def read(self) -> None:
        """Take chunk after chunk until the stream ends; what is in them is read later."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while size := int(await self.reader.readuntil(b"\r\n"), 16):
                chunk = (await self.reader.readexactly(size + 2))[:-2]
                self.chunks.append((time.monotonic(), chunk))

    @property
    def raw(self) -> bytes:
        return b"".join(chunk for _, chunk in self.chunks)

    @property
    def timed(self) -> list[tuple[float, str, int, dict]]:
        """When each event came, its name, its number and its data."""
        return [each for when, chunk in self.chunks for each in parsed(when, chunk)]

    @property
    def events(self) -> list[tuple[str, int, dict]]:
        return [each[1:] for each in self.timed]

    def last(self, *names: str) -> dict | None:
        """Return the data of the last event of these names."""
        for when, chunk in reversed(self.chunks):
            for _, name, _, data in reversed(parsed(when, chunk)):
                if name in names:
                    return data
        return None

    @property
    def state(self) -> dict | None:
        return (self.last("room", "state") or {}).get("state")


def parsed(when: float, chunk: bytes) -> list[tuple[float, str, int, dict]]:
    """Return the events of a chunk: each is whole, and comments are none."""
    found = []
    for part in chunk.decode().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in part.splitlines() if ": " in line)
        if "event" in lines:
            found.append((when, lines["event"], int(lines["id"]), json.loads(lines["data"])))
    return found


async def until(condition, seconds: float = 10.0) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not become true"
        await asyncio.sleep(0.02)


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

    async def drag(self, state: Callable[[], dict], rate: float, seconds: float) -> list[int]:
        """Send so many states a second, each once the one before was taken, as the page does; return the statuses."""
        reader, writer = await asyncio.open_connection(*self.host.split(":"))
        head = f"POST {PLACE}/{self.code}/teacher HTTP/1.1\r\nHost: {self.host}\r\n"
        head += "Content-Type: application/json\r\n"
        statuses: list[int] = []
        end = time.monotonic() + seconds
        while (begin := time.monotonic()) < end:
            body = json.dumps({"key": self.key, "kind": "state", "state": state()}).encode()
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            await reader.readexactly(int(answer.partition("content-length:")[2].split()[0]))
            statuses.append(int(answer.split()[1]))
            await asyncio.sleep(max(0.0, begin + 1 / rate - time.monotonic()))
        writer.close()
        return statuses

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
