"""The lake port: immutable tables in layers, looked up by key and scanned in bulk.

A *layer* is a folder of Parquet files, the truth and the exchange form. An adapter may *seal* a layer, that is, write
beside them whatever makes its reads fast; sealing is done once, before anybody else can see the layer. A *view* reads
several layers together, oldest first. Every row of a layered table has an owner, the text in ``patent_id``; a layer
replaces *all* rows of the owners in its table ``touched``, and so hides those of older layers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

import pyarrow as pa

OWNER = "patent_id"
TOUCHED = "touched"


@dataclass(frozen=True, slots=True)
class TableSpec:
    """How one table of a layer is looked up.

    file    name of its Parquet file inside the layer's folder
    key     the column by which rows are looked up; text, or a whole number that rises through the file
    """

    file: str
    key: str


class LakeView(Protocol):
    """Reads of one set of layers, which never change under it. Methods may be called from several threads."""

    def lookup(
        self, table: str, values: Sequence[str] | Sequence[int], columns: Sequence[str] | None = None
    ) -> pa.Table:
        """The visible rows whose key is one of ``values``, in any order; one value or a hundred thousand."""

    def scan(self, table: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """All visible rows."""

    def tally(self, table: str, by: Sequence[str]) -> pa.Table:
        """How many visible rows there are for each combination of the columns ``by``; the count is column ``n``."""

    def filled(self, table: str, columns: Sequence[str]) -> dict[str, int]:
        """How many visible rows have a value (for lists: at least one) in each column."""

    def count(self, table: str) -> int: ...

    def close(self) -> None: ...


class Lake(Protocol):
    """One engine over layers with the tables declared in ``specs``."""

    specs: Mapping[str, TableSpec]

    def seal(self, folder: Path) -> None:
        """Prepare a new layer for fast reads. Its Parquet files are complete; its rows are final."""

    def open(self, folders: Sequence[Path]) -> LakeView:
        """A view of these layers, oldest first.

        errors  Unavailable ``lake.layer_unreadable`` where one is missing or broken
        """


def load(dotted_path: str, *, specs: Mapping[str, TableSpec]) -> Lake:
    """The adapter named in settings, e.g. ``qiantang.engines.lake.arrow.ArrowLake``."""
    module, _, name = dotted_path.rpartition(".")
    lake: Lake = getattr(import_module(module), name)(specs=specs)
    return lake
