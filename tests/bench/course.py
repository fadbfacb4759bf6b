"""Every lesson, warm: from the address to its first picture with its numbers, in the real browser."""

from __future__ import annotations

import statistics
import time

from playwright.sync_api import Browser

from app.page.registry import LESSONS
from tests.bench.in_page import opened
from tests.support.chromium import chromium
from tests.support.server import Server

RUNS, MOST = 3, 1200  # ms
FIRST = {
    "": ".gw-row",
    "memory": ".gw-word",
    "gradients": ".gw-reach .end-number",
    "gates": ".gw-reach .end-number",
    "layers": ".gw-still svg",
    "series": ".gw-still svg",
    "text": ".gw-word",
    "recall": ".gw-still svg",
    "frameworks": ".stCode",
}
STAGE = ".gw-diagram svg text"  # of the lessons that have one


def waited(browser: Browser, address: str, key: str) -> float:
    """Return the milliseconds until a lesson's first picture stands, in a tab of its own with nothing cached."""
    time.sleep(1)  # what was opened before comes to rest
    page, taken = opened(browser, f"{address}/{key}", FIRST.get(key, STAGE), wait=".st-key-turn" if key else None)
    page.context.close()
    return taken


def main() -> None:
    """Print the median of each page."""
    with Server() as server, chromium() as browser:
        for key in ("", *LESSONS):
            waited(browser, server.address, key)
            median = statistics.median(waited(browser, server.address, key) for _ in range(RUNS))
            print(f"first picture of {key or 'home'}, warm: {median:.0f} ms (at most {MOST})")


if __name__ == "__main__":
    main()
