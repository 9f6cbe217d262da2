"""The readers over the real files of ../shared/data, where that folder is present."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest

from qiantang.corpus.ingest.methods.readers import READERS, recognise
from qiantang.corpus.ingest.methods.streams import Source, read_head, sources
from qiantang.corpus.ingest.types import FileRefused
from qiantang.corpus.register.types import OBSERVATION_SCHEMA

DATA = Path(os.environ.get("QIANTANG_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "patents"
pytestmark = [
    pytest.mark.real,
    pytest.mark.feature("S3-20"),
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is not here"),
]

# Rows, damaged application numbers, rows whose publication stands in a row before, and addresses that contain 杭州市, as the
# folder's own description counts them.
GAZETTES = {
    "2019-07-09_appearance_designed.csv.gz": (5237, 4755, 0, 118),
    "2019-07-09_utility_new.csv.gz": (16471, 14911, 1180, 428),
    "2019-07-12_appearance_designed.csv.gz": (5299, 0, 30, 139),
    "2019-07-12_invention_authorized.csv.gz": (4694, 4299, 50, 64),
    "2019-07-12_invention_published.csv.gz": (15382, 13923, 180, 538),
    "2019-07-12_utility_new.csv.gz": (16183, 0, 20, 312),
}
TYPES = {"appearance": "design", "utility": "utility_model", "invention": "invention"}


def observed(source: Source) -> tuple[str, pa.Table, Counter[str]]:
    head, stream = read_head(source.open())
    with stream:
        reader = recognise(head, source.name, source.open)
        batches = list(reader.read(stream, source.name))
    refused = Counter(refusal.code for batch in batches for refusal in batch.refused)
    return reader.name, pa.Table.from_batches([b.observations for b in batches], OBSERVATION_SCHEMA), refused


@pytest.mark.parametrize("name", GAZETTES)
def test_a_gazette_table_is_read_whole(name: str):
    rows, damaged, repeated, of_the_city = GAZETTES[name]
    (source,) = sources(DATA / "cn-gazette-2019" / name)
    reader, table, refused = observed(source)
    notes = Counter(note for row in table.column("notes").to_pylist() for note in row)
    assert reader == "cnipa-gazette-table"
    assert (table.num_rows, refused) == (rows, Counter())
    assert set(notes) <= {"application_number_damaged", "inventor_withheld"}
    assert notes["application_number_damaged"] == damaged
    assert table.column("application_number").null_count == damaged
    assert set(table.column("type").to_pylist()) == {TYPES[name.split("_")[1]]}
    assert all(table.column(part).null_count == 0 for part in ("as_of", "filing_date"))
    assert all(row for row in table.column("classifications").to_pylist())
    parties = table.column("parties").to_pylist()
    assert all(any(p["role"] == "applicant" for p in row) for row in parties)
    assert rows - len({row[0]["number"] for row in table.column("publications").to_pylist()}) == repeated
    assert sum("杭州市" in (row[0]["address"] or "") for row in parties) == of_the_city


def test_the_authors_own_reduction_is_refused():
    (source,) = sources(DATA / "cn-gazette-2019" / "derived_province_2019-07-12_invention_published.csv.gz")
    with pytest.raises(FileRefused) as told:
        observed(source)
    assert told.value.refusal.code == "table_reduced"
    assert {"patentee", "address", "IPC"} <= set(told.value.refusal.facts["columns"])


def test_the_three_publication_documents_say_all_they_have():
    found = {}
    for source in sources(DATA / "cn-cnipa-xml" / "publication"):
        reader, table, refused = observed(source)
        assert (reader, table.num_rows, refused) == ("cnipa-publication-xml", 1, Counter())
        (row,) = table.to_pylist()
        found[row["publications"][0]["number"]] = row
    assert {number: row["application_number"][:14] for number, row in found.items()} == {
        "CN85100312": found["CN85100312"]["application_number"],
        "CN102025678": "CN200910190429",
        "CN110083831": "CN201910302430",
    }
    assert {number: row["claim_count"] for number, row in found.items()} == {
        "CN85100312": 5,
        "CN102025678": 14,
        "CN110083831": 4,
    }
    assert {number: row["notes"] for number, row in found.items()} == {
        "CN85100312": [],
        "CN102025678": ["formula_left_out"],
        "CN110083831": [],
    }
    old = found["CN85100312"]
    assert [(c["symbol"], c["edition"], c["first"]) for c in old["classifications"]] == [
        ("B03C3/09", "4", True),
        ("F28F1/38", "4", False),
        ("F28G1/02", "4", False),
    ]
    claims = next(t["text"] for t in old["texts"] if t["part"] == "claims").split("\n")
    assert [line.split(" ")[0] for line in claims] == ["1.", "2.", "3.", "4.", "5."]
    agency = [p["name"] for p in found["CN110083831"]["parties"] if p["role"] == "agency"]
    assert len(agency) == 1
    assert not agency[0][-1].isdigit()


def test_a_licence_is_refused_as_running_text():
    (source,) = sources(DATA / "cn-cnipa-xml" / "LICENSE")
    with pytest.raises(FileRefused, match="prose_only"):
        observed(source)


def test_what_no_reader_knows_is_refused_with_what_was_looked_for():
    """The contents list of a delivery: no table, no text of sentences, no format."""
    (contents,) = (s for s in sources(DATA / "epo-fulltext-xml") if s.name.endswith("/CONTENTS"))
    with pytest.raises(FileRefused, match="format_unknown") as told:
        observed(contents)
    looked_for = told.value.refusal.facts["looked_for"]
    assert {line.partition(":")[0] for line in looked_for} == set(READERS.names())
