"""The mappings that come with the platform: exports of search platforms which a mapping can say in full.

Each is a ``.toml`` in ``methods/mappings``, read once. A table of one of these forms loads without anybody naming a mapping.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.methods.mapping import load_mapping
from qiantang.corpus.ingest.methods.readers.mapped_table import MappingReader, header_of
from qiantang.corpus.ingest.methods.worksheets import is_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.corpus.ingest.methods.tableheads import TableHead

_FOLDER = "mappings"
_NEAREST = 3
_NEAR = 0.3


class ShippedMapping(MappingReader):
    """The reader of a shipped mapping: recognised by the head of the table, never by the name of a workbook."""

    def recognises(self, head: bytes, name: str) -> bool:
        return not is_workbook(head) and super().recognises(head, name)


@cache
def shipped() -> tuple[ShippedMapping, ...]:
    """One reader for each shipped mapping, by name."""
    folder = files("qiantang.corpus.ingest.methods") / _FOLDER
    texts = [one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".toml")]
    return tuple(sorted((ShippedMapping(load_mapping(text)) for text in texts), key=lambda reader: reader.name))


def best(readers: Iterable[MappingReader], head: TableHead) -> MappingReader | None:
    """The reader which fits a table; of several the one with most columns, as the others know less of it."""
    fitting = [reader for reader in readers if reader.fits(head)]
    return max(fitting, key=lambda reader: len(reader.mapping.columns), default=None)


def nearest(readers: Iterable[MappingReader], head: TableHead) -> dict[str, list[str]]:
    """Up to three formats which come nearest to a table, with the headers of theirs that it has not."""
    found: list[tuple[float, str, list[str]]] = []
    for reader in readers:
        mapping = reader.mapping
        header = set(header_of(head.rows(mapping.delimiter, mapping.header_row), mapping.header_row))
        missing = [column for column in mapping.columns if column not in header]
        share = 1 - len(missing) / len(mapping.columns)
        if mapping.header_row and share >= _NEAR:
            found.append((-share, reader.name, missing))
    return {name: missing for _, name, missing in sorted(found)[:_NEAREST]}
