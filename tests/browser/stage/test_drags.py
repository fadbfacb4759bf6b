"""Weights dragged at random: every printed number is the core's, for every kind of cell and every option."""

import pytest

from app.stage.layout import layout_of
from tests.support.drags import check_drags
from tests.support.stage_site import VARIANTS, cell_of

pytestmark = pytest.mark.browser
DRAGS = 50


@pytest.mark.parametrize("name", VARIANTS)
def test_fifty_random_drags_print_what_the_core_computes(new_page, site, name):
    cell = cell_of(*VARIANTS[name])
    page = new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="en")
    page.goto(f"{site}/?cell={name}&at=4.{len(layout_of(cell)['stages'])}")
    page.locator(".gw-picture svg").first.wait_for()
    check_drags(page, cell, DRAGS)
