"""The streams of this process: what they are sent of their rooms, each at its own speed."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from app.room.metrics import numbers
from app.room.room import Picture, RefusedError, Room, counts, poll
from app.room.store import QUIET, TEACHER, News, Store

RETRY = b"retry: 1000\n\n"  # ms that a browser waits before it connects again
BEAT = 1.0  # s between two counts
BEATS = 5  # between two looks at the store, which heal what was missed
MOST_STREAMS = 2000  # of this process
MOST_TABS = 4  # of one client
BEHIND = 8  # states that a stream may be behind; if it is more, it is sent the newest alone
Got = TypeVar("Got")
ENCODE = msgspec.json.encode

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Seat:
    """One stream, and what was last sent on it: only what is newer is."""

    client: str | None  # None is the teacher
    picture: int = -1
    moved: int = -1
    counts: bytes = b""
    wake: asyncio.Event = field(default_factory=asyncio.Event)


class Live:
    """A room with streams in this process."""

    def __init__(self, news: News):
        assert news.room is not None
        assert news.state is not None
        self.seq = self.moved = news.seq
        self.changed = time.monotonic()
        self.room: Room = news.room
        self.state = news.state
        self.picture = 0  # how often what all are shown has changed
        self.shown = (self.room.version, False)
        self.over = self.room.ended
        self.counts = b""
        self.recent: deque[tuple[int, bytes]] = deque(maxlen=BEHIND)  # states
        self.seats: set[Seat] = set()

    def take(self, news: News) -> None:
        """Know what is newer; what comes late is known already."""
        if news.seq <= self.seq:
            return
        self.seq, self.changed = news.seq, time.monotonic()
        if news.state is not None and (news.room is None or news.state != self.state):
            self.state, self.moved = news.state, news.seq
            told = event("state", news.seq, b'{"seq":%d,"state":%b}' % (news.seq, news.state))
            self.recent.append((news.seq, told))
            self.wake()
        if news.room is not None:
            self.room = news.room
            self.over = news.room.ended
            self.show(self.shown[1])

    def show(self, teacher: bool) -> None:
        """Know whether the teacher is there; wake all if this or anything else that they are shown has changed."""
        shown = (self.room.version, teacher)
        if shown != self.shown:
            self.shown = shown
            self.picture += 1
            self.wake()

    def count(self, told: bytes) -> None:
        """Know what the teacher is to be told."""
        if told != self.counts:
            self.counts = told
            self.wake(teachers=True)

    def end(self) -> None:
        self.over = True
        self.wake()

    def wake(self, teachers: bool = False) -> None:
        for seat in self.seats:
            if not teachers or seat.client is None:
                seat.wake.set()

    def news(self, code: str) -> News:
        """Return all that is known of the room."""
        return News(code, self.seq, self.room, self.state)

    def next(self, seat: Seat) -> bytes:
        """Return what a stream is to be sent next, or nothing."""
        if self.over:
            return event("end", self.seq, b"{}")
        if seat.picture < self.picture:
            seat.picture, seat.moved = self.picture, self.moved
            return event("room", self.seq, ENCODE(self.view(seat.client)))
        if seat.moved < self.moved:
            fresh = [told for seq, told in self.recent if seq > seat.moved]
            seat.moved = self.moved
            return b"".join(fresh if len(fresh) < BEHIND else fresh[-1:])
        if seat.client is None and seat.counts != self.counts:
            seat.counts = self.counts
            return event("counts", self.seq, self.counts)
        return b""

    def view(self, client: str | None) -> Picture:
        room = self.room
        asked = poll(room.vote, client) if room.vote else None
        return Picture(self.seq, msgspec.Raw(self.state), room.following, room.black, asked, self.shown[1])


def event(name: str, seq: int, data: bytes) -> bytes:
    """An event as it is sent; JSON of ours is on one line."""
    return b"event: %b\nid: %d\ndata: %b\n\n" % (name.encode(), seq, data)


class Hub:
    """All live rooms of this process."""

    def __init__(self, store: Store):
        self.store = store
        self.live: dict[str, Live] = {}
        self.beating: asyncio.Task[None] | None = None
        self.soon = asyncio.Event()

    async def start(self) -> None:
        await self.store.start(self.take, self.soon.set)
        self.beating = asyncio.create_task(self.beat())

    async def close(self) -> None:
        if self.beating:
            self.beating.cancel()
            with suppress(asyncio.CancelledError):
                await self.beating
        await self.store.close()

    def take(self, news: News) -> None:
        """Be told by the store."""
        if live := self.live.get(news.code):
            live.take(news)

    async def known(self, code: str) -> Room:
        """Return a room as this process knows it, or else the store does."""
        if live := self.live.get(code):
            return live.room
        room = (await self.store.read(code)).room
        assert room is not None
        return room

    async def asked(self, code: str, act: Callable[[str], Awaitable[Got]]) -> Got:
        """Ask the store something of a room; where it was restarted and has lost the room, once more with it."""
        try:
            return await act(code)
        except RefusedError as refused:
            live = self.live.get(code)
            lost = live and refused.reason == "room.unknown" and time.monotonic() - live.changed < QUIET
            if live is None or not lost or not await self.store.restore(live.news(code)):
                raise
            log.warning("room store: a room was lost, and is restored")
            return await act(code)

    async def sit(self, code: str, client: str | None) -> Seat:
        """Have a client join with a stream, which `events` then sends, until they `leave`."""
        if self.tabs(code, client) >= MOST_TABS or numbers.streams >= MOST_STREAMS:
            raise RefusedError("room.busy")
        if not await self.store.join(code, TEACHER if client is None else client):
            raise RefusedError("room.full")
        if code not in self.live:
            await self.store.watch(code)
        try:
            news = await self.store.read(code)  # after it is watched, so that nothing is missed between
        except Exception:
            if code not in self.live:
                await self.store.unwatch(code)
            raise
        if code in self.live:
            self.live[code].take(news)
        else:
            self.live[code] = Live(news)
        live = self.live[code]
        seat = Seat(client)
        live.seats.add(seat)
        numbers.streams += 1
        if client is None:
            live.show(teacher=True)
        elif not live.shown[1]:
            live.show(TEACHER in await self.store.present(code))
        return seat

    def tabs(self, code: str, client: str | None) -> int:
        """Return how many streams of this process are a client's, who is then present without saying so."""
        live = self.live.get(code)
        return sum(seat.client == client for seat in live.seats) if live else 0

    async def leave(self, code: str, seat: Seat) -> None:
        live = self.live.get(code)
        if live is None or seat not in live.seats:
            return
        live.seats.discard(seat)
        numbers.streams -= 1
        if not live.seats:
            del self.live[code]
            await self.store.unwatch(code)

    async def events(self, code: str, seat: Seat) -> AsyncIterator[bytes]:
        """Yield a stream's events until the class has ended."""
        live = self.live[code]
        yield RETRY
        while True:
            seat.wake.clear()
            while told := live.next(seat):
                numbers.events += 1
                yield told
                if live.over:
                    return
            await seat.wake.wait()

    async def beat(self) -> None:
        """Once a second, count for the teachers; less often, look after each room."""
        turn = 0
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.soon.wait(), BEAT)
            turn = 0 if self.soon.is_set() else turn + 1
            self.soon.clear()
            for code, live in list(self.live.items()):
                try:
                    await self.look_after(code, live, turn % BEATS == 0)
                except RefusedError:
                    live.end()
                except Exception as error:  # the store is away: it is asked again
                    log.warning("room store: %s", type(error).__name__)
                    break

    async def look_after(self, code: str, live: Live, thoroughly: bool) -> None:
        """Keep a room's people present, hear of what was missed, tell its teacher how many there are."""
        clients = {seat.client for seat in live.seats}
        if thoroughly:
            await self.store.watch(code)
            news = await self.asked(code, self.store.read)
            if news.seq < live.seq:  # it was restarted with what it had written down earlier
                await self.store.restore(live.news(code))
                news = await self.store.read(code)
            live.take(news)
            await self.store.hear(code, [TEACHER if client is None else client for client in clients])
        present = await self.store.present(code)
        live.show(TEACHER in present)
        live.count(ENCODE(counts(live.room, present - {TEACHER})))
