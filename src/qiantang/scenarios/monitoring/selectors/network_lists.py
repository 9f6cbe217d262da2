"""What stands behind a number of the network of joint applications: as many applications, parties or links as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from qiantang.scenarios.monitoring.rules import FLOW_YEARS
from qiantang.scenarios.monitoring.selectors import asking, numerals
from qiantang.scenarios.monitoring.selectors.network import list_url, party_url
from qiantang.scenarios.monitoring.selectors.ties import joint_applications, joint_network
from qiantang.scenarios.monitoring.selectors.waiting import waiting_panel
from qiantang.scenarios.monitoring.types import Asked, Panel, Sheet, SheetCell, Tied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.scenarios.monitoring.selectors.ties import Joint

_ROWS = 50
_Rows = tuple[tuple[str, ...], list[tuple[SheetCell, ...]]]


def behind(asked: Asked, what: Tied, ends: Sequence[str]) -> Panel:
    """The list of a number.

    ends    of applications: they must stand on each; of links: one must be an end of each; of parties: none
    """
    joint = joint_applications(asked)
    if joint is None:
        return waiting_panel(_("Who applies together"))
    head, rows = {Tied.APPLICATIONS: _applications, Tied.PARTIES: _parties, Tied.LINKS: _links}[what](
        asked, joint, ends
    )
    words = {
        Tied.APPLICATIONS: _("Joint applications, %(first)s to %(last)s"),
        Tied.PARTIES: _("Parties of joint applications, %(first)s to %(last)s"),
        Tied.LINKS: _("Links of joint applications, %(first)s to %(last)s"),
    }
    title = words[what] % {"first": joint.year - FLOW_YEARS + 1, "last": joint.year}
    named = " – ".join(joint.names.get(one, one) for one in ends)
    return Panel(
        title=f"{title}: {named}" if named else title,
        lead=_("%(n)s entries.") % {"n": asking.number(len(rows))},
        sheets=(_sheet(asked, what, ends, head, rows),),
    )


def _applications(_asked: Asked, joint: Joint, ends: Sequence[str]) -> _Rows:
    held = [(one, keys) for one, keys in joint.documents if set(ends) <= keys]
    held.sort(key=lambda pair: (str(pair[0].filing_date), pair[0].patent_id), reverse=True)
    rows: list[tuple[SheetCell, ...]] = [
        (
            SheetCell(one.patent_id, reverse("register:patent-page", args=(one.patent_id,))),
            SheetCell(one.filing_date.isoformat() if one.filing_date else ""),
            SheetCell("、".join(one.applicants)),
        )
        for one, _keys in held
    ]
    return (_("Patent"), _("Filed on"), _("Applicants")), rows


def _parties(asked: Asked, joint: Joint, _ends: Sequence[str]) -> _Rows:
    rows: list[tuple[SheetCell, ...]] = [
        (
            SheetCell(joint.names[one.name], party_url(one.name)),
            numerals.number(one.weight, url=list_url(asked, Tied.APPLICATIONS, one.name)),
            numerals.number(one.degree, url=list_url(asked, Tied.LINKS, one.name)),
        )
        for one in joint_network(asked.snapshot, joint).nodes
    ]
    return (_("Applicant"), _("Joint applications"), _("Partners")), rows


def _links(asked: Asked, joint: Joint, ends: Sequence[str]) -> _Rows:
    held = [one for one in joint_network(asked.snapshot, joint).links if not ends or {one.one, one.other} & set(ends)]
    held.sort(key=lambda one: (-one.weight, one.one, one.other))
    rows: list[tuple[SheetCell, ...]] = [
        (
            SheetCell(joint.names[one.one], party_url(one.one)),
            SheetCell(joint.names[one.other], party_url(one.other)),
            numerals.number(one.weight, url=list_url(asked, Tied.APPLICATIONS, one.one, one.other)),
        )
        for one in held
    ]
    return (_("Applicant"), _("Other applicant"), _("Joint applications")), rows


def _sheet(
    asked: Asked, what: Tied, ends: Sequence[str], head: tuple[str, ...], rows: list[tuple[SheetCell, ...]]
) -> Sheet:
    further = asked.start + _ROWS
    shown = rows if asked.whole else rows[asked.start : further]
    return Sheet(
        _("One by one"),
        head,
        tuple(shown),
        total=len(rows),
        next_url=_rows_from(asked, what, ends, further) if further < len(rows) else "",
        first_url=_rows_from(asked, what, ends, 0) if asked.start else "",
    )


def _rows_from(asked: Asked, what: Tied, ends: Sequence[str], start: int) -> str:
    """The address of the rows that follow."""
    kept = [(name, value) for name, value in asked.query if name != "from"]
    named = [("what", str(what)), *(("party", one) for one in ends)]
    return f"{asked.path}?{urlencode([*kept, *named, *([('from', str(start))] if start else [])])}"
