"""Patents of one snapshot as facts for analyses."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from qiantang.corpus.classes import api as classes
from qiantang.corpus.measures.methods.origins import origins
from qiantang.corpus.parties import api as parties
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import Part, Publication, Role
from qiantang.corpus.register.types.record import quoted_number
from qiantang.kernel.legalstatus import EventKind, Status, bucket, event_kind
from qiantang.scenarios.navigation.types.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qiantang.engines.lake.port import LakeView

_AT_ONCE = 2_000
_COLUMNS = (
    *("office", "type", "filing_date", "publications", "texts", "classifications", "parties", "priorities", "events"),
    *("keys", "simple_family_id", "region_code", "region_today", "first_publication_date", "status", "status_date"),
    *("status_as_of", "expiry_date", "flags", "claim_count"),
)
_DISPUTES = frozenset({EventKind.PRESERVATION_ON, EventKind.PARTIALLY_INVALIDATED, EventKind.INVALIDATED})
_DEALS = frozenset({EventKind.TRANSFER, EventKind.LICENCE_ON, EventKind.PLEDGE_ON, EventKind.OPEN_LICENCE_ON})
_FIVE_YEARS = timedelta(days=1_826)
_YEAR = 365.25


class Reading:
    """Facts of patents of one snapshot, and the newest day on which one of them was published."""

    def __init__(self, snapshot: int) -> None:
        self._snapshot = snapshot
        self.newest: date | None = None

    def facts(self, patent_ids: Sequence[str]) -> Iterator[list[Fact]]:
        """Facts in the order of the ids, some thousand at a time; patents that the snapshot has not are left out.

        errors  NotFound ``register.snapshot_unknown``
        """
        view = register.register().open_snapshot(self._snapshot)
        try:
            with register.results.snapshot_reader(self._snapshot) as reader:
                for start in range(0, len(patent_ids), _AT_ONCE):
                    rows = reader.rows(patent_ids[start : start + _AT_ONCE], _COLUMNS)
                    known = [row for row in rows if row is not None]
                    self._note_newest(known)
                    yield _facts(view, known)
        finally:
            view.close()

    def _note_newest(self, rows: Sequence[Mapping[str, Any]]) -> None:
        days = [p["date"] for row in rows for p in row["publications"] or () if p["date"]]
        self.newest = max([*days, *([self.newest] if self.newest else [])], default=None)


def _facts(view: LakeView, rows: Sequence[Mapping[str, Any]]) -> list[Fact]:
    citing = _citing(view, rows)
    offices = _family_offices(view, rows)
    called = _harmonised(rows)
    came = _origins(rows)
    return [
        _fact(row, citing[row["patent_id"]], offices, called, origin) for row, origin in zip(rows, came, strict=True)
    ]


def _citing(view: LakeView, rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, date | None]]:
    """For each patent who cites it by any of its numbers, with the day on which that one was first published."""
    owners = {key: row["patent_id"] for row in rows for key in row["keys"] or ()}
    found = view.lookup("citations", sorted(owners), ["key", "patent_id"]).to_pylist() if owners else []
    who = sorted({one["patent_id"] for one in found})
    told = view.lookup("patents", who, ["patent_id", "first_publication_date"]).to_pylist() if who else []
    days = {one["patent_id"]: one["first_publication_date"] for one in told}
    citing: dict[str, dict[str, date | None]] = {row["patent_id"]: {} for row in rows}
    for one in found:
        citing[owners[one["key"]]][one["patent_id"]] = days.get(one["patent_id"])
    return citing


def _family_offices(view: LakeView, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Family -> offices of its members; an id begins with the office."""
    families = sorted({row["simple_family_id"] for row in rows if row["simple_family_id"]})
    columns = ["family", "patent_id", "scheme"]
    found = view.lookup("family_members", families, columns).to_pylist() if families else []
    offices: dict[str, list[str]] = defaultdict(list)
    for one in found:
        if one["scheme"] == "simple":
            offices[one["family"]].append(one["patent_id"][:2])
    return offices


