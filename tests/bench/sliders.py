"""A slider that the server answers, moved for three seconds, in the real browser."""

from __future__ import annotations

import time

from playwright.sync_api import Browser

from app.i18n import words_of
from tests.support.chromium import chromium
from tests.support.server import Server

SECONDS, QUIET = 3, 2
SLIDERS = {
    "memory": ("reading.gap", ".gw-sentence", ".st-key-turn"),
    "gradients": ("settings.scale", ".gw-reach", ".st-key-part-clipping .js-plotly-plot"),
}
"""By lesson: the key of the slider's label, the picture that follows it, and what the page draws last."""

# Inside the page: the slider swings from end to end and is released; what the picture shows is read at each refresh.
MOVE = """
async ([label, selector, seconds]) => {
  const roots = [...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
  const range = roots.flatMap((root) => [...root.querySelectorAll(".gw-live")])
    .find((slider) => slider.querySelector("label").textContent === label).querySelector("input[type=range]");
  const picture = roots.map((root) => root.querySelector(selector)).find(Boolean);
  const [low, high] = [Number(range.min), Number(range.max)];
  const seen = [];
  const frame = () => new Promise(requestAnimationFrame);
  const look = () => {
    const text = picture.textContent;
    if (text !== seen.at(-1)?.text) seen.push({ text, at: performance.now() });
  };
  const send = (kind, event = new Event(kind, { bubbles: true })) => range.dispatchEvent(event);
  look();
  send("pointerdown", new PointerEvent("pointerdown", { bubbles: true }));
  const begin = performance.now();
  while (performance.now() - begin < 1000 * seconds) {
    const turn = (performance.now() - begin) / 1000;
    range.value = String(low + (high - low) * (0.5 + 0.45 * Math.sin(1.5 * turn)));
    send("input");
    await frame();
    look();
  }
  const moved = seen.length - 1;
  range.value = String(low + 0.2 * (high - low));
  send("input");
  send("pointerup", new PointerEvent("pointerup", { bubbles: true }));
  const stop = performance.now();
  while (performance.now() - stop < 3000) {
    await frame();
    look();
  }
  return { answers: moved / seconds, last: seen.at(-1).at - stop };
}
"""


def moved(browser: Browser, address: str, lesson: str) -> dict[str, float]:
    """Return distinct pictures a second, and the milliseconds from the last move to its picture."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    received: list[float] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda _: received.append(time.monotonic())))
    page.goto(f"{address}/{lesson}")
    key, picture, last = SLIDERS[lesson]
    label = words_of("en", lesson)[key]
    page.get_by_role("slider", name=label).wait_for()
    page.locator(last).first.wait_for()
    while time.monotonic() - max(received) < QUIET:  # else the page is still being drawn
        page.wait_for_timeout(100)
    return dict(page.evaluate(MOVE, [label, picture, SECONDS]))


def main() -> None:
    """Print both beside their limits, for each lesson."""
    with Server() as server, chromium() as browser:
        for lesson in SLIDERS:
            seen = moved(browser, server.address, lesson)
            print(f"slider of {lesson}: {seen['answers']:.0f} pictures a second while it moves (at least 8)")
            print(f"slider of {lesson}: last picture {seen['last']:.0f} ms after the last move (at most 150)")


if __name__ == "__main__":
    main()
