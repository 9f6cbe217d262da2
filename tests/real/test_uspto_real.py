"""The readers of the USPTO over the real files of ../shared/data, where that folder is present: exact counts, both parsers."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pytest

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.methods.readers.uspto.documents_xml import UsptoDocumentReader
from qiantang.corpus.ingest.methods.streams import read_head, sources
from qiantang.corpus.ingest.types import FileRefused
from qiantang.corpus.register.types import OBSERVATION_SCHEMA

from .test_readers_real import DATA, observed, pytestmark  # noqa: F401 - the marks of a real test hold here too

# folder: rows read by each reader, rows refused by reason, files refused by reason
EXPECTED = {
    # 23 documents, 11 grants in the weekly file, 13 papers in the zip (one of them an amendment), 6 records of the search
    # export; refused are two files of the CPC, two licences as running text, and as of no known format a licence without a
    # byte in it and the list and the report beside the weekly file
    "us-uspto-xml": (
        {"uspto-xml": 34, "uspto-file-wrapper-xml": 12, "uspto-search-export": 6},
        {"amendment_only": 1},
        {"classification_no_records": 2, "format_unknown": 3, "prose_only": 2},
    ),
    # one conveyance of 5 properties and nine of 379, each as XML and as JSON; the licence is running text
    "us-assignments": ({"uspto-assignments": 768}, {}, {"prose_only": 1}),
    # one row names no cited document, four are empty; the list of status codes is no record, nor is the licence
    "us-odp-json": (
        {"uspto-open-data": 151},
        {"citation_missing": 5},
        {"dictionary_no_records": 1, "prose_only": 1},
    ),
    # the licence is running text
    "us-office-actions": ({"uspto-prosecution-lines": 326}, {}, {"prose_only": 1}),
    "us-patentsview": ({}, {}, {"mentions_no_records": 2, "dictionary_no_records": 1}),
}


@pytest.mark.parametrize("folder", EXPECTED)
def test_every_row_of_a_folder_is_read_or_refused(folder: str):
    read, refused, files = Counter(), Counter(), Counter()
    for source in sources(DATA / folder):
        try:
            reader, table, reasons = observed(source)
        except FileRefused as told:
            files[told.refusal.code] += 1
            continue
        read[reader] += table.num_rows
        refused.update(reasons)
    assert (dict(read), dict(refused), dict(files)) == EXPECTED[folder]


def test_every_full_text_says_what_it_must():
    for source in sources(DATA / "us-uspto-xml"):
        head, stream = read_head(source.open())
        with stream:
            try:
                if recognise(head, source.name).name != "uspto-xml":
                    continue
            except FileRefused:
                continue
        _, table, _ = observed(source)
        for row in table.to_pylist():
            assert row["application_number"], source.name
            assert row["filing_date"], source.name
            assert row["publications"][0]["date"] == row["as_of"], source.name
            assert any(text["part"] == "title" for text in row["texts"]), source.name
            assert row["classifications"], source.name
            assert any(party["role"] == "inventor" for party in row["parties"]), source.name
            assert set(row["notes"]) <= {"formula_left_out"}, source.name


def test_the_grant_of_2023_has_all_its_citations():
    (source,) = sources(DATA / "us-uspto-xml" / "uspto-odp" / "grant_us11646472b2_17248024.xml")
    _, table, _ = observed(source)
    (row,) = table.to_pylist()
    assert len(row["citations"]) == 554
    assert (row["claim_count"], len(row["media"]), len(row["priorities"])) == (17, 7, 12)
    assert [p["number"] for p in row["publications"]] == ["US11646472", "US20210210819"]


@pytest.mark.feature("X-29")
def test_both_parsers_give_the_same_records():
    compared = 0
    for source in sources(DATA / "us-uspto-xml"):
        with source.open() as stream:
            if not UsptoDocumentReader().recognises(stream.read(1 << 16), source.name):
                continue
        found = []
        for parse in (trees.read, trees.read_strictly):
            with source.open() as stream:
                batches = [b.observations for b in UsptoDocumentReader(parse).read(stream, source.name)]
            found.append(pa.Table.from_batches(batches, OBSERVATION_SCHEMA))
        assert found[0].equals(found[1]), source.name
        compared += found[0].num_rows
    assert compared == 34


def test_a_conveyance_as_xml_and_as_json_is_one():
    for number in (1, 3):
        told = []
        for ending in ("xml", "parsed.json"):
            (source,) = sources(DATA / "us-assignments" / f"assignment_{number}.{ending}")
            _, table, _ = observed(source)
            told.append([{**row, "parties": None, "digest": None} for row in table.to_pylist()])
        assert told[0] == told[1]
