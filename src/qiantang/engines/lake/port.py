"""The lake port: immutable tables in layers, looked up by key and scanned in bulk.

A *layer* is a folder of Parquet files, the truth and the exchange form. An adapter may *seal* a layer, that is, write
beside them whatever makes its reads fast; sealing is done once, before anybody else can see the layer. A *view* reads
several layers together, oldest first. Every row of a layered table has an owner, the text in ``patent_id``; a layer
replaces *all* rows of the owners in its table ``touched``, and so hides those of older layers.

*Frames* are the same layers for questions over all of them: tables with whole-number keys, asked by an ``Indicator``,
which is one expression for every engine. How a frame table follows from the tables of a layer is said in ``FrameSpec``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

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


@dataclass(frozen=True, slots=True, eq=False)
class Indicator:
    """One question that can be asked of any snapshot on any engine. Make it once, as a constant of a module.

    name        under which the compiled text is kept; one in an installation, e.g. ``monitoring.city_trend``
    build       (tables, parameters) -> an Ibis table expression with a total order where it has a limit.
                ``tables.patents`` and so on are unbound tables, ``parameters.year`` and so on scalars; call no engine
    parameters  name -> type as Ibis spells it: ``int64``, ``string``, ``date``, ``array<string>``. Of a list ``here``
                ask ``here.contains(column)``. Every run gives all of them
    given       tables that every run brings along (populations, concordances): name -> Arrow schema
    """

    name: str
    build: Callable[[Any, Any], Any]
    parameters: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, pa.Schema] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """Counts and sums kept by cell, so that a tile is read and not counted. Make it once, as a constant of a module.

    name        the table that indicators over cubes see: the dimensions, ``n`` and the measures
    facts       as ``Indicator.build``: rows of ``patent``, the dimensions and the measures. What a row says must follow
                from the rows of that one patent and from ``given``: then a load changes the cells of what it touches.
                Cubes that name the same function share one reading of the layer; each takes its columns of it
    dimensions  name -> Arrow type; null is a value of its own
    measures    whole numbers to be summed beside the number of rows ``n``; null counts as nothing
    distinct    further numbers: name -> the column of the facts whose distinct values a cell counts; null is none. It is
                kept exact by what loads change, so that who reads a cell reads one number. Not to be added up over cells
    given       tables that are brought along when cells are made: name -> Arrow schema
    present     a dimension that must be known for a row to be counted; empty: every row is
    """

    name: str
    facts: Callable[[Any, Any], Any]
    dimensions: Mapping[str, pa.DataType]
    measures: tuple[str, ...] = ()
    given: Mapping[str, pa.Schema] = field(default_factory=dict)
    present: str = ""
    distinct: Mapping[str, str] = field(default_factory=dict)

    def rows(self, tables: Any, parameters: Any) -> Any:
        """The facts that are counted."""
        told = self.facts(tables, parameters)
        return told.filter(told[self.present].notnull()) if self.present else told

    @property
    def sums(self) -> tuple[str, ...]:
        """What stands in a cell; over the pieces of all layers each is added up."""
        return ("n", *self.measures, *self.distinct)

    def schema(self) -> pa.Schema:
        sums = {name: pa.int64() for name in self.sums}
        return pa.schema([pa.field(name, kind) for name, kind in {**self.dimensions, **sums}.items()])


@dataclass(frozen=True, slots=True)
class FrameTable:
    """One table that indicators see. ``sql`` makes its rows from one layer's own tables (DuckDB's dialect), each row in
    its column ``patent`` with the number of the patent it belongs to; the rows of a patent stand in one layer.
    """

    schema: pa.Schema
    sql: str


@dataclass(frozen=True, slots=True)
class FrameSpec:
    """What frames are made of.

    tables      name -> its schema and how it is made
    sources     the Parquet tables of a layer that the SQL may name
    numbers     (table, key column, prefix, number column): where prefix and owner lead to the owner's number
    links       the name of the table of pairs (``citing``, ``cited``: numbers of two patents), empty for none
    pointing    (table, key column): whose keys are looked up in ``numbers``; each gives a pair
    """

    tables: Mapping[str, FrameTable]
    sources: Sequence[str]
    numbers: tuple[str, str, str, str]
    links: str = ""
    pointing: tuple[str, str] = ("", "")

    def schemas(self) -> dict[str, pa.Schema]:
        """Of every table that an indicator may ask."""
        pair = pa.schema([pa.field("citing", pa.int64()), pa.field("cited", pa.int64())])
        own = {name: table.schema for name, table in self.tables.items()}
        return {**own, self.links: pair} if self.links else own


class Frames(Protocol):
    """The tables of one snapshot, which never change. May be asked from several threads."""

    def run(self, indicator: Indicator, parameters: Mapping[str, Any] | None = None, **given: pa.Table) -> pa.Table:
        """The answer, with the columns and types of the expression; parameters by name, given tables by keyword."""

    def close(self) -> None: ...


class FrameEngine(Protocol):
    """One engine for questions over whole snapshots."""

    def open(self, folders: Sequence[Path]) -> Frames:
        """The tables of these layers, oldest first; what an embedded engine needs beside them is made once and kept.

        errors  Unavailable ``lake.layer_unreadable``
        """

    def cubes(
        self, folders: Sequence[Path], cubes: Sequence[Cube], given: Mapping[str, pa.Table], *, make: bool
    ) -> Frames:
        """The cubes over these layers, oldest first, as the tables of indicators.

        given   the tables that the cubes want; others, and what was made is made anew
        make    make what is missing, at the cost of the layers that have none; else it is said
        errors  Unavailable ``lake.cubes_behind`` · ``lake.layer_unreadable``
        """

    def sweep(self, layers: Sequence[str]) -> None:
        """Forget what was kept for all layers but these."""


def load_frames(
    dotted_path: str, *, spec: FrameSpec, lake: Lake, place: Path, options: Mapping[str, Any] | None = None
) -> FrameEngine:
    """The adapter named in settings, e.g. ``qiantang.engines.lake.duckdb.DuckdbFrames``.

    lake    finds single rows by key while frames follow a load
    place   the folder for what is derived
    """
    module, _, name = dotted_path.rpartition(".")
    engine: FrameEngine = getattr(import_module(module), name)(spec=spec, lake=lake, place=place, options=options or {})
    return engine
