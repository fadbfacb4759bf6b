"""What the server adds to Streamlit's answers: files out of memory, security headers."""

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from os.path import isfile
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.components.bundles import APP, FOLDERS, version
from app.server.connect import connect_script
from app.server.frames import ancestors

STATIC = Path(streamlit.__file__).resolve().parent / "static"  # as it lies on the disk: an environment may be a link
FILE = re.compile(rf"/(?P<folder>static/(?:js|css)|{'|'.join(FOLDERS)})(?P<name>/[\w./-]*)?")
KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".html": "text/plain"}


def inline_scripts() -> str:
    """The hashes that let the page's own inline scripts run, and no other."""
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    scripts = [*re.findall(r"<script>(.*?)</script>", page, re.DOTALL), connect_script()]
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def content_security_policy() -> str:
    """The policy of every answer, but for what may frame it."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {inline_scripts()}",  # blob: is how Streamlit runs a component's inline script
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


class PageHeaders:
    """Every answer carries the same strict headers; embeds may be framed by more (`frames.py`)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.policy = content_security_policy()
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = f"{self.policy}; frame-ancestors {ancestors(scope)}"
                MutableHeaders(scope=message).update(self.headers | {"Content-Security-Policy": policy})
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@dataclass(frozen=True)
class Packed:
    """A file's content, the same compressed, and its version."""

    body: bytes
    small: bytes
    version: str


@lru_cache(maxsize=512)
def packed(path: Path, changed: float) -> Packed:
    """A file as it was when it was last changed."""
    body = path.read_bytes()
    return Packed(body, gzip.compress(body, compresslevel=6), version(body))


class Files:
    """Answers for scripts and styles, Streamlit's and our own, out of memory and compressed.

    Streamlit itself sends 3 MB a page, slowly. A browser may keep for good what has a hash of its content in its
    address: Streamlit's files and our bundles. It keeps our sources too, and asks whether they are still the same.
    Nothing else leaves our folders.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = FILE.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        answer = answered(asked, scope["query_string"].decode(), Headers(scope=scope)) if asked else self.app
        await answer(scope, receive, send)


def answered(asked: re.Match[str], query: str, headers: Headers) -> Response:
    root = STATIC if asked["folder"].startswith("static") else APP
    folder = root / asked["folder"]
    path = Path(f"{folder}{asked['name']}").resolve()
    if path.suffix not in KINDS or not path.is_relative_to(folder) or not isfile(path):  # false for any name, too long
        return Response(status_code=404)
    file = packed(path, path.stat().st_mtime)
    hashed = root == STATIC or query == f"v={file.version}"
    tag = f'"{file.version}"'
    caching = {
        "Cache-Control": "public, immutable, max-age=31536000" if hashed else "no-cache",
        "ETag": tag,
        "Vary": "Accept-Encoding",
    }
    if headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=caching)
    if "gzip" in headers.get("accept-encoding", ""):
        return Response(file.small, media_type=KINDS[path.suffix], headers=caching | {"Content-Encoding": "gzip"})
    return Response(file.body, media_type=KINDS[path.suffix], headers=caching)
