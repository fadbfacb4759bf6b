"""What a reader of a lesson waits for while two others train."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, Page

from tests.bench.page import changes, lesson
from tests.support.chromium import chromium
from tests.support.server import Server
from tests.support.small_task.model import write_model

LONG = "units=64&steps=200&epochs=2000"  # as long as a job may last
READERS = 2


def reader(browser: Browser, address: str) -> Page:
    """Open the page that trains, and press the button."""
    page = browser.new_context().new_page()
    page.goto(f"{address}/?{LONG}")
    page.locator(".gw-chip").wait_for()
    page.locator(".st-key-train button").click()
    page.locator(".st-key-cancel button").wait_for()
    return page


def main() -> None:
    """Print the waits and their limit."""
    with TemporaryDirectory() as folder, chromium() as browser:
        write_model(Path(folder))
        with Server("tests/support/small_task/main.py", TINY_MODELS=folder) as server:
            idle, _ = np.median(changes(lesson(browser, server.address)[0]), axis=0)
            readers = [reader(browser, server.address) for _ in range(READERS)]
            readers[0].locator(".st-key-part-trainer .scatterlayer .trace").first.wait_for()
            busy, _ = np.median(changes(lesson(browser, server.address)[0]), axis=0)
            if not all(page.locator(".st-key-cancel").count() for page in readers):
                raise RuntimeError("the training ended before the measurement did")
    print(f"slider to stage while {READERS} train: {busy:.0f} ms, idle {idle:.0f}: {busy / idle:.1f} times (at most 2)")


if __name__ == "__main__":
    main()
