"""Which address tells the region of a patent, and for which day it speaks.

Source: the rules of counting of national patent statistics: the first holder of a granted patent, the first applicant of
an application; never the agent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.places.types import Place
from qiantang.corpus.register.types import RECORD_SCHEMA, Role

REGION_COLUMNS = ("region_code", "region_confidence", "region_rule", "region_today")


class Located(NamedTuple):
    """An address as printed, and the day for which it is read."""

    address: str | None
    postcode: str | None
    country: str | None
    day: date | None


PlaceOf = Callable[[str | None, str | None, str | None, date | None], Place]
Region = tuple[str | None, float | None, str | None, str | None]
_NOT_TOLD: Region = (None, None, None, None)
_ROLES = (Role.HOLDER, Role.APPLICANT)  # who is asked, in this order, of a granted patent


def _telling(
    first: Mapping[str, tuple[str | None, str | None, str | None]], grant_date: date | None, other_day: date | None
) -> Located | None:
    """The address that counts, of those of the first of each role."""
    for role in _ROLES if grant_date else (Role.APPLICANT, Role.HOLDER):
        told = first.get(role)
        if told and any(told):
            return Located(*told, grant_date if grant_date and role == Role.HOLDER else other_day or grant_date)
    return None


def _region(told: Located | None, place_of: PlaceOf) -> Region:
    if told is None:
        return _NOT_TOLD
    place = place_of(*told)
    code = place.code
    return code, place.confidence if code else None, str(place.rule), place.today


def region_of(record: Mapping[str, Any], derived: Mapping[str, Any], place_of: PlaceOf) -> dict[str, Any]:
    """The region columns of one merged record."""
    first = {
        p["role"]: (p["address"], p["postcode"], p["country"])
        for p in reversed(record["parties"])
        if p["role"] in _ROLES and p["position"] == 1
    }
    told = _telling(first, derived["grant_date"], record["filing_date"] or derived["first_publication_date"])
    return dict(zip(REGION_COLUMNS, _region(told, place_of), strict=True))


def region_columns(rows: pa.RecordBatch, derived: Mapping[str, Any], place_of: PlaceOf) -> dict[str, Any]:
    """The same for a batch of observations, column by column; ``derived`` has the columns of ``methods.derive``."""
    first = _first_parties(rows.column("parties"))
    grants = derived["grant_date"].to_pylist()
    days = pc.coalesce(rows.column("filing_date"), derived["first_publication_date"]).to_pylist()
    known: dict[Located | None, int] = {None: 0}
    regions = [_NOT_TOLD]
    taken = []
    for own, grant_date, day in zip(first, grants, days, strict=True):
        told = _telling(own, grant_date, day) if own else None
        place = known.get(told)
        if place is None:
            place = known[told] = len(regions)
            regions.append(_region(told, place_of))
        taken.append(place)
    at = pa.array(taken, pa.int32())
    columns: Sequence[Sequence[Any]] = list(zip(*regions, strict=True))
    return {
        name: pa.array(column, RECORD_SCHEMA.field(name).type).take(at)
        for name, column in zip(REGION_COLUMNS, columns, strict=True)
    }


def _first_parties(parties: Any) -> list[dict[str, tuple[str | None, str | None, str | None]]]:
    """Of each row address, postcode and country of its first holder and applicant, by role."""
    first: list[dict[str, tuple[str | None, str | None, str | None]]] = [{} for _ in range(len(parties))]
    flat = parties.flatten()
    roles = pc.struct_field(flat, "role")
    is_first = pc.equal(pc.struct_field(flat, "position"), pa.scalar(1, pa.int32()))
    asked = pc.and_(pc.is_in(roles, value_set=pa.array(list(_ROLES))), is_first)
    owners = pc.list_parent_indices(parties).filter(asked).to_pylist()
    parts = [pc.struct_field(flat, name).filter(asked).to_pylist() for name in ("address", "postcode", "country")]
    for owner, role, *told in zip(owners, roles.filter(asked).to_pylist(), *parts, strict=True):
        first[owner].setdefault(role, (told[0], told[1], told[2]))
    return first
