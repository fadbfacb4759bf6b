"""The route that answers commits of the stage without Streamlit (`app/page/commits.py`)."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.page.commits import answer

LONGEST = 64_000  # bytes: thirty days of two series and some hundred weights, each in full


async def answered(request: Request) -> Response:
    """JSON, or 409 where the commit is for Streamlit to take."""
    if int(request.headers.get("content-length", LONGEST + 1)) > LONGEST:
        return Response(status_code=413)
    try:
        sent = json.loads(await request.body())
    except ValueError:
        return Response(status_code=400)
    answer_ = answer(request.path_params["token"], sent)
    return Response(status_code=409) if answer_ is None else JSONResponse(answer_)


route = Route("/commits/{token}", answered, methods=["POST"])
