"""CNIPA publication documents: all their parts, and every way in which a document may be broken or hostile."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.corpus.ingest.tests.readings import application, document, read

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]


def only(text: str) -> dict:
    (said,), refused = read(text.encode())
    assert refused == []
    return said


def refusal(text: str | bytes):
    observed, (told,) = read(text if isinstance(text, bytes) else text.encode())
    assert observed == []
    return told


def test_numbers_and_dates():
    said = only(document())
    number = application(9_990_001)
    assert said["application_number"] == f"CN{number[:12]}.{number[12]}"
    assert said["filing_date"] == date(2018, 8, 1)
    assert said["publications"] == [{"number": "CN199990001", "kind": "A", "date": date(2019, 7, 12)}]
    assert said["as_of"] == date(2019, 7, 12)
    assert said["type"] == "invention"
    assert said["keys"] == [f"a:CN{number[:12]}", "p:CN199990001"]


def test_texts():
    texts = {t["part"]: t["text"] for t in only(document())["texts"]}
    assert texts["title"] == "一种虚构的装置"
    assert texts["abstract"] == "第一段，采用“”字型散热片。\n第二段 Nb-1。"
    assert texts["claims"] == "1. 一种装置，其特征在于，包括：\n壳体，以及盖。\n2. 如权利要求1所述的装置。"
    assert texts["description"] == "属于虚构领域。\n内容。"
    assert only(document())["claim_count"] == 2
    assert only(document())["notes"] == ["inventor_withheld", "formula_left_out"] or set(only(document())["notes"]) == {
        "inventor_withheld",
        "formula_left_out",
    }


def test_people():
    parties = {(p["role"], p["position"]): p for p in only(document())["parties"]}
    assert set(parties) == {("applicant", 1), ("applicant", 2), ("inventor", 1), ("agency", 1), ("agent", 1)}
    first, second = parties["applicant", 1], parties["applicant", 2]
    assert (first["name"], first["country"], first["postcode"]) == ("示例甲科技有限公司", "CN", "310099")
    assert first["address"] == "浙江省杭州市虚构区样例路1号"
    assert (second["address"], second["postcode"]) == ("浙江省杭州市虚构区", None)
    assert parties["agency", 1]["name"] == "杭州虚构专利代理事务所(普通合伙)"
    assert parties["agent", 1]["name"] == "李样例"


def test_classes_priorities_citations_figures():
    said = only(document())
    assert [(c["symbol"], c["edition"], c["first"]) for c in said["classifications"]] == [
        ("G06F17/00", "2006.01", True),
        ("H04L27/26", "2006.01", False),
    ]
    assert said["priorities"] == [{"number": "62/999,999", "country": "US", "date": date(2017, 8, 1)}]
    assert [(c["cited"], c["origin"], c["date"]) for c in said["citations"]] == [
        ("CN199980002", "examiner", date(2010, 1, 1))
    ]
    assert [(m["kind"], m["position"], m["place"]) for m in said["media"]] == [
        ("abstract_figure", 1, "ABSTRACT.TIF"),
        ("figure", 1, "FIG1.TIF"),
        ("figure", 2, "FIG2.TIF"),
    ]


def test_the_form_of_1987_has_its_own_classification():
    start, rest = document().split("    <business:ClassificationIPCRDetails>")
    _, end = rest.split("</business:ClassificationIPCRDetails>")
    old = (
        "<business:ClassificationIPC><base:EditionStatement>4</base:EditionStatement>"
        '<business:MainClassification dataFormat="original">B03C3/09</business:MainClassification>'
        '<business:MainClassification dataFormat="standard">B03C0003090000</business:MainClassification>'
        '<business:FurtherClassification sequence="1" dataFormat="original">F28F1/38</business:FurtherClassification>'
        "</business:ClassificationIPC>"
    )
    assert [(c["symbol"], c["edition"], c["first"]) for c in only(start + old + end)["classifications"]] == [
        ("B03C3/09", "4", True),
        ("F28F1/38", "4", False),
    ]


def test_a_standard_number_that_says_something_else_is_noted():
    number = application(9_990_001)
    other = document().replace(f"102018{int(number[5:12]):09d}", "102018000000007")
    assert "application_number_disagrees" in only(other)["notes"]


def test_a_wrong_check_digit_refuses_the_document():
    number = application(9_990_001)
    wrong = "0" if number[12] != "0" else "1"
    told = refusal(document().replace(f"{number[:12]}.{number[12]}", f"{number[:12]}.{wrong}"))
    assert (told.row, told.code) == (1, "check_digit_wrong")
    assert (told.facts["given"], told.facts["expected"]) == (wrong, number[12])


def test_an_impossible_date_refuses_the_document():
    told = refusal(document(filed="20190231"))
    assert (told.code, told.column, told.facts["value"]) == ("date_impossible", "ApplicationReference/Date", "20190231")


LAUGHS = """<!DOCTYPE x [
<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>"""


@pytest.mark.parametrize(
    "doctype",
    [
        LAUGHS,
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://example.org/x.dtd"> %a;]>',
    ],
    ids=["billion laughs", "external entity", "parameter entity"],
)
def test_any_entity_declaration_refuses_the_document(doctype: str):
    lines = document().split("\n")
    lines[1] = doctype
    lines = [line.replace("一种虚构的装置", "&c;" if "b;" in doctype else "&a;") for line in lines]
    told = refusal("\n".join(lines))
    assert (told.row, told.code) == (1, "xml_entity")
    assert told.facts["line"] == (3 if doctype is LAUGHS else 2)
    assert told.raw.startswith("<!ENTITY")


def test_an_entity_nobody_declared_is_an_error_at_its_place():
    told = refusal(document().replace("一种虚构的装置", "&a;"))
    assert told.code == "xml_not_well_formed"
    assert "&a;" in told.raw


def test_a_named_dtd_is_never_fetched(tmp_path):
    """The DTD of this document is a trap: reading it would declare the entity the title uses."""
    trap = tmp_path / "trap.dtd"
    trap.write_text('<!ENTITY trap "fetched">')
    text = document().replace("/DTDS/none-of-ours.dtd", trap.as_uri()).replace("一种虚构的装置", "&trap;")
    assert refusal(text).code == "xml_not_well_formed"


def test_not_well_formed_names_line_and_column():
    lines = document().split("\n")
    place = next(n for n, line in enumerate(lines) if "一种虚构的装置" in line)
    lines[place] = lines[place].replace("</business:InventionTitle>", "</business:Wrong>")
    told = refusal("\n".join(lines))
    assert told.code == "xml_not_well_formed"
    assert told.facts["line"] == place + 1
    assert told.facts["column"] > 1
    assert "business:Wrong" in told.raw


def test_a_truncated_document_is_told_as_such():
    told = refusal(document()[:-400])
    assert (told.row, told.code) == (1, "document_truncated")


def test_depth_is_bounded():
    deep = "<base:Sub>" * 400 + "</base:Sub>" * 400
    assert refusal(document().replace("属于虚构领域。", deep)).code == "xml_too_deep"


def test_size_is_bounded(monkeypatch):
    from qiantang.corpus.ingest.methods import documents

    monkeypatch.setattr(documents, "DOCUMENT_BYTES", 100_000)
    monkeypatch.setattr(documents, "_CHUNK", 10_000)
    large = document().replace("属于虚构领域。", "长" * 100_000)
    observed, (told,) = read((document() + large + document(9_990_003)).encode())
    assert [o["row"] for o in observed] == [1, 3]
    assert (told.row, told.code) == (2, "document_too_long")


@pytest.mark.parametrize("wrapped", [False, True], ids=["one after another", "inside a wrapper"])
def test_a_broken_document_costs_itself_only(wrapped: bool):
    whole = [document(9_990_001), document(9_990_002).replace("</business:Parties>", ""), document(9_990_003)]
    if wrapped:
        bodies = [
            text.split("\n", 2)[2].replace(' xmlns:base="urn:base" xmlns:business="urn:business"', "") for text in whole
        ]
        opening = '<week xmlns:base="urn:base" xmlns:business="urn:business">'
        content = f'<?xml version="1.0"?>\n<!-- a week -->\n{opening}\n{"".join(bodies)}</week>'
    else:
        content = "".join(whole)
    observed, (told,) = read(content.encode())
    assert [o["row"] for o in observed] == [1, 3]
    assert (told.row, told.code) == (2, "xml_not_well_formed")
    assert content.split("\n")[told.facts["line"] - 1].strip() in (
        "</business:BibliographicData>",
        "<business:Parties>",
    )


def test_a_document_in_gb18030_is_read_by_its_declaration():
    text = document().replace('encoding="utf-8"', 'encoding="gb18030"')
    (said,), _ = read(text.encode("gb18030"))
    assert said["texts"][0]["text"] == "一种虚构的装置"
