"""The cases one may see: one's own matters, or for the office what lies in the pool and in one's hands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework.selectors.cases import cards_by_old, cases, found_by_number, handles_any, subject_of
from qiantang.commons.casework.selectors.words import lamp_tone, lamp_word, state_tone
from qiantang.commons.casework.types import CaseCard
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import NotPermitted
from qiantang.kernel.paging import PageRequest, decode_cursor

_ROWS = 20
_POOLS = ("free", "mine")


@never_cache
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """``?pool=free`` waits for the office and is nobody's, ``mine`` is in one's hands; ``?number=`` goes to that case."""
    actor = actor_of(request)
    if actor.person_id is None:
        raise NotPermitted("audit.sign_in_first")
    typed = request.GET.get("number", "").strip()
    found = found_by_number(actor, typed) if typed else None
    if found is not None:
        return HttpResponseRedirect(found.url)
    office = handles_any(actor)
    pool = request.GET.get("pool", "")
    pool = pool if office and pool in _POOLS else ""
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=subject_of(pool=pool)) if cursor else 0
    page = cases(actor, PageRequest(offset=offset, size=_ROWS), pool=pool)
    here = reverse("casework:case-list")
    kept = {"pool": pool} if pool else {}
    context = {
        "rows": [_row(card) for card in page.items],
        "total": page.total,
        "office": office,
        "pool": pool,
        "typed": typed,
        "meant": cards_by_old(actor, typed) if typed else [],
        "next_url": f"{here}?{urlencode({**kept, 'page': page.next})}" if page.next else None,
        "first_url": f"{here}?{urlencode(kept)}".rstrip("?") if offset else None,
    }
    return render(request, "casework/case_list.html", context)


def _row(card: CaseCard) -> dict[str, object]:
    clock = card.clock
    return {
        "card": card,
        "tone": state_tone(card),
        "lamp": lamp_word(clock) if clock else "",
        "lamp_tone": lamp_tone(clock) if clock else "",
        "due": clock.reading.due if clock else None,
    }
