"""A reader far away: first pictures over a slow network, as Chrome itself plays it, on a first and a second visit.

A round trip of 100 ms and 10 Mbit/s hold for each request and for the WebSocket's handshake; its messages are not
delayed. ``python -m tests.bench.network <key> …`` prints what each of these lessons asks for, and when.
"""

from __future__ import annotations

import statistics
import sys
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from tests.bench.course import FIRST, STAGE
from tests.bench.in_page import first_seen
from tests.support.chromium import chromium
from tests.support.server import Server

RUNS = 3
SLOW = {"offline": False, "latency": 100, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
LIMITS = {"fourday": (2600, 1000), "series": (3500, None), "recall": (3500, None)}
"""The milliseconds to the first picture: of the first visit, and of the second."""

MOST_REQUESTS = 125


@dataclass
class Request:
    """One request, as the browser's network log has it."""

    url: str
    begin: float
    end: float = float("nan")
    size: int = 0
    cached: bool = False


@dataclass
class Log:
    """The requests of a page, by the browser's own numbers for them."""

    session: CDPSession
    requests: dict[str, Request] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session.on("Network.requestWillBeSent", self.begun)
        self.session.on("Network.requestServedFromCache", lambda event: self.put(event, cached=True))
        self.session.on("Network.loadingFinished", self.ended)
        self.session.send("Network.enable")

    def begun(self, event: dict[str, Any]) -> None:
        """Note a request; what is inside the page already is none."""
        if event["request"]["url"].startswith("http"):
            self.requests[event["requestId"]] = Request(event["request"]["url"], event["timestamp"])

    def ended(self, event: dict[str, Any]) -> None:
        """Note that all of an answer is here."""
        self.put(event, end=event["timestamp"], size=event["encodedDataLength"])

    def put(self, event: dict[str, Any], **known: Any) -> None:
        """Note more about a request."""
        for name, value in known.items():
            if event["requestId"] in self.requests:
                setattr(self.requests[event["requestId"]], name, value)

    def sent(self) -> list[Request]:
        """Return the requests that the browser's own cache did not answer."""
        return [request for request in self.requests.values() if not request.cached]


def visit(page: Page, log: Log, url: str) -> float:
    """Open a lesson; return the milliseconds to its first picture, with its requests in the log."""
    page.goto("about:blank")
    page.wait_for_timeout(1500)
    log.requests.clear()
    page.goto(url, wait_until="commit")
    return float(page.evaluate("window.gwFirst"))


def visits(browser: Browser, address: str, key: str) -> tuple[float, list[Request], float, list[Request]]:
    """Visit a lesson twice with one browser: the milliseconds of each visit, and what was asked for until then."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    first_seen(page, FIRST.get(key, STAGE))
    session = page.context.new_cdp_session(page)
    log = Log(session)
    session.send("Network.emulateNetworkConditions", SLOW)
    first, asked = visit(page, log, f"{address}/{key}"), log.sent()
    page.locator(".st-key-turn").wait_for(timeout=60_000)
    page.wait_for_timeout(3000)  # the rest of the page
    second, again = visit(page, log, f"{address}/{key}"), log.sent()
    page.context.close()
    return first, asked, second, again


def main() -> None:
    """Print the waits and the requests, and their limits."""
    with Server() as server, chromium() as browser:
        for key, (first_limit, second_limit) in LIMITS.items():
            visits(browser, server.address, key)
            runs = [visits(browser, server.address, key) for _ in range(RUNS)]
            first, second = (statistics.median(run[k] for run in runs) for k in (0, 2))
            size = sum(request.size for request in runs[0][1])
            print(f"first picture of {key}, 100 ms and 10 Mbit/s: {first:.0f} ms (at most {first_limit})")
            print(f"… {len(runs[0][1])} requests (at most {MOST_REQUESTS}), {size / 1e6:.2f} MB")
            print(f"… on a second visit: {second:.0f} ms{f' (at most {second_limit})' if second_limit else ''}")


def waterfall(keys: list[str]) -> None:
    """Print each request of both visits: milliseconds from the first to its begin and end, bytes, address."""
    with Server() as server, chromium() as browser:
        for key in keys:
            taken = visits(browser, server.address, key)
            for wait, requests in (taken[:2], taken[2:]):
                print(f"{key}: {wait:.0f} ms")
                for request in requests:
                    begin, end = (1e3 * (time - requests[0].begin) for time in (request.begin, request.end))
                    print(f"{begin:7.0f} {end:7.0f} {request.size:9.0f}  {request.url.removeprefix(server.address)}")


if __name__ == "__main__":
    waterfall(sys.argv[1:]) if sys.argv[1:] else main()
