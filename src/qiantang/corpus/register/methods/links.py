"""The keys by which records of different sources and offices meet: priorities, stated families, cited documents.

Pure functions of what was said, in the spelling of the identity keys of ``kernel.numbers``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from qiantang.kernel import numbers
from qiantang.kernel.errors import Invalid
from qiantang.kernel.numbers import NumberRole

APPLICATION = "a:"
STATED_SIMPLE, STATED_EXTENDED, _UNREAD = "s:", "x:", "o:"
_SHORTEST_UNREAD = 4  # letters and digits; what is shorter ("0", "-") names no filing and would join strangers
_REMEMBERED = 65_536


@lru_cache(maxsize=_REMEMBERED)
def priority_key(number: str, country: str | None) -> str | None:
    """The application that a priority claim names: its identity key where the number can be read, else country and
    characters as printed; None for what names no filing.
    """
    try:
        return numbers.parse(number, office=country, role=NumberRole.APPLICATION).key
    except Invalid:
        printed = "".join(sign for sign in number.upper() if sign.isalnum())
        printed = printed.removeprefix(country or "")
        if country is None or len(printed) < _SHORTEST_UNREAD or not any(sign.isdigit() for sign in printed):
            return None
        return f"{_UNREAD}{country}{printed}"


@lru_cache(maxsize=_REMEMBERED)
def cited_key(number: str) -> str | None:
    """The identity key of a cited document: a publication's, or an application's where it was cited by that number.

    None where the number cannot be read; it then stays text.
    """
    for role in (NumberRole.PUBLICATION, None):
        try:
            return numbers.parse(number, role=role).key
        except Invalid:
            continue
    return None


def links_of(said: Mapping[str, Any]) -> list[str]:
    """What ties a record to its family, sorted: keys of its priorities, and the families that a source states."""
    claimed = (priority_key(one["number"], one["country"]) for one in said["priorities"] or ())
    found = {key for key in claimed if key is not None}
    if said["simple_family"]:
        found.add(STATED_SIMPLE + said["simple_family"])
    if said["extended_family"]:
        found.add(STATED_EXTENDED + said["extended_family"])
    return sorted(found)


def links_column(rows: pa.RecordBatch) -> Any:
    """``links_of`` for each row of a batch with the observed columns; rows that say nothing of families cost nothing."""
    names = ("priorities", "simple_family", "extended_family")
    said: list[Any] = [rows.column(name) for name in names]
    kind = pa.list_(pa.string())
    if not len(said[0].flatten()) and all(column.null_count == len(column) for column in said[1:]):
        return pa.array([[]] * rows.num_rows, kind)
    told = zip(*(column.to_pylist() for column in said), strict=True)
    return pa.array([links_of(dict(zip(names, one, strict=True))) for one in told], kind)


def cited_keys(cited: Any) -> pa.Array[pa.StringScalar]:
    """``cited_key`` for each value of a text column; null where there is none."""
    encoded: Any = pc.dictionary_encode(cited)
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    keys = pa.array([cited_key(one) for one in encoded.dictionary.to_pylist()], pa.string())
    return keys.take(encoded.indices)
