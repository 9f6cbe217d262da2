"""The ground truth of the city: what is really so, written beside the files that a platform reads.

``ground-truth.json`` names seed, size, definitions, files with their digests, and totals; the tables stand in
``ground-truth-*.parquet``. Nothing in them is derived from the platform's own rules.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from qiantang.corpus.ingest.methods.synthetic.addresses import AddressBook
from qiantang.corpus.ingest.methods.synthetic.arrow import Chunks, Column, Table, pa, pc
from qiantang.corpus.ingest.methods.synthetic.cast import COUNTRIES, KINDS
from qiantang.corpus.ingest.methods.synthetic.city import City
from qiantang.corpus.ingest.methods.synthetic.days import NEVER, day, years_of
from qiantang.corpus.ingest.methods.synthetic.dealings import FLAG_WORDS
from qiantang.corpus.ingest.methods.synthetic.draws import Ints
from qiantang.corpus.ingest.methods.synthetic.families import has_members
from qiantang.corpus.ingest.methods.synthetic.filings import DESIGN, OFFICES, TYPES
from qiantang.corpus.ingest.methods.synthetic.form import FORMAT, NOTICE
from qiantang.corpus.ingest.methods.synthetic.lives import STATE_WORDS, states_at
from qiantang.corpus.ingest.methods.synthetic.people import FORMS, NameForm
from qiantang.corpus.ingest.methods.synthetic.tables import GENERATOR, Tables, days_column, main_symbols
from qiantang.corpus.ingest.methods.synthetic.words import BRANCHES
from qiantang.corpus.ingest.methods.synthetic.words.branches import INDUSTRIES
from qiantang.corpus.ingest.methods.synthetic.words.places import ERAS

AS_OF = (
    *((f"{year}-12-31", day(year, 12, 31)) for year in (2010, 2015, 2018, 2020, 2022, 2024, 2025)),
    ("2026-01-01", day(2026, 1, 1)),
)
_LAST = AS_OF[-1][1]
_HANGZHOU = "3301"


@dataclass(frozen=True, slots=True)
class PartFile:
    """One file that was written: name, rows, bytes, SHA-256."""

    name: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What ``generate`` made. ``totals`` are those of ground-truth.json; paths of all files lie in ``folder``."""

    folder: Path
    seed: int
    patents: int
    parts: tuple[PartFile, ...]
    truths: tuple[str, ...]
    totals: Mapping[str, Mapping[str, int]]


def _words(words: tuple[str | None, ...], index: Ints) -> Column:
    return pa.array(words, pa.string()).take(pa.array(index)).dictionary_encode()


def _patents(city: City, tables: Tables) -> Table:
    """One row a patent: who, where, what, family, citations, and its state on each of the days."""
    rows, lives = city.rows, city.lives
    technical = rows.type != DESIGN
    granted = lives.granted < NEVER
    columns: dict[str, Column] = {
        "application_number": city.numbers.application,
        "publication_number": city.numbers.published,
        "office": _words(OFFICES, rows.office),
        "type": _words(TYPES, rows.type),
        "filing_date": days_column(rows.filed),
        "first_publication_date": days_column(rows.published),
        "grant_date": pa.array(np.where(granted, lives.granted, 0).astype(np.int32), pa.date32(), mask=~granted),
        "applicant_party": pa.array(rows.party.astype(np.int32)),
        "holder_party": pa.array(city.roll.holder.astype(np.int32), mask=city.roll.holder < 0),
        "region_filed": city.region_filed.dictionary_encode(),
        "region_today": city.region_today.dictionary_encode(),
        "branch": _words((*(b.code for b in BRANCHES), None), np.where(technical, rows.branch, len(BRANCHES))),
        "industry": _words((*(b.industry for b in BRANCHES), None), np.where(technical, rows.branch, len(BRANCHES))),
        "wipo_field": pa.array(
            np.array([b.wipo for b in BRANCHES], np.int8)[rows.branch, main_symbols(city)], mask=~technical
        ),
        "topic": pa.array(((rows.branch * 8 + rows.thing) * 8 + rows.means).astype(np.int32), mask=~technical),
        "simple_family": tables.column("simple_family"),
        "extended_family": tables.column("extended_family"),
        "family_abroad": pa.array(has_members(rows)),
        "backward_citations": pa.array(np.bincount(city.citations.citing, minlength=len(rows)).astype(np.int32)),
        "forward_citations": pa.array(np.bincount(city.citations.cited, minlength=len(rows)).astype(np.int32)),
        "other_citations": pa.array(city.citations.literature.astype(np.int32)),
    }
    for name, when in AS_OF:
        columns[f"status_{name}"] = _words(STATE_WORDS, states_at(rows, lives, when, told=False))
        columns[f"gazetted_{name}"] = _words(STATE_WORDS, states_at(rows, lives, when, told=True))
    for kind, word in FLAG_WORDS.items():
        columns[f"{word}_2026-01-01"] = pa.array(city.dealings.flagged(_LAST, kind))
    return pa.table(columns)


