"""Reads of single patents: by any number, with what cites them, their family and what sources disagree on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from qiantang.corpus.register.methods.derive import derive
from qiantang.corpus.register.methods.merge import Statement, Voice, disagreements, held_slots
from qiantang.corpus.register.methods.privacy import (
    public_event,
    public_party,
    without_private_address,
    without_private_text,
)
from qiantang.corpus.register.selectors.view import Register, register
from qiantang.corpus.register.types import (
    OBSERVED,
    RECORD_SCHEMA,
    Citation,
    Classification,
    Disagreement,
    Event,
    Medium,
    Party,
    PatentRecord,
    Priority,
    Publication,
    SourceRow,
    Text,
)
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
_PLAIN_LISTS = ("keys", "links", "flags", "notes", "disputed")
_COLUMNS = RECORD_SCHEMA.names


def record_from(row: Mapping[str, Any]) -> PatentRecord:
    """A packed row (RECORD_SCHEMA as plain values) as a record that may be shown: without streets of private persons."""
    told: dict[str, Any] = {name: row[name] for name in _COLUMNS}
    for name, entry in _ENTRIES.items():
        told[name] = tuple(entry(**item) for item in row[name] or ())
    told["events"] = tuple(without_private_text(event) for event in told["events"])
    told["parties"] = tuple(without_private_address(party) for party in told["parties"])
    for name in _PLAIN_LISTS:
        told[name] = tuple(row[name] or ())
    return PatentRecord(**told)


def keys_in(text: str) -> list[str]:
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


def places_by_key(view: LakeView, keys: Sequence[str]) -> dict[str, int]:
    return {row["key"]: row["n"] for row in view.lookup("aliases", keys, ["key", "n"]).to_pylist()}


def get(text: str) -> PatentRecord:
    """The patent of a number in any style, or of a patent id.

    errors  NotFound ``register.number_unknown`` · ``register.empty`` · Invalid ``number.*`` (a wrong check digit is named)
    """
    keys = keys_in(text)
    _, view = register().current()
    places = places_by_key(view, keys)
    for key in keys:
        if key in places:
            return record_from(view.lookup("records", [places[key]], _COLUMNS).to_pylist()[0])
    raise NotFound("register.number_unknown", given=text[:80])


def get_many(patent_ids: Iterable[str]) -> dict[str, PatentRecord]:
    """Many patents by id; unknown ids are left out."""
    _, view = register().current()
    places = list(places_by_key(view, [f"id:{patent_id}" for patent_id in patent_ids]).values())
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


def _told(value: Any) -> str:
    """A value of a slot in words short enough for a table cell."""
    if isinstance(value, list):
        return "; ".join(str(item.get("name") or item.get("symbol")) for item in value)
    if isinstance(value, Mapping):
        if "part" in value:
            return str(value["text"])
        if "cited" in value:
            return str(value["cited"] or value["text"])
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
            _public({name: row[name] for name in names}),
            tuple(row["keys"]),
            tuple(row["notes"] or ()),
            tuple(s for s in record.sources if s.digest == digest),
        )
        for digest, row in by_digest.items()
    ]


def _elsewhere(record: PatentRecord, name: str, value: Any) -> bool:
    """Whether a source named a publication here that belongs to another patent: said, but not held."""
    return name == "publications" and all(value["number"] != held.number for held in record.publications)


def _public(said: dict[str, Any]) -> dict[str, Any]:
    parties, events = map(public_party, said["parties"]), map(public_event, said["events"])
    return said | {"parties": list(parties), "events": list(events)}


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
