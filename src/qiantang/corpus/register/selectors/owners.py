"""A harmonised party with what the register holds under each of its names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from qiantang.corpus.parties import api as parties
from qiantang.corpus.register.methods.query_language import quoted, whole_value
from qiantang.corpus.register.selectors.view import register
from qiantang.engines.search.port import IndexStatus, Or, Query, Term
from qiantang.kernel.errors import Invalid
from qiantang.kernel.paging import PageRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.corpus.parties.types import MemberName, PartyCard

_WHOLE = "applicant_whole"


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name as filed: patents under exactly this name (None: nothing is indexed), and where they are listed."""

    member: MemberName
    patents: int | None
    url: str


@dataclass(frozen=True, slots=True)
class PartyPage:
    """A party as its page shows it.

    as_filed     patents under the party's main name alone
    harmonised   patents under any of its names; a patent under two names counts once
    with_group   the same with its parts and subsidiaries; None where they have too many names
    """

    card: PartyCard
    rows: tuple[NameRow, ...]
    as_filed: int | None
    harmonised: int | None
    with_group: int | None
    harmonised_url: str
    group_url: str


def party_page(number: int) -> PartyPage:
    """A party by its number or that of any of its names.

    errors  NotFound ``parties.unknown``
    """
    card = parties.party_card(number)
    rows = tuple(
        NameRow(one, _count([whole_value(one.text)]), _search(f"PA=={quoted(one.text)}")) for one in card.names
    )
    given = f"P{card.id}"
    return PartyPage(
        card=card,
        rows=rows,
        as_filed=next((row.patents for row in rows if row.member.id == card.id), None),
        harmonised=_count(parties.names_of(given, with_group=False) or ()),
        with_group=_with_group(given),
        harmonised_url=_search(f"AH=={given}"),
        group_url=_search(f"AH={given}"),
    )


def _with_group(given: str) -> int | None:
    try:
        return _count(parties.names_of(given, with_group=True) or ())
    except Invalid:  # more names than a query takes
        return None


def _count(names: Sequence[str]) -> int | None:
    engine = register().search
    engine.refresh()
    if engine.state().status is IndexStatus.MISSING or not names:
        return None
    terms: list[Query] = [Term(_WHOLE, name) for name in names]
    query = terms[0] if len(terms) == 1 else Or(tuple(terms))
    return engine.search(query, page=PageRequest(size=1)).total


def _search(query: str) -> str:
    return "/search?" + urlencode({"q": query})
