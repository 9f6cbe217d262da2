"""The limits of law for disputes, and the day on which each ends that begins on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.refdata.api import statutory_limits, work_calendar
from qiantang.kernel.calendar import due_on
from qiantang.scenarios.protection.methods.citing import cited_in_chinese

if TYPE_CHECKING:
    from datetime import date

    from qiantang.kernel.actor import Actor

# Limits of which this room keeps a clock or a reminder by itself; the others are counted on the page of limits.
CLOCKED = frozenset({"TL-01", "TL-02", "TL-03", "TL-04", "TL-05", "TL-06", "TL-07", "TL-08", "TL-09", "TL-10", "TL-11"})


def limits_from(actor: Actor, day: date | None, *, zh: bool) -> list[dict[str, object]]:
    """Each limit with its length and source; with a day also its end, and that with the extension."""
    del actor  # law is for everybody
    table = work_calendar()
    found = statutory_limits(day or timezone.localdate())
    return [
        {
            "code": code,
            "name": one.name_zh if zh else one.name_en,
            "limit": one.limit,
            "unit": str(one.limit.unit),
            "source": cited_in_chinese(one.source) if zh else one.source,
            "verified": one.verified,
            "clocked": code in CLOCKED,
            "due": due_on(day, one.limit, table) if day else None,
            "extended": due_on(day, one.limit, table, extended=True) if day and one.limit.extension else None,
        }
        for code, one in found.items()
        if code.startswith("TL-")
    ]
