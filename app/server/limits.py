"""How much one reader's browser may send: messages a second, and files that wait in the server's memory."""

import asyncio
import time
from functools import lru_cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

RATE, BURST = 20.0, 60.0  # messages a second for long, and at once: a slider that moves sends some thirty a second
FILES = 3  # of one session that are kept; no page has more than one box


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


def keep_few_uploads() -> None:
    """Have Streamlit keep the latest files of a session alone: it keeps whatever is sent under any name."""
    add = MemoryUploadedFileManager.add_file

    def add_file(self: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
        add(self, session_id, file)
        for old in list(self.file_storage[session_id])[:-FILES]:
            self.remove_file(session_id, old)

    MemoryUploadedFileManager.add_file = add_file  # type: ignore[method-assign]
