"""The page of a harmonised party: open to everyone; undoing is for operators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.corpus.register.selectors import owners


@require_GET
def party_page(request: HttpRequest, number: int) -> HttpResponse:
    """A party with its names as filed; the number of any of its names leads to the one address."""
    page = owners.party_page(number)
    if page.card.id != number:
        return HttpResponseRedirect(f"/parties/{page.card.id}")
    context = {"page": page, "card": page.card, "may_undo": actor_of(request).has_role("operator")}
    return render(request, "register/party_page.html", context)
