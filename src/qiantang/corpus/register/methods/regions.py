"""Which address tells the region of a patent, and for which day it speaks.

Source: the rules of counting of national patent statistics: the first holder of a granted patent, the first applicant of
an application; never the agent. Where a register names the holder without an address, that of the first applicant speaks
for it as long as both have one name; of another holder only the country is known then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.places.types import Place
from qiantang.corpus.register.types import RECORD_SCHEMA, Role

REGION_COLUMNS = ("region_code", "region_confidence", "region_rule", "region_today")


Party = tuple[str | None, str | None, str | None, str | None]  # address as printed, postcode, country, name as filed
Located = (
    tuple[str | None, str | None, str | None, date | None] | None
)  # address, postcode, country and the day for which it is read
PlaceOf = Callable[[str | None, str | None, str | None, date | None], Place]
Region = tuple[str | None, float | None, str | None, str | None]
_PLACED = ("address", "postcode", "country", "name")
_NOT_TOLD: Region = (None, None, None, None)


def _telling(holder: Party | None, applicant: Party | None, granted: date | None, other: date | None) -> Located:
    """The address that counts, of the first of each role, and the day for which it is read."""
    told = (holder or applicant) if granted else (applicant or holder)
    if told is None:
        return None
    if told is holder and applicant is not None and not any(told[:2]) and told[3] == applicant[3]:
        told = applicant
    return *told[:3], granted if granted and told is holder else other or granted


def _region(told: Located, place_of: PlaceOf) -> Region:
    if told is None:
        return _NOT_TOLD
    place = place_of(*told)
    code = place.code
    return code, place.confidence if code else None, str(place.rule), place.today


def region_of(record: Mapping[str, Any], derived: Mapping[str, Any], place_of: PlaceOf) -> dict[str, Any]:
    """The region columns of one merged record."""
    first = {
        p["role"]: (*told, p["name"])
        for p in reversed(record["parties"])
        if p["position"] == 1 and any(told := (p["address"], p["postcode"], p["country"]))
    }
    other = record["filing_date"] or derived["first_publication_date"]
    located = _telling(first.get(Role.HOLDER), first.get(Role.APPLICANT), derived["grant_date"], other)
    return dict(zip(REGION_COLUMNS, _region(located, place_of), strict=True))


def region_columns(rows: pa.RecordBatch, derived: Mapping[str, Any], place_of: PlaceOf) -> dict[str, Any]:
    """The same for a batch of observations, column by column; ``derived`` has the columns of ``methods.derive``."""
    firsts = (_first_of(role, rows.column("parties")) for role in (Role.HOLDER, Role.APPLICANT))
    grants = derived["grant_date"].to_pylist()
    days = pc.coalesce(rows.column("filing_date"), derived["first_publication_date"]).to_pylist()
    known: dict[Located, int] = {}
    taken = [known.setdefault(told, len(known)) for told in map(_telling, *firsts, grants, days)]
    regions = [_region(told, place_of) for told in known] or [_NOT_TOLD]
    at = pa.array(taken, pa.int32())
    columns: Sequence[Sequence[Any]] = list(zip(*regions, strict=True))
    return {
        name: pa.array(column, RECORD_SCHEMA.field(name).type).take(at)
        for name, column in zip(REGION_COLUMNS, columns, strict=True)
    }


def _first_of(role: Role, parties: Any) -> list[Party | None]:
    """Of each row address, postcode, country and name of its first party of a role; None where no place is told."""
    first: list[Party | None] = [None] * len(parties)
    flat = parties.flatten()
    is_first = pc.equal(pc.struct_field(flat, "position"), pa.scalar(1, pa.int32()))
    asked = pc.and_(pc.equal(pc.struct_field(flat, "role"), pa.scalar(str(role))), is_first)
    owners = pc.list_parent_indices(parties).filter(asked).to_pylist()
    parts = [pc.struct_field(flat, name).filter(asked).to_pylist() for name in _PLACED]
    for owner, *told in zip(reversed(owners), *map(reversed, parts), strict=True):
        if any(told[:3]):
            first[owner] = (told[0], told[1], told[2], told[3])
    return first
