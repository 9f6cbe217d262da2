"""Micro-navigation: one firm from its own patents, computed while the page is made; every number is a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qiantang.corpus.parties import api as parties
from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.query_language import quoted
from qiantang.kernel.errors import Limited, NotFound
from qiantang.scenarios.navigation.methods import key_patents
from qiantang.scenarios.navigation.methods.strategies import narrowed, strategy_of
from qiantang.scenarios.navigation.methods.tallies import grouped
from qiantang.scenarios.navigation.rules import MOST_CITING, MOST_FIRM, SOON_YEARS
from qiantang.scenarios.navigation.selectors import chains, words
from qiantang.scenarios.navigation.selectors.overview import search_url
from qiantang.scenarios.navigation.selectors.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.types.facts import Fact

_NODES, _RIVALS, _KEYS = 8, 5, 10
_LEAST = 1


@dataclass(frozen=True, slots=True)
class Counted:
    """A thing, how many patents, and the search that finds exactly these; without one an empty address."""

    label: str
    count: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class FirmNode:
    """A place of a chain at which a firm stands: its patents there, all patents there, and who else is there."""

    industry: str
    name: str
    own: Counted
    all: Counted
    rivals: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class FirmPage:
    """What is found from a firm's patents.

    as_of    day up to which publications are loaded, among its patents and those that cite them
    soon     patents in force that expire within three years
    citing   owners that cite it, but for itself
    """

    name: str
    query: str
    total: Counted
    in_force: Counted
    families: int
    soon: tuple[tuple[str, str, date], ...]
    years: tuple[Counted, ...]
    nodes: tuple[FirmNode, ...]
    keys: tuple[dict[str, Any], ...]
    citing: tuple[Counted, ...]
    as_of: date | None
    snapshot: int


def firm_page(actor: Actor, name: str) -> FirmPage:
    """The firm with this name in any of its spellings, its parts and subsidiaries with it.

    errors  NotFound ``navigation.firm_unknown`` · Limited ``navigation.firm_large``
    """
    query, ids, snapshot = _patents(name)
    reading = Reading(snapshot)
    facts = [one for batch in reading.facts(ids) for one in batch]
    in_force = narrowed(query, "LS=有效")
    _, rows = key_patents.key_patents(facts, key_patents.cohorts(facts))
    return FirmPage(
        name=name,
        query=query,
        total=_counted("", query),
        in_force=_counted("", in_force),
        families=len({one.family for one in facts}),
        soon=_soon(facts, reading.newest),
        years=_years(query, facts),
        nodes=_nodes(actor, query),
        keys=tuple(row | {"reason_words": words.reason_words(row["reasons"])} for row in rows[:_KEYS]),
        citing=_citing(facts, snapshot),
        as_of=reading.newest,
        snapshot=snapshot,
    )


def _patents(name: str) -> tuple[str, list[str], int]:
    harmonised = [f"AH={quoted(name)}"] if parties.party_of(name) is not None else []
    for field in (*harmonised, f"PA=={quoted(name)}", f"PA={quoted(name)}"):
        total = chains.count_of(field)
        if total and total > MOST_FIRM:
            raise Limited("navigation.firm_large", total=total, most=MOST_FIRM)
        if total:
            snapshot, ids = register.desk.result_ids(field)
            return field, list(ids), snapshot
    raise NotFound("navigation.firm_unknown", given=name[:80])


def _counted(label: str, query: str) -> Counted:
    return Counted(label, chains.count_of(query) or 0, search_url(query))


def _years(query: str, facts: Sequence[Fact]) -> tuple[Counted, ...]:
    counts = grouped(facts, lambda one: (str(one.year or ""),))
    return tuple(Counted(year, len(counts[year]), search_url(narrowed(query, f"AY={year}"))) for year in sorted(counts))


def _soon(facts: Sequence[Fact], today: date | None) -> tuple[tuple[str, str, date], ...]:
    if today is None:
        return ()
    near = [
        (one.patent_id, one.title or one.number, one.expiry)
        for one in facts
        if one.bucket == "in_force" and one.expiry is not None and 0 <= one.expiry.year - today.year < SOON_YEARS
    ]
    return tuple(sorted(near, key=lambda one: (one[2], one[0])))


def _nodes(actor: Actor, query: str) -> tuple[FirmNode, ...]:
    """The lowest nodes of all industries at which the firm has most patents, with the largest other owners there."""
    found = []
    for chain in chains.industries(actor):
        for leaf in chain.leaves():
            strategy = strategy_of(chain, leaf.code)
            own = _counted("", narrowed(query, strategy))
            if own.count >= _LEAST:
                found.append((own.count, chain, leaf, strategy, own))
    found.sort(key=lambda one: (-one[0], one[1].key, one[2].code))
    return tuple(
        FirmNode(
            words.name_of(chain),
            words.name_of(leaf),
            own,
            _counted("", strategy),
            _rivals(strategy, query),
        )
        for _, chain, leaf, strategy, own in found[:_NODES]
    )


def _rivals(strategy: str, query: str) -> tuple[Counted, ...]:
    others = narrowed(strategy, f"NOT ({query})")
    (tally,) = register.desk.statistics(others, ("PA",), size=_RIVALS).tallies
    return tuple(
        Counted(one.label, one.count, search_url(narrowed(others, f"PA=={quoted(one.value)}"))) for one in tally.values
    )


def _citing(facts: Sequence[Fact], snapshot: int) -> tuple[Counted, ...]:
    """Whose patents cite the firm: the owners that follow what it does."""
    own = {one.patent_id for one in facts}
    mine = {name for one in facts for name in one.owners}
    ids = sorted({other for one in facts for other in one.citing} - own)[:MOST_CITING]
    citing = [one for batch in Reading(snapshot).facts(ids) for one in batch]
    counts = grouped(citing, lambda one: [name for name in one.owners if name not in mine])
    return tuple(
        Counted(name, len(places), search_url(f"PA=={quoted(name)}"))
        for name, places in list(counts.items())[: _RIVALS * 2]
    )
