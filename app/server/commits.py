"""The route that answers the browser without Streamlit (`app/page/answers.py`): commits of the stage, and more."""

import json

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.page.answers import answer, is_open
from app.server.limits import pace_of

LONGEST = 64_000  # bytes: thirty days of two series and some hundred weights, each in full


async def answered(request: Request) -> Response:
    """JSON, or 409 where the commit is for Streamlit to take."""
    if length(request) > LONGEST:
        return Response(status_code=413)
    try:
        sent = json.loads(await request.body())
    except ClientDisconnect:  # or so long has it been waited for (`PromptBodies`)
        return Response(status_code=408, headers={"Connection": "close"})
    except (ValueError, RecursionError):
        return Response(status_code=400)
    token = request.path_params["token"]
    if is_open(token):
        await pace_of(token).wait()
    answer_ = answer(token, sent)
    return Response(status_code=409) if answer_ is None else JSONResponse(answer_)


def length(request: Request) -> int:
    """How many bytes a request says it has; more than may be where it says none."""
    said = request.headers.get("content-length", "")
    return int(said) if len(said) < 10 and said.isascii() and said.isdigit() else LONGEST + 1


route = Route("/commits/{token}", answered, methods=["POST"])