def _parties(city: City) -> Table:
    cast = city.cast
    first = np.arange(len(cast)) * FORMS
    names = pa.array(cast.names)
    renamed = cast.renamed > 0
    return pa.table({
        "party": pa.array(np.arange(len(cast), dtype=np.int32)),
        "kind": _words(KINDS, cast.kind),
        "country": _words(COUNTRIES, cast.country),
        "name": names.take(pa.array(first)),
        "english_name": names.take(pa.array(first + NameForm.ENGLISH)),
        "former_name": pc.if_else(pa.array(renamed), names.take(pa.array(first + NameForm.FORMER)), pa.scalar(None, pa.string())),
        "renamed_on": pa.array(cast.renamed.astype(np.int32), pa.date32(), mask=~renamed),
        "patents": pa.array(np.bincount(city.rows.party, minlength=len(cast)).astype(np.int32)),
    })  # fmt: skip


def _names(city: City) -> Table:
    """Every written form of a name that occurs, with the party it means and how often it stands there."""
    slots, uses = np.unique(
        np.concatenate([c.party * FORMS + c.form for c in (city.roll.applicants, city.roll.holders)]),
        return_counts=True,
    )
    table = pa.table({
        "name": pa.array(city.cast.names).take(pa.array(slots)),
        "party": pa.array((slots // FORMS).astype(np.int32)),
        "uses": pa.array(uses),
    })  # fmt: skip
    # A form that makes no sense for a name repeats the official one, so forms are told apart by their text.
    return (
        table.group_by(["name", "party"], use_threads=False)
        .aggregate([("uses", "sum")])
        .rename_columns({"uses_sum": "uses"})
        .sort_by([("party", "ascending"), ("name", "ascending")])
    )


def _addresses(city: City) -> Table:
    """Every address that occurs, in each era in which it does, with its district then and today."""
    here = np.flatnonzero(city.region_filed.is_valid().to_numpy(zero_copy_only=False))
    slots, uses = np.unique(
        AddressBook.slot(city.cast, city.rows.party[here], city.rows.filed[here]), return_counts=True
    )
    era = slots % (len(ERAS) + 1)
    at = pa.array(slots)
    begins = pa.array([None, *ERAS], pa.int32()).cast(pa.date32())
    ends = pa.array([*ERAS, None], pa.int32()).cast(pa.date32())
    return pa.table({
        "address": pa.array(city.book.written).take(at),
        "party": pa.array((slots // (2 * (len(ERAS) + 1))).astype(np.int32)),
        "from": begins.take(pa.array(era)),
        "before": ends.take(pa.array(era)),
        "region_filed": pa.array(city.book.filed).take(at),
        "region_today": pa.array(city.book.today).take(at),
        "uses": pa.array(uses),
    })  # fmt: skip


def _families(city: City, tables: Tables) -> Table:
    """Members of families with more than one."""
    extended = city.families.extended
    at = pa.array(np.flatnonzero(np.bincount(extended)[extended] > 1))
    table = pa.table({
        "simple_family": tables.column("simple_family"),
        "extended_family": tables.column("extended_family"),
        "publication_number": city.numbers.published,
        "office": _words(OFFICES, city.rows.office),
    })  # fmt: skip
    return table.take(at).sort_by(
        [("extended_family", "ascending"), ("simple_family", "ascending"), ("publication_number", "ascending")]
    )


def _inventors(city: City) -> Table:
    """Who each inventor really is: one number is one person, however many share the name."""
    inventors = city.roll.inventors
    return pa.table({
        "publication_number": city.numbers.published.take(pa.array(inventors.row)),
        "position": pa.array(inventors.position.astype(np.int8)),
        "person": pa.array(city.roll.persons),
    })  # fmt: skip


def _totals(patents: Table) -> dict[str, dict[str, int]]:
    """Counts by single columns, and of Chinese patents by what is told of them."""
    chinese = patents.filter(pc.equal(patents["office"].cast(pa.string()), "CN"))
    regions = chinese["region_today"].cast(pa.string())
    totals = {
        "office": _counted(patents["office"]),
        "type": _counted(chinese["type"]),
        "filing_year": _counted(
            pa.chunked_array([pa.array(years_of(chinese["filing_date"].cast(pa.int32()).to_numpy().astype(np.int64)))])
        ),
        "region_filed": _counted(chinese["region_filed"]),
        "region_today": _counted(chinese["region_today"]),
        "city_today": _counted(pc.binary_join_element_wise(pc.utf8_slice_codeunits(regions, 0, 4), "00", "")),
        "industry": _counted(patents["industry"]),
        "wipo_field": _counted(patents["wipo_field"]),
        "branch": _counted(patents["branch"]),
    }
    in_city = chinese.filter(pc.fill_null(pc.starts_with(regions, _HANGZHOU), fill_value=False))
    for name, _ in AS_OF:
        totals[f"status_{name}"] = _counted(chinese[f"status_{name}"])
        totals[f"gazetted_{name}"] = _counted(chinese[f"gazetted_{name}"])
        totals[f"hangzhou_invention_status_{name}"] = _counted(
            in_city.filter(pc.equal(in_city["type"].cast(pa.string()), "invention"))[f"status_{name}"]
        )
    return totals


def _counted(column: Chunks) -> dict[str, int]:
    """Counts of the values that are known, by value."""
    found = column.cast(pa.string()).drop_null().value_counts()
    return dict(sorted((item["values"].as_py(), item["counts"].as_py()) for item in found))


def write_truth(folder: Path, city: City, tables: Tables, seed: int, parts: tuple[PartFile, ...]) -> Truth:
    """Write all truths of a city."""
    patents = _patents(city, tables)
    made = {
        "patents": patents,
        "parties": _parties(city),
        "names": _names(city),
        "addresses": _addresses(city),
        "families": _families(city, tables),
        "inventors": _inventors(city),
    }
    files = [*parts, *(_write_table(folder / f"ground-truth-{name}.parquet", table) for name, table in made.items())]
    totals = _totals(patents)
    told = {
        "format": f"{FORMAT}-truth",
        "generator": GENERATOR,
        "seed": seed,
        "patents": len(city),
        "notice": NOTICE,
        "definitions": _DEFINITIONS,
        "industries": INDUSTRIES,
        "files": [asdict(file) for file in files],
        "totals": totals,
    }
    path = folder / "ground-truth.json"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return Truth(folder, seed, len(city), parts, (path.name, *(file.name for file in files[len(parts) :])), totals)


def _write_table(path: Path, table: Table) -> PartFile:
    pq.write_table(table, path, compression="zstd", store_schema=False)
    content = path.read_bytes()
    return PartFile(path.name, table.num_rows, len(content), sha256(content).hexdigest())


_DEFINITIONS = {
    "region_filed": "district of the first applicant's address on the filing day (GB/T 2260)",
    "region_today": "the district in which that address lies since 2021-04-09",
    "status_DAY": "state of a Chinese right on that day by effective dates, from events told by 2025-12-31",
    "gazetted_DAY": "the same by gazette dates, as official statistics count",
    "flags": "pledged, licensed, preserved, open_licence: in force on 2026-01-01 by effective dates",
    "simple_family": "members with one and the same set of priorities; extended_family: linked by any priority",
    "backward_citations": "patents of the city that this one cites; forward_citations: that cite this one; both without kind code",
    "totals.filing_year, type, region, city, status": "Chinese patents; office, industry, wipo_field, branch: all patents",
    "inventors": "who each inventor really is; teams of three left one firm for another in 2018 to 2023",
    "wipo_field": "WIPO technology field of the main IPC symbol; industry, branch: what a patent was written about; designs have none",
}
