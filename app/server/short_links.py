"""Short links: an address with a compressed query leads to the one that it stands for."""

from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.controls.short_link import NAME, SAFE, expanded


class ShortLinks:
    """Answers them with a redirect: pages, and a browser's history, know the long address alone.

    One that cannot be read is left to the page, which says so.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        query = long_query(scope["query_string"].decode("latin-1")) if asked else None
        answer = self.app if query is None else Response(status_code=302, headers={"Location": f"?{query}"})
        await answer(scope, receive, send)


def long_query(query: str) -> str | None:
    """A query with its short part written out, which gives way to what stands beside it; None where there is none."""
    if f"{NAME}=" not in query:
        return None
    pairs = dict(parse_qsl(query, keep_blank_values=True))
    found = expanded(pairs.pop(NAME, ""))
    return None if found is None else urlencode(found | pairs, safe=SAFE)
