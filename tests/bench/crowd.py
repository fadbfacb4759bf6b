"""A class at work: many sessions on one server, each changing a weight once a second."""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from pathlib import Path

import numpy as np
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.support.server import Server

SESSIONS, FULL, SECONDS = (50, 100, 150), 100, 20
REST = 2  # s, between the last page opened and the first change


class Learner:
    """One open tab, as far as the server can tell."""

    def __init__(self, socket: websockets.ClientConnection):
        self.socket, self.query, self.component, self.fragment = socket, "", "", ""
        self.waits: list[float] = []
        self.errors = 0

    async def open(self) -> None:
        """Load the lesson and remember where the stage is."""
        message = BackMsg()
        message.rerun_script.page_name = "fourday"
        await self.socket.send(message.SerializeToString())
        while not (await self._next()).HasField("script_finished"):
            pass
        if not self.component:
            raise RuntimeError("the lesson came without its stage")
        await self._send({"drawn": True})
        while not (await self._next()).HasField("script_finished"):
            pass

    async def change(self, weight: float) -> None:
        """Move one weight and wait until the address has it and all that follows is drawn."""
        begin = time.perf_counter()
        await self._send({"commit": {"weights": {"b_i": weight}}, "drawn": True})
        finished, i = False, f"i=2%2C1.65%2C{weight:g}"
        while not (finished and i in self.query):
            message = await self._next()
            finished = message.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
        self.waits.append(time.perf_counter() - begin)

    async def _send(self, state: dict) -> None:
        """Send the stage's state as the browser would."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.fragment_id = self.fragment
        message.rerun_script.page_script_hash = self.page
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id, widget.json_value = self.component, json.dumps(state)
        await self.socket.send(message.SerializeToString())

    async def _next(self) -> ForwardMsg:
        """Read one message, and what it says of the stage, the address and errors."""
        message = ForwardMsg()
        message.ParseFromString(await self.socket.recv())
        if message.HasField("new_session"):
            self.page = message.new_session.page_script_hash or getattr(self, "page", "")
        if message.HasField("page_info_changed"):
            self.query = message.page_info_changed.query_string
        element = message.delta.new_element
        said = element.bidi_component.json or element.bidi_component.mixed.json
        if '"controls"' in said:
            self.component, self.fragment = element.bidi_component.id, message.delta.fragment_id
        self.errors += element.HasField("exception")
        return message


async def learn(address: str, seconds: float, seed: int, everybody: asyncio.Barrier) -> Learner:
    """Open the lesson; when everybody has, change a weight once a second."""
    dice = random.Random(seed)
    async with websockets.connect(f"{address}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as socket:
        learner = Learner(socket)
        await asyncio.sleep(dice.random() * 4)
        await learner.open()
        await everybody.wait()
        await asyncio.sleep(REST + dice.random())
        end = time.perf_counter() + seconds
        while (begin := time.perf_counter()) < end:
            await learner.change(round(dice.uniform(-5, 5), 2))
            await asyncio.sleep(max(0.0, 1 - (time.perf_counter() - begin)))
        return learner


def used(process: int) -> float:
    """Return the seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def crowd(server: Server, sessions: int, seconds: float) -> tuple[list[Learner], float]:
    """Run all learners at once; return them, and the server's seconds of CPU while they changed weights."""
    everybody = asyncio.Barrier(sessions + 1)

    async def watch() -> float:
        await everybody.wait()
        await asyncio.sleep(REST)
        return used(server.process.pid)

    address = server.address.replace("http", "ws")
    begin, *learners = await asyncio.gather(
        watch(), *(learn(address, seconds, seed, everybody) for seed in range(sessions))
    )
    return learners, used(server.process.pid) - begin


def main() -> None:
    """Print how long learners wait for what follows from the stage, and what a change costs the server."""
    for sessions in SESSIONS:
        with Server() as server:
            learners, cpu = asyncio.run(crowd(server, sessions, SECONDS))
        waits = np.array([wait for learner in learners for wait in learner.waits]) * 1e3
        p50, p95, p99 = np.percentile(waits, [50, 95, 99])
        limit = " (at most 300)" if sessions <= FULL else ""
        print(f"{sessions} sessions, {len(waits)} changes: p95 {p95:.0f} ms{limit}, median {p50:.0f}, p99 {p99:.0f}")
        print(f"… the server's CPU for a change, all beneath included: {1e3 * cpu / len(waits):.1f} ms (at most 5)")
        print(f"… errors shown: {sum(learner.errors for learner in learners)} (must be 0)")


if __name__ == "__main__":
    main()
