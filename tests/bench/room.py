"""A class on two processes of the real server: many follow a teacher who drags, and things break.

Followers are real streams of server-sent events, half on each process. They and the teacher share this machine's cores
with the servers.
"""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

import numpy as np

from tests.bench.crowd import used
from tests.bench.followers import in_browsers
from tests.support.redis import RedisServer
from tests.support.rooms import QUESTION, Stream, Student, Teacher, until
from tests.support.server import Server

FOLLOWERS, RATE, SECONDS = 100, 30, 20
LIVE = {"weights": {f"w_{n}": n / 7 for n in range(24)}, "days": [0.1] * 8, "unit": 3, "direction": "forward"}


class Drag:
    """A teacher's hand, and what was sent of it: states as long as a lesson's, with their number and when they were."""

    def __init__(self, teacher: Teacher):
        self.teacher, self.sent = teacher, 0

    def state(self) -> dict[str, object]:
        self.sent += 1
        query = f"?day={self.sent % 4}"
        return {"lesson": "lstm", "query": query, "live": LIVE, "n": self.sent, "sent": time.monotonic()}

    async def move(self, seconds: float) -> int:
        """Drag; return how many states were refused."""
        statuses = await self.teacher.drag(self.state, RATE, seconds)
        return sum(status != 200 for status in statuses)


async def join(students: list[Student]) -> list[Stream]:
    """Have all students join."""
    streams = [student.stream() for student in students]
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
    drag = Drag(await Teacher(hosts[0]).open())
    students = [Student(hosts[number % len(hosts)], drag.teacher.code) for number in range(FOLLOWERS)]
    streams = await join(students)
    cpu = [sum(used(server.process.pid) for server in servers)]
    await asyncio.sleep(5)
    cpu.append(sum(used(server.process.pid) for server in servers))
    refused = await drag.move(SECONDS)
    await all_have(streams, drag.sent)
    cpu.append(sum(used(server.process.pid) for server in servers))
    waits, late = arrivals(streams)
    p50, p95, p99 = np.percentile(waits, [50, 95, 99])
    still, moving = 1e3 * np.diff(cpu) / FOLLOWERS / [5, SECONDS]
    print(f"a class of {FOLLOWERS} on two processes, {drag.sent / SECONDS:.0f} states a second: ", end="")
    print(f"p95 {p95:.0f} ms (at most 250), median {p50:.0f}, p99 {p99:.0f}")
    lost = drag.sent * FOLLOWERS - len(waits)
    print(f"… states lost: {lost}, out of order: {late}, refused: {refused} (each must be 0)")
    print(f"… CPU for a follower and second: {moving:.2f} ms while the teacher drags, {still:.2f} at rest")
    await drag.teacher.say("ask", poll=QUESTION)
    await until(lambda: all(stream.last("room")["poll"] for stream in streams))
    begin = time.monotonic()
    answers = await asyncio.gather(*(student.say("guess", poll=1, choice=1) for student in students))
    taken = sum(status == 200 for status, _ in answers)
    print(f"… all answer at once: {taken} answers are taken within {1e3 * (time.monotonic() - begin):.0f} ms")
    await drag.teacher.say("reveal", right=1)
    await until(lambda: all(stream.last("room")["poll"]["bars"] for stream in streams))
    right = sum(stream.last("room")["poll"]["bars"] == [0, FOLLOWERS, 0] for stream in streams)
    print(f"… and {right} see {FOLLOWERS} of {FOLLOWERS} after the reveal (both must be all)")
    await broken(servers, redis, drag, streams)


async def broken(servers: list[Server], redis: RedisServer, drag: Drag, streams: list[Stream]) -> None:
    """Restart Redis, kill it, and kill one of the processes, each while the teacher drags."""
    for name, end in (("restarted", redis.stop), ("killed", redis.kill)):
        moving = asyncio.create_task(drag.move(6))
        await asyncio.sleep(1)
        end()
        redis.start()
        refused = await moving
        await all_have(streams, drag.sent)
        gone = sum(stream.reading.done() for stream in streams)
        print(f"… Redis {name}: all have the last state; refused meanwhile: {refused}; ", end="")
        print(f"out of order: {arrivals(streams)[1]}, streams that ended: {gone} (each must be 0)")
    moving = asyncio.create_task(drag.move(6))
    begin, lost = time.monotonic(), streams[1::2]
    servers[1].kill()
    await until(lambda: all(stream.reading.done() for stream in lost))
    await asyncio.sleep(1)  # as long as a browser waits
    back = [Stream(drag.teacher.host, stream.path) for stream in lost]
    await asyncio.gather(*(stream.open() for stream in back))
    await until(lambda: all(stream.chunks for stream in back))
    print(f"… one process killed: its followers see the class again after {time.monotonic() - begin:.1f} s (at most 3)")
    refused = await moving
    await all_have([*streams[::2], *back], drag.sent)
    print(f"… and all have the last state; refused meanwhile: {refused} (must be 0)")
    for stream in [*streams, *back]:
        stream.close()


def main() -> None:
    """Print how a class fares."""
    with RedisServer() as redis, Server(REDIS_URL=redis.address) as one, Server(REDIS_URL=redis.address) as two:
        asyncio.run(in_browsers([one, two]))
        asyncio.run(in_class([one, two], redis))


if __name__ == "__main__":
    main()
