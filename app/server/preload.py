"""What a page needs for its first picture, named in its head: the browser fetches it beside Streamlit's first files."""

import gzip
import json
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.components.bundles import address
from app.page.registry import PLACES
from app.server.connect import connect_script
from app.server.middleware import STATIC

FRAME = ("BidiComponent", "Checkbox", "ButtonGroup", "rehype-raw")
"""Streamlit's scripts that every page needs. It would ask for them once it knows what is on the page."""

SCRIPTS = {
    "": ("Html",),
    "glossary": ("Html",),
    "gradients": ("Button", "DownloadButton"),
    "gates": ("Button", "DownloadButton"),
    "layers": ("rehype-katex",),
    "series": ("NumberInput",),
    "frameworks": ("Button", "DownloadButton"),
    "lab": ("NumberInput", "Html"),
    "model": ("Html", "FileUploader", "StreamlitSyntaxHighlighter"),
    "worksheet": ("Selectbox", "NumberInput", "TextInput"),
}
"""Those that a page needs besides, for its first run."""

OPENING = {
    "frameworks": "StreamlitSyntaxHighlighter",
}
"""What draws a page's first picture, where that is no component of ours. It is large, so it is asked for first."""


@cache
def chunks() -> dict[str, dict[str, Any]]:
    """What Streamlit's build says of its scripts: by its key each one's name, its file, and the keys it imports."""
    manifest: dict[str, dict[str, Any]] = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def imported(keys: Iterable[str]) -> dict[str, None]:
    """The keys of scripts, each followed by those of all that it imports."""
    found: dict[str, None] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found[key] = None
            waiting = chunks()[key].get("imports", []) + waiting
    return found


@cache
def lazy(names: tuple[str, ...]) -> list[str]:
    """The files of Streamlit's scripts of those names, and of what they import beside what every page names itself."""
    keys = {chunk["name"]: key for key, chunk in chunks().items() if chunk.get("isDynamicEntry")}
    known = imported(["index.html"])
    return [chunks()[key]["file"] for key in imported(keys[name] for name in names) if key not in known]


def needed(page: str) -> list[str]:
    """The scripts that a page needs for its first picture, Streamlit's and our own, the most urgent first."""
    first = lazy((OPENING[page],)) if page in OPENING else []
    turn = () if page in ("", *PLACES) else ("PageLink",)
    rest = lazy((*FRAME, *turn, *SCRIPTS.get(page, ())))
    return [*first, address("components.js"), *(file for file in rest if file not in first)]


@lru_cache(maxsize=64)
def links(page: str) -> tuple[str, str]:
    """The links for the start of a page's head, ahead of what Streamlit's page names itself, and those for its end."""
    files = needed(page)
    large = f'<link rel="modulepreload" data-run href="./{files.pop(0)}">\n' if page in OPENING else ""
    return large, "".join(f'<link rel="modulepreload" fetchpriority="low" href="./{file}">\n' for file in files)


def completed(html: str, page: str) -> str:
    """A page with what it needs; the styles at its end, where they come after Streamlit's own."""
    first, last = links(page)
    style = f'<link rel="stylesheet" href="./{address("frame.css")}">\n'
    script = f"<script>{connect_script()}</script>\n"
    for tag, added in (("<head>", first), ("</head>", script + last), ("</body>", style)):
        html = html.replace(tag, f"{tag}\n{added}" if tag == "<head>" else f"{added}{tag}", 1)
    return html


class Preloads:
    """Adds the links to the pages that browsers ask for. (As a header they would be more than many proxies take.)"""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if scope.get("method") != "GET" or "text/html" not in headers.get("accept", ""):
            await self.app(scope, receive, send)
            return
        zipped = "gzip" in headers.get("accept-encoding", "")
        start: Message = {}
        body = b""

        async def send_linked(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message  # held back until its length is known
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            head = MutableHeaders(scope=start)
            if head.get("content-type", "").startswith("text/html"):
                body = completed(body.decode(), scope["path"].strip("/")).encode()
                body = gzip.compress(body, compresslevel=5) if zipped else body
                if zipped:
                    head["Content-Encoding"] = "gzip"
                head["Content-Length"] = str(len(body))
                del head["ETag"], head["Last-Modified"]  # of the page without links
            await send(start)
            await send({"type": "http.response.body", "body": body})

        plain = [header for header in scope["headers"] if header[0] != b"accept-encoding"]  # else it comes packed
        await self.app({**scope, "headers": plain}, receive, send_linked)
