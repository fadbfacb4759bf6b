"""How much one reader's browser may send, how long it may take, and how many may be there."""

import asyncio
import logging
import resource
import time
from functools import lru_cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.logger import get_logger
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

RATE, BURST = 20.0, 60.0  # messages a second for long, and at once: a slider that moves sends some thirty a second
FILES = 3  # of one session that are kept; no page has more than one box
BYTES = 600_000_000  # of all sessions' files together: two models and some tables
PATIENCE = 10.0  # seconds for more of a request that is only begun
OPEN = 65_536  # files and connections: a reader's browser has up to seven
RECORDS, PERIOD = 10, 60.0  # of what is wrong with messages, so many are logged in so many seconds


class Pace:
    """Lets so many through at once, and so many a second after that; the others wait."""

    def __init__(self) -> None:
        self.spare, self.last = BURST, time.monotonic()

    async def wait(self) -> None:
        now = time.monotonic()
        self.spare = min(BURST, self.spare + RATE * (now - self.last)) - 1
        self.last = now
        if self.spare < 0:
            await asyncio.sleep(-self.spare / RATE)


@lru_cache(maxsize=2000)
def pace_of(token: str) -> Pace:
    """The pace of what is sent under a token, for as long as it is among the latest."""
    return Pace()


class PacedSockets:
    """Reads each WebSocket at its pace: who sends without end waits, and the others do not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        pace = Pace()

        async def receive_paced() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                await pace.wait()
            return message

        await self.app(scope, receive_paced if scope["type"] == "websocket" else receive, send)


class PromptBodies:
    """Ends a request whose body does not come, as if its sender had left. (Its head is the proxy's to wait for.)"""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = True

        async def receive_soon() -> Message:
            nonlocal begun
            try:
                message = await asyncio.wait_for(receive(), PATIENCE if begun else None)
            except TimeoutError:
                return {"type": "http.disconnect"}
            begun = begun and message.get("more_body", False)
            return message

        await self.app(scope, receive_soon if scope["type"] == "http" else receive, send)


def keep_few_uploads() -> None:
    """Have Streamlit keep the latest files alone, of a session and of all: it keeps whatever is sent under any name."""
    add = MemoryUploadedFileManager.add_file

    def add_file(self: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
        add(self, session_id, file)
        for old in list(self.file_storage[session_id])[:-FILES]:
            self.remove_file(session_id, old)
        sessions = [session for session in list(self.file_storage) if session != session_id]
        while self._total_bytes > BYTES and sessions:
            self.remove_session_files(sessions.pop(0))  # the one that brought its first file first
        for old in list(self.file_storage[session_id])[:-1]:
            if self._total_bytes > BYTES:
                self.remove_file(session_id, old)

    MemoryUploadedFileManager.add_file = add_file  # type: ignore[method-assign]


def allow_many_files() -> None:
    """Have the process open as many files and connections as the system lets it: many systems begin with 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN if hard == resource.RLIM_INFINITY else min(OPEN, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


class FewRecords(logging.Filter):
    """Lets some records through in each period: who sends what cannot be read fills no disk."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.count = -PERIOD, 0

    def filter(self, record: logging.LogRecord) -> bool:
        now = time.monotonic()
        if now - self.began >= PERIOD:
            self.began, self.count = now, 0
        self.count += 1
        return self.count <= RECORDS


def log_little() -> None:
    """Have Streamlit log some of the messages and uploads that it refuses, and not each."""
    for name in ("websocket", "routes"):
        get_logger(f"streamlit.web.server.starlette.starlette_{name}").addFilter(FewRecords())
