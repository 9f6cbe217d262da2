"""Who holds the patents of a node: ranking, concentration, newcomers, and how they and inventors stand together. M3, M11, M15."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.measures.methods import concentration, cooccurrence, growth, portfolio
from qiantang.scenarios.navigation.methods.tallies import Tally, first_of_families, grouped, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qiantang.scenarios.navigation.types import Findings
    from qiantang.scenarios.navigation.types.facts import Fact

SHOWN, LINKS = 30, 60
FEWEST_PEOPLE = 3  # NM-04: what concerns fewer people, or a person with fewer patents, is not told
_LEADERS = 10  # owners with the most families
_NEW_YEARS = 3
_NETWORK = 150  # owners, or inventors, whose ties are drawn: those with the most patents


def applicants(facts: Sequence[Fact], as_of: date) -> Findings:
    """Rows: owners by families, then newcomers too small to be among these; ``note`` leader, follower or newcomer; cells:
    families, patents, first year as a figure. How many owners play each part is a figure.
    """
    tally = Tally()
    patents = grouped(facts, lambda one: one.owners)
    families = {name: first_of_families(facts, places) for name, places in patents.items()}
    order = sorted(patents, key=lambda name: (-len(families[name]), name))
    least = len(families[order[min(_LEADERS, len(order)) - 1]]) if order else 0
    firsts = {name: min((y for p in patents[name] if (y := facts[p].year) is not None), default=None) for name in order}
    roles = {
        name: portfolio.applicant_role(len(families[name]), max(2, least), firsts[name], as_of.year - _NEW_YEARS)
        for name in order
    }
    fresh = [name for name in order[SHOWN:] if roles[name] == "newcomer"][:_LEADERS]
    for at, name in enumerate([*order[:SHOWN], *fresh]):
        cells = (tally.count(f"owner.{at}.families", families[name]), tally.count(f"owner.{at}.patents", patents[name]))
        tally.row(name, name, *cells, tally.index(f"owner.{at}.first_year", firsts[name]), note=roles[name] or "")
    for role in ("leader", "follower", "newcomer"):
        tally.index(f"role.{role}", sum(one == role for one in roles.values()), ("owners",))
    _concentration(tally, [len(families[name]) for name in order])
    _newcomers(tally, facts, as_of)
    return tally.findings()


def _concentration(tally: Tally, sizes: list[int]) -> None:
    told = concentration.concentration(sizes)
    made = tuple(f"owner.{at}.families" for at in range(min(4, len(sizes))))
    tally.index("owners", len(sizes))
    tally.rate("cr4", concentration.cr(sizes, 4), made, "no_owner")
    tally.index("hhi", told.hhi if told else None, made, "no_owner")


def _newcomers(tally: Tally, facts: Sequence[Fact], as_of: date) -> None:
    rows = concentration.new_entrants((name, one.year) for one in facts if one.year for name in one.owners)
    whole = [row for row in rows if growth.is_complete(row.year, None, as_of)]
    last = whole[-1] if whole else None
    tally.rate("new_entrants", last.ratio if last else None, (f"year.{last.year}",) if last else (), "few_years")


def networks(facts: Sequence[Fact], kind: str) -> Findings:
    """Who stands together on patents. Rows: nodes (``note``: community), then ties (two values parted by a tab).

    kind    ``owners``; or ``people``: inventors with fewer than three patents are left out, and no name is kept but where
            it stands, ``patent#place``, so that a removal on request takes it from here too
    """
    tally = Tally()

    def of(one: Fact) -> tuple[str, ...]:
        return one.owners if kind == "owners" else one.people

    held = grouped(facts, of)
    least = 1 if kind == "owners" else FEWEST_PEOPLE
    chosen = [name for name, places in held.items() if len(places) >= least][:_NETWORK]
    known = set(chosen)
    network = cooccurrence.party_network([[name for name in dict.fromkeys(of(one)) if name in known] for one in facts])
    place = {name: at for at, name in enumerate(chosen)}
    called = {name: name if kind == "owners" else _reference(facts[held[name][0]], name) for name in chosen}
    for node in network.nodes[:SHOWN]:
        key = tally.count(f"{kind}.{place[node.name]}.patents", held[node.name])
        partners = tally.index(f"{kind}.{place[node.name]}.partners", node.degree, (key,))
        between = tally.rate(f"{kind}.{place[node.name]}.between", node.betweenness, (key,))
        tally.row(called[node.name], "", key, partners, between, note=str(node.community))
    for link in network.links[:LINKS]:
        both = set(held[link.one]) & set(held[link.other])
        key = tally.count(f"{kind}.{place[link.one]}-{place[link.other]}", both)
        tally.row(f"{called[link.one]}\t{called[link.other]}", "", key, note="across" if link.across else "")
    tally.rate(f"{kind}.density", network.density, (), "few_nodes")
    joint = [at for at, one in enumerate(facts) if len(set(of(one))) > 1]
    tally.count(f"{kind}.joint", joint)
    tally.rate(f"{kind}.joint_share", ratio(len(joint), len(facts)), (f"{kind}.joint", "total"))
    return tally.findings()


def _reference(one: Fact, name: str) -> str:
    return f"{one.patent_id}#{one.people.index(name)}"


def talent(facts: Sequence[Fact], region: str) -> Findings:
    """Inventors of a node: how many in the city and outside, and under which owners they stand; counts of people, not patents.

    A name under one owner is taken as one person; moves between owners are told as a number. Groups of fewer than three people are told as not shown.
    """
    tally = Tally()
    people = {(name, owner) for one in facts for name in one.people for owner in one.owners[:1]}
    local = {(n, o) for one in facts if is_of(one, region) for n in one.people for o in one.owners[:1]}
    _people(tally, "people", len(people))
    _people(tally, "people_local", len(local))
    by_owner: dict[str, set[str]] = {}
    for name, owner in people:
        by_owner.setdefault(owner, set()).add(name)
    _moves(tally, facts)
    held = grouped(facts, lambda one: one.owners[:1])
    ranked = sorted(by_owner, key=lambda owner: (-len(by_owner[owner]), owner))
    for at, owner in enumerate(ranked[:SHOWN]):
        if len(by_owner[owner]) >= FEWEST_PEOPLE:
            inventors = tally.index(f"talent.{at}.people", len(by_owner[owner]), (f"talent.{at}.patents",))
            tally.row(owner, owner, inventors, tally.count(f"talent.{at}.patents", held[owner]))
    return tally.findings()


def _moves(tally: Tally, facts: Sequence[Fact]) -> None:
    """Inventors who probably went from one owner to another: the same name later under another owner, in the company of
    somebody who stood beside it before. Two people of one name would be told apart by their company alone: an estimate.
    """
    by_name = grouped(facts, lambda one: one.people)
    moved = 0
    for name, places in by_name.items():
        mine = sorted(
            (facts[at] for at in places if facts[at].year is not None), key=lambda one: (one.year, one.patent_id)
        )
        moved += any(
            not set(early.owners) & set(late.owners) and set(early.people) & set(late.people) - {name}
            for place, early in enumerate(mine)
            for late in mine[place + 1 :]
        )
    _people(tally, "moves", moved)


def _people(tally: Tally, key: str, number: int) -> None:
    few = 0 < number < FEWEST_PEOPLE
    tally.index(key, None if few else number, ("total",), "too_few_people")


def is_of(one: Fact, region: str) -> bool:
    """Whether a patent is of a city: districts have codes that begin as the city's, its ending noughts left out."""
    stem = region
    while stem.endswith("00"):
        stem = stem[:-2]
    return bool(stem) and one.region.startswith(stem)


