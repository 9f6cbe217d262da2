"""For the office: how notices read, and what became of messages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.notices import policies
from qiantang.commons.notices.forms import STATE_WORDS, WAY_WORDS
from qiantang.commons.notices.methods.reminding import reminder_rules
from qiantang.commons.notices.selectors import dispatches, previews
from qiantang.commons.notices.services import replaying
from qiantang.commons.ui.api import render
from qiantang.kernel.paging import PageRequest, decode_cursor

_ROWS = 30


@require_GET
def template_list(request: HttpRequest) -> HttpResponse:
    """Every kind of notice, and when unread legal ones are sent again."""
    actor = actor_of(request)
    kinds = [{"code": code, "label": label, "legal": legal} for code, label, legal in previews.kinds_told(actor)]
    sees = bool(policies.may_see_dispatches(actor))
    return render(
        request, "notices/template_list.html", {"kinds": kinds, "rules": reminder_rules(), "sees_dispatches": sees}
    )


@require_GET
def template_show(request: HttpRequest, code: str) -> HttpResponse:
    """One kind in every language and by every channel."""
    return render(
        request, "notices/template_show.html", {"code": code, "previews": previews.previews(actor_of(request), code)}
    )


@require_GET
def dispatch_list(request: HttpRequest) -> HttpResponse:
    """Messages on their way and at their end; ``?state=`` narrows."""
    actor = actor_of(request)
    counts = dispatches.dispatch_counts(actor)
    state = request.GET.get("state", "")
    state = state if state in counts else ""
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=dispatches.subject_of(state)) if cursor else 0
    page = dispatches.dispatches(actor, PageRequest(offset=offset, size=_ROWS), state=state)
    here = reverse("notices:dispatch-list")
    kept = f"state={state}&" if state else ""
    context = {
        "rows": [
            {
                "told": one,
                "way": WAY_WORDS[one.way],
                "state": STATE_WORDS[one.state][0],
                "tone": STATE_WORDS[one.state][1],
            }
            for one in page.items
        ],
        "states": [{"key": key, "word": STATE_WORDS[key][0], "count": count} for key, count in counts.items()],
        "state": state,
        "total": page.total,
        "keeper": bool(policies.may_replay(actor)),
        "next_url": f"{here}?{kept}page={page.next}" if page.next else None,
        "first_url": f"{here}?{kept}".rstrip("?&") if offset else None,
    }
    return render(request, "notices/dispatch_list.html", context)


@require_POST
def dispatch_replay(request: HttpRequest, dispatch: int) -> HttpResponse:
    """Send one again."""
    replaying.replay_dispatch(actor=actor_of(request), dispatch=dispatch)
    messages.success(request, _("It is sent again, with the same mark."))
    return HttpResponseRedirect(reverse("notices:dispatch-list"))
