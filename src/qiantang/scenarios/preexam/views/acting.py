"""One way to act on the page of a draft: back to it when done, and what was refused is told on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from qiantang.commons.casework.types import REFUSALS as OF_CASES
from qiantang.kernel.errors import Conflict, DomainError, Invalid, Limited, NotPermitted
from qiantang.scenarios.preexam.types import REFUSALS

if TYPE_CHECKING:
    from django.http import HttpRequest

KEPT_HERE = (Invalid, Conflict, Limited, NotPermitted)
Page = Callable[["HttpRequest", str, "list[dict[str, str]]"], HttpResponse]


def acted(
    request: HttpRequest, number: str, act: Callable[[], object], page: Page, *, to: str = "preexam:draft-show"
) -> HttpResponse:
    """Do it, and go to the page ``to``; a refusal with a sentence is shown by ``page`` in its place."""
    try:
        act()
    except KEPT_HERE as error:
        if not told_here(error):
            raise
        return page(request, number, [{"text": sentence(error), "href": ""}])
    return HttpResponseRedirect(reverse(to, kwargs={"number": number}))


def told_here(error: DomainError) -> bool:
    """Whether a refusal is one of this room or of cases, and so is told on the page where it happened."""
    return error.code in REFUSALS or error.code in OF_CASES


def sentence(error: DomainError) -> str:
    """What is told of a refusal: the sentence and the next step."""
    told = REFUSALS.get(error.code) or OF_CASES[error.code]
    return " ".join(gettext(text) % error.facts for text in told)
