"""What a page needs for its first picture, named in its head: the browser fetches it beside Streamlit's first files."""

import gzip
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.components import folder_of
from app.server.middleware import APP, STATIC

FRAME = ("PageLink", "Html", "Selectbox", "Checkbox", "ButtonGroup", "rehype-raw", "BidiComponent")
"""Streamlit's scripts that every page needs. It would ask for them once it knows what is on the page."""

SCRIPTS = {
    "layers": ("rehype-katex",),
    "frameworks": ("StreamlitSyntaxHighlighter",),
    "series": ("PlotlyChart",),
    "recall": ("PlotlyChart",),
}
"""Those that a page's first picture needs besides."""

COMPONENTS = {
    "memory": "sentence",
    "gradients": "gradient_curves",
    "layers": "picture",
    "series": None,
    "text": "sentence",
    "recall": None,
    "frameworks": None,
    "glossary": None,
}
"""Our own component that draws the first picture, where it is not the stage."""


def imported(scripts: Iterable[Path]) -> list[Path]:
    """The scripts, and all that they import."""
    found: dict[Path, None] = {}
    waiting = list(scripts)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = None
            names = re.findall(r'(?:from|import) ?"(\.{1,2}/[\w./-]+\.js)"', path.read_text(encoding="utf-8"))
            waiting += [(path.parent / name).resolve() for name in names]
    return list(found)


@lru_cache(maxsize=64)
def links(page: str) -> bytes:
    """The links for a page's head."""
    names = [*FRAME, *SCRIPTS.get(page, ())]
    streamlits = imported(path for name in names for path in STATIC.glob(f"static/js/{name}.*.js"))
    component = COMPONENTS.get(page, "stage")
    folder = APP / folder_of(component) if component else APP
    ours = imported([folder / f"{component}.js"]) if component else []
    styles = sorted(folder.glob("*.css")) if component else []
    styles += [APP / f"components/base/{name}.css" for name in ("tokens", "controls") if component == "stage"]
    files = [f"./{path.relative_to(STATIC).as_posix()}" for path in streamlits]
    files += [f"./{path.relative_to(APP).as_posix()}" for path in ours]
    lines = [f'<link rel="modulepreload" fetchpriority="low" href="{file}">' for file in files]
    lines += [
        f'<link rel="preload" as="style" fetchpriority="low" href="./{path.relative_to(APP).as_posix()}">'
        for path in styles
    ]
    return "\n".join([*lines, "</head>"]).encode()


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
                body = body.replace(b"</head>", links(scope["path"].strip("/")), 1)
                body = gzip.compress(body, compresslevel=5) if zipped else body
                if zipped:
                    head["Content-Encoding"] = "gzip"
                head["Content-Length"] = str(len(body))
                del head["ETag"], head["Last-Modified"]  # of the page without links
            await send(start)
            await send({"type": "http.response.body", "body": body})

        plain = [header for header in scope["headers"] if header[0] != b"accept-encoding"]  # else it comes packed
        await self.app({**scope, "headers": plain}, receive, send_linked)