def _harmonised(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Name as filed -> the name by which its party is called: that of its names that stands on most of these patents."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for name in _owners(row):
            counts[name] += 1
    numbers = parties.parties_of(list(counts))
    best: dict[int, str] = {}
    for name, number in sorted(numbers.items(), key=lambda item: (-counts[item[0]], item[0])):
        best.setdefault(number, name)
    return {name: best[number] for name, number in numbers.items()}


def _owners(row: Mapping[str, Any]) -> list[str]:
    held = [p["name"] for p in row["parties"] or () if p["role"] == Role.HOLDER and p["name"]]
    return held or [p["name"] for p in row["parties"] or () if p["role"] == Role.APPLICANT and p["name"]]


def _fact(
    row: Mapping[str, Any],
    citing: Mapping[str, date | None],
    offices: Mapping[str, Sequence[str]],
    called: Mapping[str, str],
    origin: str,
) -> Fact:
    published = row["first_publication_date"]
    ipc = [c["symbol"] for c in row["classifications"] or () if c["scheme"] == "ipc"]
    kinds = [event_kind(row["office"], one["code"]) for one in row["events"] or ()]
    family = row["simple_family_id"]
    state = bucket(Status(row["status"]))
    return Fact(
        patent_id=row["patent_id"],
        number=quoted_number([Publication(**one) for one in row["publications"] or ()]) or row["patent_id"],
        title=_title(row),
        office=row["office"],
        type=row["type"] or "",
        year=row["filing_date"].year if row["filing_date"] else None,
        owners=tuple(dict.fromkeys(called.get(name, name) for name in _owners(row))),
        people=tuple(p["name"] for p in row["parties"] or () if p["role"] == Role.INVENTOR and p["name"]),
        origin=origin,
        region=row["region_today"] or row["region_code"] or "",
        field=classes.field_of(ipc[0]) if ipc else None,
        ipc=tuple(dict.fromkeys(symbol[:4] for symbol in ipc)),
        bucket=str(state),
        kept_years=_kept(row, state),
        expiry=row["expiry_date"],
        claims=row["claim_count"],
        cited=len(citing),
        cited5=_within_five_years(citing, published),
        citing=tuple(sorted(citing)),
        family=family or row["patent_id"],
        offices=tuple(sorted(offices.get(family, ()))) if family and family in offices else (row["office"],),
        disputes=sum(kind in _DISPUTES for kind in kinds),
        survived=EventKind.PARTIALLY_INVALIDATED in kinds and state == "in_force",
        deals=sum(kind in _DEALS for kind in kinds),
        flags=tuple(row["flags"] or ()),
        country=_country(row),
    )


def _within_five_years(citing: Mapping[str, date | None], published: date | None) -> int | None:
    """How many cite it within five years of its publication; None where the day of that is not known."""
    if published is None:
        return None
    return sum(day is not None and day - published <= _FIVE_YEARS for day in citing.values())


def _country(row: Mapping[str, Any]) -> str:
    for role in (Role.HOLDER, Role.APPLICANT):
        first = next((p for p in row["parties"] or () if p["role"] == role), None)
        if first is not None and first["country"]:
            return str(first["country"])
    return ""


def _title(row: Mapping[str, Any]) -> str:
    found = [one for one in row["texts"] or () if one["part"] == Part.TITLE]
    return str(min(found, key=lambda one: bool(one["machine"]))["text"]) if found else ""


def _origins(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    told = origins(
        pa.array([row["office"] for row in rows], pa.string()),
        _entries(rows, "parties", {"role": pa.string(), "position": pa.int32(), "country": pa.string()}),
        _entries(rows, "priorities", {"number": pa.string(), "country": pa.string(), "date": pa.date32()}),
    )
    return [country or "" for country in told.to_pylist()]


def _entries(rows: Sequence[Mapping[str, Any]], column: str, fields: Mapping[str, pa.DataType]) -> pa.Table:
    """Entries of a list column, each with the place of its row."""
    told = [{"row": place, **one} for place, row in enumerate(rows) for one in row[column] or ()]
    return pa.Table.from_pylist(told, pa.schema({"row": pa.int64(), **fields}))


def _kept(row: Mapping[str, Any], state: object) -> int | None:
    end = row["status_date"] if state == "dead" else row["status_as_of"]
    if row["filing_date"] is None or end is None or end < row["filing_date"]:
        return None
    return int((end - row["filing_date"]).days / _YEAR)
