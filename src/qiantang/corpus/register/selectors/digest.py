"""One digest for all the register says: equal registers have equal digests, however they came to be."""

from __future__ import annotations

from hashlib import sha256

import orjson

from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import RECORD_SCHEMA

_NOT_SAID = {"status_as_of"}  # the day of the load, no fact about the patent


def digest() -> str:
    """64 hexadecimal digits of SHA-256 over every record, ordered by patent id.

    errors  NotFound ``register.empty``
    """
    _, view = register().current()
    columns = [name for name in RECORD_SCHEMA.names if name not in _NOT_SAID]
    each: list[bytes] = []
    for batch in view.scan("records", columns):
        each += [
            row["patent_id"].encode() + sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).digest()
            for row in batch.to_pylist()
        ]
    whole = sha256()
    for one in sorted(each):
        whole.update(one)
    return whole.hexdigest()
