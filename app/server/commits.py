"""The route that answers the browser without Streamlit (`app/page/answers.py`): commits of the stage, and more."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.page.answers import answer
from app.server.posted import UnreadableError, posted


async def answered(request: Request) -> Response:
    """JSON, or 409 where the commit is for Streamlit to take."""
    try:
        found = answer(*await posted(request))
    except UnreadableError as unreadable:
        return unreadable.response
    return Response(status_code=409) if found is None else JSONResponse(found)


route = Route("/commits/{token}", answered, methods=["POST"])
