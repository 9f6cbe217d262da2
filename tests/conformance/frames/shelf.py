"""A register of several layers, with everything that makes a newer layer hide rows of an older one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa

from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.corpus.register.services.load import begin_load
from qiantang.corpus.register.tests.factories import DAY, Bench
from qiantang.corpus.register.types import OBSERVATION_SCHEMA

PATENTS = 400


class Shelf(Bench):
    """A register in a folder, with the folders of its layers."""

    def folders(self, snapshot: int) -> list[Path]:
        return [self.place.layers / name for name in self.place.manifest(snapshot).layers]

    def add(self, name: str, rows: pa.Table) -> None:
        with begin_load(self.place, self.lake, day=DAY) as load:
            load.begin_source(
                name=name, digest=name, size_bytes=1, reader="test", reader_version=1, rank=2, synthetic=True
            )
            for batch in rows.combine_chunks().to_batches():
                load.add(batch)
            load.staging.finish()
            assert load.publish() is not None


def city(folder: Path, patents: int = PATENTS) -> pa.Table:
    truth = generate(folder, patents=patents, seed=11)
    parts = [pa.ipc.open_stream(str(folder / part.name)).read_all() for part in truth.parts]
    return pa.concat_tables(parts).replace_schema_metadata(None)


def corrected(rows: pa.Table) -> pa.Table:
    """The same patents as a newer source tells them: other claims, another date, another class, an event more."""
    told = rows.to_pylist()
    for place, row in enumerate(told):
        row["row"], row["digest"], row["as_of"] = place + 1, f"corrected {place}", date(2025, 12, 31)
        row["claim_count"] = 77 + place
        if row["filing_date"] and place % 3 == 0:
            row["filing_date"] = row["filing_date"].replace(year=row["filing_date"].year - 1)
        if place % 5 == 0:
            row["classifications"] = [{"scheme": "ipc", "symbol": "A61B5/00", "edition": None, "first": True}]
    return pa.Table.from_pylist(told, OBSERVATION_SCHEMA)


def joining(rows: pa.Table) -> pa.Table:
    """A source that says of pairs of patents that they are one."""
    told = rows.to_pylist()
    pairs = []
    for place in range(0, len(told) - 1, 2):
        first, second = told[place], told[place + 1]
        both = {**first, "row": place + 1, "digest": f"joined {place}", "keys": [*first["keys"], *second["keys"]]}
        pairs.append({**both, "publications": [*first["publications"], *second["publications"]]})
    return pa.Table.from_pylist(pairs, OBSERVATION_SCHEMA)


def layered(folder: Path) -> Shelf:
    rows = city(folder / "city")
    shelf = Shelf(folder / "home")
    shelf.add("first", rows.slice(0, 150))
    shelf.add("second", rows.slice(150))
    shelf.add("corrections", corrected(rows.slice(100, 90)))
    shelf.add("joins", joining(rows.slice(20, 12)))
    return shelf
