"""A class as its browsers see it: real streams of a server of rooms, in this process's memory."""

import asyncio
import csv
import io
import random
from collections import Counter

from app.room.hub import Live, Seat
from app.room.messages import Black
from app.room.room import Room
from app.room.store import News
from tests.support.rooms import QUESTION, TOKEN, Student, Teacher, request, until


def test_a_thousand_guesses_count_one_a_client_and_no_bar_is_seen_before_the_reveal(run):
    dice = random.Random(0)
    chosen = {number: dice.randrange(3) for number in range(100)}  # each one's last word

    async def scenario(host, other):
        teacher = await Teacher(host).open()
        students = [Student(each, teacher.code) for each in (host, other) for _ in range(50)]
        streams = [await teacher.stream(), *(student.stream() for student in students)]
        for stream in streams:
            await stream.open()
        await teacher.say("ask", poll=QUESTION)

        async def guess(number):
            for choice in (*(dice.randrange(3) for _ in range(4)), *[chosen[number]] * 5):  # replays besides
                assert (await students[number].say("guess", poll=1, choice=choice))[0] == 200
            assert await students[number].say("guess", poll=1, choice=3) == (400, {"error": "room.malformed"})

        await asyncio.gather(*map(guess, chosen))
        await until(lambda: (streams[0].last("counts") or {}).get("answered") == 100)
        late = Student(other, teacher.code).stream()
        await late.open()
        await teacher.say("black", on=True)  # all are sent the whole picture, while there is an open vote
        await until(lambda: all((stream.last("room") or {}).get("black") for stream in [*streams, late]))
        before = [stream.raw for stream in [*streams, late]]
        assert all(b'"bars":null' in each and b'"bars":[' not in each for each in before)
        assert {row[6] for row in csv.reader(io.StringIO(await teacher.summary()))} == {"count", ""}
        expected = [Counter(chosen.values())[choice] for choice in range(3)]
        assert str(expected).replace(" ", "").encode() not in b"".join(before)

        await teacher.say("reveal", right=1)
        await until(lambda: all(stream.last("room")["poll"]["bars"] for stream in streams))
        assert all(stream.last("room")["poll"]["bars"] == expected for stream in streams)
        assert [stream.last("room")["poll"]["mine"] for stream in streams[1:]] == list(chosen.values())
        assert "mine" not in streams[0].last("room")["poll"]
        assert (await students[0].say("guess", poll=1, choice=2)) == (409, {"error": "room.closed"})

        await teacher.say("again")
        assert (await students[0].say("guess", poll=1, choice=2))[0] == 409, "a replay is not counted in the next vote"
        await until(lambda: all(stream.last("room")["poll"]["id"] == 2 for stream in streams))
        assert streams[1].last("room")["poll"]["before"] == expected
        assert streams[1].last("room")["poll"]["bars"] is None
        for stream in [*streams, late]:
            stream.close()
        table = list(csv.reader(io.StringIO(await teacher.summary())))
        assert [int(row[6]) for row in table if row[4] == "100"] == expected
        assert [row[5] for row in table[1:4]] == ["opens", "closes", "'=1+1"]

    run(scenario)


def test_fewer_than_three_answers_have_no_bars(run):
    async def scenario(host, other):
        teacher = await Teacher(host).open()
        students = [Student(other, teacher.code) for _ in range(2)]
        async with students[0].stream() as stream:
            await teacher.say("ask", poll=QUESTION)
            for student in students:
                await student.say("guess", poll=1, choice=0)
            await teacher.say("reveal", right=0)
            await until(lambda: stream.last("room")["poll"]["few"])
            assert stream.last("room")["poll"] | {"bars": None, "right": 0, "mine": 0} == stream.last("room")["poll"]
            assert [row[6] for row in csv.reader(io.StringIO(await teacher.summary()))][1:] == ["", "", ""]

    run(scenario)


def test_states_arrive_in_order_and_who_comes_later_is_shown_the_picture_of_now(run):
    async def scenario(host, other):
        teacher = await Teacher(host).open()
        early = Student(other, teacher.code).stream()
        await early.open()
        for day in range(60):
            await teacher.say("state", state={"lesson": "lstm", "query": f"?day={day}", "live": {}})
            await asyncio.sleep(0.02)
            if day == 30:
                await teacher.say("black", on=True)
                late = Student(other, teacher.code).stream()
                await late.open()
        await teacher.say("black", on=False)
        await teacher.say("follow", on=False)
        await until(lambda: all(each.events and not each.last("room")["following"] for each in (early, late)))
        seen = [data["state"]["query"] for kind, _, data in early.events if kind == "state"]
        assert seen == sorted(seen, key=lambda query: int(query[5:]))
        assert len(seen) == 60, "who is not slow is sent all"
        assert late.events[0][0] == "room"
        assert late.events[0][2]["black"]
        assert int(late.events[0][2]["state"]["query"][5:]) >= 30
        for each in (early, late):
            numbers = [seq for _, seq, _ in each.events]
            assert numbers == sorted(set(numbers))
            assert each.state["query"] == "?day=59"
            each.close()

    run(scenario)


