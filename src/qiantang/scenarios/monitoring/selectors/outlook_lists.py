"""The rights behind a number of the outlook: as many as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from qiantang.scenarios.monitoring.selectors import asking
from qiantang.scenarios.monitoring.selectors.outlook import lies_ahead, living_ahead, month_ahead
from qiantang.scenarios.monitoring.types import Ahead, Asked, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from qiantang.scenarios.monitoring.selectors.holdings import Right

_ROWS = 50


def rights_ahead(asked: Asked, what: Ahead, month: int | None) -> Panel:
    """Inventions whose term ends, or whose annual fee falls due, in the twelve months or one of them (0: the running one)."""
    day = asked.day or asked.today
    found = [
        (told[1], right)
        for right, due in living_ahead(asked)
        if (told := lies_ahead(due)) is not None and told[0] is what and month in {None, told[1]}
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].patent_id))
    title = _("Terms that end") if what is Ahead.ENDS else _("Annual fees due")
    span = _("twelve months from %(day)s") % {"day": day.isoformat()} if month is None else month_ahead(day, month)
    rows = tuple(
        (
            SheetCell(right.patent_id, reverse("register:patent-page", args=(right.patent_id,))),
            SheetCell(month_ahead(day, at)),
            SheetCell(_day(right, ends=False)),
            SheetCell(_day(right, ends=True)),
            SheetCell(right.first),
        )
        for at, right in found
    )
    further = asked.start + _ROWS
    sheet = Sheet(
        _("One by one"),
        (_("Patent"), _("Month"), _("Filed on"), _("Term ends on"), _("Holder")),
        rows if asked.whole else rows[asked.start : further],
        total=len(rows),
        next_url=_rows_from(asked, what, month, further) if further < len(rows) else "",
        first_url=_rows_from(asked, what, month, 0) if asked.start else "",
    )
    lead = _("%(n)s entries.") % {"n": asking.number(len(rows))}
    return Panel(title=f"{title}: {span}", lead=lead, sheets=(sheet,))


def _day(right: Right, *, ends: bool) -> str:
    told = right.expiry_date if ends else right.filing_date
    return told.isoformat() if told else ""


def _rows_from(asked: Asked, what: Ahead, month: int | None, start: int) -> str:
    """The address of the rows that follow."""
    kept = [(name, value) for name, value in asked.query if name != "from"]
    named = [("what", str(what)), *([("month", str(month))] if month is not None else [])]
    return f"{asked.path}?{urlencode([*kept, *named, *([('from', str(start))] if start else [])])}"
