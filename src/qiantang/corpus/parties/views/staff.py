"""The desk of parties: doubtful pairs one by one, and taking merges back. For operators."""

from __future__ import annotations

from typing import NoReturn

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.corpus.parties import api
from qiantang.corpus.parties.forms import DecisionForm, ReasonForm
from qiantang.kernel.errors import Invalid
from qiantang.kernel.paging import PageRequest, decode_cursor

_ROWS = 20


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Pairs that wait, those that share most first."""
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject="parties-queue") if cursor else 0
    pairs = api.open_pairs(actor_of(request), PageRequest(offset=offset, size=_ROWS))
    context = {
        "pairs": pairs.items,
        "total": pairs.total,
        "next_url": f"?page={pairs.next}" if pairs.next else None,
        "first_url": reverse("parties:queue") if offset else None,
    }
    return render(request, "parties/queue_list.html", context)


@require_POST
def decide(request: HttpRequest, item: int) -> HttpResponse:
    """Answer one question, then on to the next."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        _refuse(form)
    told = form.cleaned_data
    api.decide(actor=actor_of(request), item=item, answer=told["answer"], reason=told["reason"], since=told["since"])
    return HttpResponseRedirect(reverse("parties:queue"))


@require_POST
def undo(request: HttpRequest, membership: int) -> HttpResponse:
    """Take a merge back; the page shown is that of the name which is a party of its own again."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        _refuse(form)
    name = api.undo(actor=actor_of(request), membership=membership, reason=form.cleaned_data["reason"])
    return HttpResponseRedirect(f"/parties/{name}")


@require_POST
def unlink(request: HttpRequest, link: int) -> HttpResponse:
    """Take a link back; the page shown is that of the child."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        _refuse(form)
    child = api.unlink_group(actor=actor_of(request), link=link, reason=form.cleaned_data["reason"])
    return HttpResponseRedirect(f"/parties/{child}")


def _refuse(form: ReasonForm) -> NoReturn:
    if "reason" in form.errors:
        raise Invalid("parties.reason_missing")
    raise Invalid("parties.form_damaged", fields=", ".join(sorted(form.errors)))
