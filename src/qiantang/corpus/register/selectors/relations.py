"""What ties patents to each other: citations in both directions, and families."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from qiantang.corpus.register.methods.links import cited_key
from qiantang.corpus.register.methods.query_language.compiling import whole_value
from qiantang.corpus.register.selectors.records import places_by_key
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import (
    CitationCounts,
    CitationLink,
    FamilyMember,
    Part,
    PatentRecord,
    Publication,
    Role,
)
from qiantang.corpus.register.types.record import quoted_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qiantang.engines.lake.port import LakeView

MOST_LINKS = 2_000  # citing patents listed; more are counted, not listed
_CARD = ["patent_id", "publications", "texts", "parties", "first_publication_date"]
_MEMBER = ["patent_id", "office", "filing_date", "status", "publications", "texts"]


def _rows(view: LakeView, patent_ids: Sequence[str], columns: Sequence[str]) -> list[dict[str, Any]]:
    places = list(places_by_key(view, [f"id:{patent_id}" for patent_id in patent_ids]).values()) if patent_ids else []
    return view.lookup("records", places, columns).to_pylist() if places else []


def _title(row: Mapping[str, Any]) -> str | None:
    found = [t for t in row["texts"] or () if t["part"] == Part.TITLE]
    return str(min(found, key=lambda t: bool(t["machine"]))["text"]) if found else None


def _number(row: Mapping[str, Any]) -> str:
    return quoted_number([Publication(**item) for item in row["publications"] or ()]) or str(row["patent_id"])


# --- citations ---------------------------------------------------------------------------------------------------------


def _owners(view: LakeView, record: PatentRecord) -> dict[str, str]:
    """The patents that a record cites, by the key of the number cited."""
    keys = sorted({key for c in record.citations if c.cited and (key := cited_key(c.cited))})
    found = view.lookup("aliases", keys, ["key", "patent_id"]).to_pylist() if keys else []
    return {row["key"]: row["patent_id"] for row in found}


def _citing(view: LakeView, record: PatentRecord) -> dict[str, dict[str, Any]]:
    """Who cites a record by any of its numbers; one that cites it more than once is one, with its best told citation."""
    found = view.lookup("citations", list(record.keys), ["patent_id", "origin", "category"]).to_pylist()
    found.sort(key=lambda row: _telling(row["category"], row["origin"]))
    return {row["patent_id"]: row for row in found}


def _telling(category: str | None, origin: str | None) -> tuple[str, str]:
    """Greater is better told; of two that say as much the choice is fixed."""
    return category or "", origin or ""


def citation_counts(record: PatentRecord) -> CitationCounts:
    """How much a patent cites and how many cite it. Summed over the register, known backward and forward are equal."""
    _, view = register().current()
    owners = _owners(view, record)
    known = {owners[key] for c in record.citations if c.cited and (key := cited_key(c.cited)) in owners}
    unknown = sum(1 for c in record.citations if not c.cited or cited_key(c.cited) not in owners)
    return CitationCounts(len(known), unknown, len(_citing(view, record)))


def citations(record: PatentRecord, direction: str) -> tuple[CitationLink, ...]:
    """What a patent cites (``backward``) or what cites it (``forward``, the newest first, at most 2,000 listed).

    A patent stands once in either list, by however many numbers it was cited. What the register does not know stays as
    it was cited.
    """
    return _cites(record) if direction == "backward" else _cited_by(record)


def _cites(record: PatentRecord) -> tuple[CitationLink, ...]:
    _, view = register().current()
    owners = _owners(view, record)
    rows = {row["patent_id"]: row for row in _rows(view, sorted(set(owners.values())), _CARD)}
    own = _holders(p._asdict() for p in record.parties)
    places: dict[str, int] = {}
    links: list[CitationLink] = []
    for citation in record.citations:
        owner = owners.get(cited_key(citation.cited) or "") if citation.cited else None
        row = rows.get(owner) if owner else None
        link = CitationLink(
            number=citation.cited,
            patent_id=owner,
            title=_title(row) if row else None,
            origin=citation.origin,
            category=citation.category,
            date=citation.date,
            text=citation.text,
            self_citation=_shared(own, _holders(row["parties"])) if row else None,
        )
        if owner is None or owner not in places:
            places[owner or ""] = len(links)
            links.append(link)
            continue
        held = links[places[owner]]
        if _telling(link.category, link.origin) > _telling(held.category, held.origin):
            links[places[owner]] = link
    return tuple(links)


def _cited_by(record: PatentRecord) -> tuple[CitationLink, ...]:
    """``date`` is the first publication of the one that cites."""
    _, view = register().current()
    citing = _citing(view, record)
    dates = view.lookup("patents", list(citing), ["patent_id", "first_publication_date"]).to_pylist()
    published = {row["patent_id"]: row["first_publication_date"] for row in dates}
    newest = sorted(citing, key=lambda one: (published[one] or date.min, one), reverse=True)[:MOST_LINKS]
    rows = {row["patent_id"]: row for row in _rows(view, newest, _CARD)}
    own = _holders(p._asdict() for p in record.parties)
    return tuple(
        CitationLink(
            number=_number(rows[patent_id]),
            patent_id=patent_id,
            title=_title(rows[patent_id]),
            origin=citing[patent_id]["origin"],
            category=citing[patent_id]["category"],
            date=published[patent_id],
            text=None,
            self_citation=_shared(own, _holders(rows[patent_id]["parties"])),
        )
        for patent_id in newest
    )


def _holders(parties: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(whole_value(p["name"]) for p in parties if p["role"] in (Role.APPLICANT, Role.HOLDER))


def _shared(one: frozenset[str], other: frozenset[str]) -> bool | None:
    """Whether both have an applicant or holder in common, by name; None where the names of one are not known."""
    return bool(one & other) if one and other else None


# --- families ----------------------------------------------------------------------------------------------------------


def family(record: PatentRecord, scheme: str = "simple") -> tuple[FamilyMember, ...]:
    """The members of a patent's family, itself included; ``scheme`` is ``simple`` (DOCDB) or ``extended`` (INPADOC)."""
    family_id = record.simple_family_id if scheme == "simple" else record.extended_family_id
    if family_id is None:
        return ()
    _, view = register().current()
    return _members(view, [family_id], scheme).get(family_id, ())


