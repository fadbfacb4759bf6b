"""One real server and one Chromium for all browser tests; each test has a tab of its own."""

import pytest

from tests.chromium import chromium
from tests.server import Server
from tests.stage_page import StagePage


@pytest.fixture(scope="session")
def server():
    with Server() as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def tab(browser, server):
    """Open lessons in tabs of their own: ``tab(query)``, with Playwright's context options by name."""
    contexts, opened = [], []

    def open_tab(query="", path="fourday", address=server.address, **options):
        contexts.append(browser.new_context(**({"viewport": {"width": 1280, "height": 1000}} | options)))
        opened.append(StagePage(contexts[-1].new_page(), address))
        opened[-1].open(path, query)
        return opened[-1]

    yield open_tab
    for context in contexts:
        context.close()
    assert [error for page in opened for error in page.errors] == []
