"""Where rooms are kept, in memory and in Redis: one rule for both."""

import asyncio
from functools import partial

import pytest
from redis import Redis

from app.room import store
from app.room.messages import MOST_CLIENTS, Ask, Black, Guess, Question
from app.room.redis_store import RedisStore
from app.room.room import RefusedError, Room
from app.room.routes import Rooms
from app.room.secret import LETTERS, hashed, new_code, new_secret, same
from app.room.store import QUIET, TEACHER, MemoryStore
from tests.support.redis import RedisServer
from tests.support.rooms import QUESTION, Student, Teacher, served, until


@pytest.fixture(params=["memory", "redis"])
def with_store(request):
    """Run a scenario with a store, which has told what is in the list."""
    redis = request.getfixturevalue("redis") if request.param == "redis" else None

    def run(scenario):
        async def whole():
            store, told = RedisStore(redis.address) if redis else MemoryStore(), []
            await store.start(told.append, lambda: None)
            try:
                await scenario(store, told)
            finally:
                await store.close()

        asyncio.run(whole())

    return run


def test_a_room_is_made_once_read_and_changed_in_order(with_store):
    async def scenario(store, told):
        code = new_code()
        assert await store.create(Room(code, "hash"))
        assert not await store.create(Room(code, "another"))
        await store.watch(code)
        await asyncio.sleep(0.1)
        assert await store.change(code, Black("", True).change) == 2
        assert await store.move(code, b'{"n":1}') == 3
        with pytest.raises(RefusedError, match=r"room\.closed"):
            await store.change(code, lambda room: Guess("", 1, 0).change(room, "a"))
        news = await store.read(code)
        assert (news.seq, news.state, news.room.black, news.room.key) == (3, b'{"n":1}', True, "hash")
        await until(lambda: len(told) == 2)
        assert [(each.seq, each.room and each.room.black, each.state) for each in told] == [
            (2, True, None),
            (3, None, b'{"n":1}'),
        ]
        lost = new_code()
        changes = (store.change(lost, Black("", True).change) for _ in range(3))
        answers = await asyncio.gather(store.read(lost), store.move(lost, b"{}"), *changes, return_exceptions=True)
        assert [str(answer) for answer in answers] == ["room.unknown"] * 5

    with_store(scenario)


def test_changes_at_once_are_all_made(with_store):
    async def scenario(store, told):
        code = new_code()
        await store.create(Room(code, ""))
        await store.change(code, Ask("", Question(**QUESTION)).change)
        guesses = [Guess("", 1, number % 3) for number in range(60)]
        changes = (store.change(code, partial(guess.change, client=f"client {n}")) for n, guess in enumerate(guesses))
        numbers = await asyncio.gather(*changes, *(store.move(code, b"{}") for _ in range(20)))
        assert sorted(numbers)[-1] == (await store.read(code)).seq
        assert sorted(set(numbers[60:])) == sorted(numbers[60:]), "each state has a number of its own"
        assert (await store.read(code)).room.vote.bars == [20, 20, 20]

    with_store(scenario)


def test_changes_of_two_processes_are_all_made(redis):
    """Each reads, changes and writes the same room, and neither knows of the other."""

    async def scenario():
        stores, code = [RedisStore(redis.address) for _ in range(2)], new_code()
        await stores[0].create(Room(code, ""))
        await stores[0].change(code, Ask("", Question(**QUESTION)).change)
        for number in range(40):
            clients = (f"{number} of {each}" for each in range(2))
            guesses = (partial(Guess("", 1, 0).change, client=client) for client in clients)
            await asyncio.gather(*(store.change(code, guess) for store, guess in zip(stores, guesses, strict=True)))
        assert len((await stores[1].read(code)).room.vote.guesses) == 80
        for each in stores:
            await each.close()

    asyncio.run(scenario())


def test_a_rule_that_is_refused_stops_no_other(with_store):
    """Those that come at once may be written together."""

    async def scenario(store, told):
        code = new_code()
        await store.create(Room(code, ""))
        await store.change(code, Ask("", Question(**QUESTION)).change)
        choices = [0, 7, 1, 7, 7, 2]
        changes = (
            store.change(code, partial(Guess("", 1, choice).change, client=f"{n}")) for n, choice in enumerate(choices)
        )
        answers = await asyncio.gather(*changes, return_exceptions=True)
        assert [isinstance(answer, RefusedError) for answer in answers] == [choice == 7 for choice in choices]
        assert (await store.read(code)).room.vote.guesses == {"0": 0, "2": 1, "5": 2}

    with_store(scenario)


def test_two_hundred_students_and_their_teacher_are_present(with_store):
    async def scenario(store, told):
        code = new_code()
        await store.create(Room(code, ""))
        for number in range(MOST_CLIENTS):
            assert await store.join(code, str(number))
        assert not await store.join(code, "another")
        assert await store.join(code, "7"), "who is there may come again"
        assert await store.join(code, TEACHER)
        assert not await store.join(code, "another")
        await store.hear(code, ["1", "2"])
        assert len(await store.present(code)) == MOST_CLIENTS + 1

    with_store(scenario)