def families_of(patent_ids: Sequence[str], scheme: str) -> dict[str, tuple[str, tuple[FamilyMember, ...]]]:
    """For each of these patents that has a family: its id and its members, by filing date. As ``family``, for many."""
    _, view = register().current()
    rows = view.lookup("patents", list(patent_ids), ["patent_id", f"{scheme}_family_id"]).to_pylist()
    named = {row["patent_id"]: row[f"{scheme}_family_id"] for row in rows if row[f"{scheme}_family_id"]}
    members = _members(view, sorted(set(named.values())), scheme) if named else {}
    return {patent_id: (family_id, members[family_id]) for patent_id, family_id in named.items()}


def _members(view: LakeView, family_ids: Sequence[str], scheme: str) -> dict[str, tuple[FamilyMember, ...]]:
    found = view.lookup("family_members", family_ids, ["family", "patent_id", "scheme"]).to_pylist()
    families = {row["patent_id"]: row["family"] for row in found if row["scheme"] == scheme}
    members: dict[str, list[FamilyMember]] = {}
    rows = _rows(view, sorted(families), _MEMBER)
    for row in sorted(rows, key=lambda r: (r["filing_date"] or date.max, r["patent_id"])):
        member = FamilyMember(
            patent_id=row["patent_id"],
            number=_number(row),
            office=row["office"],
            title=_title(row),
            filing_date=row["filing_date"],
            status=row["status"],
        )
        members.setdefault(families[row["patent_id"]], []).append(member)
    return {family_id: tuple(each) for family_id, each in members.items()}
