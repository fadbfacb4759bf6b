"""Waits measured inside the page, frame by frame: Playwright's own waiting looks again after 20, 100, then 500 ms."""

from __future__ import annotations

import json

from playwright.sync_api import Browser, Locator, Page

# `gwSeen` tells when the frame begins that follows the one with such an element (of such a text), in shadows too.
LOOK = """
(() => {
  const shown = (root, selector, text) =>
    [...root.querySelectorAll(selector)].some((one) => text === (text && one.textContent) && one.checkVisibility())
    || [...root.querySelectorAll("*")].some((one) => one.shadowRoot && shown(one.shadowRoot, selector, text));
  window.gwSeen = (selector, text = null) => new Promise((tell) => {
    const look = () => requestAnimationFrame(shown(document, selector, text) ? tell : look);
    look();
  });
})();
"""
AFTER_KEY = """
([selector, text]) => {
  window.gwTaken = new Promise((tell) => addEventListener("keydown", async () => {
    const begin = performance.now();
    tell(await window.gwSeen(selector, text) - begin);
  }, { capture: true, once: true }));
}
"""


def first_seen(page: Page, selector: str) -> None:
    """Have ``gwFirst`` of every document that is opened from now on tell when `selector` is painted."""
    page.add_init_script(f"{LOOK} window.gwFirst = gwSeen({json.dumps(selector)})")


def opened(browser: Browser, url: str, selector: str, wait: str | None = None, script: str = "") -> tuple[Page, float]:
    """Open an address in a tab with nothing cached; return it, and the milliseconds until `selector` is painted.

    Where something else must stand before the page may be told from, `wait` selects it; `script` runs first of all.
    """
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(script)
    first_seen(page, selector)
    page.goto(url, wait_until="commit")
    page.locator(wait or selector).first.wait_for(timeout=60_000)
    return page, float(page.evaluate("window.gwFirst"))


def after_key(slider: Locator, key: str, selector: str, text: str) -> float:
    """Press a key; return the milliseconds until `selector` shows that text. Its page is one of :func:`opened`."""
    slider.page.evaluate(AFTER_KEY, [selector, text])
    slider.press(key)
    return float(slider.page.evaluate("window.gwTaken"))
