"""The route by which a page's panel *Take it with you* is given files (`app/page/taking.py`)."""

import json
from http import HTTPStatus
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.i18n import LANGUAGES, filled, labels
from app.messages import RefusedError
from app.page.answers import answer, is_open
from app.page.taking import Made
from app.server.commits import LONGEST, length
from app.server.limits import pace_of


async def answered(request: Request) -> Response:
    """A file; 422 with the reason where there is none; 404 where no such page is open."""
    if length(request) > LONGEST:
        return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        sent = json.loads(await request.body())
    except ClientDisconnect:
        return Response(status_code=HTTPStatus.REQUEST_TIMEOUT, headers={"Connection": "close"})
    except (ValueError, RecursionError):
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    token = request.path_params["token"]
    if is_open(token):
        await pace_of(token).wait()
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


def reason(error: RefusedError, sent: dict[str, object]) -> str:
    """Why, in the language that was asked for."""
    language = sent.get("language")
    words = labels(language if isinstance(language, str) and language in LANGUAGES else "en", "export")
    return filled(words[error.message.reason], error.message.values)


route = Route("/taking/{token}", answered, methods=["POST"])
