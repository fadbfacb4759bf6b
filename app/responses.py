"""What the server adds to Streamlit's answers: the stage's files, security headers, compression."""

import base64
import gzip
import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

mimetypes.add_type("text/javascript", ".js")  # some systems say text/plain, and browsers then refuse the module

STATIC = Path(streamlit.__file__).parent / "static"
STAGE = Path(__file__).parent / "stage"


class StageFiles(StaticFiles):
    """A component's modules, styles and layouts; nothing else in its folder leaves the server."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if Path(path).suffix not in {".js", ".css", ".json"}:
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"  # kept by the browser, but asked for by its ETag
        return response


def inline_scripts() -> str:
    """The hashes that let Streamlit's own inline script run, and no other."""
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def content_security_policy() -> str:
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
            "frame-ancestors 'self' https:",  # teachers put lessons into their course pages
        )
    )


def preloads() -> str:
    """What the browser may fetch beside Streamlit's own files, and after them: the stage's modules and styles."""
    kinds = {".js": "modulepreload; fetchpriority=low", ".css": "preload; as=style; fetchpriority=low"}
    files = sorted(path for path in STAGE.rglob("*") if path.suffix in kinds)
    return ", ".join(f"</stage/{path.relative_to(STAGE).as_posix()}>; rel={kinds[path.suffix]}" for path in files)


class PageHeaders:
    """Every answer carries the same strict headers; a page also says what it will need next."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": content_security_policy(),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        }
        self.preloads = preloads()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Link"] = self.preloads
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


@lru_cache(maxsize=256)
def compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=5)


class Compressed:
    """Streamlit's scripts and styles, compressed once per process (Streamlit itself sends them bare: 3 MB a page).

    Their names carry a hash of their content, so a browser may keep them for good.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = self.bundle(scope)
        if path is None:
            await self.app(scope, receive, send)
            return
        kind = "text/css" if path.suffix == ".css" else "text/javascript"
        headers = {
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
            "Cache-Control": "public, immutable, max-age=31536000",
        }
        body = await run_in_threadpool(compressed, path)
        await Response(body, media_type=kind, headers=headers)(scope, receive, send)

    @staticmethod
    def bundle(scope: Scope) -> Path | None:
        """The bundle a request asks for, if it is one and the browser can unpack it."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        headers = Headers(scope=scope)
        if "gzip" not in headers.get("accept-encoding", "") or "range" in headers:
            return None
        match = re.fullmatch(r"/static/((?:js|css)/[\w.-]+\.(?:js|css))", scope["path"])
        path = STATIC / "static" / match[1] if match else None
        return path if path and path.is_file() else None