def test_where_there_are_too_many_rooms_a_quiet_one_makes_way(monkeypatch):
    monkeypatch.setattr(store, "MOST_ROOMS", 3)
    now = 0.0

    async def scenario():
        nonlocal now
        rooms = MemoryStore(lambda: now)
        await rooms.start(lambda news: None, lambda: None)
        for code in "ABC":
            assert await rooms.create(Room(code, ""))
        with pytest.raises(RefusedError, match=r"room\.busy"):
            await rooms.create(Room("D", ""))
        now = store.LONG_QUIET
        await rooms.move("A", b"{}")
        assert await rooms.create(Room("D", ""))
        assert set(rooms.rooms) == {"A", "C", "D"}

    asyncio.run(scenario())


def test_a_ticket_is_taken_once_and_by_its_room(with_store):
    async def scenario(store, told):
        await store.put_ticket("ticket", "ABCDEF")
        assert not await store.take_ticket("ticket", "GHJKMN")
        assert not await store.take_ticket("another", "ABCDEF")
        assert await store.take_ticket("ticket", "ABCDEF")
        assert not await store.take_ticket("ticket", "ABCDEF")

    with_store(scenario)


def test_nothing_personal_is_in_redis_and_all_of_it_ends(redis):
    async def scenario():
        async with served(RedisStore(redis.address)) as (host,):
            teacher = await Teacher(host).open()
            student = Student(host, teacher.code)
            ticket = await teacher.ticket()
            async with student.stream() as stream:
                await until(lambda: stream.events)
                await teacher.say("ask", poll=QUESTION)
                await student.say("guess", poll=1, choice=0)
                await student.say("solved", lesson="lstm", task="keep")
            return teacher, student, ticket

    teacher, student, ticket = asyncio.run(scenario())
    kept = Redis.from_url(redis.address)
    keys = [key for key in kept.scan_iter() if teacher.code.encode() in key]
    assert len(keys) == 3
    text = b"".join(kept.dump(key) for key in keys) + b"".join(keys)
    text += kept.hget(f"gatewalk:room:{{{teacher.code}}}", "room")
    for secret in (teacher.key, student.token, ticket, "127.0.0.1"):
        assert secret.encode() not in text
    assert all(0 < kept.ttl(key) <= QUIET for key in keys)
    kept.close()


@pytest.mark.usefixtures("redis")
@pytest.mark.parametrize("crash", [False, True])
def test_a_class_goes_on_when_redis_is_restarted(crash):
    """Stopped, it knows again what it knew; killed, it has forgotten all, and the processes remember the room."""

    async def scenario(redis):
        async with served(RedisStore(redis.address), RedisStore(redis.address)) as (host, other):
            teacher = await Teacher(host).open()
            students = [Student(each, teacher.code) for each in (host, other, other)]
            streams = [student.stream() for student in students]
            for stream in streams:
                await stream.open()
            await teacher.say("ask", poll=QUESTION)
            for student in students:
                await student.say("guess", poll=1, choice=1)
            await teacher.say("state", state={"n": 1})
            await until(lambda: all(stream.state == {"n": 1} for stream in streams))
            (redis.kill if crash else redis.stop)()
            during = asyncio.create_task(teacher.say("state", state={"n": 2}))
            await asyncio.sleep(0.5)
            redis.start()
            if (await during)[0] != 200:
                assert (await teacher.say("state", state={"n": 2}))[0] == 200
            await until(lambda: all(stream.state == {"n": 2} for stream in streams))
            assert (await teacher.say("reveal", right=1))[0] == 200
            await until(lambda: all(stream.last("room")["poll"]["bars"] == [0, 3, 0] for stream in streams))
            for stream in streams:
                numbers = [seq for _, seq, _ in stream.events]
                assert numbers == sorted(set(numbers))
                assert not stream.reading.done(), "nobody has had to connect again"
                stream.close()

    with RedisServer() as redis:
        asyncio.run(scenario(redis))


@pytest.mark.usefixtures("redis")
def test_without_redis_a_message_is_refused_soon_and_streams_stay():
    async def scenario():
        with RedisServer() as own:
            async with served(RedisStore(own.address)) as (host,):
                teacher = await Teacher(host).open()
                async with Student(host, teacher.code).stream() as stream:
                    await until(lambda: stream.events)
                    rooms = Rooms(RedisStore(own.address))
                    assert await rooms.ready()
                    own.stop()
                    assert await asyncio.wait_for(teacher.say("black", on=True), 8) == (503, {"error": "room.busy"})
                    assert not stream.reading.done()
                    assert not await rooms.ready()
                    own.start()

    asyncio.run(scenario())


def test_codes_and_secrets():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 6 and set(code) <= set(LETTERS) for code in codes)
    assert not set("0O1IL") & set(LETTERS)
    assert len(LETTERS) == 31
    secret = new_secret()
    stored = hashed("ABCDEF", secret)
    assert same("ABCDEF", secret, stored)
    assert not same("GHJKMN", secret, stored), "one token is two people in two rooms"
    assert not same("ABCDEF", stored, stored)
