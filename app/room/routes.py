"""The addresses by which browsers open a room, join it, speak in it and follow it."""

import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
from sse_starlette import EventSourceResponse, ServerSentEvent
from sse_starlette.sse import SendTimeoutError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.room import limits
from app.room.hub import Hub, Seat
from app.room.limits import Limits
from app.room.messages import STUDENT, TEACHER, State
from app.room.metrics import numbers
from app.room.room import RefusedError, Room
from app.room.secret import LENGTH, LETTERS, hashed, new_code, new_secret, same
from app.room.store import MemoryStore, Store
from app.room.summary import summary

PLACE = "/_gatewalk/room"
LONGEST = 4096  # bytes of a body
BEAT = 15  # s between two comments on a stream
PATIENCE = 30  # s for a browser to take what it is sent

Message = TypeVar("Message")
Handler = Callable[[Request], Awaitable[Response]]
log = logging.getLogger(__name__)


class Key(msgspec.Struct):
    """What a teacher shows for a ticket."""

    key: str = ""


class Rooms:
    """The rooms that this process answers for."""

    def __init__(self, store: Store | None = None):
        self.store = store or stored()
        self.hub = Hub(self.store)
        self.limits = Limits()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Answer between the start and the end of the server."""
        await self.hub.start()
        try:
            yield
        finally:
            await self.hub.close()

    async def ready(self) -> bool:
        """Whether rooms can be had: whether the store answers."""
        try:
            await self.store.read("")
        except RefusedError:
            return True
        except (ConnectionError, TimeoutError):
            pass
        return False

    def routes(self) -> list[Route]:
        one = PLACE + "/{code}"
        return [
            Route(PLACE, self.answered(self.open), methods=["POST"]),
            Route(one, self.answered(self.ask), methods=["GET"]),
            Route(one + "/ticket", self.answered(self.ticket), methods=["POST"]),
            Route(one + "/teacher", self.answered(self.teacher), methods=["POST"]),
            Route(one + "/student", self.answered(self.student), methods=["POST"]),
            Route(one + "/events", self.answered(self.events), methods=["GET"]),
            Route(one + "/summary.csv", self.answered(self.summary), methods=["GET"]),
        ]

    async def open(self, request: Request) -> Response:
        """Open a room: only who does so ever sees its key."""
        await body(request)
        self.limits.allow(limits.ROOMS, limits.address(request))
        while True:
            code, key = new_code(), new_secret()
            if await self.store.create(Room(code, hashed(code, key))):
                numbers.opened += 1
                return JSONResponse({"code": code, "key": key}, status_code=201)

    async def ask(self, request: Request) -> Response:
        """Whether there is a room of this code."""
        return JSONResponse({"code": (await self.room(request)).code})

    async def ticket(self, request: Request) -> Response:
        """Give a teacher a ticket, which may stand in an address: it is good once, for a minute."""
        sent = read(msgspec.json.Decoder(Key), await body(request))
        room = await self.room(request, over=True)
        self.limits.allow(limits.SAID, room.code)
        if not same(room.code, sent.key, room.key):
            raise RefusedError("room.key")
        ticket = new_secret()
        await self.store.put_ticket(hashed(room.code, ticket), room.code)
        return JSONResponse({"ticket": ticket})

    async def teacher(self, request: Request) -> Response:
        message = read(TEACHER, await body(request))
        room = await self.room(request)
        if not same(room.code, message.key, room.key):
            raise RefusedError("room.key")
        if isinstance(message, State):
            self.limits.allow(limits.MOVED, room.code)
            seq = await self.hub.asked(room.code, partial(self.store.move, state=message.on_one_line()))
        else:
            self.limits.allow(limits.SAID, room.code)
            seq = await self.hub.asked(room.code, partial(self.store.change, rule=message.change))
        return JSONResponse({"seq": seq})

    async def student(self, request: Request) -> Response:
        message = read(STUDENT, await body(request))
        room = await self.room(request)
        client = hashed(room.code, message.client)
        self.limits.allow(limits.SAID, client)
        if not self.hub.tabs(room.code, client) and not await self.store.join(room.code, client):
            raise RefusedError("room.full")
        change = partial(message.change, client=client)
        return JSONResponse({"seq": await self.hub.asked(room.code, partial(self.store.change, rule=change))})

    async def events(self, request: Request) -> Response:
        """Stream a room: to its teacher by a ticket, to a student by the token of their browser."""
        room = await self.room(request, over=True)
        self.limits.may_follow(limits.address(request))
        token, client = request.query_params.get("client", ""), None
        if "ticket" in request.query_params:
            await self.admit(request, room)
        elif 32 <= len(token) <= 64:
            client = hashed(room.code, token)
        else:
            raise RefusedError("room.malformed")
        seat = await self.hub.sit(room.code, client)
        return Stream(self.hub, room.code, seat, self.limits.follows(limits.address(request)))

    async def summary(self, request: Request) -> Response:
        room = await self.room(request, over=True)
        await self.admit(request, room)
        saved = {"Content-Disposition": f'attachment; filename="gatewalk-{room.code}.csv"', "Cache-Control": "no-store"}
        return Response("\ufeff" + summary(room), media_type="text/csv", headers=saved)

    async def admit(self, request: Request, room: Room) -> None:
        """Take a teacher's ticket."""
        ticket = hashed(room.code, request.query_params.get("ticket", ""))
        if not await self.store.take_ticket(ticket, room.code):
            raise RefusedError("room.key")

    async def room(self, request: Request, over: bool = False) -> Room:
        """Find the room that is asked for, one that has ended if its teacher may: codes cannot be searched for."""
        address = limits.address(request)
        self.limits.may_miss(address)
        code = request.path_params["code"].upper()
        try:
            if len(code) != LENGTH or not set(code) <= set(LETTERS):
                raise RefusedError("room.unknown")
            found = await self.hub.known(code)
        except RefusedError:
            self.limits.missed(address)
            raise
        if found.ended and not over:
            raise RefusedError("room.unknown")
        return found

    def answered(self, handler: Handler) -> Handler:
        """Have a handler's refusals answered in the interface's words."""

        async def answer(request: Request) -> Response:
            try:
                if request.method == "POST":
                    numbers.messages += 1
                    from_here(request)
                    self.limits.allow(limits.POSTS, limits.address(request))
                return await handler(request)
            except RefusedError as refused:
                numbers.refused += 1
                return JSONResponse({"error": refused.reason}, status_code=refused.status)
            except ClientDisconnect:
                return Response(status_code=408, headers={"Connection": "close"})
            except (ConnectionError, TimeoutError) as error:
                log.warning("room store: %s", type(error).__name__)
                return JSONResponse({"error": "room.busy"}, status_code=503)

        return answer


