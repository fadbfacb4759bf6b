"""The diagram of every cell looks as it did when its picture was stored, and a picture notices what a reader would."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from tests.support.pictures import LOOKS, STORED, THEMES, Look, difference, differs, marked, shown, stored, taken
from tests.support.server import ROOT

pytestmark = pytest.mark.browser

RESULTS = ROOT / "shots" / "differences"
LSTM = Look("lstm", "wide")

CHANGES = {
    "a wire moved by three pixels": (".wire.role-i .stroke", "(one) => one.style.transform = 'translate(0, 3px)'"),
    "a caption is lost": (".caption.strong", "(one) => one.remove()"),
    "a letter is lost": (".value.role-f tspan", "(one) => one.remove()"),
    "a gate has another hue": (".node.role-i", "(one) => one.style.setProperty('--line', 'var(--gw-g)')"),
    "a wire to come has another hue": (".line.role-h.later .stroke", "(one) => one.style.stroke = 'var(--gw-xd)'"),
    "a value has another fill": (".value.role-f .box", "(one) => one.style.fill = 'var(--gw-value-neg)'"),
    "a digit is another": (".value.role-f .number", "(one) => one.textContent = '0.118'"),
}
"""What must be noticed: the first of these parts, and what is done to it."""


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_it_looks_as_it_did(browser, site, look):
    with shown(browser, site, look) as page:
        images = {theme: taken(page, theme) for theme in THEMES}
    faults = []
    for theme, image in images.items():
        pixels = difference(image, stored(look, theme))
        if differs(pixels):
            RESULTS.mkdir(parents=True, exist_ok=True)
            image.save(RESULTS / f"{look}-{theme}.png")
            marked(image, pixels).save(RESULTS / f"{look}-{theme}-difference.png")
            faults.append(f"{pixels.sum()} pixels differ: see {look}-{theme}.png and {look}-{theme}-difference.png")
    assert not faults, f"{faults} in {RESULTS.relative_to(ROOT)}/. If it is meant so, `make stage-pictures` stores it."


def test_nothing_else_is_stored():
    files = {look.file(theme) for look in LOOKS for theme in THEMES}
    assert set(STORED.iterdir()) == files
    assert max(file.stat().st_size for file in files) <= 60_000


@pytest.fixture(scope="module")
def lstm(browser, site):
    with shown(browser, site, LSTM) as page:
        yield page


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noticed(lstm, change):
    part, done = CHANGES[change]
    picture = lstm.locator(".gw-picture")
    before = taken(lstm, "light")
    whole = picture.evaluate_handle("(one) => one.querySelector('svg').cloneNode(true)")
    picture.locator(part).first.evaluate(done)
    pixels = difference(taken(lstm, "light"), before)
    picture.evaluate("(one, whole) => one.querySelector('svg').replaceWith(whole)", whole)
    assert differs(pixels), f"only {pixels.sum()} pixels"
    assert not differs(difference(taken(lstm, "light"), before))


@pytest.mark.parametrize("way", [ImageFilter.SMOOTH, ImageFilter.SHARPEN])
def test_another_machines_edges_are_no_change(way):
    here = stored(LSTM, "light")
    there = Image.blend(here, here.filter(way), 0.1)
    assert np.any(np.asarray(there) != np.asarray(here))
    assert not differs(difference(there, here))
