"""Where rooms are kept: what a store can do, and the store in this process's memory."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from app.room.messages import MOST_CLIENTS
from app.room.room import RefusedError, Room

QUIET = 12 * 3600.0  # s without a message, after which a room ends
KEPT = 3600.0  # s that one is kept for its summary after it was ended
PRESENT = 20.0  # s since somebody was heard
TICKET = 60.0  # s that a ticket is good for
MOST_ROOMS = 1000  # of a process; a room has up to 150 kB
LONG_QUIET = 3600.0  # s without a message, after which a room makes way for a new one where there are too many
MOST_TICKETS = 2000
TEACHER = "teacher"  # among the clients that are heard

Rule = Callable[[Room], None]


@dataclass(frozen=True)
class News:
    """What changed in a room, in the order of `seq`: the room, or its state (JSON), or both."""

    code: str
    seq: int
    room: Room | None = None
    state: bytes | None = None


class Store(Protocol):
    """Rooms by code. Each change gets the room's next number, and is told to all processes that watch the room."""

    async def start(self, tell: Callable[[News], None], again: Callable[[], None]) -> None:
        """Begin; `tell` is called with what changes, `again` when something may have been missed."""

    async def close(self) -> None:
        """End: nothing is told any more."""

    async def create(self, room: Room) -> bool:
        """Keep a new room, or return False if there is one of its code."""

    async def read(self, code: str) -> News:
        """Return all of a room as it is, or raise `RefusedError`."""

    async def change(self, code: str, rule: Rule) -> int:
        """Apply a rule to a room, before or after any other; return the change's number."""

    async def move(self, code: str, state: bytes) -> int:
        """Replace a room's state; return the change's number."""

    async def join(self, code: str, client: str) -> bool:
        """Count a client as heard, or return False if the room is full."""

    async def hear(self, code: str, clients: Iterable[str]) -> None:
        """Count clients that have joined as heard now."""

    async def present(self, code: str) -> set[str]:
        """Return who was heard lately."""

    async def put_ticket(self, ticket: str, code: str) -> None:
        """Keep a ticket for a while."""

    async def take_ticket(self, ticket: str, code: str) -> bool:
        """Whether there is such a ticket; there no longer is."""

    async def watch(self, code: str) -> None:
        """Be told of this room."""

    async def unwatch(self, code: str) -> None:
        """No longer be told of it."""

    async def restore(self, known: News) -> bool:
        """Keep a room again that this process knows and the store, which was restarted, does not; whether it could."""


@dataclass
class Kept:
    """A room in memory."""

    room: Room
    changed: float  # when its last message came
    state: bytes = b"null"
    seq: int = 1
    heard: dict[str, float] = field(default_factory=dict)


class MemoryStore:
    """The rooms of one process: it tells itself alone."""

    def __init__(self, clock: Callable[[], float] = time.time):
        self.clock = clock
        self.rooms: dict[str, Kept] = {}
        self.tickets: dict[tuple[str, str], float] = {}

    async def start(self, tell: Callable[[News], None], again: Callable[[], None]) -> None:
        self.tell = tell

    async def close(self) -> None:
        self.tell = lambda news: None

    async def create(self, room: Room) -> bool:
        self.rooms = {code: kept for code, kept in self.rooms.items() if not self._over(kept)}
        if len(self.rooms) >= MOST_ROOMS:
            quiet = min(self.rooms.values(), key=lambda kept: kept.changed)
            if self.clock() - quiet.changed < LONG_QUIET:
                raise RefusedError("room.busy", 503)
            del self.rooms[quiet.room.code]
        if room.code in self.rooms:
            return False
        self.rooms[room.code] = Kept(room, self.clock())
        return True

    async def read(self, code: str) -> News:
        kept = self._kept(code)
        return News(code, kept.seq, kept.room, kept.state)

    async def change(self, code: str, rule: Rule) -> int:
        kept = self._kept(code)
        rule(kept.room)
        return self._changed(kept, room=kept.room)

    async def move(self, code: str, state: bytes) -> int:
        kept = self._kept(code)
        kept.state = state
        return self._changed(kept, state=state)

    async def join(self, code: str, client: str) -> bool:
        present = await self.present(code)
        if client not in present | {TEACHER} and len(present - {TEACHER}) >= MOST_CLIENTS:
            return False
        await self.hear(code, [client])
        return True

    async def hear(self, code: str, clients: Iterable[str]) -> None:
        self._kept(code).heard.update(dict.fromkeys(clients, self.clock()))

    async def present(self, code: str) -> set[str]:
        kept = self._kept(code)
        since = self.clock() - PRESENT
        kept.heard = {client: when for client, when in kept.heard.items() if when > since}
        return set(kept.heard)

    async def put_ticket(self, ticket: str, code: str) -> None:
        now = self.clock()
        self.tickets = {each: end for each, end in self.tickets.items() if end > now}
        if len(self.tickets) >= MOST_TICKETS:
            raise RefusedError("room.busy", 503)
        self.tickets[code, ticket] = now + TICKET

    async def take_ticket(self, ticket: str, code: str) -> bool:
        return self.tickets.pop((code, ticket), 0.0) > self.clock()

    async def watch(self, code: str) -> None:
        """Nothing is told that is not in this process."""

    async def unwatch(self, code: str) -> None:
        """As above."""

    async def restore(self, known: News) -> bool:
        """What this process has forgotten is over."""
        return False

    def _kept(self, code: str) -> Kept:
        kept = self.rooms.get(code)
        if kept is None or self._over(kept):
            raise RefusedError("room.unknown")
        return kept

    def _over(self, kept: Kept) -> bool:
        return self.clock() - kept.changed > (KEPT if kept.room.ended else QUIET)

    def _changed(self, kept: Kept, room: Room | None = None, state: bytes | None = None) -> int:
        kept.seq += 1
        kept.changed = self.clock()
        self.tell(News(kept.room.code, kept.seq, room, state))
        return kept.seq
