"""Where the rooms of a test are kept."""

import asyncio

import pytest

from app.room.redis_store import RedisStore
from tests.support.redis import PROGRAM, RedisServer
from tests.support.rooms import served


@pytest.fixture(scope="session")
def redis():
    if PROGRAM is None:
        pytest.skip("neither redis-server nor valkey-server is installed (make test installs it where it can)")
    with RedisServer() as server:
        yield server


@pytest.fixture(params=["memory", "redis"])
def run(request):
    """Run a scenario with two servers' addresses: in memory they are one, with Redis they share nothing else."""
    redis = request.getfixturevalue("redis") if request.param == "redis" else None

    def run_with(scenario):
        async def whole():
            stores = [RedisStore(redis.address) for _ in range(2)] if redis else [None]
            async with served(*stores) as hosts:
                return await asyncio.wait_for(scenario(hosts[0], hosts[-1]), 120)

        return asyncio.run(whole())

    return run_with
