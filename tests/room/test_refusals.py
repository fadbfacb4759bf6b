"""What a server of class rooms does not do: for strangers, for too many, for too long."""

import asyncio
from collections import Counter

from app.room import limits
from app.room.messages import MOST_CLIENTS
from app.room.metrics import numbers
from app.room.store import MemoryStore
from tests.support.rooms import QUESTION, TOKEN, Student, Teacher, request, served, until


def test_what_is_wrong_is_refused_in_the_pages_words(run):
    async def scenario(host, other):
        teacher = await Teacher(host).open()
        room, student = f"/{teacher.code}", Student(host, teacher.code)
        assert await request(host, room.lower()) == (200, {"code": teacher.code})
        assert await request(host, "/AAAAA0") == (404, {"error": "room.unknown"})
        assert await teacher.say("state", state={"x": "y" * 2050}) == (413, {"error": "room.large"})
        assert await teacher.say("state", state={"x": "y" * 4050}) == (413, {"error": "room.large"})
        for state in (None, [], "x", 1):
            assert await teacher.say("state", state=state) == (400, {"error": "room.malformed"})
        for sent in (b"", b"{", b"\xff", b"[" * 4000, b'{"kind":"nothing"}', b"null"):
            assert (await request(host, f"{room}/teacher", sent))[0] == 400
            assert (await request(host, f"{room}/student", sent, method="POST"))[0] == 400
        for change in ({"choices": ["a"]}, {"choices": ["a"] * 9}, {"question": "q" * 401}, {"lesson": ""}):
            assert (await teacher.say("ask", poll=QUESTION | change))[0] == 400
        assert (await student.say("guess", poll=1, choice=0))[0] == 409
        assert (await teacher.say("reveal", right=0))[0] == 409
        assert (await teacher.say("again"))[0] == 409
        await teacher.say("ask", poll=QUESTION)
        assert (await teacher.say("reveal", right=3))[0] == 400
        assert (await request(host, f"{room}/events?client=short"))[0] == 400

    run(scenario)


FOREIGN = [
    {"Origin": "https://elsewhere.org"},
    {"Origin": "null"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
]


def test_another_sites_page_posts_nothing(run):
    async def scenario(host, other):
        teacher = await Teacher(host).open()
        said = {"client": TOKEN, "kind": "follow", "on": True}
        for headers in FOREIGN:
            assert (await request(host, "", {}, **headers))[0] == 403
            assert (await request(host, f"/{teacher.code}/student", said, **headers))[0] == 403
        assert (await request(host, "", {}, Content_Type="text/plain"))[0] == 415
        for headers in ({"Origin": f"http://{host}"}, {"Sec_Fetch_Site": "same-origin", "Origin": "https://proxy"}):
            assert (await request(host, f"/{teacher.code}/student", said, **headers))[0] == 200

    run(scenario)


def test_rates_are_bounded_by_address_and_client(run):
    async def scenario(host, other):
        async def statuses(path, times, sent=None, address="10.0.0.1"):
            return Counter([(await request(host, path, sent, X_Forwarded_For=address))[0] for _ in range(times)])

        assert await statuses("/ABCDEF", 310) == {404: 300, 429: 10}
        teacher = await Teacher(host).open()
        assert await statuses(f"/{teacher.code}", 1) == {429: 1}, "who tries codes does not find the right one"
        assert await statuses(f"/{teacher.code}", 1, address="10.0.0.1, 10.0.0.2") == {200: 1}, "the proxy's word"
        assert await statuses("", 70, {}, "2001:db8::1") == {201: 60, 429: 10}
        assert await statuses("", 1, {}, "2001:db8::ffff") == {429: 1}, "of the same network"
        said = {"client": TOKEN, "kind": "follow", "on": True}
        answers = await statuses(f"/{teacher.code}/student", 80, said, "10.0.0.3")
        assert answers[429] > 0
        assert answers[200] >= limits.SAID.amount

    run(scenario)


def test_streams_are_bounded_and_leave_nothing(monkeypatch, run):
    monkeypatch.setattr(limits, "STREAMS", 6)

    async def scenario(host, other):
        teacher = await Teacher(host).open()
        students = [Student(host, teacher.code) for _ in range(3)]
        tabs = [students[0].stream() for _ in range(5)] + [student.stream() for student in students[1:]]
        statuses = []
        for tab in [*tabs, students[2].stream()]:
            await tab.open()
            statuses.append(tab.status)
        assert statuses == [200] * 4 + [429] + [200] * 2 + [429], "four tabs of one browser, six streams of one address"
        assert numbers.streams == 6
        for tab in tabs:
            tab.close()
        await until(lambda: numbers.streams == 0)
        async with students[0].stream() as stream:
            assert stream.status == 200

    run(scenario)


def test_a_sender_that_no_proxy_vouches_for_cannot_choose_its_address():
    async def scenario():
        async with served(proxies="") as (host,):
            for number in range(300):
                await request(host, "/ABCDEF", X_Forwarded_For=f"10.0.{number % 7}.{number % 99}")
            assert (await request(host, "/ABCDEF", X_Forwarded_For="10.1.1.1"))[0] == 429

    asyncio.run(scenario())


def test_a_room_is_full_at_two_hundred_and_over_after_twelve_quiet_hours():
    now = 1e9

    async def scenario():
        store = MemoryStore(lambda: now)
        async with served(store) as (host,):
            teacher = await Teacher(host).open()
            for number in range(MOST_CLIENTS):
                assert await store.join(teacher.code, str(number))
            student = Student(host, teacher.code)
            assert await student.say("follow", on=True) == (409, {"error": "room.full"})
            assert (await request(host, f"/{teacher.code}/events?client={TOKEN}"))[0] == 409
            later(20)
            async with student.stream() as stream:
                await until(lambda: stream.events)
                later(12 * 3600 - 21)
                assert (await request(host, f"/{teacher.code}"))[0] == 200
                later(2)
                await asyncio.wait_for(stream.reading, 10)
                assert stream.events[-1][0] == "end"
            assert (await request(host, f"/{teacher.code}"))[0] == 404

    def later(seconds):
        nonlocal now
        now += seconds

    asyncio.run(scenario())


def test_nothing_personal_is_stored():
    async def scenario():
        store = MemoryStore()
        async with served(store) as (host,):
            teacher = await Teacher(host).open()
            student = Student(host, teacher.code)
            async with student.stream():
                await student.say("guess", poll=1, choice=0)
                await student.say("solved", lesson="lstm", task="keep")
                kept = repr(vars(store))
                assert student.token not in kept
                assert teacher.key not in kept
                assert "127.0.0.1" not in kept

    asyncio.run(scenario())
