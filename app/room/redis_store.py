"""The store in Redis, or in Valkey: rooms that span processes, and outlast each of them.

A rule is applied here, to a room that was read, and the room is written if nobody has written it since; else once more.
So rules are written once, in `messages.py`. What must not come between is a script, which Redis runs as one step.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, cast
from weakref import WeakValueDictionary

import msgspec
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.exceptions import RedisError

from app.room.messages import MOST_CLIENTS
from app.room.room import RefusedError, Room
from app.room.store import KEPT, PRESENT, QUIET, TEACHER, TICKET, News, Rule

CONNECTIONS = 32
MOST_ROOMS = 20_000  # opened within twelve hours
PATIENCE = 5.0  # s that a request waits for Redis; while it restarts, that is long enough
LONGEST_WAIT = 1.0  # s between two attempts to be told again
EVERY = "gatewalk:all"  # a channel that always has a listener: its confirmation says that we are connected

CREATE = """
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[3] - ARGV[4])
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[5]) then return -1 end
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'room', ARGV[1], 'state', 'null', 'seq', 1, 'written', 1)
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[2])
return 1
"""
CHANGE = """
if redis.call('HGET', KEYS[1], 'written') ~= ARGV[1] then return 0 end
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('HSET', KEYS[1], 'room', ARGV[2], 'written', seq)
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', KEYS[1], 'room ' .. seq .. ' ' .. ARGV[2])
return seq
"""
MOVE = """
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('HSET', KEYS[1], 'state', ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('PUBLISH', KEYS[1], 'state ' .. seq .. ' ' .. ARGV[1])
return seq
"""
JOIN = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2] - ARGV[3])
local teacher = redis.call('ZSCORE', KEYS[1], ARGV[5]) and 1 or 0
if ARGV[1] ~= ARGV[5] and not redis.call('ZSCORE', KEYS[1], ARGV[1])
    and redis.call('ZCARD', KEYS[1]) - teacher >= tonumber(ARGV[4]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
"""
RESTORE = """
if tonumber(redis.call('HGET', KEYS[1], 'seq') or 0) >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'room', ARGV[3], 'state', ARGV[4], 'seq', ARGV[2], 'written', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1
"""
AHEAD = 1000  # what was told of a room between a process's last news and a crash of Redis had lower numbers than that

log = logging.getLogger(__name__)
decode = msgspec.json.Decoder(Room).decode


def key(code: str) -> str:
    """A room's key, and its channel; the braces keep a cluster's keys of a room together."""
    return f"gatewalk:room:{{{code}}}"


@asynccontextmanager
async def reached() -> AsyncIterator[None]:
    """Whatever Redis is up to is a ConnectionError to others."""
    try:
        async with asyncio.timeout(PATIENCE):
            yield
    except (RedisError, OSError) as error:
        raise ConnectionError("Redis is away") from error


@dataclass(eq=False)
class Asked:
    """A rule that is to be applied, and what became of it: the change's number, or why not."""

    rule: Rule
    answer: int | RefusedError | None = None


@dataclass(eq=False)
class Turn:
    """What waits for a room in this process, while one writes it: then it is written all together."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: list[Asked] = field(default_factory=list)


class RedisStore:
    """Rooms of all processes that have the same address of Redis."""

    def __init__(self, address: str):
        retry = Retry(ExponentialBackoff(cap=0.5, base=0.05), 10)
        pool = BlockingConnectionPool.from_url(
            address, max_connections=CONNECTIONS, timeout=PATIENCE, socket_timeout=PATIENCE, retry=retry
        )
        self.redis = Redis.from_pool(pool)
        # The listener makes a connection of its own anew where one is lost: nothing is to do so behind its back.
        self.ears = Redis.from_url(address, retry=Retry(NoBackoff(), 0, supported_errors=()))
        self.told: PubSub | None = None
        self.watched: set[str] = set()
        self.turns: WeakValueDictionary[str, Turn] = WeakValueDictionary()
        script = self.redis.register_script
        self.scripts = {each: script(each) for each in (CREATE, CHANGE, MOVE, JOIN, RESTORE)}
        self.listening: asyncio.Task[None] | None = None

    async def start(self, tell: Callable[[News], None], again: Callable[[], None]) -> None:
        self.tell, self.again = tell, again
        self.listening = asyncio.create_task(self._listen())

    async def close(self) -> None:
        if self.listening:
            self.listening.cancel()
            with suppress(asyncio.CancelledError):
                await self.listening
        await self.ears.aclose()
        await self.redis.aclose()

    async def create(self, room: Room) -> bool:
        written = msgspec.json.encode(room)
        made = await self._run(
            CREATE, [key(room.code), "gatewalk:rooms"], written, room.code, time.time(), int(QUIET), MOST_ROOMS
        )
        if made < 0:
            raise RefusedError("room.busy", 503)
        return made == 1

    async def read(self, code: str) -> News:
        return (await self._read(code))[0]

    async def change(self, code: str, rule: Rule) -> int:
        turn = self.turns.setdefault(code, Turn())
        asked = Asked(rule)
        turn.waiting.append(asked)
        async with reached(), turn.lock:
            if asked.answer is None:  # else it was applied with another
                batch, turn.waiting = turn.waiting, []
                await self._change(code, batch if asked in batch else [asked, *batch])
        if isinstance(asked.answer, RefusedError):
            raise asked.answer
        return cast(int, asked.answer)

    async def move(self, code: str, state: bytes) -> int:
        seq = await self._run(MOVE, [key(code)], state, int(QUIET))
        if not seq:
            raise RefusedError("room.unknown")
        return seq

    async def join(self, code: str, client: str) -> bool:
        heard = [f"{key(code)}:heard"]
        return await self._run(JOIN, heard, client, time.time(), int(PRESENT), MOST_CLIENTS, TEACHER) == 1

    async def hear(self, code: str, clients: Iterable[str]) -> None:
        heard = dict.fromkeys(clients, time.time())
        async with reached(), self.redis.pipeline() as pipe:
            pipe.zadd(f"{key(code)}:heard", heard)
            pipe.expire(f"{key(code)}:heard", int(PRESENT))
            await pipe.execute()

    async def present(self, code: str) -> set[str]:
        heard = await self._got(self.redis.zrangebyscore(f"{key(code)}:heard", time.time() - PRESENT, "+inf"))
        return {client.decode() for client in heard}

    async def put_ticket(self, ticket: str, code: str) -> None:
        await self._got(self.redis.set(f"{key(code)}:ticket:{ticket}", 1, ex=int(TICKET)))

    async def take_ticket(self, ticket: str, code: str) -> bool:
        return await self._got(self.redis.getdel(f"{key(code)}:ticket:{ticket}")) is not None

    async def watch(self, code: str) -> None:
        self.watched.add(code)
        if self.told:
            with suppress(RedisError, OSError):  # then the listener notices too, and asks for all again
                await self.told.subscribe(key(code))

    async def unwatch(self, code: str) -> None:
        self.watched.discard(code)
        if self.told:
            with suppress(RedisError, OSError):
                await self.told.unsubscribe(key(code))

    async def restore(self, known: News) -> bool:
        room, state = msgspec.json.encode(known.room), known.state or b"null"
        await self._run(RESTORE, [key(known.code)], known.seq, known.seq + AHEAD, room, state, int(QUIET))
        return True  # by this process or another

    async def _change(self, code: str, batch: list[Asked]) -> None:
        """Apply all rules of a batch, and write the room: a class answers at once, so that many wait."""
        seq = 0
        while not seq:
            news, written = await self._read(code)
            room = cast(Room, news.room)
            refused: dict[int, RefusedError] = {}
            for number, asked in enumerate(batch):
                try:
                    asked.rule(room)
                except RefusedError as error:
                    refused[number] = error
            kept = int(KEPT if room.ended else QUIET)
            if len(refused) == len(batch):
                seq = news.seq
            else:
                seq = await self._run(CHANGE, [key(code)], written, msgspec.json.encode(room), kept)
        for number, asked in enumerate(batch):
            asked.answer = refused.get(number, seq)

    async def _read(self, code: str) -> tuple[News, bytes]:
        room, state, seq, written = await self._got(self.redis.hmget(key(code), "room", "state", "seq", "written"))
        if room is None:
            raise RefusedError("room.unknown")
        return News(code, int(seq), decode(room), state), written

    async def _run(self, script: str, keys: list[str], *arguments: str | bytes | float) -> int:
        return cast(int, await self._got(self.scripts[script](keys=keys, args=arguments)))

    async def _got(self, answer: Awaitable[Any]) -> Any:
        async with reached():
            return await answer

    async def _listen(self) -> None:
        """Tell what is told, over one connection after another."""
        wait = 0.0
        while True:
            try:
                async with self.ears.pubsub() as told:
                    await told.subscribe(EVERY, *map(key, self.watched))
                    self.told = told
                    async for message in told.listen():
                        wait = 0.0
                        self._tell(message)
            except (RedisError, OSError) as error:
                log.warning("room store: %s", type(error).__name__)
            finally:
                self.told = None
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2 + 0.05)

    def _tell(self, message: dict[str, object]) -> None:
        """Pass on one message; the first of a connection says that something may have been missed before."""
        channel, data = cast(bytes, message["channel"]).decode(), message["data"]
        if isinstance(data, bytes):
            kind, seq, body = data.split(b" ", 2)
            code = channel.partition("{")[2].rstrip("}")
            room, state = (decode(body), None) if kind == b"room" else (None, body)
            self.tell(News(code, int(seq), room, state))
        elif message["type"] == "subscribe" and channel == EVERY:
            self.again()
