"""One real server, one page of stages and one Chromium for all browser tests; how hypothesis draws.

Chromium is pytest-playwright's fixture. Whatever a test opens by ``tab``, ``new_page`` or ``new_context`` leaves a
trace and a screenshot in ``test-results/`` if its second attempt fails too; ``playwright show-trace <file>`` opens it.
"""

import gc
from functools import cache

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect
from streamlit.components.v2 import manifest_scanner

from app.page import lesson, page
from tests.support import chromium
from tests.support.server import Server
from tests.support.stage_page import ANSWERED, StagePage
from tests.support.stage_site import stage_site

# A busy machine answers late, which is no fault: what never comes is.
PATIENCE = 120_000  # ms
expect.set_options(timeout=PATIENCE)
DESK = {"width": 1280, "height": 1000}
FORGET = "() => { localStorage.clear(); Storage.prototype.setItem = () => {} }"  # it may store until it is closed
SHARED = {"viewport", "color_scheme", "reduced_motion"}  # options that a page can have without a context of its own

# The same examples in every run, whatever else the machine does; `--hypothesis-profile=search` looks for new ones.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", settings.get_profile("search"), derandomize=True)
settings.load_profile("repeatable")


# Every AppTest would look through all installed packages for components.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def pytest_collection_modifyitems(items):
    """A browser test that fails is run once more.

    Streamlit 1.67 drops the end of what a run sends when the next message overtakes it: rare, and no page can mend it.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_collection_finish():
    """The tests and all that is imported live as long as the process: the collector need not walk them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_runtest_setup(item):
    """Record second attempts, and others if the command line asks: a trace makes a test take half as long again."""
    asked, option = item.config.known_args_namespace, item.config.option
    again = getattr(item, "execution_count", 1) > 1
    option.tracing = "retain-on-failure" if again else asked.tracing
    option.screenshot = "only-on-failure" if again else asked.screenshot


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Show the server's last lines with a test that failed."""
    report = yield
    running = getattr(item, "funcargs", {}).get("server")
    if report.failed and running:
        report.sections.append(("Server log", running.log()[-6000:]))
    return report


def pytest_terminal_summary(terminalreporter):
    """Say why each rerun was needed: it is to be looked into."""
    if reruns := terminalreporter.getreports("rerun"):
        terminalreporter.section(f"{len(reruns)} rerun", yellow=True)
    for report in reruns:
        terminalreporter.write_line(report.nodeid, yellow=True)
        terminalreporter.write_line(f"  {getattr(report.longrepr, 'reprcrash', report.longrepr)}")


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
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | chromium.launch_options()


@pytest.fixture(scope="session")
def site():
    """The address of a page with the stage alone, of any cell: ``?cell=<name>``."""
    with stage_site() as address:
        yield address


@pytest.fixture(scope="session")
def shared_context(browser):
    """One context for the first tab of each test: it has our scripts and styles in its cache, as any reader's has."""
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        yield context


@pytest.fixture
def new_page(request, new_context, shared_context):
    """Open empty tabs: ``new_page()``, with Playwright's context options by name. No script in them may fail.

    The first is in the shared context if it can be, without what earlier tests stored; each other is in its own, as
    are those of a second attempt, which is traced.
    """
    errors, shared = [], []

    def open_page(**options):
        options = {"viewport": DESK} | options
        if options.keys() <= SHARED and not shared and getattr(request.node, "execution_count", 1) == 1:
            page = shared_context.new_page()
            shared.append(page)
            page.set_viewport_size(options.pop("viewport"))
            page.emulate_media(**options)
        else:
            context = new_context(**options)
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_page
    for one in shared:
        if one.url.startswith("http") and not one.is_closed():
            one.evaluate(FORGET)
        one.close()
        shared_context.clear_cookies()
        shared_context.clear_permissions()
        shared_context.set_offline(False)
    assert errors == []


@pytest.fixture
def tab(new_page, server):
    """Open lessons in tabs of their own: ``tab(query)``, with Playwright's context options by name.

    Unless ``answered=False`` their reader has answered all questions.
    """
    opened = []

    def open_tab(query="", path="fourday", address=server.address, answered=True, **options):
        page = new_page(**options)
        if answered:
            page.add_init_script(ANSWERED)
        opened.append(StagePage(page, address))
        opened[-1].open(path, query)
        return opened[-1]

    yield open_tab
    assert [error for page in opened for error in page.errors] == []
