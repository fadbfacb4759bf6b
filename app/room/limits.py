"""How often one client, one room's teacher or one address may ask. Addresses stay here, in memory, for minutes."""

import ipaddress
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.requests import Request

from app.room.room import RefusedError

ROOMS = RateLimitItemPerHour(60)  # by address: a school may have one, so these are a school's
JOINS = RateLimitItemPerMinute(600)
POSTS = RateLimitItemPerMinute(6000)
MISSES = RateLimitItemPerMinute(300, 10)  # codes that are none: there are 31⁶
SAID = RateLimitItemPerSecond(20)  # by student, and by teacher
MOVED = RateLimitItemPerSecond(60)  # states by room: a slider that moves sends thirty


STREAMS = 1000  # open at once, by address

log = logging.getLogger(__name__)


class Limits:
    """What was asked lately, and who follows. Each process counts for itself."""

    def __init__(self) -> None:
        self.window = FixedWindowRateLimiter(MemoryStorage())
        self.following: Counter[str] = Counter()

    def allow(self, rate: RateLimitItem, who: str) -> None:
        """Count it, or refuse."""
        if not self.window.hit(rate, who):
            raise RefusedError("room.busy")

    def may_miss(self, address: str) -> None:
        """Refuse who has tried many codes that are none."""
        if not self.window.test(MISSES, address):
            raise RefusedError("room.busy")

    def missed(self, address: str) -> None:
        self.window.hit(MISSES, address)

    @contextmanager
    def follows(self, address: str) -> Iterator[None]:
        """Count a stream while it is open."""
        self.following[address] += 1
        try:
            yield
        finally:
            self.following[address] -= 1
            self.following += Counter()  # without those at 0

    def may_follow(self, address: str) -> None:
        """Refuse who follows too often, or begins to."""
        self.allow(JOINS, address)
        if self.following[address] >= STREAMS:
            raise RefusedError("room.busy")


def address(request: Request) -> str:
    """Where a request comes from; of IPv6 the network, since each home and each school has one of its own.

    Behind a proxy it is what that says in X-Forwarded-For: uvicorn believes those that FORWARDED_ALLOW_IPS names, or
    else this machine's alone.
    """
    sender = request.client.host if request.client else ""
    told = request.headers.get("x-forwarded-for", "")
    if told and sender not in told:
        warn()
    try:
        said = ipaddress.ip_address(sender)
    except ValueError:
        return ""
    return str(said if said.version == 4 else ipaddress.ip_network((said, 64), strict=False))


@cache
def warn() -> None:
    """Say once that all who come through a proxy are taken for one."""
    log.warning("X-Forwarded-For is not believed: FORWARDED_ALLOW_IPS does not name the proxy that sends it")
