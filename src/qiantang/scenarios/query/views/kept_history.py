"""Where the history of a reader lives: in one signed cookie of the browser that asked, and nowhere on the server.

It is kept only where the reader switched it on, ends with the browser's session, is sent to the search pages alone, and is
read only for the account (or the absence of one) it was made under.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core import signing

from qiantang.commons.accounts.api import actor_of
from qiantang.scenarios.query.methods import history as past
from qiantang.scenarios.query.selectors import desk
from qiantang.scenarios.query.types import DeskRequest
from qiantang.scenarios.query.types.asking import History

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from qiantang.corpus.register.types import SearchResult

COOKIE = "qt_history"
PATH = "/search"
_MOST_CHARACTERS = 3_600  # of a cookie's value: browsers keep 4,096 bytes with name and attributes


def _salt(request: HttpRequest) -> str:
    return f"query.history.{actor_of(request).person_id or 'nobody'}"


def history_of(request: HttpRequest) -> History | None:
    """The history that the reader keeps; None: not switched on, or of somebody else, or damaged."""
    kept = request.COOKIES.get(COOKIE)
    if kept is None:
        return None
    try:
        return past.unpacked(signing.loads(kept, salt=_salt(request)))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def keep(request: HttpRequest, response: HttpResponse, history: History) -> None:
    """Puts the history into the browser; the oldest queries go until it fits."""
    while len(value := signing.dumps(past.packed(history), salt=_salt(request), compress=True)) > _MOST_CHARACTERS:
        history = past.shortened(history)
    response.set_cookie(COOKIE, value, path=PATH, httponly=True, samesite="Lax", secure=request.is_secure())


def forget(response: HttpResponse) -> None:
    """Takes everything out of the browser and stops keeping."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def remember(request: HttpRequest, response: HttpResponse, result: SearchResult) -> None:
    """Adds a query that was answered, where the reader keeps a history; the empty query is none."""
    history = history_of(request)
    if history is not None and result.canonical:
        keep(request, response, past.remembered(history, result.canonical, result.total, result.snapshot))


def spelled_out(request: HttpRequest, asked: DeskRequest) -> str | None:
    """The address of the same search with every ``#n`` written out, so that it can be shared and kept.

    None where no number stands in it. errors  Invalid ``query.syntax`` where one stands for nothing
    """
    query = past.spelled_out(asked.text, history_of(request) or History())
    return None if query is None else desk.address(replace(asked, text=query), asked.refinements)
