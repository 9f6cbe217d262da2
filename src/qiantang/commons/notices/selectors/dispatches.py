"""What became of messages, for those who keep the platform: neither text nor address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext

from qiantang.commons.notices import policies
from qiantang.commons.notices.models import Dispatch
from qiantang.commons.notices.types import KINDS, DispatchTold
from qiantang.kernel.errors import NotPermitted
from qiantang.kernel.paging import Page

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import PageRequest


def subject_of(state: str) -> str:
    """What a cursor of the list belongs to."""
    return f"dispatches|{state}"


def dispatch_counts(actor: Actor) -> dict[str, int]:
    """How many messages stand where; every state, also with none.

    errors  NotPermitted ``notices.office_only``
    """
    _ensure(actor)
    found = dict(Dispatch.objects.values_list("state").annotate(Count("pk")).order_by())
    return {state.value: found.get(state.value, 0) for state in Dispatch.State}


def dispatches(actor: Actor, page: PageRequest, *, state: str = "") -> Page[DispatchTold]:
    """Messages, newest first; ``state`` empty: all.

    errors  NotPermitted ``notices.office_only``
    """
    _ensure(actor)
    rows = Dispatch.objects.select_related("notice").annotate(tries=Count("attempts")).order_by("-created_at", "-pk")
    if state:
        rows = rows.filter(state=state)
    total = rows.count()
    items = [_told(row, row.tries) for row in rows[page.offset : page.offset + page.size]]
    return Page(items=items, total=total, next=page.cursor_after(subject=subject_of(state), total=total))


def _told(row: Dispatch, tries: int) -> DispatchTold:
    what = gettext("Digest") if row.is_digest else gettext("Confirmation of an address or a number")
    if row.notice is not None:
        what = gettext(KINDS[row.notice.kind].label)
    return DispatchTold(row.pk, row.notice_id, what, row.way, row.state, tries, row.created_at, row.round, row.mark.hex)


def _ensure(actor: Actor) -> None:
    decision = policies.may_see_dispatches(actor)
    if not decision:
        raise NotPermitted(decision.code)
