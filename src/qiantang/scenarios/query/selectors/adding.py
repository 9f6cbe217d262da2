"""Which patents somebody wants to put into a dossier, told in a few words and as ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.scenarios.query.rules import ADDED_AT_ONCE, FIRST_HITS
from qiantang.scenarios.query.selectors import desk, number_lists
from qiantang.scenarios.query.types import DeskRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of three: a patent, a number list, or the hits of a query."""

    patent: str = ""
    number_list: int | None = None
    query: DeskRequest | None = None

    def parameters(self) -> list[tuple[str, str]]:
        """What a form must carry to mean the same."""
        if self.patent:
            return [("patent", self.patent)]
        if self.number_list is not None:
            return [("list", str(self.number_list))]
        asked = self.query or DeskRequest()
        return [("q", asked.text), *(("f", one) for one in asked.refinements), ("sort", asked.sort)]


def wanted_in(given: Mapping[str, Any], refinements: Sequence[str]) -> Wanted:
    """What the fields of the form ask for."""
    if given["patent"]:
        return Wanted(patent=given["patent"])
    if given["list"]:
        return Wanted(number_list=given["list"])
    return Wanted(query=DeskRequest(given["q"], tuple(refinements), given["sort"] or "relevance"))


def patents(actor: Actor, wanted: Wanted) -> list[str]:
    """Their ids in the order in which they are to stand.

    errors  as ``corpus.register.api.search`` and ``number_lists.list_row``
    """
    if wanted.patent:
        return [register.get(wanted.patent).patent_id]
    if wanted.number_list is not None:
        return number_lists.found_in(number_lists.list_row(actor, wanted.number_list))
    request = _request(wanted)
    scan = register.results.scan(request)
    if scan.total <= ADDED_AT_ONCE:
        return [one for batch in scan.batches for one in batch.patent_ids]
    return [hit.patent_id for hit in register.search(request).hits]


def _request(wanted: Wanted) -> SearchRequest:
    asked = wanted.query or DeskRequest()
    desk.ensure_refinements(asked)
    return SearchRequest(desk.whole_query(asked), sort=asked.sort, size=FIRST_HITS)


def told(actor: Actor, wanted: Wanted) -> str:
    """What would be put in, in a sentence; the errors of ``patents``."""
    if wanted.patent:
        record = register.get(wanted.patent)
        return f"{record.number_shown} {record.title or ''}".strip()
    if wanted.number_list is not None:
        row = number_lists.list_row(actor, wanted.number_list)
        facts = {"name": row.name, "number": f"{len(number_lists.found_in(row)):,}"}
        return _("The patents on record of the number list “%(name)s”: %(number)s.") % facts
    total = register.results.scan(_request(wanted)).total
    if total <= ADDED_AT_ONCE:
        sentence = ngettext("The %(number)s hit of this search.", "All %(number)s hits of this search.", total)
        return sentence % {"number": f"{total:,}"}
    facts = {"number": f"{total:,}", "first": str(FIRST_HITS), "most": f"{ADDED_AT_ONCE:,}"}
    return (
        _("The first %(first)s of %(number)s hits, in the order chosen; up to %(most)s would be taken whole.") % facts
    )
