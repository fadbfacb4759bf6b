"""What a letter costs the browser, by how many are written already; and what a drag of the temperature does."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import CDPSession, Page

from tests.support.chromium import chromium
from tests.support.server import Server
from tests.support.stage_page import wait_until_idle

LENGTHS = (50, 300, 555)  # written letters, after those that are given
LETTERS = 30
LETTER, REDRAW = 50, 16  # ms at most

# Inside the page: what is asked for is done, laid out and painted before the answer. Streamlit's policy allows no eval.
PAINTED = """
(place) => new Promise((done) => {
  const host = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector(".gw-writing-grid"));
  const root = host.shadowRoot;
  %s;
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    port2.postMessage(null);
  });
})
"""
WRITE = PAINTED % 'root.querySelectorAll(".gw-write button")[1].click()'
WARM = PAINTED % (
    'const slider = root.querySelector(".gw-temperature input"); slider.value = String(place);'
    'slider.dispatchEvent(new Event("input", { bubbles: true }))'
)


def busy(cdp: CDPSession) -> float:
    """Milliseconds of its own that the page's main thread has worked so far: script, style, layout and paint."""
    metrics = {each["name"]: each["value"] for each in cdp.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(metrics["TaskDuration"])


def costs(page: Page, cdp: CDPSession, script: str, arguments: list[int]) -> np.ndarray:
    """Milliseconds of work of each call of a script."""
    seen = []
    for argument in arguments:
        before = busy(cdp)
        page.evaluate(script, argument)
        seen.append(busy(cdp) - before)
    return np.array(seen)


def told(what: str, seen: np.ndarray, limit: float) -> None:
    middle, high = np.median(seen), np.percentile(seen, 95)
    print(f"writing, {what}: {middle:.1f} ms, 95 % within {high:.1f} ms (at most {limit})")


def main() -> None:
    """Print the work for one letter, and for one redraw of a drag, at several lengths of the text."""
    with Server() as server, chromium() as browser:
        for count in LENGTHS:
            page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
            page.goto(f"{server.address}/writing?text=english&temperature=0.8&count={count}")
            page.locator(".gw-writing-grid .gw-main").wait_for()
            wait_until_idle(page)
            cdp = page.context.new_cdp_session(page)
            cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
            letters = page.locator(".gw-letter").count()
            told(f"a letter after {letters}", costs(page, cdp, WRITE, list(range(LETTERS))), LETTER)
            swing = [int(50 + 45 * np.sin(k / 3)) for k in range(LETTERS)]
            told(f"the temperature dragged, {letters + LETTERS} letters", costs(page, cdp, WARM, swing), REDRAW)
            page.context.close()


if __name__ == "__main__":
    main()
