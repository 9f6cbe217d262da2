"""DOCDB, OPS, Global Dossier, European full texts, DPMA and TIPO over the real files, where they are present."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest

from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.methods.streams import read_head, sources
from qiantang.corpus.ingest.types import FileRefused, Refusal
from qiantang.corpus.register.types import OBSERVATION_SCHEMA

DATA = Path(os.environ.get("QIANTANG_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "patents"
pytestmark = [
    pytest.mark.real,
    pytest.mark.feature("S3-20"),
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is not here"),
]

# Folder -> rows kept, rows refused by code, files refused by code. Licences are running text and refused as that; the
# DTDs, lists and contents of a delivery are files of no known format.
COUNTS: dict[str, tuple[int, dict[str, int], dict[str, int]]] = {
    "epo-docdb-xml": (11, {"xml_namespace_undeclared": 2}, {"no_patents": 1, "prose_only": 1}),
    "epo-ops": (71, {}, {"no_patents": 4, "prose_only": 2, "service_fault": 2}),
    "epo-fulltext-xml": (13, {"xml_not_well_formed": 2}, {"format_unknown": 12, "picture_alone": 17, "prose_only": 1}),
    "dpma-xml": (8, {}, {"no_patents": 1, "prose_only": 1}),
    "tw-tipo-xml": (2, {}, {}),
}
_READ: dict[str, tuple[list[dict], list[tuple[str, Refusal]], Counter[str]]] = {}


def folder(name: str) -> tuple[list[dict], list[tuple[str, Refusal]], Counter[str]]:
    """Observations with the name of their file, refused rows, refused files; each folder is read once."""
    if name not in _READ:
        kept: list[dict] = []
        refused: list[tuple[str, Refusal]] = []
        files: Counter[str] = Counter()
        for source in sources(DATA / name):
            head, stream = read_head(source.open())
            try:
                with stream:
                    batches = list(recognise(head, source.name).read(stream, source.name))
            except FileRefused as problem:
                files[problem.refusal.code] += 1
                continue
            table = pa.Table.from_batches([batch.observations for batch in batches], OBSERVATION_SCHEMA)
            kept += [{"file": source.name, **row} for row in table.to_pylist()]
            refused += [(source.name, one) for batch in batches for one in batch.refused]
        _READ[name] = kept, refused, files
    return _READ[name]


def row_of(name: str, file: str) -> dict:
    (found,) = (row for row in folder(name)[0] if row["file"].endswith(file))
    return found


@pytest.mark.feature("X-29")
@pytest.mark.parametrize("name", COUNTS)
def test_every_row_is_kept_or_refused_with_its_reason(name: str):
    kept, refused, files = folder(name)
    assert (len(kept), Counter(one.code for _, one in refused), files) == COUNTS[name]
    assert all(row["keys"] for row in kept)


@pytest.mark.parametrize(("file", "line", "column"), [("v1-4-A1.xml", 96, 33), ("v1-5-1-A1-2.xml", 308, 46)])
def test_the_two_malformed_full_texts_are_refused_at_their_place(file: str, line: int, column: int):
    ((_, told),) = [one for one in folder("epo-fulltext-xml")[1] if one[0].endswith(file)]
    assert (told.facts["line"], told.facts["column"]) == (line, column)


def test_full_texts_of_all_versions_have_title_claims_and_description():
    own = [row for row in folder("epo-fulltext-xml")[0] if row["office"] == "EP"]
    assert len(own) == 12
    for row in own:
        parts = Counter(text["part"] for text in row["texts"])
        assert (parts["title"], parts["description"]) == (3, 1), row["file"]
        granted = row["publications"][0]["kind"].startswith("B")
        assert parts["claims"] == (3 if granted else 1), row["file"]
        assert all(row[part] for part in ("claim_count", "classifications", "parties")), row["file"]


def test_the_spanish_text_in_a_zip_in_a_zip():
    spanish = row_of("epo-fulltext-xml", "ES2993312T1.xml")
    assert spanish["file"].count(".zip/") == 2
    assert spanish["keys"] == ["a:ES20752248T", "p:ES2993312"]
    assert {text["part"] for text in spanish["texts"]} == {"claims", "description"}
    assert spanish["claim_count"] == 13


@pytest.mark.feature("S3-06")
def test_docdb_families_and_the_old_german_numbers():
    kept, _, _ = folder("epo-docdb-xml")
    assert all(row["simple_family"].startswith("docdb:") for row in kept)
    german = [row for row in kept if row["office"] == "DE"]
    assert len(german) == 10
    assert sum(len(row["citations"]) for row in german) == 42
    # File numbers of before 1968 (a letter and a count) have no rule here: these are known by their publications.
    assert all(row["notes"] == ["application_number_unrecognised"] for row in german)
    african = row_of("epo-docdb-xml", "AP-1206-A_302101161.xml")
    assert african["keys"] == ["a:AP2000001988", "p:AP1206"]
    assert [c["cited"] for c in african["citations"]] == ["US5556839", "US5510114", "US5326570"]


def test_legal_events_of_a_european_patent():
    row = row_of("epo-ops", "patent-dev/get_legal.xml")
    codes = Counter(event["code"].split()[0] for event in row["events"])
    assert sum(codes.values()) == 68  # 69, of which two of one day tell of two classes
    slots = {(event["code"], event["date"], event["gazette_date"]) for event in row["events"]}
    assert len(slots) == 68  # none would hide another in the register
    assert sum(event["text"].count("IPC CLASSIFICATION") for event in row["events"]) == 2
    assert [p["name"] for p in row["parties"] if p["role"] == "holder"] == ["9SOLUTIONS OY"]


def test_the_register_and_the_service_speak_of_one_patent():
    answers = {
        row["file"]: row["keys"]
        for row in folder("epo-ops")[0]
        if row["file"].startswith("patent-dev/get_")
        and row["publications"]
        and row["publications"][0]["number"] == "EP2400812"
    }
    assert len(answers) > 8
    assert {key for keys in answers.values() for key in keys} == {"a:EP10167109", "p:EP2400812"}


def test_german_rights_by_their_own_numbers():
    keys = {row["file"]: row["keys"] for row in folder("dpma-xml")[0]}
    assert keys["patent_info.xml"] == ["a:DE10027360", "p:DE10027360"]
    assert keys["design_info.xml"] == ["a:DE8800174/S"]
    assert [row["row"] for row in folder("dpma-xml")[0] if row["file"] == "patent_search.xml"] == [1, 2, 3]


def test_years_of_the_republic_calendar():
    kept, _, _ = folder("tw-tipo-xml")
    assert {row["file"]: (row["claim_count"], str(row["as_of"])) for row in kept} == {
        "104122253.xml": (12, "2022-12-21"),
        "105106830.xml": (23, "2022-12-21"),
    }
