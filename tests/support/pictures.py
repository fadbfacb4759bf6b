"""The stored pictures of the stage: how they are taken, and when one differs. Running this module stores them.

The fonts come with Streamlit, whose version is pinned, so that a picture is the same on every machine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import streamlit
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page, Route

from tests.support.chromium import chromium
from tests.support.server import ROOT
from tests.support.stage_site import VARIANTS, stage_site

STORED = ROOT / "tests/browser/stage/pictures"
RESULTS = ROOT / "test-results" / "pictures"
FONTS = Path(streamlit.__file__).parent / "static" / "static" / "media"
FACES = [
    ("Source Sans", "SourceSansVF-Upright", "normal"),
    ("STIX Two Text", "SourceSerifVariable-Roman", "normal"),
    ("STIX Two Text", "SourceSerifVariable-Italic", "italic"),
]
THEMES = ("light", "dark")
WIDTHS = {"wide": 1034, "narrow": 370}
"""Windows in which a diagram has its own size, one pixel to a unit."""
NEAR, FEW = 16, 25
"""A pixel differs by more than `NEAR` of 255; a picture by more than `FEW` pixels."""


class Look(NamedTuple):
    """What is taken, in both themes: a cell of :data:`VARIANTS` in a width."""

    cell: str
    width: str

    def __str__(self) -> str:
        return "-".join(self)

    def file(self, theme: str) -> Path:
        return STORED / f"{self}-{theme}.png"


LOOKS = [Look(cell, "wide") for cell in VARIANTS] + [Look(cell, "narrow") for cell in ("lstm", "gru", "rnn")]
FACE = """(faces) => Promise.all(faces.map(async ([family, file, style]) =>
  document.fonts.add(await new FontFace(family, `url(/fonts/${file})`, { style, weight: "200 900" }).load())))"""
ALONE = """(one) => one.append(Object.assign(document.createElement("style"),
  { textContent: ".gw-main > * > :not(.gw-figures), .gw-side { opacity: 0 }" }))"""


@contextmanager
def shown(browser: Browser, site: str, look: Look) -> Iterator[Page]:
    """The stage in a tab of its own, as it is taken."""
    context = browser.new_context(device_scale_factor=1, reduced_motion="reduce", locale="en")
    page = context.new_page()
    page.goto(f"{site}/?cell={look.cell}&at=3.1")
    pose(page, look)
    yield page
    context.close()


def pose(page: Page, look: Look) -> None:
    """Bring a stage to day 3, one stage before its last: something is done, something active, something to come."""
    page.set_viewport_size({"width": WIDTHS[look.width], "height": 1000})
    page.locator(f".gw-picture{'.narrow' if look.width == 'narrow' else ':not(.narrow)'} svg").wait_for()
    page.route(re.compile("/fonts/"), font)
    page.evaluate(FACE, FACES)
    page.locator(".gw").evaluate(ALONE)
    page.locator(".gw").focus()
    for key in ("Home", "Shift+ArrowRight", "Shift+ArrowRight"):  # drawn anew: text is measured with its fonts
        page.keyboard.press(key)
    page.keyboard.press(str(page.locator(".gw-step").count() - 1))


def faults_of(page: Page, look: Look) -> Iterator[str]:
    """In which themes a stage does not look as stored; what was found stands in `RESULTS`."""
    pose(page, look)
    for theme in THEMES:
        image = taken(page, theme)
        pixels = difference(image, stored(look, theme))
        if differs(pixels):
            RESULTS.mkdir(parents=True, exist_ok=True)
            image.save(RESULTS / f"{look}-{theme}.png")
            marked(image, pixels).save(RESULTS / f"{look}-{theme}-difference.png")
            yield f"{pixels.sum()} pixels differ: see {look}-{theme}.png and {look}-{theme}-difference.png"


def font(route: Route) -> None:
    """Answer with one of Streamlit's fonts."""
    (file,) = FONTS.glob(f"{route.request.url.rsplit('/', 1)[1]}*.woff2")
    route.fulfill(body=file.read_bytes(), content_type="font/woff2")


def taken(page: Page, theme: str) -> Image.Image:
    """The diagram as it stands, nothing moving."""
    page.locator(".gw").evaluate("(one, theme) => { one.dataset.theme = theme }", theme)
    shot = page.locator(".gw-picture").screenshot(animations="disabled")
    return Image.open(io.BytesIO(shot)).convert("RGB")


def stored(look: Look, theme: str) -> Image.Image:
    return Image.open(look.file(theme)).convert("RGB")


def store(image: Image.Image, file: Path) -> None:
    """Write a picture with 32 levels a channel, far below what counts as different: half the size."""
    image.point([min(255, (v + 4) // 8 * 8) for v in range(256)] * 3).save(file, optimize=True)


def difference(one: Image.Image, other: Image.Image) -> np.ndarray:
    """Which pixels differ, (height, width).

    An edge may be smoothed another way: a pixel may be any mixture of those around its place in the other picture.
    """
    if one.size != other.size:
        return np.ones((one.height, one.width), bool)
    return beyond(one, other) | beyond(other, one)


def beyond(one: Image.Image, other: Image.Image) -> np.ndarray:
    """Which pixels of a picture lie outside what is around their place in the other, (height, width)."""
    image = np.asarray(one, dtype=np.int16)
    ends = ImageFilter.MinFilter(3), ImageFilter.MaxFilter(3)
    low, high = (np.asarray(other.filter(end), dtype=np.int16) for end in ends)
    return ((image < low - NEAR) | (image > high + NEAR)).any(axis=2)


def differs(pixels: np.ndarray) -> bool:
    """Whether so many pixels are more than a machine's own way of drawing."""
    return int(pixels.sum()) > FEW


def marked(image: Image.Image, pixels: np.ndarray) -> Image.Image:
    """A faint copy with the pixels that differ in red."""
    faint = np.asarray(image) // 4 + 190
    faint[pixels] = (220, 0, 0)
    return Image.fromarray(faint.astype(np.uint8))


def main() -> None:
    """Store every picture that differs from the one stored."""
    STORED.mkdir(exist_ok=True)
    for file in set(STORED.iterdir()) - {look.file(theme) for look in LOOKS for theme in THEMES}:
        file.unlink()
    with stage_site() as site, chromium() as browser:
        for look in LOOKS:
            with shown(browser, site, look) as page:
                images = {theme: taken(page, theme) for theme in THEMES}
            for theme, image in images.items():
                file = look.file(theme)
                if not file.exists() or differs(difference(image, stored(look, theme))):
                    store(image, file)
                    print(f"stored {file.relative_to(STORED.parent.parent)}, {file.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main()
