"""The same as Arrow: what readers yield and what layers hold. Every change of these raises SCHEMA_VERSION."""

from __future__ import annotations

import pyarrow as pa

SCHEMA_VERSION = 2
_TEXT, _DAY, _WHOLE = pa.string(), pa.date32(), pa.int32()


def _rows(*fields: tuple[str, pa.DataType]) -> pa.DataType:
    return pa.list_(pa.struct([pa.field(name, kind) for name, kind in fields]))


SINGLE_FIELDS: tuple[tuple[str, pa.DataType], ...] = (
    ("office", _TEXT),
    ("type", _TEXT),
    ("application_number", _TEXT),
    ("filing_date", _DAY),
    ("claim_count", _WHOLE),
    ("page_count", _WHOLE),
    ("simple_family", _TEXT),
    ("extended_family", _TEXT),
)
LIST_FIELDS: tuple[tuple[str, pa.DataType], ...] = (
    ("publications", _rows(("number", _TEXT), ("kind", _TEXT), ("date", _DAY))),
    ("texts", _rows(("part", _TEXT), ("language", _TEXT), ("text", _TEXT), ("machine", pa.bool_()))),
    ("classifications", _rows(("scheme", _TEXT), ("symbol", _TEXT), ("edition", _TEXT), ("first", pa.bool_()))),
    (
        "parties",
        _rows(
            ("role", _TEXT),
            ("position", _WHOLE),
            ("name", _TEXT),
            ("country", _TEXT),
            ("address", _TEXT),
            ("postcode", _TEXT),
        ),
    ),
    ("priorities", _rows(("number", _TEXT), ("country", _TEXT), ("date", _DAY))),
    (
        "citations",
        _rows(("cited", _TEXT), ("origin", _TEXT), ("category", _TEXT), ("date", _DAY), ("text", _TEXT)),
    ),
    ("events", _rows(("code", _TEXT), ("date", _DAY), ("gazette_date", _DAY), ("text", _TEXT))),
    (
        "media",
        _rows(("kind", _TEXT), ("position", _WHOLE), ("place", _TEXT), ("digest", _TEXT), ("licence", _TEXT)),
    ),
)
OBSERVED: tuple[tuple[str, pa.DataType], ...] = SINGLE_FIELDS + LIST_FIELDS

_PLACED: dict[str, pa.DataType] = {
    "row": pa.int64(),
    "as_of": _DAY,
    "digest": _TEXT,
    "keys": pa.list_(_TEXT),
    "notes": pa.list_(_TEXT),
}
OBSERVATION_SCHEMA = pa.schema({**_PLACED, **dict(OBSERVED)})

_SOURCE_ROW = _rows(
    ("source", _TEXT),
    ("row", pa.int64()),
    ("reader", _TEXT),
    ("rank", pa.int8()),
    ("as_of", _DAY),
    ("digest", _TEXT),
)

RECORD_SCHEMA = pa.schema(
    [
        pa.field("patent_id", _TEXT, nullable=False),
        *(pa.field(name, kind) for name, kind in OBSERVED),
        pa.field("keys", pa.list_(_TEXT)),
        pa.field("links", pa.list_(_TEXT)),
        pa.field("simple_family_id", _TEXT),
        pa.field("extended_family_id", _TEXT),
        pa.field("region_code", _TEXT),
        pa.field("region_confidence", pa.float32()),
        pa.field("region_rule", _TEXT),
        pa.field("region_today", _TEXT),
        pa.field("first_publication_date", _DAY),
        pa.field("grant_date", _DAY),
        pa.field("status", _TEXT),
        pa.field("status_date", _DAY),
        pa.field("status_as_of", _DAY),
        pa.field("expiry_date", _DAY),
        pa.field("flags", pa.list_(_TEXT)),
        pa.field("notes", pa.list_(_TEXT)),
        pa.field("disputed", pa.list_(_TEXT)),
        pa.field("sources", _SOURCE_ROW),
    ]
)
