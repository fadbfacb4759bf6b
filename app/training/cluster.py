"""The Dask cluster that trains: one elsewhere, or one of this server's own, which is made when it is first needed.

Everything here runs in a thread of its own, in one event loop: nobody who draws a page waits for the cluster.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from functools import cached_property
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
Handler = Callable[[tuple[float, Any]], None]

ELSEWHERE = os.environ.get("GATEWALK_DASK", "")  # the address of a scheduler that others share
CONFIG = Path(__file__).with_name("dask.yaml")
CONNECT, START = 5, 60  # seconds until a scheduler has answered, and until one of our own has begun
IDLE = 60  # seconds without a job until a cluster of our own gives its memory back
END = 3  # seconds for the end


class AwayError(Exception):
    """The cluster cannot be reached."""


class Cluster:
    """A connection to a scheduler, made anew when it is lost.

    Parameters
    ----------
    address
        Of the scheduler; empty: one of our own.
    workers
        Processes of our own that train at once: all cores but one, which is left for the pages.
    subscriptions
        What is called with the events of each topic.
    """

    def __init__(self, address: str, workers: int | None, subscriptions: Callable[[str], dict[str, Handler]]) -> None:
        self.address, self.subscriptions = address, subscriptions
        self.workers = workers or max(1, (os.cpu_count() or 1) - 1)
        self.client: Client | None = None
        self.comm: object = None  # of the client: another one has no subscriptions
        self.topics: dict[str, Handler] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self.lock = asyncio.Lock()
        self.users = 0
        self.rest: asyncio.TimerHandle | None = None

    @cached_property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop of our thread, which begins with its first use."""
        loop = asyncio.SelectorEventLoop()
        threading.Thread(target=loop.run_forever, daemon=True, name="cluster").start()
        return loop

    def start(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Begin something that uses the cluster, from any thread."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    @asynccontextmanager
    async def used(self) -> AsyncIterator[Client]:
        """A client of the cluster, which stays for as long as it is used.

        Raises
        ------
        AwayError
            When it cannot be reached.
        """
        self.users += 1
        if self.rest:
            self.rest.cancel()
        try:
            async with self.lock:
                if not self.connected:
                    await self.connect()
            assert self.client
            yield self.client
        finally:
            self.users -= 1
            if not self.users:
                self.rest = self.loop.call_later(IDLE, lambda: self.loop.create_task(self.leave()))

    @property
    def connected(self) -> bool:
        lives = self.process is None or self.process.poll() is None
        client = self.client
        return lives and client is not None and client.status == "running" and client.scheduler_comm is self.comm

    async def connect(self) -> None:
        """Connect to the scheduler, one that is started for it if there is none elsewhere."""
        await self.leave()
        starting = self.loop.create_task(self.own()) if not self.address else None
        from distributed import Client  # half a second, meanwhile

        try:
            address = await asyncio.wait_for(starting, START) if starting else self.address
            client = Client(address, asynchronous=True, timeout=CONNECT, set_as_default=False, heartbeat_interval=5000)
            await client
        except (OSError, ValueError) as problem:
            await self.leave()
            raise AwayError from problem
        self.client, self.comm = client, client.scheduler_comm
        self.topics = self.subscriptions(client.id)
        for topic, handler in self.topics.items():
            client.subscribe_topic(topic, handler)

    async def own(self) -> str:
        """Start a scheduler with its workers; return its address."""
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "DASK_CONFIG": str(CONFIG)}
        command = [sys.executable, "-m", "app.training.local_cluster", str(self.workers)]
        self.process = process = subprocess.Popen(command, env=environment, stdin=PIPE, stdout=PIPE)
        assert process.stdout
        address = (await asyncio.to_thread(process.stdout.readline)).decode().strip()
        if not address:
            raise OSError("no scheduler")
        return address

    async def leave(self) -> None:
        """Give the connection up, and the processes that are ours."""
        client, process, topics = self.client, self.process, self.topics if self.connected else {}
        self.client = self.process = None
        if client:
            for topic in topics:
                client.unsubscribe_topic(topic)
            with suppress(OSError, TimeoutError):
                await asyncio.wait_for(client.close(timeout=1), END)
        if process:
            await asyncio.to_thread(process.communicate)  # its input ends, and it does

    def close(self) -> None:
        """End all of it; for this thread to wait for."""
        if "loop" in self.__dict__:
            with suppress(TimeoutError):
                self.start(self.leave()).result(END)
            self.loop.call_soon_threadsafe(self.loop.stop)
