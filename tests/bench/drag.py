"""A hand on a slider for three seconds, at every refresh of the screen, in the real browser."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.support.chromium import chromium
from tests.support.server import Server
from tests.support.stage_page import wait_until_idle

SECONDS = 3
DELAY = 300  # ms, of a slow network

DRAGS = {
    "LSTM, 4 days": ("fourday?at=4.6&show=B", 2),
    "LSTM, 4 days, backward": ("fourday?at=4.6&show=B&way=back", 2),
    "GRU, 32 units × 100 steps": ("lab?cell=gru&units=32&sequence=wave&steps=100&at=90.4", 0),
}
"""By what is dragged: the page, and which of its sliders."""

# Inside the page: a hand that swings across the slider moves it at every refresh of the screen; what is painted is read
# after each. Streamlit's policy allows no eval, so this runs through Playwright's own channel.
HAND = """
async ([seconds, place]) => {
  const root = [...document.querySelectorAll("*")].find((e) => e.shadowRoot?.querySelector(".gw-main")).shadowRoot;
  const range = root.querySelectorAll(".gw-weights input[type=range]")[place];
  const picture = root.querySelector(".gw-main");
  const begin = performance.now();
  let first = 0, last = picture.textContent, frames = 0, distinct = 0;
  range.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  await new Promise((done) => {
    const tick = () => {
      const time = performance.now() - begin;
      const now = picture.textContent;
      if (now !== last) {
        distinct += first ? 1 : 0;
        first ||= performance.now();
        last = now;
      }
      frames += first ? 1 : 0;
      if (time > seconds * 1000) return done();
      range.value = String(4.9 * Math.sin(0.3 + time / 500));
      range.dispatchEvent(new Event("input", { bubbles: true }));
      requestAnimationFrame(tick);
    };
    tick();
  });
  const span = (performance.now() - first) / 1000;
  return { wait: first - begin, distinct: distinct / span, frames: frames / span };
}
"""


def drag(page: Page, address: str, query: str, place: int, delay: int = 0) -> dict[str, float]:
    """Open a lesson, drag a slider, and return what was painted and how many messages were exchanged meanwhile."""
    messages: list[object] = []

    def count(socket) -> None:
        for event in ("framereceived", "framesent"):
            socket.on(event, lambda message: messages.append(message))

    page.on("websocket", count)
    page.goto(f"{address}/{query}")
    page.locator(".gw-weights input[type=range]").nth(place).wait_for()
    wait_until_idle(page)
    if delay:
        network = {"offline": False, "latency": delay, "downloadThroughput": -1, "uploadThroughput": -1}
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", network)
    before = len(messages)
    seen = page.evaluate(HAND, [SECONDS, place])
    return seen | {"messages": len(messages) - before}


def main() -> None:
    """Print frames a second, the wait for the first, and the messages to and from the server."""
    with Server() as server, chromium() as browser:
        for name, (query, place) in DRAGS.items():
            for delay in (0, DELAY):
                page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
                seen = drag(page, server.address, query, place, delay)
                page.close()
                print(
                    f"drag: {name}{f', {delay} ms away' if delay else ''}: {seen['distinct']:.0f} distinct pictures a"
                    f" second (at least 55 or the screen's {seen['frames']:.0f}); the first after {seen['wait']:.0f} ms"
                    f" (at most 32); {seen['messages']} messages (0)"
                )


if __name__ == "__main__":
    main()
