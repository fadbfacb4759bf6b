"""What readers' browsers send is bounded: its pace, the files that are kept, how long it takes, what is logged."""

import asyncio
import logging
import subprocess
import sys

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

import app.main  # noqa: F401 - the limits hold once the server is made
from app.server import limits
from app.server.limits import BURST, FILES, RATE, RECORDS, FewRecords, PacedSockets, PromptBodies
from tests.support.loops import finished
from tests.support.server import ROOT


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

    finished(PacedSockets(reader)({"type": "websocket"}, receive, None))
    assert len(read) == 300
    assert len(slept) == 300 - BURST
    assert abs(clock[0] - (300 - BURST) / RATE) < 0.1
    slept.clear()
    finished(PacedSockets(reader)({"type": "http"}, receive, None))
    assert not slept


def test_the_latest_files_of_a_session_are_kept_alone():
    manager = MemoryUploadedFileManager("/upload")
    for name in "abcdefgh":
        manager.add_file("one", UploadedFileRec(name, name, "text/csv", b"x"))
    manager.add_file("two", UploadedFileRec("z", "z", "text/csv", b"x"))
    assert [file.file_id for file in manager.get_files("one", "abcdefgh")] == list("abcdefgh")[-FILES:]
    assert [file.file_id for file in manager.get_files("two", "z")] == ["z"]


def test_the_latest_files_of_all_sessions_are_kept_alone(monkeypatch):
    monkeypatch.setattr(limits, "BYTES", 1000)
    manager = MemoryUploadedFileManager("/upload")
    for session in "abc":
        manager.add_file(session, UploadedFileRec("1", "1", "text/csv", b"x" * 400))
    assert [len(manager.get_files(session, "1")) for session in "abc"] == [0, 1, 1]
    manager.add_file("b", UploadedFileRec("2", "2", "text/csv", b"x" * 700))
    assert [len(manager.get_files(session, "12")) for session in "abc"] == [0, 1, 0]
    assert [file.file_id for file in manager.get_files("b", "12")] == ["2"]


def test_a_body_that_does_not_come_ends_its_request_and_an_answer_may_take_its_time(monkeypatch):
    monkeypatch.setattr(limits, "PATIENCE", 0.01)
    read = []

    async def reader(scope, receive, send):
        read.append([await receive() for _ in range(3)])

    def request(*messages):
        waiting = list(messages)

        async def receive():
            if waiting[0]["type"] == "http.disconnect":  # the client has sent all and listens
                await asyncio.sleep(0.05)
            return waiting.pop(0) if waiting[0] != {"type": "never"} else await asyncio.sleep(60)

        return finished(PromptBodies(reader)({"type": "http"}, receive, None))

    part, last, gone = ({"type": "http.request", "more_body": more} for more in (True, False, False))
    gone = {"type": "http.disconnect"}
    request(part, {"type": "never"})
    request(part, last, gone)
    assert read == [[part, gone, gone], [part, last, gone]]


def test_what_cannot_be_read_is_logged_a_few_times(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: clock[0])
    few, record = FewRecords(), logging.makeLogRecord({})
    assert sum(few.filter(record) for _ in range(1000)) == RECORDS
    clock[0] += limits.PERIOD
    assert few.filter(record)
    assert any(isinstance(each, FewRecords) for each in limits.get_logger(SOCKETS).filters)


SOCKETS = "streamlit.web.server.starlette.starlette_websocket"

PROCESS = """
import os, resource
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (300, min(hard, 5000)))
import app.main
import numpy as np
np.ones((400, 400)) @ np.ones((400, 400))
threads = [open(f"/proc/self/task/{task}/comm").read() for task in os.listdir("/proc/self/task")]
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0], len(threads))
"""


def test_a_server_opens_as_many_files_as_it_may_and_multiplies_in_one_thread():
    """157 readers had used up the 1,024 files and connections that a process usually begins with."""
    run = subprocess.run([sys.executable, "-c", PROCESS], cwd=ROOT, capture_output=True, text=True, check=False)
    files, threads = map(int, run.stdout.split())
    assert files > 300
    assert threads <= 2
