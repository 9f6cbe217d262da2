"""Figures of the hall, public; and the desk where bad grades are followed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.portal.hall import policies
from qiantang.portal.hall.selectors import ratings as reads
from qiantang.portal.hall.selectors.matters import title_of
from qiantang.portal.hall.selectors.pages import GRADES
from qiantang.portal.hall.selectors.telling import told_of
from qiantang.portal.hall.services import rating

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@require_GET
def figures_show(request: HttpRequest) -> HttpResponse:
    """Grades, visits, and what was done about bad grades: computed from records, by service."""
    context = {
        "rated": reads.rating_figures()[0],
        "runs": reads.run_figures()[0],
        "rows": reads.figures_by_service(),
        "replies": [{"row": one, "service": title_of(one.matter)} for one in reads.published_replies()],
    }
    return render(request, "hall/figures_show.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def rating_desk(request: HttpRequest) -> HttpResponse:
    """Bad grades that are open: contact, then settle with a reply that is published."""
    actor, fault = actor_of(request), ""
    decision = policies.may_see_bad_ratings(actor)
    if not decision:
        raise NotPermitted(decision.code)
    if request.method == "POST":
        try:
            _act(actor, request)
            return HttpResponseRedirect(reverse("hall:rating-desk"))
        except (Invalid, Conflict) as refused:
            fault = told_of(refused.code, refused.facts)
    rows = [
        {"row": one, "service": title_of(one.matter), "grade": GRADES[one.grade], "number": one.matter.case.number}
        for one in reads.open_bad_ratings()
    ]
    acts = bool(policies.may_follow_up(actor))
    if not acts:
        rating.note_reading(actor=actor, count=len(rows))
    context = {"rows": rows, "acts": acts, "errors": [{"text": fault, "href": "#rows"}] if fault else []}
    return render(request, "hall/rating_desk.html", context, status=422 if fault else 200)


def _act(actor: Actor, request: HttpRequest) -> None:
    key = request.POST.get("rating", "")
    rating_id, text = int(key) if key.isdigit() else 0, request.POST.get("text", "")
    if request.POST.get("act") == "contact":
        rating.note_contact(actor=actor, rating_id=rating_id, note=text)
    else:
        rating.settle_rating(actor=actor, rating_id=rating_id, reply=text)
