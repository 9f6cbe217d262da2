"""Reads of single patents: by any number, with what cites them, their family and what sources disagree on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from qiantang.corpus.register.methods.derive import derive
from qiantang.corpus.register.methods.merge import Statement, Voice, disagreements, held_slots
from qiantang.corpus.register.selectors.view import Register, register
from qiantang.corpus.register.types import (
    OBSERVED,
    RECORD_SCHEMA,
    Citation,
    CitationLink,
    Classification,
    Disagreement,
    Event,
    FamilyMember,
    Medium,
    Part,
    Party,
    PatentRecord,
    Priority,
    Publication,
    SourceRow,
    Text,
)
from qiantang.corpus.register.types.record import quoted_number
from qiantang.kernel import numbers
from qiantang.kernel.errors import Invalid, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qiantang.engines.lake.port import LakeView

_ENTRIES: Mapping[str, type[tuple[Any, ...]]] = {
    "publications": Publication,
    "texts": Text,
    "classifications": Classification,
    "parties": Party,
    "priorities": Priority,
    "citations": Citation,
    "events": Event,
    "media": Medium,
    "sources": SourceRow,
}
_PLAIN_LISTS = ("keys", "flags", "notes", "disputed")
_COLUMNS = RECORD_SCHEMA.names
MOST_LINKS = 2_000  # citing patents listed; more are counted, not listed


def record_from(row: Mapping[str, Any]) -> PatentRecord:
    """A packed row (RECORD_SCHEMA as plain values) as a record."""
    told: dict[str, Any] = {name: row[name] for name in _COLUMNS}
    for name, entry in _ENTRIES.items():
        told[name] = tuple(entry(**item) for item in row[name] or ())
    for name in _PLAIN_LISTS:
        told[name] = tuple(row[name] or ())
    return PatentRecord(**told)


def _keys_in(text: str) -> list[str]:
    """The alias keys a typed number may stand for, the likeliest first; a patent id is a number of its own.

    errors  Invalid ``number.check_digit`` naming the expected one · ``number.unrecognised``
    """
    readings = numbers.candidates(text)
    if not readings:
        stripped = text.strip()
        if "-P" in stripped[:5]:
            return [f"id:{stripped}"]
        numbers.parse(text)  # says what is wrong with it
        raise NotFound("register.number_unknown", given=text[:80])
    wrong = [r for r in readings if not r.valid]
    if len(wrong) == len(readings):
        digit = wrong[0].check_digit
        raise Invalid(
            "number.check_digit",
            given=digit.given if digit else None,
            expected=digit.expected if digit else None,
            number=wrong[0].canonical,
            stem=wrong[0].stem,
        )
    return [f"id:{text.strip()}", *(r.key for r in readings if r.valid)]


def _places(view: LakeView, keys: Sequence[str]) -> dict[str, int]:
    return {row["key"]: row["n"] for row in view.lookup("aliases", keys, ["key", "n"]).to_pylist()}


def get(text: str) -> PatentRecord:
    """The patent of a number in any style, or of a patent id.

    errors  NotFound ``register.number_unknown`` · ``register.empty`` · Invalid ``number.*`` (a wrong check digit is named)
    """
    keys = _keys_in(text)
    _, view = register().current()
    places = _places(view, keys)
    for key in keys:
        if key in places:
            return record_from(view.lookup("records", [places[key]], _COLUMNS).to_pylist()[0])
    raise NotFound("register.number_unknown", given=text[:80])


def get_many(patent_ids: Iterable[str]) -> dict[str, PatentRecord]:
    """Many patents by id; unknown ids are left out."""
    _, view = register().current()
    places = list(_places(view, [f"id:{patent_id}" for patent_id in patent_ids]).values())
    rows = view.lookup("records", places, _COLUMNS).to_pylist() if places else []
    return {row["patent_id"]: record_from(row) for row in rows}


def said_by(record: PatentRecord) -> dict[str, Any]:
    """The observed fields of a record as plain values, as rules take them."""
    told: dict[str, Any] = {}
    for name, _ in OBSERVED:
        value = getattr(record, name)
        told[name] = [item._asdict() for item in value] if name in _ENTRIES else value
    return told


def status_on(record: PatentRecord, day: date) -> Mapping[str, Any]:
    """The derived facts of a record for any day: see ``methods.derive``."""
    return derive(said_by(record), day)


def _numbers_of(record: PatentRecord) -> list[str]:
    return sorted({p.number for p in record.publications})


def _cited_by(record: PatentRecord) -> tuple[CitationLink, ...]:
    """Who cites this patent, the newest first, at most 2,000; ``date`` is the first publication of the one that cites."""
    _, view = register().current()
    found = view.lookup("citations", _numbers_of(record), ["patent_id", "origin", "category"]).to_pylist()
    # one that cites several of our documents is one: its best told citation stands for all
    found.sort(key=lambda row: (row["category"] or "", row["origin"] or ""))
    citing = {row["patent_id"]: row for row in found}
    dates = view.lookup("patents", list(citing), ["patent_id", "first_publication_date"]).to_pylist()
    published = {row["patent_id"]: row["first_publication_date"] for row in dates}
    newest = sorted(citing, key=lambda one: (published[one] or date.min, one), reverse=True)[:MOST_LINKS]
    titles = _titles(view, newest)
    return tuple(
        CitationLink(
            number=titles[patent_id][0],
            patent_id=patent_id,
            title=titles[patent_id][1],
            origin=citing[patent_id]["origin"],
            category=citing[patent_id]["category"],
            date=published[patent_id],
            text=None,
        )
        for patent_id in newest
    )


def _cites(record: PatentRecord) -> tuple[CitationLink, ...]:
    """What this patent cites, with the patent where the register has it."""
    _, view = register().current()
    wanted = [f"p:{c.cited}" for c in record.citations if c.cited]
    found = view.lookup("aliases", wanted, ["key", "patent_id"]).to_pylist() if wanted else []
    owners = {row["key"]: row["patent_id"] for row in found}
    titles = _titles(view, list(owners.values()))
    links = []
    for citation in record.citations:
        owner = owners.get(f"p:{citation.cited}")
        title = titles[owner][1] if owner in titles else None
        links.append(
            CitationLink(citation.cited, owner, title, citation.origin, citation.category, citation.date, citation.text)
        )
    return tuple(links)


def citations(record: PatentRecord, direction: str) -> tuple[CitationLink, ...]:
    """What a patent cites (``backward``) or what cites it (``forward``, the newest first, at most 2,000 listed)."""
    return _cites(record) if direction == "backward" else _cited_by(record)


def _rows(view: LakeView, patent_ids: Sequence[str], columns: Sequence[str]) -> list[dict[str, Any]]:
    places = list(_places(view, [f"id:{patent_id}" for patent_id in patent_ids]).values()) if patent_ids else []
    return view.lookup("records", places, columns).to_pylist() if places else []


def _best_title(texts: Sequence[Mapping[str, Any]] | None) -> str | None:
    found = [t for t in texts or () if t["part"] == Part.TITLE]
    return str(min(found, key=lambda t: bool(t["machine"]))["text"]) if found else None


def _shown_number(row: Mapping[str, Any]) -> str:
    return quoted_number([Publication(**item) for item in row["publications"] or ()]) or str(row["patent_id"])


def _titles(view: LakeView, patent_ids: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    """(number, title) of each patent."""
    rows = _rows(view, patent_ids, ["patent_id", "publications", "texts"])
    return {row["patent_id"]: (_shown_number(row), _best_title(row["texts"])) for row in rows}


def family(record: PatentRecord, scheme: str = "simple") -> tuple[FamilyMember, ...]:
    """The members of a patent's family, itself included; ``scheme`` is ``simple`` (DOCDB) or ``extended`` (INPADOC)."""
    family_id = record.simple_family if scheme == "simple" else record.extended_family
    if family_id is None:
        return ()
    _, view = register().current()
    found = view.lookup("family_members", [family_id], ["patent_id", "scheme"]).to_pylist()
    ids = [row["patent_id"] for row in found if row["scheme"] == scheme]
    columns = ["patent_id", "office", "filing_date", "status", "publications", "texts"]
    return tuple(
        FamilyMember(
            patent_id=row["patent_id"],
            number=_shown_number(row),
            office=row["office"],
            title=_best_title(row["texts"]),
            filing_date=row["filing_date"],
            status=row["status"],
        )
        for row in sorted(_rows(view, ids, columns), key=lambda r: (r["filing_date"] or date.max, r["patent_id"]))
    )


