"""Letters to platforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection.forms.assistance import PlatformAnswerForm, TakedownForm
from qiantang.scenarios.protection.selectors import takedowns as reads
from qiantang.scenarios.protection.services import takedowns
from qiantang.scenarios.protection.services.handing_out import dispute_document
from qiantang.scenarios.protection.views.acting import acted, given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@never_cache
@require_http_methods(["GET", "POST"])
def takedown_list(request: HttpRequest, number: str) -> HttpResponse:
    """The letters of a dispute; POST makes one, or notes what became of it."""
    if request.method == "POST":
        return acted(request, number, _ACTS, _page, "protection:takedown-list")
    return _page(request, number)


@require_GET
def takedown_letter(request: HttpRequest, number: str, paper: str, language: str) -> HttpResponse:
    """A letter, for who sees the dispute."""
    content, name = dispute_document(actor=actor_of(request), number=number, paper=paper, language=language)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _make(request: HttpRequest, number: str) -> None:
    takedowns.make_takedown(actor=actor_of(request), number=number, **given(TakedownForm, request))


def _note(request: HttpRequest, number: str) -> None:
    takedowns.note_answer(actor=actor_of(request), number=number, **given(PlatformAnswerForm, request))


_ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {"make": _make, "note": _note}


def _page(request: HttpRequest, number: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    context = {"number": number, "errors": errors or [], **reads.takedowns(actor_of(request), number)}
    return render(request, "protection/takedown_list.html", context, status=422 if errors else 200)
