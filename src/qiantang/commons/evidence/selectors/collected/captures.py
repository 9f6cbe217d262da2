"""Reads of captures and schedules: one's own, and all for operators."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count

from qiantang.commons.evidence import policies
from qiantang.commons.evidence.methods.records import spelt_number
from qiantang.commons.evidence.models import CaptureSchedule, WebCapture
from qiantang.commons.evidence.types import CaptureState, CaptureTold, ScheduleTold
from qiantang.kernel.errors import NotFound
from qiantang.kernel.paging import Page

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import PageRequest

CAPTURES = "captures"


def capture_row(actor: Actor, number: str) -> WebCapture:
    """Errors  NotFound ``evidence.capture_unknown``, also where it is somebody else's"""
    row = (
        WebCapture.objects.filter(policies.visible_to(actor), number=spelt_number(number))
        .select_related("deposit", "schedule", "owner")
        .first()
    )
    if row is None:
        raise NotFound("evidence.capture_unknown", number=number[:40])
    return row


def schedule_row(actor: Actor, number: str) -> CaptureSchedule:
    """Errors  NotFound ``evidence.schedule_unknown``, also where it is somebody else's"""
    row = CaptureSchedule.objects.filter(policies.visible_to(actor), number=spelt_number(number)).first()
    if row is None:
        raise NotFound("evidence.schedule_unknown", number=number[:40])
    return row


def captures(actor: Actor, page: PageRequest) -> Page[CaptureTold]:
    """One's captures, newest first, without their files."""
    rows = (
        WebCapture.objects.filter(policies.visible_to(actor))
        .select_related("deposit", "schedule")
        .order_by("-asked_at", "-id")
    )
    total = rows.count()
    shown = [_told(row) for row in rows[page.offset : page.offset + page.size]]
    return Page(shown, total, page.cursor_after(subject=CAPTURES, total=total))


def capture_told(actor: Actor, number: str) -> CaptureTold:
    """One capture with its files; errors as ``capture_row``."""
    return _told(capture_row(actor, number), whole=True)


def _told(row: WebCapture, *, whole: bool = False) -> CaptureTold:
    files = row.deposit.files.order_by("place").values_list("name", "size_bytes") if whole and row.deposit else ()
    return CaptureTold(
        number=row.number,
        url=row.url,
        purpose=row.purpose,
        pages=row.pages,
        shop=row.shop,
        state=CaptureState(row.state),
        step=row.step,
        reasons=[(reason, detail) for reason, detail in row.reasons],
        title=row.title,
        final_url=row.final_url,
        facts=row.facts,
        record=row.record if whole else {},
        difference=row.difference,
        schedule=row.schedule.number if row.schedule else None,
        asked_at=row.asked_at,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        deposit=row.deposit.number if row.deposit else None,
        has_preview=preview_path(row.number).is_file(),
        files=tuple(files),
        recordings=tuple(row.recordings.order_by("pk").values_list("number", flat=True)) if whole else (),
    )


def preview_path(number: str) -> Path:
    """Where the small picture of a capture lies, if there is one."""
    return Path(settings.QIANTANG_HOME) / "evidence" / "previews" / f"{number}.jpg"


def preview_shown(actor: Actor, number: str) -> Path:
    """The small picture of one's capture; errors as ``capture_row``, NotFound ``evidence.object_missing``."""
    place = preview_path(capture_row(actor, number).number)
    if not place.is_file():
        raise NotFound("evidence.object_missing", number=number[:40])
    return place


def schedules(actor: Actor) -> list[ScheduleTold]:
    """One's schedules, those that go on first."""
    rows = CaptureSchedule.objects.filter(policies.visible_to(actor)).annotate(made=Count("captures"))
    return [
        ScheduleTold(
            number=row.number,
            url=row.url,
            purpose=row.purpose,
            every_days=row.every_days,
            next_at=row.next_at,
            stopped_at=row.stopped_at,
            captures=row.made,
        )
        for row in rows.order_by("stopped_at", "-pk")[:200]
    ]
