"""The server's own part: the stage's files, headers, compression; under `streamlit run` and under uvicorn."""

import base64
import gzip
import hashlib
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from app.components import bundles
from app.controls.short_link import shortened
from app.i18n import labels
from app.server import preload
from app.server.limits import PATIENCE
from app.server.preload import links
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


def test_a_short_link_leads_to_the_long_one(address):
    with urllib.request.urlopen(f"{address}/lstm?s={shortened({'f': '1,2,3'})}", timeout=10) as answer:
        assert (answer.status, answer.url) == (200, f"{address}/lstm?f=1,2,3")


def ancestors(headers: Message) -> str:
    return headers["Content-Security-Policy"].partition("frame-ancestors ")[2]


FRAMED = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}


@pytest.mark.parametrize("referer", [{}, {"Referer": "http://school.test/"}])
def test_a_frame_that_may_not_show_a_page_says_so_and_leads_to_the_embed(address, referer):
    status, headers, page = fetched(f"{address}/gru?at=2.1&lang=vi&x=%22%3E%3Cb%3E", **FRAMED, **referer)
    assert (status, ancestors(headers)) == (403, "'self' https: http: file:")
    assert labels("vi")["framed.title"] in page.decode()
    assert 'href="?at=2.1&amp;lang=vi&amp;x=%22%3E%3Cb%3E&amp;embed=true"' in page.decode()
    status, headers, _ = fetched(f"{address}/gru?at=2.1&embed=true", **FRAMED, **referer)
    assert (status, ancestors(headers)) == (200, "'self' https: http: file:")


@pytest.mark.parametrize(
    "sent", [{}, FRAMED | {"Referer": "https://course.test/"}, FRAMED | {"Sec-Fetch-Site": "same-origin"}]
)
def test_pages_may_be_framed_by_https_alone(address, sent):
    status, headers, _ = fetched(f"{address}/gru", **sent)
    assert (status, ancestors(headers)) == (200, "'self' https:")


def test_the_page_runs_no_inline_script_but_those_allowed(address):
    _, headers, page = fetched(address, Accept="text/html")
    scripts = re.findall(r"<script>(.*?)</script>", page.decode(), re.DOTALL)
    allowed = re.findall(r"'sha256-([^']+)'", headers["Content-Security-Policy"])
    assert [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts] == allowed
    assert len(scripts) == 2


def test_a_source_is_asked_for_again_and_sent_once(address):
    status, headers, body = fetched(address + "/stage/types.js")
    assert (status, headers.get_content_type() in {"text/javascript", "application/javascript"}) == (200, True)
    assert b"Scene" in body
    assert headers["Cache-Control"] == "no-cache"
    again, _, _ = fetched(address + "/stage/types.js", **{"If-None-Match": headers["ETag"]})
    assert again == 304
    assert fetched(address + "/stage/layouts/lstm.json")[1].get_content_type() == "application/json"


@pytest.mark.parametrize("name", ["components.js", "frame.css"])
def test_a_bundle_is_kept_for_good_at_its_own_address_alone(address, name):
    assert "immutable" in fetched(f"{address}/{bundles.address(name)}")[1]["Cache-Control"]
    for query in ("", "?v=", "?v=0123456789ab"):
        assert fetched(f"{address}/bundles/{name}{query}")[1]["Cache-Control"] == "no-cache"


def test_the_page_that_is_filled_in_a_browser_is_no_page_of_the_server(address):
    status, headers, body = fetched(f"{address}/bundles/alone.html")
    assert (status, headers.get_content_type()) == (200, "text/plain")
    assert b"%scene%" in body


def test_streamlits_own_files_are_kept_for_good(address):
    _, _, page = fetched(address, Accept="text/html")
    files = re.findall(r'(?:src|href)="\./(static/[^"]+)"', page.decode())
    assert {file.rsplit(".", 1)[1] for file in files} == {"js", "css", "woff2"}
    for file in files:
        status, headers, _ = fetched(f"{address}/{file}")
        assert (status, "immutable" in headers["Cache-Control"]) == (200, True), file


