"""What those who run a server ask it, and how it ends: `/metrics`, `/_gatewalk/ready`, SIGTERM. Closed to readers."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from types import FrameType

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sse_starlette.sse import AppStatus
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.runtime import exists, get_instance

from app.components.bundles import APP
from app.room.metrics import counts
from app.training.jobs import jobs

DRAIN = float(os.environ.get("GATEWALK_DRAIN", "0"))
"""Seconds from the signal to the end, in which a proxy learns that nobody else is to be sent here."""
GRACE = 5.0  # seconds for what is under way then
PATIENCE = 1.0  # seconds that others are waited for
READY = ("/_gatewalk/ready", "/_gatewalk/ready/_stcore/health")
"""Streamlit, should our app not load, answers any path with a page and 200; one that ends like the second, with 404."""
TEXT = "text/plain; version=0.0.4; charset=utf-8"


@dataclass
class Life:
    """Whether this process is about to end."""

    ending: bool = False


life = Life()


class Figures(Collector):
    """What goes on here, looked up when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        sessions = len(get_instance()._session_mgr.list_active_sessions()) if exists() else 0
        yield GaugeMetricFamily("gatewalk_sessions", "Tabs that are connected.", sessions)
        known, ended = list(jobs().known), dict(jobs().ended)
        trainings = GaugeMetricFamily("gatewalk_trainings", "Trainings under way.", labels=["state"])
        for state in ("queued", "running"):
            trainings.add_metric([state], sum(job.state == state for job in known))
        yield trainings
        ends = CounterMetricFamily("gatewalk_trainings_ended", "Trainings that ended, by how.", labels=["state"])
        for state, count in ended.items():
            ends.add_metric([state], count)
        yield ends
        for name, count in counts().items():
            kind = GaugeMetricFamily if name == "streams" else CounterMetricFamily
            yield kind(f"gatewalk_room_{name}", f"Class rooms: {name}.", count)


registry = CollectorRegistry()
registry.register(Figures())
ProcessCollector(registry=registry)


async def metrics(_: Request) -> Response:
    return Response(generate_latest(registry), media_type=TEXT)


figures = Route("/metrics", metrics)


def ready(store: Callable[[], Awaitable[bool]]) -> list[Route]:
    """The routes that say whether readers may be sent here: files loaded, not ending, the rooms' store reachable."""

    async def answered(_: Request) -> Response:
        if life.ending:
            return PlainTextResponse("ending", 503)
        if not (APP / "bundles" / "components.js").is_file():
            return PlainTextResponse("no bundles", 503)
        try:
            stored = await asyncio.wait_for(store(), PATIENCE)
        except TimeoutError:
            stored = False
        return PlainTextResponse("ready") if stored else PlainTextResponse("no store", 503)

    return [Route(path, answered) for path in READY]


def end_softly() -> None:
    """Have SIGTERM say that this process ends before it ends it; a second one ends it at once.

    What would go on without end is cut off `GRACE` seconds later.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop, end = asyncio.get_running_loop(), signal.getsignal(signal.SIGTERM)
    if not callable(end):
        return

    def stop(number: int, frame: FrameType | None) -> None:
        AppStatus.should_exit = True  # streams of class rooms end; by itself it would look for uvicorn's own handler
        end(number, frame)

    def begin(number: int, frame: FrameType | None) -> None:
        wait, life.ending = (0.0 if life.ending else DRAIN), True
        loop.call_soon_threadsafe(loop.call_later, wait, stop, number, frame)
        loop.call_soon_threadsafe(loop.call_later, wait + GRACE, end, signal.SIGINT, frame)

    signal.signal(signal.SIGTERM, begin)
