"""From records to documents and cards: what is indexed, the same by batch and by record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.register.methods.documents import TEXT_SEPARATOR, card, document, documents, spelling
from qiantang.corpus.register.methods.highlight import Sought
from qiantang.corpus.register.methods.tokenising import tokenised
from qiantang.corpus.register.search import INDEX
from qiantang.corpus.register.types import (
    RECORD_SCHEMA,
    Classification,
    Party,
    PatentRecord,
    Publication,
    Text,
)
from qiantang.kernel.text import characters, index_text

RECORD = PatentRecord(
    patent_id="CN201910302430",
    office="CN",
    type="invention",
    application_number="CN201910302430.1",
    filing_date=date(2019, 4, 16),
    claim_count=None,
    page_count=None,
    simple_family="F1",
    extended_family=None,
    region_code="330106",
    region_confidence=1.0,
    region_rule="district",
    region_today="330106",
    links=(),
    simple_family_id="F1",
    extended_family_id=None,
    publications=(
        Publication("CN110083831", "A", date(2019, 8, 2)),
        Publication("CN110083831", "B", date(2023, 1, 6)),
    ),
    texts=(
        Text("title", "en", "Method for batteries", machine=True),
        Text("title", "zh", "一种锂离子电池"),
        Text("abstract", "zh", "本发明公开了一种固态电解质。"),
        Text("description", "zh", "不入索引"),
    ),
    classifications=(
        Classification("ipc", "H01M10/0525"),
        Classification("ipc", "G06F16/35", first=True),
        Classification("cpc", "Y02E60/10"),
        Classification("ipc", "damaged"),
    ),
    parties=(
        Party("applicant", 1, "钱潮（甲）有限公司"),
        Party("holder", 1, "钱潮乙厂"),
        Party("inventor", 1, "甲某"),
        Party("inventor", 2, "乙某"),
        Party("agent", 1, "丙某"),
    ),
    priorities=(),
    citations=(),
    events=(),
    media=(),
    keys=("a:CN201910302430", "p:CN110083831"),
    first_publication_date=date(2019, 8, 2),
    grant_date=date(2023, 1, 6),
    status="granted",
    status_date=date(2023, 1, 6),
    status_as_of=date(2026, 1, 1),
    expiry_date=None,
    flags=(),
    notes=(),
    disputed=(),
    sources=(),
)


def test_what_a_document_holds():
    fields = document(RECORD).fields
    assert document(RECORD).id == "CN201910302430"
    assert fields["title"] == TEXT_SEPARATOR.join(["method for batteries", "一种 种锂 锂离 离子 子电 电池 池"])
    assert set(fields["title_characters"].split()) == set("一种锂离子电池")
    assert fields["title_whole"] == ["method for batteries", "一种锂离子电池"]
    assert "claims" not in fields
    assert fields["applicant_whole"] == ["钱潮(甲)有限公司", "钱潮乙厂"]
    assert fields["holder_whole"] == ["钱潮乙厂"]
    assert fields["inventor"] == "甲某 某 | 乙某 某"
    assert fields["ipc"] == [
        *("H", "H01", "H01M", "H01M10", "H01M10/0525"),
        *("G", "G06", "G06F", "G06F16", "G06F16/35"),
        "damaged",
    ]
    assert fields["ipc_subclass"] == ["H01M", "G06F"]
    assert fields["field"] == ["1", "6"]
    assert fields["cpc"][-1] == "Y02E60/10"
    assert fields["number"] == ["a:CN201910302430", "p:CN110083831"]
    assert fields["kind"] == ["A", "B"]
    assert (fields["filing_day"], fields["filing_year"], fields["publication_year"]) == (20190416, 2019, 2019)
    assert fields["grant_day"] == 20230106
    assert set(fields["known"]) == {"title", "abstract", "applicant", "holder", "inventor", "CPC", "AN", "PN", "FM"}
    assert (fields["office"], fields["status"], fields["region"]) == (["CN"], ["granted"], ["330106"])


def test_what_is_not_known_is_not_there_or_says_so():
    bare = replace(
        RECORD, type=None, filing_date=None, grant_date=None, first_publication_date=None, region_code=None,
        simple_family_id=None, publications=(), texts=(), classifications=(), parties=(), keys=(),
    )  # fmt: skip
    fields = document(bare).fields
    assert fields["known"] == []
    assert fields["region"] == ["unknown"]
    assert fields["type"] is None
    assert not {"title", "applicant", "filing_day", "filing_year", "grant_day", "publication_day"} & set(fields)
    shown = card("CN201910302430", 0.0, document(bare).card)
    assert (shown.number, shown.title, shown.snippet, shown.date, shown.applicants) == (
        "CN201910302430.1",
        "",
        "",
        None,
        (),
    )


def test_every_field_of_a_document_is_a_field_of_the_index():
    assert set(document(RECORD).fields) <= {one.name for one in INDEX.fields}


def test_a_card_shows_the_original_and_the_newest_publication():
    shown = card("CN201910302430", 1.5, document(RECORD).card, Sought(["固态", "锂离子"]))
    assert (shown.number, shown.date, shown.filing_date) == ("CN110083831B", date(2023, 1, 6), date(2019, 4, 16))
    assert shown.title == "一种锂离子电池"
    assert [shown.title[one.start : one.end] for one in shown.title_marks] == ["锂离子"]
    assert [shown.snippet[one.start : one.end] for one in shown.snippet_marks] == ["固态"]
    assert shown.applicants == ("钱潮（甲）有限公司",)
    assert shown.ipc == ("G06F16/35", "H01M10/0525", "damaged")
    assert (shown.score, shown.status, shown.type) == (1.5, "granted", "invention")


def test_a_folded_name_finds_its_spelling_again():
    text = document(RECORD).card
    assert spelling("钱潮(甲)有限公司", text) == "钱潮（甲）有限公司"
    assert spelling("钱潮乙厂", text) == "钱潮乙厂"
    assert spelling("nobody", text) == "nobody"


def test_a_card_keeps_its_parts_apart_whatever_signs_stand_in_them():
    odd = replace(
        RECORD,
        texts=(Text("title", "zh", "锂\x1f电\x1e池"),),
        parties=(Party("applicant", 1, "甲\x1e厂"), Party("applicant", 2, "乙\x1f厂")),
    )
    shown = card("CN201910302430", 1.0, document(odd).card, Sought(["电"]))
    assert (shown.title, shown.title_marks) == ("锂 电\x1e池", ((2, 3),))
    assert shown.applicants == ("甲 厂", "乙 厂")
    assert (shown.snippet, shown.status) == ("", "granted")


def test_a_slice_of_a_batch_gives_the_documents_of_the_slice():
    rows = []
    for number in range(5):
        record = replace(RECORD, patent_id=f"CN{number}", texts=(Text("title", "zh", f"标题{number}"),) * number)
        row = {name: getattr(record, name) for name in RECORD_SCHEMA.names}
        for name, value in row.items():
            if isinstance(value, tuple):
                row[name] = [entry._asdict() if hasattr(entry, "_asdict") else entry for entry in value]
        rows.append({**row, "classifications": None if number == 3 else row["classifications"]})
    batch = pa.RecordBatch.from_pylist(rows, RECORD_SCHEMA)
    whole = documents(batch)
    assert documents(batch.slice(2, 2)) == whole[2:4]
    assert [one.fields.get("title", "").count("标题") for one in whole] == [0, 1, 2, 3, 4]
    assert whole[3].fields["ipc_subclass"] == []


@pytest.mark.feature("S3-03")
@given(
    st.lists(
        st.one_of(st.text(alphabet="石墨鋰电aA5㎜，。 \n\x00々がé", max_size=30), st.text(max_size=20)), max_size=8
    )
)
def test_many_texts_at_once_are_tokenised_as_one_by_one(texts):
    found = tokenised(texts)
    assert [one.tokens for one in found] == [index_text(text.replace("\x00", " ")) for text in texts]
    assert [set(one.characters.split()) for one in found] == [set(characters(text).split()) for text in texts]


def test_portions_do_not_show():
    texts = [f"石墨{number}" * 40 for number in range(3000)]
    assert [one.tokens for one in tokenised(texts)] == [index_text(text) for text in texts]
