"""A hand on a slider for three seconds, sixty times a second, in the real browser."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.support.chromium import chromium
from tests.support.server import Server

SECONDS = 3

# Inside the page: a hand that swings across the slider moves it at every refresh of the screen; what is painted is read
# after each. Streamlit's policy allows no eval, so this runs through Playwright's own channel.
HAND = """
async ([seconds]) => {
  const root = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector(".gw")).shadowRoot;
  const range = root.querySelectorAll("input[type=range]")[2];
  const picture = root.querySelector(".gw-main");
  const said = [];
  const begin = performance.now();
  const before = picture.textContent;
  range.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  let first = 0, last = before, frames = 0, distinct = 0;
  await new Promise((done) => {
    const tick = () => {
      const time = (performance.now() - begin) / 1000;
      const now = picture.textContent;
      if (now !== last) {
        distinct += first ? 1 : 0;
        first ||= performance.now();
        last = now;
      }
      frames += first ? 1 : 0;
      if (first && performance.now() - first > seconds * 1000) return done();
      if (time > 30) return done();
      range.value = String(4.9 * Math.sin(time * 2));
      range.dispatchEvent(new Event("input", { bubbles: true }));
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const span = (performance.now() - first) / 1000;
  range.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
  range.dispatchEvent(new Event("change", { bubbles: true }));
  return { wait: first - begin, distinct: distinct / span, frames: frames / span };
}
"""


def drag(page: Page, address: str) -> dict[str, float]:
    """Open the lesson at the last day, drag the forget gate's bias, and return what was painted."""
    received: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    page.goto(f"{address}/fourday?at=4.6&show=B")
    page.locator("input[type=range]").nth(2).wait_for()
    page.wait_for_timeout(1500)
    before = len(received)
    seen = page.evaluate(HAND, [SECONDS])
    return seen | {"bytes": max(received[before:])}


def main() -> None:
    """Print frames a second, the wait for the first, and the bytes of one grab."""
    with Server() as server, chromium() as browser:
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        seen = drag(page, server.address)
    print(f"drag: {seen['distinct']:.0f} distinct pictures a second (at least 50; the screen had {seen['frames']:.0f})")
    print(f"drag: grab to first moving frame {seen['wait']:.0f} ms (at most 150)")
    print(f"drag: {seen['bytes'] / 1000:.0f} KB for one grab (at most 150)")
