"""How rights came to their end: the event, its day and its sources, and whether the invention is protected elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qiantang.corpus.register.methods.derive import legal_events
from qiantang.corpus.register.methods.merge import Statement
from qiantang.corpus.register.methods.privacy import public_event
from qiantang.corpus.register.methods.tellers import tellers_of
from qiantang.corpus.register.selectors.coverage import sources_now
from qiantang.corpus.register.selectors.records import places_by_key
from qiantang.corpus.register.selectors.relations import families_of
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import Ending, FamilyMember, SourceRow
from qiantang.kernel.legalstatus import Basis, Bucket, LegalEvent, Status, bucket, status_asof

if TYPE_CHECKING:
    from qiantang.engines.lake.port import LakeView

_COLUMNS = (
    *("patent_id", "office", "type", "filing_date", "publications", "events", "status", "status_date", "status_as_of"),
    "sources",
)
_SAID = ("patent_id", "digest", "publications", "events")


def endings(patent_ids: Sequence[str]) -> dict[str, Ending]:
    """For each patent, by id, what ended it and what of its family is on record; of the newest snapshot."""
    _, view = register().current()
    rows = _rows(view, patent_ids, _COLUMNS)
    _, files = sources_now()
    names = {digest: source.name for digest, source in files.items()}
    statements = _statements(view, rows)
    relatives = [families_of([row["patent_id"] for row in rows], scheme) for scheme in ("simple", "extended")]
    return {
        patent_id: _ending(row, statements[patent_id], _others(patent_id, relatives), names)
        for row in rows
        if (patent_id := row["patent_id"])
    }


def _rows(view: LakeView, patent_ids: Iterable[str], columns: Sequence[str]) -> list[dict[str, Any]]:
    places = list(places_by_key(view, [f"id:{one}" for one in patent_ids]).values())
    return view.lookup("records", places, list(columns)).to_pylist() if places else []


def _statements(view: LakeView, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Statement]]:
    """What each source said of events and publications; for one source that is the record itself."""
    said = view.lookup("observations", [row["patent_id"] for row in rows], list(_SAID)).to_pylist() if rows else []
    told: dict[str, dict[str, Any]] = defaultdict(dict)
    for one in said:
        told[one["patent_id"]][one["digest"]] = one
    return {row["patent_id"]: _of_record(row, told[row["patent_id"]]) for row in rows}


def _of_record(row: Mapping[str, Any], told: Mapping[str, Any]) -> list[Statement]:
    sources = [SourceRow(**one) for one in row["sources"] or ()]
    if not told:
        return [Statement(row, (), (), tuple(sources))]
    by_digest = {digest: tuple(s for s in sources if s.digest == digest) for digest in told}
    return [Statement(said, (), (), by_digest[digest]) for digest, said in told.items()]


Families = Mapping[str, tuple[str, tuple[FamilyMember, ...]]]


def _others(patent_id: str, relatives: Iterable[Families]) -> list[FamilyMember]:
    """The other members of both families, each once."""
    members = {one.patent_id: one for families in relatives for one in families.get(patent_id, ("", ()))[1]}
    return sorted((one for one in members.values() if one.patent_id != patent_id), key=lambda m: (m.office, m.number))


def _ending(
    row: Mapping[str, Any],
    statements: Sequence[Statement],
    others: Sequence[FamilyMember],
    names: Mapping[str, str],
) -> Ending:
    because = _because(row)
    public = public_event(_as_row(because)) if because else None
    return Ending(
        status=row["status"],
        since=row["status_date"],
        as_of=row["status_as_of"],
        kind=str(because.kind) if because else None,
        code=because.code if because else None,
        text=public["text"] if public else None,
        announced=because.gazette_date if because else None,
        sources=tuple(sorted({names.get(s.source, s.source[:12]) for s in tellers_of(because, statements)}))
        if because
        else (),
        elsewhere=protected_elsewhere([member.status for member in others]),
        members=tuple(others),
    )


def _because(row: Mapping[str, Any]) -> LegalEvent | None:
    events = legal_events(row["office"], row["type"], row["publications"] or (), row["events"] or ())
    day = row["status_as_of"]
    told = status_asof(
        patent_type=row["type"], filing_date=row["filing_date"], events=events, day=day, basis=Basis.EFFECT,
        office=row["office"],
    )  # fmt: skip
    return told.because


def _as_row(event: LegalEvent) -> dict[str, Any]:
    return {"code": event.code, "date": event.effective_date, "gazette_date": event.gazette_date, "text": event.text}


def protected_elsewhere(states: Sequence[str]) -> bool | None:
    """Whether a member of the family is in force or pending; None: not known, or no other member is on record.

    False says that all members on record have ended; of members that were never loaded it says nothing.
    """
    groups = {bucket(Status(state)) for state in states}
    if groups & {Bucket.IN_FORCE, Bucket.PENDING}:
        return True
    return None if not groups or Bucket.UNKNOWN in groups else False
