"""A class at work: many sessions on one server, each changing a weight once a second."""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from app.lessons.fourday.model import COMPANIES, PRESETS
from tests.support.server import Server

SESSIONS, FULL, SECONDS = (50, 100, 150), 100, 20
REST = 2  # s, between the last page opened and the first change


class Learner:
    """One open tab, as far as the server can tell: a WebSocket for the page, a connection for what is posted."""

    def __init__(self, address: str):
        self.host = address.removeprefix("http://")
        self.page = self.component = self.fragment = self.commits = self.cookie = ""
        self.opened = self.changed = 0  # bytes that came: until the page was there, and for all changes
        self.waits: list[float] = []
        self.errors = 0

    async def open(self, socket: websockets.ClientConnection) -> None:
        """Load the lesson and remember where its stage is, and where commits are posted to."""
        self.socket = socket
        cookies = socket.response.headers.get_all("Set-Cookie")  # of a proxy, which keeps the reader with one process
        self.cookie = "; ".join(cookie.partition(";")[0] for cookie in cookies)
        message = BackMsg()
        message.rerun_script.page_name = "fourday"
        await self._run(message)
        if not self.commits:
            raise RuntimeError("the lesson came without a stage that posts its commits")
        message = BackMsg()
        message.rerun_script.page_script_hash, message.rerun_script.fragment_id = self.page, self.fragment
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id, widget.json_value = self.component, json.dumps({"drawn": True})
        await self._run(message)

    async def change(self, weight: float) -> None:
        """Move one weight and wait until all that follows from it has come."""
        begin = time.perf_counter()
        controls = {"weights": PRESETS["two"] | {"b_i": weight}, "days": COMPANIES, "show": ["A"], "n": begin}
        body = json.dumps(controls).encode()
        head = f"POST /commits/{self.commits} HTTP/1.1\r\nHost: {self.host}\r\nContent-Length: {len(body)}\r\n"
        head += f"Cookie: {self.cookie}\r\n\r\n"
        self.writer.write(head.encode() + body)
        answered = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(answered.partition("content-length:")[2].split()[0])
        answer = json.loads(await self.reader.readexactly(length) or "null")
        self.waits.append(time.perf_counter() - begin)
        self.changed += len(answered) + length
        expected = None if weight == PRESETS["two"]["b_i"] else f"2,1.65,{weight + 0.0:g}"
        self.errors += " 200 " not in answered or answer["address"]["i"] != expected

    async def _run(self, message: BackMsg) -> None:
        """Have the page run, to its end."""
        await self.socket.send(message.SerializeToString())
        while not (await self._next()).HasField("script_finished"):
            pass

    async def _next(self) -> ForwardMsg:
        """Read one message, and what it says of the stage and of errors."""
        message = ForwardMsg()
        sent = await self.socket.recv()
        self.opened += len(sent)
        message.ParseFromString(sent)
        if message.HasField("new_session"):
            self.page = message.new_session.page_script_hash or self.page
        element = message.delta.new_element
        said = element.bidi_component.json or element.bidi_component.mixed.json
        if '"controls"' in said:
            self.component, self.fragment = element.bidi_component.id, message.delta.fragment_id
            self.commits = json.loads(said)["commits"]
        self.errors += element.HasField("exception")
        return message


async def learn(address: str, seconds: float, seed: int, everybody: asyncio.Barrier) -> Learner:
    """Open the lesson; when everybody has, change a weight once a second."""
    dice, learner = random.Random(seed), Learner(address)
    stream = f"{address.replace('http', 'ws')}/_stcore/stream"
    async with websockets.connect(stream, subprotocols=["streamlit"], max_size=None, open_timeout=60) as socket:
        await asyncio.sleep(dice.random() * 4)
        await learner.open(socket)
        await everybody.wait()
        await asyncio.sleep(REST + dice.random())
        learner.reader, learner.writer = await asyncio.open_connection(*learner.host.split(":"))  # none idles before
        end = time.perf_counter() + seconds
        while (begin := time.perf_counter()) < end:
            await learner.change(round(dice.uniform(-5, 5), 2))
            await asyncio.sleep(max(0.0, 1 - (time.perf_counter() - begin)))
        return learner


def used(process: int) -> float:
    """Return the seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def crowd(address: str, processes: Sequence[int], sessions: int, seconds: float) -> tuple[list[Learner], float]:
    """Run all learners at once; return them, and the processes' seconds of CPU while they changed weights."""
    everybody = asyncio.Barrier(sessions + 1)

    async def watch() -> float:
        await everybody.wait()
        await asyncio.sleep(REST)
        return sum(map(used, processes))

    begin, *learners = await asyncio.gather(
        watch(), *(learn(address, seconds, seed, everybody) for seed in range(sessions))
    )
    return learners, sum(map(used, processes)) - begin


def main() -> None:
    """Print how long learners wait for what follows from the stage, and what a change costs the server."""
    for sessions in SESSIONS:
        with Server() as server:
            learners, cpu = asyncio.run(crowd(server.address, [server.process.pid], sessions, SECONDS))
        waits = np.array([wait for learner in learners for wait in learner.waits]) * 1e3
        p50, p95, p99 = np.percentile(waits, [50, 95, 99])
        limit = " (at most 300)" if sessions <= FULL else ""
        print(f"{sessions} sessions, {len(waits)} changes: p95 {p95:.0f} ms{limit}, median {p50:.0f}, p99 {p99:.0f}")
        print(f"… the server's CPU for a change, all beneath included: {1e3 * cpu / len(waits):.1f} ms (at most 5)")
        print(f"… errors shown: {sum(learner.errors for learner in learners)} (must be 0)")


if __name__ == "__main__":
    main()
