"""A class on the real server, beside Streamlit."""

import asyncio
import signal
import time

from tests.support.rooms import Student, Teacher, until
from tests.support.server import Server


def test_streams_are_not_held_back_and_end_with_the_server():
    """Browsers ask for gzip; and who follows is let go at once when the server is to stop, to connect to the next."""

    async def scenario(server):
        host = server.address.removeprefix("http://")
        teacher = await Teacher(host).open()
        stream = Student(host, teacher.code).stream()
        await stream.open()
        assert "content-encoding" not in stream.head.lower()
        assert "x-accel-buffering: no" in stream.head.lower()
        assert "no-transform" in stream.head
        assert "frame-ancestors" in stream.head
        for number in range(3):
            begin = time.monotonic()
            await teacher.say("state", state={"n": number})
            await until(lambda number=number: stream.state == {"n": number}, 2)
            assert time.monotonic() - begin < 1
        server.process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(stream.reading, 3)
        await until(lambda: server.process.poll() is not None, 10)

    with Server() as server:
        asyncio.run(scenario(server))
