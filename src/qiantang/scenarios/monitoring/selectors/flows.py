"""Rights that move between cities."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from qiantang.commons.metrics.types import Question
from qiantang.commons.refdata.api import regions
from qiantang.commons.ui.types import Chart, ChartKind, Citation, Link, Node
from qiantang.corpus.register import api as register
from qiantang.kernel.legalstatus import EventKind
from qiantang.scenarios.monitoring.rules import CITY, FLOW_YEARS, PROMISED_DAYS
from qiantang.scenarios.monitoring.rules.movement import FLOWS
from qiantang.scenarios.monitoring.selectors import asking
from qiantang.scenarios.monitoring.selectors.holdings import Transfer, holdings
from qiantang.scenarios.monitoring.selectors.waiting import waiting_panel
from qiantang.scenarios.monitoring.types import Asked, Figure, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_UNKNOWN = "unknown"
_SHOWN, _ROWS = 12, 50


def flows_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """Transfers into and out of the city, and licences."""
    held = holdings(asked.snapshot)
    if held is None and not asking.nothing_loaded(asked):
        return waiting_panel(_("Transfers and licences"))
    dealt = held.transfers if held else ()
    year = asked.year or max((one.day.year for one in dealt if one.day), default=asked.today.year)
    first = year - FLOW_YEARS + 1
    inside = [
        one for one in dealt if one.day and first <= one.day.year <= year and CITY in {one.origin, one.destination}
    ]
    moved = [one for one in inside if one.kind is EventKind.TRANSFER]
    between = [one for one in moved if one.origin != one.destination]
    return Panel(
        title=_("Transfers and licences, %(first)s to %(last)s") % {"first": first, "last": year},
        lead=_(
            "Each transfer published in the gazette, from the city of the former to that of the new holder. A holder's city is that of most patents on which it stands first; where that tells nothing the city is not known."
        ),
        figures=tuple(_figure(asked, key, first, year) for key in FLOWS),
        charts=(flow_chart(asked, between, "transfers"),),
        sheets=(_sheet(asked, moved),),
        as_of=asking.reached(asked),
    )


def _figure(asked: Asked, key: str, first: int, last: int) -> Figure:
    """A number of the registry, which opens its patents."""
    told = asking.measured(Question(metric=key, region=CITY, first=first, last=last, snapshot=asked.snapshot))
    if told is None or told.value is None:
        return Figure(key, "", note=asking.reason_of(told))
    opened = asking.records_url(told) or ""
    return Figure(
        asking.name_of(told.metric), asking.number(told.value), asking.unit_of(told.metric), opened, metric=key
    )


def told_by_register(asked: Asked, method: str, **changed: str) -> Citation:
    """Where figures come from that are counted over the records themselves."""
    told = register.current_snapshot()
    number = asked.snapshot or (told.number if told else None)
    link = asking.permalink(asked, number, **changed)
    return Citation(
        source=_("the register of this platform"),
        as_of=asking.reached(asked),
        today=asked.today,
        promised_days=PROMISED_DAYS,
        snapshot=number,
        permalink=link,
        address=asking.absolute(link),
        method=method,
        synthetic=bool(told and told.synthetic),
    )


def city_name(code: str | None) -> str:
    return _("City not known") if code is None else regions().name(code, asking.language())


def flow_chart(asked: Asked, moved: list[Transfer], key: str) -> Chart:
    """A Sankey diagram: on the left where rights come from, on the right where they go."""
    pairs = Counter((one.origin or _UNKNOWN, one.destination or _UNKNOWN) for one in moved)
    shown = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[: 2 * _SHOWN]
    lefts = sorted({pair[0] for pair, _count in shown}, key=lambda code: (code != CITY, code))
    rights_ = sorted({pair[1] for pair, _count in shown}, key=lambda code: (code != CITY, code))
    nodes = [Node(f"from-{code}", city_name(None if code == _UNKNOWN else code)) for code in lefts]
    nodes += [Node(f"to-{code}", city_name(None if code == _UNKNOWN else code)) for code in rights_]
    links = [Link(f"from-{a}", f"to-{b}", count, transfers_url(asked, a, b)) for (a, b), count in shown]
    return Chart(
        kind=ChartKind.SANKEY,
        key=key,
        title=_("From which cities do rights come, and where do they go?"),
        unit=_("transfers"),
        nodes=tuple(nodes),
        links=tuple(links),
        citation=told_by_register(
            asked, _("One transfer a gazette entry; the city of each side is that of most of its patents.")
        ),
        empty=_("No transfer with its parties is on record for these years."),
    )


def transfers_url(asked: Asked, origin: str, destination: str) -> str:
    """The list of the transfers behind one band of the diagram."""
    named = {"origin": origin, "destination": destination, "year": asked.year, "snapshot": asked.snapshot}
    parts = {name: str(value) for name, value in named.items() if value}
    return f"{reverse('monitoring:transfer-list')}?{urlencode(parts)}"


def transfers_between(asked: Asked, origin: str, destination: str) -> Panel:
    """Each transfer from one city to another, with its patent."""
    title = _("Transfers from %(origin)s to %(destination)s")
    named = {"origin": city_name(_place(origin)), "destination": city_name(_place(destination))}
    held = holdings(asked.snapshot)
    if held is None and not asking.nothing_loaded(asked):
        return waiting_panel(title % named)
    dealt = held.transfers if held else ()
    year = asked.year or max((one.day.year for one in dealt if one.day), default=asked.today.year)
    wanted = (_place(origin), _place(destination))
    found = [
        one
        for one in dealt
        if one.kind is EventKind.TRANSFER
        and one.day
        and year - FLOW_YEARS < one.day.year <= year
        and (one.origin, one.destination) == wanted
    ]
    return Panel(
        title=title % named,
        lead=_("%(n)s transfers.") % {"n": len(found)},
        sheets=(_sheet(asked, found, origin=origin, destination=destination),),
    )


def _place(code: str) -> str | None:
    return None if code == _UNKNOWN else code


def _sheet(asked: Asked, moved: list[Transfer], **named: str) -> Sheet:
    newest = sorted(moved, key=lambda one: (str(one.day), one.patent_id), reverse=True)
    rows = [
        (
            SheetCell(one.patent_id, reverse("register:patent-page", args=(one.patent_id,))),
            SheetCell(one.day.isoformat() if one.day else ""),
            SheetCell(one.giver),
            SheetCell(city_name(one.origin)),
            SheetCell(one.taker),
            SheetCell(city_name(one.destination)),
        )
        for one in (newest if asked.whole else newest[asked.start : asked.start + _ROWS])
    ]
    head = (_("Patent"), _("Day"), _("Former holder"), _("Its city"), _("New holder"), _("Its city"))
    further = asked.start + _ROWS
    return Sheet(
        _("The transfers one by one"),
        head,
        tuple(rows),
        _("The newest first."),
        total=len(newest),
        next_url=_rows_from(asked, further, named) if further < len(newest) else "",
        first_url=_rows_from(asked, 0, named) if asked.start else "",
    )


def _rows_from(asked: Asked, start: int, named: dict[str, str]) -> str:
    """The address of the rows that follow."""
    kept = [(name, value) for name, value in asked.query if name != "from"]
    return f"{asked.path}?{urlencode([*kept, *named.items(), *([('from', str(start))] if start else [])])}"
