"""The stage at play, in the real browser: how smooth, whether anything jumps, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.support import stage_site
from tests.support.chromium import chromium
from tests.support.server import Server

SECONDS, MINUTES = 10, 5
LONG = "lstm-64"
"""A cell of 64 units that reads 200 steps, where the site has one."""

# Inside the page, which Streamlit's policy lets run no eval: play, and return the gaps between the frames in ms and how
# far anything moved that was not told to.
PLAY = """
async ([seconds]) => {
  const root = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector(".gw-main")).shadowRoot;
  let shift = 0;
  const observer = new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shift += value; });
  observer.observe({ type: "layout-shift" });
  root.querySelector(".gw-play").click();
  const gaps = [];
  let last = await new Promise(requestAnimationFrame);
  for (const end = last + seconds * 1000; last < end;) {
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - last);
    last = now;
  }
  for (const { value } of observer.takeRecords()) shift += value;
  observer.disconnect();
  root.querySelector(".gw-play").click();
  return { gaps, shift };
}
"""

# Play for so long, from the start again at every end.
ROUNDS = """
async ([seconds]) => {
  const root = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector(".gw-main")).shadowRoot;
  const play = root.querySelector(".gw-play"), name = play.getAttribute("aria-label");
  let rounds = 0;
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    if (play.getAttribute("aria-label") === name) { play.click(); rounds += 1; }
    await new Promise((done) => setTimeout(done, 250));
  }
  play.click();
  return rounds;
}
"""


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """A tab whose stage has come to rest."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.locator(".gw-chip").first.wait_for()
    page.wait_for_timeout(3000)  # charts and fonts are there
    yield page
    context.close()


def smoothness(page: Page, what: str, least: int) -> None:
    """Print how many frames a second playing leaves room for, and how far the page shifts meanwhile."""
    seen = page.evaluate(PLAY, [SECONDS])
    gaps = sorted(seen["gaps"])
    rate, worst = 1000 * len(gaps) / sum(gaps), gaps[int(0.99 * len(gaps))]
    print(f"play, {what}: {rate:.0f} frames a second (at least {least}), 99 % within {worst:.0f} ms")
    print(f"play, {what}: layout shift in {SECONDS} s {seen['shift']:.4f} (must be 0)")


def heap(page: Page) -> float:
    """Return the MB that JavaScript holds when nothing is left to collect."""
    browser = page.context.new_cdp_session(page)
    for _ in range(2):
        browser.send("HeapProfiler.collectGarbage")
    used = browser.send("Runtime.getHeapUsage")["usedSize"]
    browser.detach()
    return used / 1e6


def growth(page: Page, seconds: float) -> None:
    """Print what JavaScript holds before and after playing for so long."""
    page.evaluate(ROUNDS, [SECONDS])  # what is made once, and kept
    before = heap(page)
    rounds = page.evaluate(ROUNDS, [seconds])
    after = heap(page)
    print(
        f"play, {seconds / 60:g} minutes, begun {rounds} times: JavaScript's heap {before:.1f} MB, then {after:.1f} MB:"
        f" grown by {after - before:.2f} MB (at most 5)"
    )


def main() -> None:
    """Print all of it beside its limits."""
    with Server() as server, chromium() as browser, opened(browser, f"{server.address}/fourday") as page:
        smoothness(page, "one unit, four days", 55)
        growth(page, 60 * MINUTES)
    if LONG in getattr(stage_site, "VECTORS", {}):
        address = stage_site.stage_site()
        with address as site, chromium() as browser, opened(browser, f"{site}/?cell={LONG}&at=1.1") as page:
            smoothness(page, "64 units, 200 steps", 30)


if __name__ == "__main__":
    main()
