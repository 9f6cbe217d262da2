"""One digest for all the register says: equal registers have equal digests, however they came to be."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import orjson

from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import RECORD_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.engines.lake.port import LakeView

_NOT_SAID = {"status_as_of"}  # the day of the load, no fact about the patent
_RELATIONS = (
    "aliases",
    "family_links",
    "family_members",
    "citations",
)  # found from records, and looked up by themselves
_PLACE = "n"  # where a record stands in its layer


def digest() -> str:
    """64 hexadecimal digits of SHA-256 over every record, what each source said of it, and the tables that tie them.

    errors  NotFound ``register.empty``
    """
    _, view = register().current()
    whole = sha256()
    for one in sorted(_each(view)):
        whole.update(one)
    return whole.hexdigest()


def _each(view: LakeView) -> Iterator[bytes]:
    records = [name for name in RECORD_SCHEMA.names if name not in _NOT_SAID]
    yield from _rows(view, "records", records)
    yield from _rows(view, "observations")
    for table in _RELATIONS:
        yield from _rows(view, table)


def _rows(view: LakeView, table: str, columns: list[str] | None = None) -> Iterator[bytes]:
    for batch in view.scan(table, columns):
        for row in batch.to_pylist():
            told = {name: value for name, value in row.items() if name != _PLACE}
            yield table.encode() + sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).digest()
