"""Every lesson, warm: from the address to its first picture with its numbers, in the real browser."""

from __future__ import annotations

import json
import statistics
import time

from playwright.sync_api import Browser

from app.lessons import LESSONS
from tests.chromium import chromium
from tests.server import Server

RUNS, MOST = 3, 1500  # ms
CHART = ".js-plotly-plot .scatterlayer .trace"
FIRST = {
    "memory": ".gw-word",
    "gradients": ".gw-reach .end-number",
    "layers": ".gw-still svg",
    "series": CHART,
    "text": ".gw-word",
    "recall": CHART,
    "frameworks": ".stCode",
}
STAGE = ".gw-diagram svg text"  # of the lessons that have one

# Inside the page, from its first moment: when the frame after the one that has the picture begins. Not by Playwright's
# own waiting, which looks every half second.
WATCH = """
(() => {{
  const shown = (root) => [...root.querySelectorAll({selector})].some((one) => one.checkVisibility())
    || [...root.querySelectorAll("*")].some((one) => one.shadowRoot && shown(one.shadowRoot));
  window.firstPicture = new Promise((tell) => {{
    const look = () => requestAnimationFrame(shown(document) ? tell : look);
    look();
  }});
}})()
"""


def waited(browser: Browser, address: str, key: str) -> float:
    """Return the milliseconds until a lesson's first picture stands, in a tab of its own with nothing cached."""
    time.sleep(1)  # what was opened before comes to rest
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH.format(selector=json.dumps(FIRST.get(key, STAGE))))
    page.goto(f"{address}/{key}", wait_until="commit")
    page.locator(".st-key-turn").wait_for(timeout=60_000)
    taken = float(page.evaluate("window.firstPicture"))
    context.close()
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
