"""A class on two processes of the real server: many follow a teacher who drags, and things break.

Followers are real streams of server-sent events, half on each process. They and the teacher share this machine's cores
with the servers.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from tests.bench.crowd import used
from tests.support.redis import RedisServer
from tests.support.rooms import Stream, Student, Teacher, until
from tests.support.server import Server

FOLLOWERS, RATE, SECONDS = 100, 30, 20
LIVE = {"weights": {f"w_{n}": n / 7 for n in range(24)}, "days": [0.1] * 8, "unit": 3, "direction": "forward"}


def states(first: int, seconds: float) -> Iterator[dict[str, object]]:
    """States as long as a lesson's, each with its number and when it was sent."""
    for number in range(first, first + round(RATE * seconds)):
        query = f"?day={number % 4}"
        yield {"lesson": "lstm", "query": query, "live": LIVE, "n": number, "sent": time.monotonic()}


async def join(hosts: list[str], teacher: Teacher) -> list[Stream]:
    """Have all students join, by turns on each process."""
    streams = [Student(hosts[number % len(hosts)], teacher.code).stream() for number in range(FOLLOWERS)]
    for stream in streams:
        await stream.open()
    await until(lambda: all(stream.chunks for stream in streams))
    return streams


async def all_have(streams: list[Stream], number: int) -> None:
    """Wait until this is everybody's state; it is a lesson's last, which may never be lost."""
    await until(lambda: all((stream.state or {}).get("n") == number for stream in streams), 20)


def arrivals(streams: list[Stream]) -> tuple[np.ndarray, int]:
    """Return how long each state was on its way, in ms, and how many came out of order."""
    waits, late = [], 0
    for stream in streams:
        came = [(data["state"], when) for when, kind, _, data in stream.timed if kind == "state"]
        waits += [1e3 * (when - state["sent"]) for state, when in came]
        late += sum(after["n"] <= before["n"] for (before, _), (after, _) in pairwise(came))
    return np.array(waits), late


async def in_class(servers: list[Server], redis: RedisServer) -> None:
    """Have a class follow, first undisturbed."""
    hosts = [server.address.removeprefix("http://") for server in servers]
    teacher = await Teacher(hosts[0]).open()
    streams = await join(hosts, teacher)
    cpu = [sum(used(server.process.pid) for server in servers)]
    await asyncio.sleep(5)
    cpu.append(sum(used(server.process.pid) for server in servers))
    refused = await teacher.drag(states(0, SECONDS), RATE)
    await all_have(streams, RATE * SECONDS - 1)
    cpu.append(sum(used(server.process.pid) for server in servers))
    waits, late = arrivals(streams)
    p50, p95, p99 = np.percentile(waits, [50, 95, 99])
    moving, still = (1e3 * np.diff(cpu) / FOLLOWERS / [5, SECONDS])[::-1]
    lost = RATE * SECONDS * FOLLOWERS - len(waits)
    print(f"a class of {FOLLOWERS} on two processes, {RATE} states a second: p95 {p95:.0f} ms (at most 250), ", end="")
    print(f"median {p50:.0f}, p99 {p99:.0f}")
    print(f"… states lost: {lost}, out of order: {late}, refused: {refused} (each must be 0)")
    print(f"… CPU for a follower and second: {moving:.2f} ms while the teacher drags, {still:.2f} at rest")
    await broken(servers, redis, teacher, streams)


async def broken(servers: list[Server], redis: RedisServer, teacher: Teacher, streams: list[Stream]) -> None:
    """Restart Redis, kill it, and kill one of the processes, each while the teacher drags."""
    for first, name, end in ((10_000, "restarted", redis.stop), (20_000, "killed", redis.kill)):
        moving = asyncio.create_task(teacher.drag(states(first, 6), RATE))
        await asyncio.sleep(1)
        end()
        redis.start()
        refused = await moving
        await all_have(streams, first + 6 * RATE - 1)
        gone = sum(stream.reading.done() for stream in streams)
        print(f"… Redis {name}: all have the last state; refused meanwhile: {refused} of {6 * RATE}; ", end="")
        print(f"out of order: {arrivals(streams)[1]}, streams that ended: {gone} (each must be 0)")
    moving = asyncio.create_task(teacher.drag(states(30_000, 6), RATE))
    begin, lost = time.monotonic(), streams[1::2]
    servers[1].kill()
    await until(lambda: all(stream.reading.done() for stream in lost))
    await asyncio.sleep(1)  # as long as a browser waits
    back = [Stream(teacher.host, stream.path) for stream in lost]
    await asyncio.gather(*(stream.open() for stream in back))
    await until(lambda: all(stream.chunks for stream in back))
    print(f"… one process killed: its followers see the class again after {time.monotonic() - begin:.1f} s (at most 3)")
    refused = await moving
    await all_have([*streams[::2], *back], 30_000 + 6 * RATE - 1)
    print(f"… and all have the last state; refused meanwhile: {refused} (must be 0)")
    for stream in [*streams, *back]:
        stream.close()


def main() -> None:
    """Print how a class fares."""
    with RedisServer() as redis, Server(REDIS_URL=redis.address) as one, Server(REDIS_URL=redis.address) as two:
        asyncio.run(in_class([one, two], redis))


if __name__ == "__main__":
    main()
