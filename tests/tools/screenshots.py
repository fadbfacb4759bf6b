"""Screenshots of every lesson, light, dark and phone width, into shots/ (ignored by git)."""

from __future__ import annotations

from playwright.sync_api import Browser

from app.page.registry import LESSONS
from tests.support.chromium import chromium
from tests.support.server import ROOT, Server

SHOTS = ROOT / "shots"
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
ADDRESSES = {"home": "", **{key: f"{key}?at=3.2" for key in LESSONS}, "fourday-both": "fourday?show=AB&at=3.4"}


def shoot(browser: Browser, address: str, name: str) -> None:
    """Take one page in both languages, themes and widths."""
    for size, viewport in SIZES.items():
        for theme in ("light", "dark"):
            for language in ("en", "vi"):
                context = browser.new_context(viewport=viewport, color_scheme=theme, device_scale_factor=1.5)
                page = context.new_page()
                mark = "&" if "?" in address else "?"
                page.goto(f"{address}{mark}lang={language}")
                page.locator(".st-key-turn").wait_for()
                page.wait_for_timeout(1500)  # charts fade in
                height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
                page.set_viewport_size({"width": viewport["width"], "height": max(height, viewport["height"])})
                page.wait_for_timeout(500)
                page.screenshot(path=SHOTS / f"{name}-{size}-{theme}-{language}.png")
                context.close()


def main() -> None:
    """Shoot everything."""
    SHOTS.mkdir(exist_ok=True)
    with Server() as server, chromium() as browser:
        for name, path in ADDRESSES.items():
            shoot(browser, f"{server.address}/{path}", name)
    print(f"{len(list(SHOTS.glob('*.png')))} pictures in {SHOTS}")


if __name__ == "__main__":
    main()
