"""The rights behind a number of the outlook: as many as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.compute
from django.urls import reverse
from django.utils.translation import gettext as _

from qiantang.scenarios.monitoring.selectors import asking
from qiantang.scenarios.monitoring.selectors.holdings import holdings, rights_of
from qiantang.scenarios.monitoring.selectors.outlook import group_word, lives_told, living_ahead, month_ahead
from qiantang.scenarios.monitoring.selectors.waiting import waiting_panel
from qiantang.scenarios.monitoring.types import Ahead, Asked, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from qiantang.scenarios.monitoring.selectors.holdings import Holdings, Right

pc: Any = pyarrow.compute  # its stubs refuse scalars beside columns, and know no lists of structs
_ROWS, _MONTHS = 50, 12
_OF_LIVES = frozenset({Ahead.LIVES, Ahead.LAPSED})


def rights_ahead(asked: Asked, what: Ahead, month: int | None, group: str = "") -> Panel:
    """The inventions behind a number.

    what   those whose term ends, or whose annual fee falls due, in the twelve months or one of them (0: the running one);
           or those from which a median life is told, all or the lapsed ones of a kind of holder
    """
    day = asked.day or asked.today
    title, span = _title(what, month, group, day)
    held = holdings(asked.snapshot)
    if held is None and not asking.nothing_loaded(asked):
        return waiting_panel(f"{title}: {span}")
    found = (_observed if what in _OF_LIVES else _ahead)(asked, held, what, month, group) if held else None
    total, further = len(found) if found else 0, asked.start + _ROWS
    shown = found if asked.whole or found is None else found.slice(asked.start, _ROWS)
    sheet = Sheet(
        _("One by one"),
        (
            _("Patent"),
            _("Lapsed on") if what in _OF_LIVES else _("Month"),
            _("Filed on"),
            _("Term ends on"),
            _("Holder"),
        ),
        tuple(_rows(shown, day, of_lives=what in _OF_LIVES)) if shown else (),
        total=total,
        next_url=_rows_from(asked, what, month, group, further) if further < total else "",
        first_url=_rows_from(asked, what, month, group, 0) if asked.start else "",
    )
    lead = _("%(n)s entries.") % {"n": asking.number(total)}
    return Panel(title=f"{title}: {span}", lead=lead, sheets=(sheet,))


def _title(what: Ahead, month: int | None, group: str, day: date) -> tuple[str, str]:
    title = {
        Ahead.ENDS: _("Terms that end"),
        Ahead.FEES: _("Annual fees due"),
        Ahead.LIVES: _("Inventions whose lives are observed"),
        Ahead.LAPSED: _("Inventions that lapsed for an unpaid fee"),
    }[what]
    if what in _OF_LIVES:
        return title, group_word(group) if group else _("all kinds of holders")
    if month is None:
        return title, _("twelve months from %(day)s") % {"day": day.isoformat()}
    return title, month_ahead(day, month)


def _ahead(asked: Asked, held: Holdings, what: Ahead, month: int | None, _group: str) -> pa.Table:
    """What of a right is counted in the twelve months is its end, else its fee; as ``outlook`` counts. In ``at``."""
    told = living_ahead(asked, held)
    ends = pc.fill_null(pc.less(told["ends_month"], _MONTHS), fill_value=False)
    at = told["ends_month" if what is Ahead.ENDS else "due_month"]
    wanted = ends if what is Ahead.ENDS else pc.invert(ends)
    wanted = wanted if month is None else pc.and_(wanted, pc.fill_null(pc.equal(at, month), fill_value=False))
    found = told.append_column("at", at).filter(wanted)
    return found.sort_by([("at", "ascending"), ("patent_id", "ascending")])


def _observed(asked: Asked, held: Holdings, what: Ahead, _month: int | None, group: str) -> pa.Table:
    told = lives_told(held, asked.day or asked.today)
    if group:
        told = told.filter(pc.equal(told["group"], pa.scalar(group)))
    return told.filter(told["ended"]) if what is Ahead.LAPSED else told


def _rows(found: pa.Table, day: date, *, of_lives: bool) -> Iterator[tuple[SheetCell, ...]]:
    at: list[Any] = found["unpaid" if of_lives else "at"].to_pylist()
    for right, told in zip(rights_of(found), at, strict=True):
        yield (
            SheetCell(right.patent_id, reverse("register:patent-page", args=(right.patent_id,))),
            SheetCell((told.isoformat() if told else "") if of_lives else month_ahead(day, told)),
            SheetCell(_day(right, ends=False)),
            SheetCell(_day(right, ends=True)),
            SheetCell(right.first),
        )


def _day(right: Right, *, ends: bool) -> str:
    told = right.expiry_date if ends else right.filing_date
    return told.isoformat() if told else ""


def _rows_from(asked: Asked, what: Ahead, month: int | None, group: str, start: int) -> str:
    """The address of the rows that follow."""
    kept = [(name, value) for name, value in asked.query if name != "from"]
    named = [("what", str(what)), *([("month", str(month))] if month is not None else [])]
    named += [("group", group)] if group else []
    return f"{asked.path}?{urlencode([*kept, *named, *([('from', str(start))] if start else [])])}"
