"""The search for prior art of an examiner: hits of the register beside a form to mark each; what was marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import DomainError, NotPermitted
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.selectors import drafts as reads
from qiantang.scenarios.preexam.selectors import prior_art as shown_of
from qiantang.scenarios.preexam.services import prior_art
from qiantang.scenarios.preexam.types.drafts import CATEGORIES, REGISTER
from qiantang.scenarios.preexam.views.acting import KEPT_HERE, sentence, told_here

if TYPE_CHECKING:
    from qiantang.corpus.register.types.similar import SimilarResult
    from qiantang.kernel.actor import Actor


@never_cache
@require_http_methods(["GET", "POST"])
def prior_art_show(request: HttpRequest, number: str) -> HttpResponse:
    """POST searches, marks, takes back, or notes a search made elsewhere. What is searched with never stands in an address."""
    actor = actor_of(request)
    row, card = reads.draft_row(actor, number)
    if not policies.may_examine(actor, card.assignee_id):
        raise NotPermitted("preexam.draft_closed_to_you")
    found, errors = None, []
    if request.method == "POST":
        try:
            found = _acted(request, actor, number)
        except KEPT_HERE as error:
            errors = [{"text": _sentence(error), "href": ""}]
        else:
            if found is None:
                return HttpResponseRedirect(reverse("preexam:prior-art", kwargs={"number": number}))
    context: dict[str, Any] = {
        "card": card,
        "found": found,
        "claim": request.POST.get("claim", "1"),
        "cited": shown_of.cited_documents(row, reads_as="examiner"),
        "searches": shown_of.searches(row, reads_as="examiner"),
        "register": REGISTER,
        "categories": [(key, gettext(word)) for key, word in CATEGORIES.items()],
        "errors": errors,
    }
    return render(request, "preexam/prior_art.html", context, status=422 if errors else 200)


def _sentence(error: DomainError) -> str:
    if not told_here(error):
        raise error
    return sentence(error)


def _acted(request: HttpRequest, actor: Actor, number: str) -> SimilarResult | None:
    told, act = request.POST, request.POST.get("act", "")
    if act == "search":
        return prior_art.search_prior_art(actor=actor, number=number, claim=_number(told.get("claim", "")) or 0)
    if act == "elsewhere":
        prior_art.note_search(
            actor=actor,
            number=number,
            database=told.get("database", ""),
            asked=told.get("asked", ""),
            found=_number(told.get("hits", "")),
        )
    elif act == "unmark":
        prior_art.unmark_document(actor=actor, number=number, key=_number(told.get("key", "")) or 0)
    else:
        claims = told.get("claims", "").replace("，", ",").replace("、", ",").split(",")
        prior_art.mark_document(
            actor=actor,
            number=number,
            reference=told.get("reference", ""),
            category=told.get("category", ""),
            claims=[one for one in map(_number, claims) if one],
            passage=told.get("passage", ""),
        )
    return None


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 7 else None  # noqa: PLR2004 - six digits at most
