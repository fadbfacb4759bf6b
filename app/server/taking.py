"""The route by which a page's panel *Take it with you* is given files (`app/page/taking.py`)."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.i18n import LANGUAGES, filled, labels
from app.messages import RefusedError
from app.page.answers import answer
from app.page.taking import Made
from app.server.posted import UnreadableError, posted


async def answered(request: Request) -> Response:
    """A file; 422 with the reason where there is none; 404 where no such page is open."""
    try:
        token, sent = await posted(request)
    except UnreadableError as unreadable:
        return unreadable.response
    try:
        found = await run_in_threadpool(answer, token, sent)
    except RefusedError as error:
        return JSONResponse({"reason": reason(error, sent)}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if isinstance(found, dict):
        return JSONResponse(found)
    if not isinstance(found, Made):
        return Response(status_code=HTTPStatus.NOT_FOUND)
    disposition = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return Response(found.body, media_type=found.mime, headers={"Content-Disposition": disposition})


def reason(error: RefusedError, sent: object) -> str:
    """Why, in the language that was asked for."""
    language = sent.get("language") if isinstance(sent, Mapping) else None
    words = labels(language if isinstance(language, str) and language in LANGUAGES else "en", "export")
    return filled(words[error.message.reason], error.message.values)


route = Route("/taking/{token}", answered, methods=["POST"])
