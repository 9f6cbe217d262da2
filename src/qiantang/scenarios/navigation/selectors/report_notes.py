"""Tables of a report whose numbers are no figures of its edition; each has its line in the data annex all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qiantang.scenarios.navigation.selectors import dashboard, editions, words
from qiantang.scenarios.navigation.selectors.editions import Book
from qiantang.scenarios.navigation.types.report import Annexed, Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.scenarios.navigation.models import Edition
    from qiantang.scenarios.navigation.selectors.editions import NodeChange
    from qiantang.scenarios.navigation.selectors.report_annex import Annex
    from qiantang.scenarios.navigation.selectors.samples import SampleShown
    from qiantang.scenarios.navigation.types import Chain

_KEYS = 30


# --- key patents -----------------------------------------------------------------------------------------------------


def keys(book: Book, annex: Annex) -> Table:
    """Key patents with their reasons, citations and families."""
    return Table(
        _("Key patents and why they are"),
        (_("Patent"), _("Owner"), _("Reasons"), _("Cited"), _("Family")),
        tuple(
            (
                Cell(f"{one['number']} {one['title']}", f"{annex.base}{_patent(one['id'])}"),
                Cell(words.listed(one["owners"])),
                Cell(words.listed(map(str, one["reason_words"]))),
                _of_patent(book, annex, one, "cited"),
                _of_patent(book, annex, one, "family"),
            )
            for one in dashboard.key_patent_rows(book)[:_KEYS]
        ),
    )


def _patent(key: str) -> str:
    return reverse("register:patent-page", args=[key])


def _of_patent(book: Book, annex: Annex, one: dict[str, object], what: str) -> Cell:
    """How often a patent is cited, or how large its family is: the rows of the edition, opened on its page."""
    named = {"patent": one["number"]}
    if what == "cited":
        name, unit, at = _("Citations of %(patent)s") % named, pgettext("unit", "patents"), "cited-by"
        how = _("patents on record that cite it, on snapshot %(snapshot)s")
    else:
        name, unit, at = _("Family of %(patent)s") % named, pgettext("unit", "members"), "family"
        how = _("members of its family on record, on snapshot %(snapshot)s")
    url = f"{_patent(str(one['id']))}#{at}"
    how %= {"snapshot": annex.snapshot}
    line = Annexed(0, book.node.code, f"{what}.{one['id']}", name, f"{one[what]:,}", (), url, unit, how)
    return Cell(annex.noted(line), f"{annex.base}{url}")


# --- what changed ----------------------------------------------------------------------------------------------------


def changes(row: Edition, chain: Chain, annex: Annex) -> Table:
    """Nodes that find other patents than in the edition before."""
    before = editions.edition_before(row)
    told = editions.changes(before, row).nodes if before else ()
    nodes = editions.node_rows(row) if before else {}
    rows = []
    for one in told:
        if before and (one.came or one.went or one.before is None or one.now is None):
            now = Book(row, nodes[one.code]) if one.code in nodes else None
            rows.append(
                (
                    Cell(f"{one.code} {words.node_name(chain, one.code)}".strip()),
                    _was(before, one, annex) or Cell(_("not there")),
                    annex.cell(now, now["total"]) if now else Cell(_("not there")),
                    _moved(before, row, one, annex, came=True),
                    _moved(before, row, one, annex, came=False),
                )
            )
    return Table(
        _("Patents by node, since edition %(number)s") % {"number": before.number if before else 0},
        (_("Node"), _("Before"), _("Now"), _("Came"), _("Went")),
        tuple(rows),
    )


def _was(before: Edition, one: NodeChange, annex: Annex) -> Cell | None:
    if one.before is None:
        return None
    name = _("Patents in edition %(number)s") % {"number": before.number}
    how = _("counted on snapshot %(snapshot)s") % {"snapshot": before.snapshot}
    url = editions.figure_url(before, one.code, "total")
    key, unit = f"edition.{before.number}.total", pgettext("unit", "patents")
    text = annex.noted(Annexed(0, one.code, key, name, f"{one.before:,}", (), url, unit, how))
    return Cell(text, f"{annex.base}{url}")


def _moved(before: Edition, row: Edition, one: NodeChange, annex: Annex, *, came: bool) -> Cell:
    """Patents that came since the edition before, or went: a query of the search desk finds them."""
    facts = {"number": before.number, "was": before.snapshot, "now": row.snapshot}
    if came:
        key, name, value = "came", _("Patents that came since edition %(number)s"), one.came
        has, lacks = (row, one.now), (before, one.before)
        how = _("found on snapshot %(now)s, not on snapshot %(was)s")
    else:
        key, name, value = "went", _("Patents that went since edition %(number)s"), one.went
        has, lacks = (before, one.before), (row, one.now)
        how = _("found on snapshot %(was)s, not on snapshot %(now)s")
    url = ""
    if has[1] is not None:
        query = editions.search_query(has[0], one.code, "total")
        if lacks[1] is not None:
            query += f" AND NOT {editions.search_query(lacks[0], one.code, 'total')}"
        url = f"/search?{urlencode({'q': query})}"
    key, unit = f"edition.{before.number}.{key}", pgettext("unit", "patents")
    text = annex.noted(Annexed(0, one.code, key, name % facts, f"{value:,}", (), url, unit, how % facts))
    return Cell(text, f"{annex.base}{url}" if url else "")


# --- samples ---------------------------------------------------------------------------------------------------------


def quality(samples: Iterable[SampleShown], annex: Annex) -> Table:
    """Recall and precision with their intervals, the samples behind them, and what a second look said."""
    rows = []
    for one in samples:
        shared = _Sampled(one, annex)
        rows.append(
            (
                Cell(shared.node),
                Cell(shared.kind),
                Cell(shared.share(), f"{annex.base}{shared.url}"),
                Cell(
                    _("reached")
                    if one.measured.accepted
                    else _("not reached")
                    if one.measured.accepted is False
                    else ""
                ),
                Cell(shared.review()),
            )
        )
    head = (_("Node"), _("Measure"), _("Share with 95 % interval, sample"), _("Bound"), _("Looked at again"))
    return Table(_("Recall and precision on labelled samples (Wilson interval)"), head, tuple(rows))


class _Sampled:
    """The numbers of a sample, each noted in the annex as it is printed."""

    def __init__(self, one: SampleShown, annex: Annex) -> None:
        self._one, self._annex = one, annex
        zh, en = one.name
        self.node = f"{one.row.node} {zh if words.language().startswith('zh') else en}"
        self.kind = str(words.KINDS[one.row.kind])  # type: ignore[index] # the field holds values of the enumeration
        self.url = reverse("navigation:sample-list", args=[one.row.project_id])

    def _noted(self, key: str, name: str, value: str, unit: str, how: str) -> str:
        row = self._one.row
        name = f"{self.kind}: {name}"
        return self._annex.noted(Annexed(0, row.node, f"sample.{row.pk}.{key}", name, value, (), self.url, unit, how))

    def share(self) -> str:
        told, rate, patents = self._one.measured, pgettext("unit", "share"), pgettext("unit", "patents")
        if told.share is None:
            return _("not known")
        drawn = {"snapshot": self._one.row.snapshot}
        of = _("hits over the sample drawn on snapshot %(snapshot)s") % drawn
        wilson = _("Wilson interval at 95 %% of the sample drawn on snapshot %(snapshot)s") % drawn
        decided = _("labelled by people, those that cannot be told left out; drawn on snapshot %(snapshot)s") % drawn
        share = self._noted("share", _("share"), f"{told.share:.3f}", rate, of)
        low = self._noted("low", _("lower bound"), f"{told.low:.3f}", rate, wilson)
        high = self._noted("high", _("upper bound"), f"{told.high:.3f}", rate, wilson)
        hits = self._noted("hits", _("hits"), f"{told.hits:,}", patents, decided)
        sample = self._noted("sample", _("sample"), f"{told.sample:,}", patents, decided)
        return f"{share} ({low} – {high}), {hits} / {sample}"

    def review(self) -> str:
        told = self._one.review
        if told is None or told.agreement is None:
            return ""
        how = _("labelled a second time by a reviewer who does not see the first labels")
        number = self._noted("looked_at", _("looked at again"), f"{told.looked_at:,}", pgettext("unit", "patents"), how)
        share = self._noted(
            "agreement", _("agreement"), f"{100 * told.agreement:.0f}%", pgettext("unit", "per cent"), how
        )
        text = _("%(number)s patents, %(share)s agreement") % {"number": number, "share": share}
        if told.moves is None:
            return text
        return f"{text}; {_('the figure moves') if told.moves else _('the figure stays')}"