@pytest.mark.parametrize("page", ["", "lstm", "memory", "gradients", "layers", "series", "frameworks"])
def test_what_a_page_announces_is_there(address, page):
    _, headers, body = fetched(f"{address}/{page}", Accept="text/html", **{"Accept-Encoding": "gzip"})
    assert "ETag" not in headers
    text = gzip.decompress(body).decode()
    files = re.findall(r'<link rel="(?:modulepreload|stylesheet)"[^>]* href="\./([^"]+)"', text)
    assert bundles.address("components.js") in files
    assert files[-1] == bundles.address("frame.css")
    assert len(files) == len(set(files)) > 70
    for file in files:
        assert fetched(f"{address}/{file}")[0] == 200


@pytest.mark.browser
def test_the_sources_run_as_they_are(new_page):
    with Server(GATEWALK_SOURCES="1") as running:
        page = new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(running.address)))
        page.goto(f"{running.address}/lstm")
        page.locator(".gw-chip").wait_for()
        page.close()
    assert {"/stage/stage.js", "/stage/styles/shell.css", "/frame/styles/bar.css"} <= set(asked)
    assert not [url for url in asked if url.startswith("/bundles/")]


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
    for folder in ("stage", "static/js", "static/css"):
        assert [fetched(f"{address}/{folder}/{'x' * length}.js")[0] for length in (300, 5000)] == [404, 404]


def test_a_page_of_any_name_is_found_at_once():
    """What an unknown page needs is known without looking through Streamlit's scripts again."""
    links("unknown")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preload, "imported", None)
        assert links("x" * 300) == links("unknown")


def raw(address: str, sent: bytes) -> tuple[int, float]:
    """The status that answers some bytes, and the seconds it took."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", urlsplit(address).port), timeout=30) as connection:
        connection.sendall(sent)
        return int(connection.recv(100).split()[1]), time.monotonic() - began


LENGTHS = [*(b"Content-Length: " + length for length in (b"x", b"-1", b"99999999999")), b"Transfer-Encoding: chunked"]


@pytest.mark.parametrize("length", LENGTHS)
def test_a_commit_of_no_or_any_length_is_refused_at_once(address, length):
    status, seconds = raw(address, b"POST /commits/x HTTP/1.1\r\nHost: a\r\n" + length + b"\r\n\r\n")
    assert status in (400, 413)
    assert seconds < 1


def test_a_commit_that_does_not_come_is_not_waited_for(address):
    status, seconds = raw(address, b"POST /commits/x HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{")
    assert status == 408
    assert seconds < 1.5 * PATIENCE
    assert raw(address, b"PUT /commits/x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")[0] == 405


def test_no_outside_service_is_asked_who_we_are():
    """Neither at the start nor for a WebSocket of a foreign page, which is refused."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        through = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        names = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
        nobody = {"NO_PROXY": "", "no_proxy": ""}
        with Server(**dict.fromkeys(names, through), **nobody) as server:
            head = (
                b"GET /_stcore/stream HTTP/1.1\r\nHost: here\r\nOrigin: http://evil.example\r\nUpgrade: websocket\r\n"
            )
            key = b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            status, seconds = raw(server.address, head + key + b"\r\n")
        assert status == 403
        assert seconds < 1
        proxy.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.accept()


LARGE = BackMsg(rerun_script=ClientState(query_string="a" * 9 * 2**20)).SerializeToString()


@pytest.mark.parametrize("message", [b"\xff\xfe garbage", LARGE], ids=["garbage", "9 MB"])
def test_a_message_that_cannot_be_read_or_is_too_large_ends_its_connection(address, message):
    with pytest.raises(ConnectionClosed):
        exchange(address, message)


def exchange(address, message):
    with connect(f"{address.replace('http', 'ws')}/_stcore/stream", origin=address, max_size=None) as connection:
        for _ in range(20):
            connection.send(message)
            connection.recv(timeout=5)


def test_scripts_are_compressed(address):
    _, _, page = fetched(address)
    script = re.search(r'src="\./(static/js/index[^"]+)"', page.decode())[1]
    _, headers, small = fetched(f"{address}/{script}", **{"Accept-Encoding": "gzip"})
    _, plain, large = fetched(f"{address}/{script}")
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
