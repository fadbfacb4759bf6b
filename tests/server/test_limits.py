"""What one reader's browser sends is bounded: by its pace, and by the files that are kept."""

import asyncio

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

import app.main  # noqa: F401 - the limits hold once the server is made
from app.server import limits
from app.server.limits import BURST, FILES, RATE, PacedSockets


def test_who_sends_without_end_is_read_at_the_pace(monkeypatch):
    clock, slept = [0.0], []

    async def sleep(seconds):
        slept.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr(limits.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(limits.asyncio, "sleep", sleep)
    read = []

    async def reader(scope, receive, send):
        for _ in range(300):
            read.append(await receive())

    async def receive():
        return {"type": "websocket.receive"}

    asyncio.run(PacedSockets(reader)({"type": "websocket"}, receive, None))
    assert len(read) == 300
    assert len(slept) == 300 - BURST
    assert abs(clock[0] - (300 - BURST) / RATE) < 0.1
    slept.clear()
    asyncio.run(PacedSockets(reader)({"type": "http"}, receive, None))
    assert not slept


def test_the_latest_files_of_a_session_are_kept_alone():
    manager = MemoryUploadedFileManager("/upload")
    for name in "abcdefgh":
        manager.add_file("one", UploadedFileRec(name, name, "text/csv", b"x"))
    manager.add_file("two", UploadedFileRec("z", "z", "text/csv", b"x"))
    assert [file.file_id for file in manager.get_files("one", "abcdefgh")] == list("abcdefgh")[-FILES:]
    assert [file.file_id for file in manager.get_files("two", "z")] == ["z"]
