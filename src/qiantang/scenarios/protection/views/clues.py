"""Clues to crimes: the list of the office, and what the forms of a clue do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.forms.clues import ClueForm, CluePaperForm
from qiantang.scenarios.protection.forms.disputes import NoteForm
from qiantang.scenarios.protection.selectors import telling
from qiantang.scenarios.protection.selectors.clues import clue_cards
from qiantang.scenarios.protection.services import clues
from qiantang.scenarios.protection.types import Intake
from qiantang.scenarios.protection.views.acting import given, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@never_cache
@require_http_methods(["GET", "POST"])
def clue_list(request: HttpRequest) -> HttpResponse:
    """The clues that the office has noted; POST notes one."""
    actor = actor_of(request)
    errors = list[dict[str, str]]()
    if request.method == "POST":

        def act() -> str:
            told = given(ClueForm, request)
            dispute = told.pop("dispute")
            return clues.note_clue(actor=actor, told=Intake(**told), dispute=dispute)

        number, errors = tried(act)
        if number:
            return HttpResponseRedirect(reverse("protection:matter-show", kwargs={"number": number}))
    office = policies.is_office(actor)
    context = {
        "rows": clue_cards(actor),
        "rights": telling.right_choices(),
        "office": office,
        "errors": errors,
    }
    return render(request, "protection/clue_list.html", context, status=422 if errors else 200)


def _step(request: HttpRequest, number: str) -> None:
    clues.take_clue_step(actor=actor_of(request), number=number, **given(NoteForm, request))


def _paper(request: HttpRequest, number: str) -> None:
    clues.add_clue_paper(actor=actor_of(request), number=number, **given(CluePaperForm, request))


ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {"clue_step": _step, "clue_paper": _paper}
