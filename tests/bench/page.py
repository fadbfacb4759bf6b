"""What a reader waits for, in the real browser."""

from __future__ import annotations

import time

import numpy as np
from playwright.sync_api import Browser, Page

from tests.bench.in_page import opened
from tests.support.chromium import chromium
from tests.support.server import Server
from tests.support.stage_page import ANSWERED

LESSON = "fourday?at=4.6&show=B&i=2,1.65,-1"
CHART = ".st-key-gradients svg text"
CHANGES = 30

# Inside the page: commit a weight as a slider does, and wait until the stage and then the chart show something else.
# The stage counts as updated when its result, its timeline and its diagram have all changed.
COMMIT = """
async ([value]) => {
  const root = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector(".gw-main")).shadowRoot;
  const parts = [".gw-chip", ".gw-timeline", ".gw-diagram svg"];
  const read = () => parts.map((name) => root.querySelector(name).textContent);
  const picture = [...document.querySelectorAll(".st-key-gradients *")].find((e) => e.shadowRoot).shadowRoot;
  const chart = () => picture.textContent;
  const before = read(), drawn = chart();
  const range = root.querySelectorAll("input[type=range]")[2];
  range.value = String(value);
  const begin = performance.now();
  range.dispatchEvent(new Event("input", { bubbles: true }));
  range.dispatchEvent(new Event("change", { bubbles: true }));
  let stage = 0;
  for (;;) {
    await new Promise((done) => requestAnimationFrame(done));
    const now = performance.now();
    const fresh = read().every((text, k) => text !== before[k]);
    if (fresh && !stage) stage = now - begin;
    if (stage && chart() !== drawn) return [stage, now - begin];
    if (now - begin > 5000) return [stage || 5000, 5000];
  }
}
"""


def lesson(browser: Browser, address: str) -> tuple[Page, float]:
    """Open the lesson; return it with its charts, and the milliseconds until the stage showed its numbers."""
    return opened(browser, f"{address}/{LESSON}", ".gw-chip", wait=CHART, script=ANSWERED)


def alone(browser: Browser, address: str) -> float:
    """Open the lesson once what was opened before has come to rest; return the milliseconds to its stage."""
    time.sleep(2)
    page, taken = lesson(browser, address)
    page.context.close()
    return taken


def changes(page: Page) -> np.ndarray:
    """Commit a weight many times; return the milliseconds to the stage and to the chart, (CHANGES, 2)."""
    page.wait_for_timeout(1500)
    waits = []
    for k in range(CHANGES):
        waits.append(page.evaluate(COMMIT, [-1 - k / 10]))
        page.wait_for_timeout(300)
    return np.array(waits)


def main() -> None:
    """Print the waits and their limits."""
    with chromium() as browser:
        begin = time.perf_counter()
        with Server() as server:
            started = (time.perf_counter() - begin) * 1e3
            cold = started + lesson(browser, server.address)[1]
            warm = np.median([alone(browser, server.address) for _ in range(5)])
            waits = changes(lesson(browser, server.address)[0])
    stage, chart = np.median(waits, axis=0)
    print(f"cold `streamlit run` to the first drawn stage: {cold:.0f} ms (at most 5000)")
    print(f"warm page to a drawn stage with numbers: {warm:.0f} ms (at most 1500)")
    print(f"slider committed to every number of the stage: {stage:.0f} ms (at most 60)")
    print(f"slider committed to the chart beside it: {chart:.0f} ms (at most 200)")
