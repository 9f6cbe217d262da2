"""The cubes that are kept beside every snapshot: what tiles, maps, trends and rankings are read from.

Each is narrow: few dimensions that are asked together. What is added up is exact, and so is a number of distinct applicants,
which a load advances by what it changes: it stands in its cell, and is not to be added up over cells. Ranks, shares and growth
are computed when they are read. ``field`` is WIPO's field of technology of the main class; null in a dimension means not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any, Final

import pyarrow as pa

from qiantang.corpus.classes.methods.concordance import CONCORDANCE, LATER
from qiantang.engines.lake.port import Cube

CITY: Final = 4  # digits of a region code down to the city
_SUBCLASS = 4  # characters of a symbol down to its subclass
_Kinds = dict[str, pa.DataType]
_CONCORDANCE: _Kinds = {"symbol": pa.string(), "field": pa.int32()}
FIELDS: Final = pa.schema(_CONCORDANCE)
_GIVEN: Final = {"fields": FIELDS}
_TEXT, _WHOLE = pa.string(), pa.int32()


def fields_table() -> pa.Table:
    """The concordance as a table: subclasses, and main groups where a subclass is divided."""
    told = chain(CONCORDANCE.items(), LATER.items())
    rows = [{"symbol": symbol, "field": number} for number, symbols in told for symbol in symbols.split()]
    return pa.Table.from_pylist(rows, FIELDS)


def given_tables() -> Mapping[str, pa.Table]:
    """What all cubes are given."""
    return {"fields": fields_table()}


def _facts(t: Any, _: Any) -> Any:
    """What all cubes count: patents with city, field of technology and year of grant, where they are known."""
    p = t.patents.mutate(subclass=t.patents.main_ipc.left(_SUBCLASS), group=t.patents.main_ipc.split("/")[0])
    whole = t.fields.select(subclass="symbol", whole="field")
    part = t.fields.select(group="symbol", part="field")
    p = p.left_join(whole, "subclass").left_join(part, "group")
    kept = ("patent", "region_code", "region_today", "filing_year", "type", "status", "applicant")
    return p.select(
        *kept,
        city=p.region_code.left(CITY),
        field=p.whole.fill_null(p.part),
        grant_year=p.grant_date.year().cast("int32"),
        claims="claim_count",
        granted=p.grant_date.notnull().cast("int64"),
    )


_STATE: _Kinds = {"filing_year": _WHOLE, "type": _TEXT, "status": _TEXT, "field": _WHOLE}
_REGION: _Kinds = {"region_code": _TEXT, "region_today": _TEXT}
_GRANTED: _Kinds = {"city": _TEXT, "grant_year": _WHOLE, "type": _TEXT, "field": _WHOLE}
_FIELDS: _Kinds = {"city": _TEXT, "field": _WHOLE}
CUBES: Final[tuple[Cube, ...]] = (
    Cube("city_states", _facts, {"city": _TEXT, **_STATE}, ("claims", "granted"), _GIVEN),
    Cube("district_states", _facts, {**_REGION, **_STATE}, ("granted",), _GIVEN),
    Cube("city_grants", _facts, _GRANTED, (), _GIVEN, present="grant_year"),
    Cube("city_fields", _facts, _FIELDS, (), _GIVEN, distinct={"applicants": "applicant"}),
)