def test_a_slow_client_is_sent_the_newest_alone():
    """However much is said while a stream takes nothing: what it is sent next is the picture, or the state, of now."""
    room = Room("ABCDEF", "")
    live, seat = Live(News("ABCDEF", 1, room, b"null")), Seat("a client")
    live.seats.add(seat)
    assert live.next(seat).startswith(b"event: room\nid: 1\n")
    for seq in range(2, 100):
        live.take(News("ABCDEF", seq, state=b'{"n":%d}' % seq))
    live.take(News("ABCDEF", 50, state=b'{"n":"late"}'))
    assert live.next(seat) == b'event: state\nid: 99\ndata: {"seq":99,"state":{"n":99}}\n\n'
    assert live.next(seat) == b""
    for seq in (100, 101):
        live.take(News("ABCDEF", seq, state=b'{"n":%d}' % seq))
    assert live.next(seat).count(b"event: state") == 2, "a little behind, it is sent all"
    Black("", True).change(room)
    live.take(News("ABCDEF", 102, room=room))
    live.take(News("ABCDEF", 103, state=b'{"n":103}'))
    assert b'"state":{"n":103},"following":true,"black":true' in live.next(seat)
    assert live.next(seat) == b""


ATTEMPTS = [
    {"kind": kind} | more
    for kind, more in {
        "state": {"state": {}},
        "follow": {"on": False},
        "black": {"on": True},
        "ask": {"poll": QUESTION},
        "reveal": {"right": 0},
        "again": {},
        "go_on": {},
        "end": {},
    }.items()
]


def test_a_student_cannot_speak_as_the_teacher(run):
    async def scenario(host, other):
        teacher = await Teacher(host).open()
        colleague = await Teacher(other).open()
        student = Student(other, teacher.code)
        async with student.stream() as stream:
            await teacher.say("ask", poll=QUESTION)
            await until(lambda: stream.last("room") and stream.last("room")["poll"])
            seen = list(stream.events)
            for attempt in ATTEMPTS:
                for key in (
                    student.token,
                    colleague.key,
                    teacher.code,
                    TOKEN,
                    teacher.key[:-1] + "x",
                    teacher.key.upper(),
                ):
                    status, answer = await request(host, f"/{teacher.code}/teacher", attempt | {"key": key})
                    assert (status, answer["error"]) in ((403, "room.key"), (400, "room.malformed"))
                for key in ("", None, 0, [], {}):
                    assert (await request(host, f"/{teacher.code}/teacher", attempt | {"key": key}))[0] == 400
                said = attempt | {"client": student.token, "key": student.token}
                status, _ = await request(host, f"/{teacher.code}/student", said)
                assert status == (200 if attempt["kind"] == "follow" else 400)  # which a student may say of themselves
            assert (await request(host, f"/{teacher.code}/ticket", {"key": student.token}))[0] == 403
            for query in ("?ticket=", f"?ticket={student.token}", f"?client={student.token}&ticket={TOKEN}"):
                assert (await request(host, f"/{teacher.code}/events{query}"))[0] == 403
                assert (await request(host, f"/{teacher.code}/summary.csv{query}"))[0] == 403
            ticket = await colleague.ticket()
            assert (await request(host, f"/{teacher.code}/summary.csv?ticket={ticket}"))[0] == 403
            await asyncio.sleep(0.2)
            assert stream.events == seen
            assert teacher.key.encode() not in stream.raw
            assert student.token.encode() not in stream.raw

    run(scenario)


def test_a_ticket_is_good_once_and_the_teacher_comes_back(run):
    async def scenario(host, other):
        teacher = await Teacher(host).open()
        ticket = await teacher.ticket()
        async with Student(other, teacher.code).stream() as student:
            await until(lambda: student.events)
            assert not student.last("room")["teacher_present"]
            first = await teacher.stream()
            async with first:
                await teacher.say("state", state={"n": 1})
                await until(lambda: first.events and student.last("room")["teacher_present"])
            teacher.host = other  # where the proxy sends it now
            again = await teacher.stream()
            async with again:
                await until(lambda: again.events)
                assert again.events[0][0] == "room"
                assert again.state == {"n": 1}
                await until(lambda: again.last("counts") == {"present": 1, "follow": 1, "answered": 0, "solved": {}})
        summary = f"/{teacher.code}/summary.csv?ticket={ticket}"
        assert [(await request(host, summary))[0] for _ in range(2)] == [200, 403]

    run(scenario)


def test_a_class_that_ends_ends_every_stream_and_leaves_its_summary(run):
    async def scenario(host, other):
        teacher = await Teacher(host).open()
        student = Student(other, teacher.code)
        async with student.stream() as stream:
            await student.say("solved", lesson="lstm", task="keep")
            await teacher.say("end")
            await asyncio.wait_for(stream.reading, 5)
            assert stream.events[-1][0] == "end"
        assert (await request(host, f"/{teacher.code}"))[0] == 404
        assert (await student.say("follow", on=True))[0] == 404
        assert (await teacher.say("black", on=True))[0] == 404
        assert "challenge,lstm,keep,,1" in await teacher.summary()

    run(scenario)
