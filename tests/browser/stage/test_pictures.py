"""A picture of the diagram notices what a reader would; test_every_variant.py compares each with the one stored."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from tests.support.pictures import LOOKS, STORED, THEMES, Look, difference, differs, shown, stored, taken

pytestmark = pytest.mark.browser

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
