"""The list of what must not come back, kept in the home as digests, and its use on rows that are being loaded."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import orjson
import pyarrow as pa

from qiantang.corpus.register.methods.erasure import Suppressions

if TYPE_CHECKING:
    from pathlib import Path

    from qiantang.corpus.register.selectors.manifests import RegisterPlace


def _path(place: RegisterPlace) -> Path:
    return place.root / "suppressed.json"


def read_suppressions(place: RegisterPlace) -> Suppressions:
    """The list of this home; an empty one with a key of its own where nothing was ever removed."""
    try:
        return Suppressions.from_json(orjson.loads(_path(place).read_bytes()))
    except FileNotFoundError:
        return Suppressions(secrets.token_hex(16))


def suppressions_bytes(suppressions: Suppressions) -> bytes:
    return orjson.dumps(suppressions.to_json())


def allowed(rows: pa.RecordBatch, suppressions: Suppressions) -> tuple[pa.RecordBatch, list[int]]:
    """Rows of OBSERVATION_SCHEMA without what is suppressed, and the rows (their numbers) that are refused whole."""
    marks = [suppressions.of(keys or ()) for keys in rows.column("keys").to_pylist()]
    if not any(marks):
        return rows, []
    kept, refused = [], []
    for mark, row in zip(marks, rows.to_pylist(), strict=True):
        if mark is not None and mark.whole:
            refused.append(int(row["row"]))
        else:
            kept.append(suppressions.without(row, mark.names) if mark else row)
    return pa.RecordBatch.from_pylist(kept, schema=rows.schema), refused