def stored() -> Store:
    """Return the store that the environment asks for: Redis, or this process's memory."""
    address = os.environ.get("REDIS_URL")
    if not address:
        return MemoryStore()
    from app.room.redis_store import RedisStore

    return RedisStore(address)


class Stream(EventSourceResponse):
    """A seat's events, which nothing on the way may hold back to compress them; the seat is left at its end."""

    def __init__(self, hub: Hub, code: str, seat: Seat, following: AbstractContextManager[None]):
        super().__init__(
            hub.events(code, seat),
            headers={"Cache-Control": "no-store, no-transform"},
            ping=BEAT,
            ping_message_factory=comment,
            send_timeout=PATIENCE,
        )
        self.leave, self.following = partial(hub.leave, code, seat), following

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with self.following:
                await super().__call__(scope, receive, send)
        except SendTimeoutError:
            pass  # who takes nothing any more connects again
        finally:
            await self.leave()


def comment() -> ServerSentEvent:
    return ServerSentEvent(comment="")


def from_here(request: Request) -> None:
    """Refuse what a page of another site has a browser post."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    foreign = site not in (None, "same-origin") or (
        site is None and origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    )
    if foreign or request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise RefusedError("room.malformed", 403 if foreign else 415)


async def body(request: Request) -> bytes:
    """Read a body that may be as long as a message, or refuse it."""
    got = b""
    async for part in request.stream():
        got += part
        if len(got) > LONGEST:
            raise RefusedError("room.large")
    return got


def read(decoder: msgspec.json.Decoder[Message], sent: bytes) -> Message:
    try:
        return decoder.decode(sent)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise RefusedError("room.malformed") from None
