"""One real server, one page of stages and one Chromium for all browser tests; how hypothesis draws."""

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

from app.page import lesson, page
from tests.support.chromium import chromium
from tests.support.server import Server
from tests.support.stage_page import StagePage
from tests.support.stage_site import stage_site

# A busy machine answers late, which is no fault: what never comes is.
PATIENCE = 120_000  # ms
expect.set_options(timeout=PATIENCE)

# The same examples in every run, whatever else the machine does; `--hypothesis-profile=search` looks for new ones.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", settings.get_profile("search"), derandomize=True)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(items):
    """A browser test that fails is run once more; what needed that is listed (``-rR``), and is to be looked into.

    Streamlit 1.67 drops the end of what a run sends when the next message overtakes it: rare, and no page can mend it.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def stands(monkeypatch):
    """Pages that are tested without a browser go on as if it had painted what they open with."""
    monkeypatch.setattr(lesson, "drawn", lambda key: True)
    monkeypatch.setattr(page.Page, "painted", True)


@pytest.fixture(scope="session")
def server():
    with Server() as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def site():
    """The address of a page with the stage alone, of any cell: ``?cell=<name>``."""
    with stage_site() as address:
        yield address


@pytest.fixture
def tab(browser, server):
    """Open lessons in tabs of their own: ``tab(query)``, with Playwright's context options by name."""
    contexts, opened = [], []

    def open_tab(query="", path="fourday", address=server.address, **options):
        contexts.append(browser.new_context(**({"viewport": {"width": 1280, "height": 1000}} | options)))
        contexts[-1].set_default_timeout(PATIENCE)
        opened.append(StagePage(contexts[-1].new_page(), address))
        opened[-1].open(path, query)
        return opened[-1]

    yield open_tab
    for context in contexts:
        context.close()
    assert [error for page in opened for error in page.errors] == []
