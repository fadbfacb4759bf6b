"""The gallery has every component and every layout, and each draws something in both themes."""

import re

import pytest

from app.components.bundles import FOLDERS
from app.stage.layout import layout_of
from tests.support.gallery import COMPONENTS, folder_of, gallery, index
from tests.support.server import ROOT
from tests.support.stage_site import COLOURS, VARIANTS, VECTORS, cell_of

SHARED = {"base"}
"""Folders that are no component of their own."""


def test_every_component_is_in_it():
    assert "components" in FOLDERS
    folders = {path.parent.name for path in (ROOT / "app/components").glob("*/__init__.py")}
    assert folders - SHARED == set(map(folder_of, COMPONENTS))


def test_every_layout_is_in_it():
    layouts = ROOT / "app/stage/layouts"
    stored = {".".join(path.relative_to(layouts).with_suffix("").parts) for path in layouts.rglob("*.json")}
    names = [layout_of(cell_of(*variant))["names"] for variant in VARIANTS.values()]
    assert {name for drawn in names if "automatic" not in drawn for name in drawn} == stored


def test_the_index_shows_each_in_both_themes():
    page = index()
    for name in (*VARIANTS, *VECTORS, *COMPONENTS):
        assert f'href="#{name}"' in page
        assert f'id="{name}"' in page
    for theme in COLOURS:
        assert len(re.findall(f"theme={theme}", page)) == len(VARIANTS) + len(VECTORS) + len(COMPONENTS)


@pytest.fixture(scope="module")
def address():
    with gallery() as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize("theme", COLOURS)
def test_every_component_draws_something(browser, address, theme):
    context = browser.new_context()
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name in COMPONENTS:
        page.goto(f"{address}/component/{name}?theme={theme}")
        page.locator("#told:not(:empty)").or_(page.locator(f".gw[data-theme={theme}]")).first.wait_for()
    context.close()
    assert not errors


@pytest.mark.browser
def test_the_index_opens_its_first_entries(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/gallery")
    first = page.locator("iframe").first
    first.content_frame.locator(".gw").first.wait_for()
    assert page.locator("iframe").count() == 2 * (len(VARIANTS) + len(VECTORS) + len(COMPONENTS))
    context.close()
