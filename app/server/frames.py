"""Pages within other pages: what may frame which, and what a frame says in place of a page that it may not show."""

from html import escape
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.i18n import LANGUAGES, labels

ANCESTORS = "'self' https:"  # teachers put lessons into their course pages
ANCESTORS_OF_EMBEDS = f"{ANCESTORS} http: file:"  # and into those that a school's own server has, or a disk

PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>Gatewalk</title><body style="font: 16px/24px system-ui, sans-serif; margin: 24px; max-width: 36em">
<p><strong>{title}</strong></p><p>{reason}</p>
<p><a href="{embed}">{show}</a> · <a href="{own}" target="_blank" rel="noopener">{open}</a></p>"""


def embedded(scope: Scope) -> bool:
    """Whether an address asks for a page without its frame, as Streamlit reads it."""
    return asked(scope).get("embed", [""])[-1].lower() == "true"


def ancestors(scope: Scope) -> str:
    """What may frame an answer, as a policy says it."""
    return ANCESTORS_OF_EMBEDS if embedded(scope) or refused(scope) else ANCESTORS


def refused(scope: Scope) -> bool:
    """Whether a page is asked for by a frame that may not show it, as far as the browser tells.

    It tells whether a page comes into a frame of another site, and mostly of which; a file has no site.
    """
    headers = Headers(scope=scope)
    framed = headers.get("sec-fetch-dest") in ("frame", "iframe") and headers.get("sec-fetch-site") == "cross-site"
    return framed and not embedded(scope) and not headers.get("referer", "").startswith("https://")


def asked(scope: Scope) -> dict[str, list[str]]:
    return parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)


class RefusedFrames:
    """Answers a frame that may not show a page: it says why, and leads to the page that it may show."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = explanation(scope) if scope["type"] == "http" and refused(scope) else self.app
        await answer(scope, receive, send)


def explanation(scope: Scope) -> HTMLResponse:
    """What is said in the language that the address asks for, or else the browser."""
    query = asked(scope)
    wished = query.get("lang", [""])[-1] or Headers(scope=scope).get("accept-language", "")[:2]
    language = wished if wished in LANGUAGES else "en"
    words = labels(language)
    texts = {name: escape(words[f"framed.{name}"]) for name in ("title", "reason", "show", "open")}
    links = {
        name: escape("?" + urlencode(query | more, doseq=True))
        for name, more in (("embed", {"embed": "true"}), ("own", {}))
    }
    return HTMLResponse(PAGE.format(language=language, **texts, **links), status_code=403)
