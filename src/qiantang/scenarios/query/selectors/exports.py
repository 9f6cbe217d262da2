"""Reads of exports: one's own, with how far they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.corpus.register.types import REFUSALS as OF_THE_REGISTER
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.kernel.paging import Page
from qiantang.scenarios.query import policies
from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, ExportState, FileFormat
from qiantang.scenarios.query.models import Export
from qiantang.scenarios.query.types import REFUSALS

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import PageRequest

UNDER_WAY = (ExportState.QUEUED.value, ExportState.RUNNING.value)
SUBJECT = "exports"


def ensure_account(actor: Actor, *, total: int, most: int) -> int:
    """The key of the account; errors: NotPermitted ``query.export_sign_in``"""
    if not policies.may_keep(actor) or actor.person_id is None:
        raise NotPermitted("query.export_sign_in", total=total, most=most)
    return actor.person_id


def exports(actor: Actor, page: PageRequest) -> Page[Export]:
    """One's own exports, newest first; none for those who are not signed in."""
    rows = Export.objects.filter(policies.owned_by(actor))
    total = rows.count()
    items = list(rows[page.offset : page.offset + page.size])
    return Page(items=items, total=total, next=page.cursor_after(subject=SUBJECT, total=total))


def export(actor: Actor, key: int) -> Export:
    """errors: NotFound ``query.export_unknown``, also for one of somebody else"""
    found = Export.objects.filter(policies.owned_by(actor), pk=key).first()
    if found is None:
        raise NotFound("query.export_unknown")
    return found


def running_exports(owner_id: int) -> QuerySet[Export]:
    return Export.objects.filter(owner_id=owner_id, state__in=UNDER_WAY)


def waiting_exports() -> list[int]:
    """Keys of exports that nobody is at: queued, or left by a worker that died; the oldest first."""
    rows = Export.objects.filter(state__in=UNDER_WAY).exclude(leased_until__gt=timezone.now())
    return list(rows.order_by("requested_at").values_list("pk", flat=True))


def folder_of(key: int) -> Path:
    return exports_home() / str(key)


def exports_home() -> Path:
    return Path(settings.QIANTANG_HOME) / "exports"


def asked_for(row: Export) -> ExportAsked:
    return ExportAsked(
        query=row.query,
        sort=row.sort,
        format=FileFormat(row.format),
        columns=tuple(row.columns),
        spelling=row.spelling,
        language=row.language,
        day=timezone.localdate(row.requested_at),
    )


def failure(row: Export) -> tuple[str, str]:
    """Why an export stopped, and what to do; two empty texts where it did not."""
    if not row.error_code:
        return "", ""
    told = (REFUSALS | OF_THE_REGISTER).get(row.error_code, REFUSALS["query.export_broke_off"])
    sentence, next_step = (gettext(text) % row.error_facts for text in told)
    return sentence, next_step


def seconds_left(row: Export, now: datetime) -> int | None:
    """How long the rest of the stage takes at the pace so far; None where that cannot be told yet."""
    if row.began_at is None or not row.total or not row.done:
        return None
    elapsed = (now - row.began_at).total_seconds()
    return round(elapsed / row.done * (row.total - row.done))
