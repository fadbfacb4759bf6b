"""The server's own part: the stage's files, headers, compression; under `streamlit run` and under uvicorn."""

import gzip
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message

import pytest

from app.server.preload import FRAME, SCRIPTS, STATIC, links
from tests.support.server import ROOT, Server, free_port


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with Server() as server:
        yield server.address


def fetched(url: str, **headers: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.parametrize("path", ["/", "/fourday", "/stage/types.js", "/stage/nothing.js", "/_stcore/health"])
def test_every_answer_carries_the_policy(address, path):
    _, headers, _ = fetched(address + path)
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in re.search(r"script-src[^;]*", policy)[0]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_runs_no_inline_script_but_the_one_allowed(address):
    _, headers, page = fetched(address)
    scripts = re.findall(r"<script>", page.decode())
    assert len(re.findall(r"'sha256-", headers["Content-Security-Policy"])) == len(scripts)


def test_the_stages_files(address):
    status, headers, body = fetched(address + "/stage/types.js")
    assert (status, headers.get_content_type() in {"text/javascript", "application/javascript"}) == (200, True)
    assert b"Scene" in body
    again, _, _ = fetched(address + "/stage/types.js", **{"If-None-Match": headers["ETag"]})
    assert again == 304
    assert fetched(address + "/stage/layouts/lstm.json")[1].get_content_type() == "application/json"


@pytest.mark.parametrize("name", sorted({*FRAME, *(name for names in SCRIPTS.values() for name in names)}))
def test_streamlit_has_the_scripts_that_pages_announce(name):
    assert len(list(STATIC.glob(f"static/js/{name}.*.js"))) == 1


@pytest.mark.parametrize("page", ["", "lstm", "memory", "gradients", "layers", "series", "frameworks"])
def test_what_a_page_announces_is_there(address, page):
    _, headers, body = fetched(f"{address}/{page}", Accept="text/html", **{"Accept-Encoding": "gzip"})
    assert "ETag" not in headers
    files = re.findall(r'<link rel="(?:modulepreload|preload)"[^>]*fetchpriority="low" href="\./([^"]+)"',
                       gzip.decompress(body).decode())  # fmt: skip
    assert len(files) == len(set(files)) > 40
    for file in files:
        assert fetched(f"{address}/{file}")[0] == 200


def test_a_page_announces_every_script_of_its_stage(address, browser):
    page = browser.new_page()
    loaded = []
    page.on("request", lambda request: loaded.append(request.url.removeprefix(address)))
    page.goto(f"{address}/lstm")
    page.locator(".gw-chip").wait_for()
    page.close()
    ours = {url for url in loaded if re.fullmatch(r"/(stage|components/base)/.*\.(js|css)", url)}
    assert ours == set(re.findall(r'href="\.(/(?:stage|components/base)/[^"]+)"', links("lstm").decode()))


@pytest.mark.parametrize(
    "path",
    ["scene.py", "__init__.py", "", "layouts", "../i18n.py", "..%2fi18n.py", "%2e%2e/main.py", "../../README.md"],
)
def test_nothing_else_leaves_the_stages_folder(address, path):
    status, _, body = fetched(f"{address}/stage/{path}")
    assert status >= 400
    assert b"import" not in body


def test_a_strange_address_breaks_nothing(address):
    assert fetched(f"{address}/stage/%00.js")[0] < 500
    assert fetched(f"{address}/stage/{'a/' * 2000}.js")[0] < 500


def test_bundles_are_compressed(address):
    _, _, page = fetched(address)
    bundle = re.search(r'src="\./(static/js/index[^"]+)"', page.decode())[1]
    _, headers, small = fetched(f"{address}/{bundle}", **{"Accept-Encoding": "gzip"})
    _, plain, large = fetched(f"{address}/{bundle}")
    assert headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert len(small) < len(large) / 2


def test_uvicorn_serves_the_same():
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(port), "--log-level", "warning"]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        for _ in range(200):
            try:
                assert fetched(f"http://127.0.0.1:{port}/stage/types.js")[0] == 200
                return
            except urllib.error.URLError:
                time.sleep(0.05)
        pytest.fail("uvicorn did not answer")
    finally:
        process.kill()
        process.wait()
