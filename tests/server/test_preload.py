"""What each page names in its head is what the real browser then needs, and is asked for once."""

import re
from collections import Counter

import pytest

from app.page.registry import LESSONS, PLACES
from app.server.preload import STATIC, chunks, imported, links, needed
from tests.bench.course import FIRST, STAGE
from tests.bench.in_page import first_seen
from tests.bench.network import Log

CHARTS = {"gradients", "gates", "layers", "series", "text", "recall", "variants"}
"""The pages that have a figure somewhere, of which these open with one."""
CHART_FIRST: set[str] = set()

PAGES = ["", *LESSONS, *PLACES]


def own() -> set[str]:
    """The scripts that Streamlit's page names itself."""
    return {chunks()[key]["file"] for key in imported(["index.html"])}


def executed(session) -> set[str]:
    """The addresses of the scripts that have run."""
    scripts = session.send("Profiler.takePreciseCoverage")["result"]
    return {s["url"] for s in scripts if any(part["count"] for f in s["functions"] for part in f["ranges"])}


@pytest.mark.parametrize("page", PAGES)
def test_streamlit_has_the_scripts_that_a_page_names(page):
    files = re.findall(r'<link rel="modulepreload"[^>]* href="\./([^"]+)"', "".join(links(page)))
    assert files
    assert sorted(files) == sorted(set(needed(page)))
    assert all((STATIC / file).is_file() for file in files if file.startswith("static/"))
    assert any("PlotlyChart" in file for file in files) == (page in CHART_FIRST)


@pytest.mark.browser
@pytest.mark.parametrize("key", PAGES)
def test_a_page_needs_what_it_preloads_and_asks_for_it_once(key, new_page, server):
    page = new_page()
    first_seen(page, FIRST.get(key, STAGE) if key not in PLACES else ".stMarkdown")
    session = page.context.new_cdp_session(page)
    log = Log(session)
    session.send("Profiler.enable")
    session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
    page.goto(f"{server.address}/{key}", wait_until="commit")
    page.evaluate("window.gwFirst.then(() => {})")
    asked = [request.url.removeprefix(f"{server.address}/") for request in log.requests.values()]
    late = {url for url in asked if url.startswith(("static/js/", "bundles/components"))} - own() - set(needed(key))
    assert not late, "to be named in app/server/preload.py"
    unused = set(needed(key))
    for _ in range(100):
        unused -= {url.removeprefix(f"{server.address}/") for url in executed(session)}
        if not unused:
            break
        page.wait_for_timeout(200)
    assert not unused, "named in app/server/preload.py, and not needed"
    page.wait_for_timeout(500)
    asked = [request.url.removeprefix(f"{server.address}/") for request in log.requests.values()]
    files = [url for url in asked if url.startswith(("static/", "bundles/"))]
    assert {url: count for url, count in Counter(files).items() if count > 1} == {}
    assert not [url for url in asked if url.startswith(("stage/", "components/", "frame/"))]
    assert key in CHARTS or not any("PlotlyChart" in url for url in files)