def _told(value: Any) -> str:
    """A value of a slot in words short enough for a table cell."""
    if isinstance(value, list):
        return "; ".join(str(item.get("name") or item.get("symbol")) for item in value)
    if isinstance(value, Mapping):
        if "part" in value:
            return str(value["text"])
        return " ".join(str(part) for part in value.values() if part is not None)
    return str(value)


def _shown(voice: Voice) -> Disagreement:
    return Disagreement(voice.field, _told(voice.value), voice.statement.sources[0], voice.held)


def statements_of(record: PatentRecord, opened: Register | None = None) -> list[Statement]:
    """What each source said of a patent, in its own words; for one source that is the record itself."""
    _, view = (opened or register()).current()
    rows = view.lookup("observations", [record.patent_id])
    by_digest = {row["digest"]: row for row in rows.to_pylist()}
    if not by_digest:
        return [Statement(said_by(record), record.keys, record.notes, record.sources)]
    names = [name for name, _ in OBSERVED]
    return [
        Statement(
            {name: row[name] for name in names},
            tuple(row["keys"]),
            tuple(row["notes"] or ()),
            tuple(s for s in record.sources if s.digest == digest),
        )
        for digest, row in by_digest.items()
    ]


def _elsewhere(record: PatentRecord, name: str, value: Any) -> bool:
    """Whether a source named a publication here that belongs to another patent: said, but not held."""
    return name == "publications" and all(value["number"] != held.number for held in record.publications)


def disagreements_on(record: PatentRecord) -> tuple[Disagreement, ...]:
    """Every field on which sources differ: the value held first, then what else was said, by whom.

    A publication that belongs to another patent stands alone: nothing is held in its place.
    """
    statements = statements_of(record)
    foreign = [
        Disagreement(name, _told(value), statement.sources[0], held=False)
        for name, value, statement in held_slots(statements)
        if _elsewhere(record, name, value)
    ]
    voices = [v for v in disagreements(statements) if not _elsewhere(record, v.field, v.value)]
    return (*map(_shown, voices), *foreign)


def shown(record: PatentRecord) -> list[tuple[str, str, Statement]]:
    """(field, value, the statement it was taken from) for everything the record holds, in the order of its fields."""
    return [
        (name, _told(value), statement)
        for name, value, statement in held_slots(statements_of(record))
        if not _elsewhere(record, name, value)
    ]
