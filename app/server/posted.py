"""What a browser posts under a page's token, read within its bounds (`app/page/answers.py`)."""

import json
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from app.page.answers import is_open
from app.server.limits import pace_of

LONGEST = 64_000  # bytes: thirty days of two series and some hundred weights, each in full


class UnreadableError(Exception):
    """A body that is not read; with what it is answered instead."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


async def posted(request: Request) -> tuple[str, object]:
    """Return the token and what was sent under it, at the pace of that page.

    Raises
    ------
    UnreadableError
        If the body is too long, does not come, or is not JSON.
    """
    if length(request) > LONGEST:
        raise UnreadableError(Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
    try:
        sent = json.loads(await request.body())
    except ClientDisconnect:  # or so long has it been waited for (`PromptBodies`)
        gone = Response(status_code=HTTPStatus.REQUEST_TIMEOUT, headers={"Connection": "close"})
        raise UnreadableError(gone) from None
    except (ValueError, RecursionError):
        raise UnreadableError(Response(status_code=HTTPStatus.BAD_REQUEST)) from None
    token = request.path_params["token"]
    if is_open(token):
        await pace_of(token).wait()
    return token, sent


def length(request: Request) -> int:
    """How many bytes a request says it has; more than may be where it says none."""
    said = request.headers.get("content-length", "")
    return int(said) if len(said) < 10 and said.isascii() and said.isdigit() else LONGEST + 1