def is_abroad(one: Fact) -> bool:
    """Whether the first owner sits in another country: it has no region here, and still it is known where it is not."""
    return not one.region and bool(one.country) and one.country != "CN"


def is_outside(one: Fact, region: str) -> bool:
    """Whether the first owner is known to sit outside the city: elsewhere in the country, or abroad."""
    return is_abroad(one) or (bool(one.region) and not is_of(one, region))


def risk(facts: Sequence[Fact], region: str, as_of: date) -> Findings:
    """Chinese patents in force of owners outside the city, where firms of the city are active. Rows: owners outside."""
    tally = Tally()
    active = [at for at, one in enumerate(facts) if is_of(one, region)]
    tally.count("risk.local", active)
    standing = [at for at, one in enumerate(facts) if one.office == "CN" and one.bucket == "in_force"]
    outside = [at for at in standing if facts[at].owners and is_outside(facts[at], region)]
    unplaced = [at for at in standing if not facts[at].region and not is_abroad(facts[at])]
    tally.count("risk.outside", outside if active else ())
    tally.count("risk.abroad", (at for at in outside if is_abroad(facts[at])) if active else ())
    tally.count("risk.unplaced", unplaced if active else ())
    if not active:
        return tally.findings()
    chosen = [facts[at] for at in outside]
    for at, (name, places) in enumerate(list(grouped(chosen, lambda one: one.owners).items())[:SHOWN]):
        mine = [outside[place] for place in places]
        long_lived = [p for p in mine if (end := facts[p].expiry) is not None and end.year - as_of.year > 8]  # noqa: PLR2004 - eight years: the barrier index says so
        key = tally.count(f"risk.{at}.patents", mine)
        tally.row(name, name, key, tally.count(f"risk.{at}.long", long_lived))
    return tally.findings()
