"""The mapping language: every setting does what its meaning says, and a wrong one is refused at its place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qiantang.corpus.ingest.methods.mapping import FIELDS, SECTIONS, SETTINGS, Form, Mapping, load_mapping
from qiantang.corpus.ingest.methods.readers.mapped_table import MappingReader
from qiantang.corpus.ingest.tests.readings import application, read
from qiantang.kernel.errors import Invalid

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

HEAD = """
[mapping]
name = "made-up"
version = 1
rank = "vendor_export"
office = "CN"
"""
NUMBER = f"CN{application(9_990_001)}"


def mapped(table: str, settings: str = "", sections: str = "", columns: str = "", encoding: str = "utf-8") -> dict:
    """The one row of a table with the columns ``number`` and ``cell``."""
    text = f'{HEAD}{settings}\n[columns]\nnumber = "publication_number"\n{columns}\n{sections}'
    observed, refused = read(table.encode(encoding), reader=MappingReader(load_mapping(text)))
    assert refused == []
    (row,) = observed
    return row


def one(cell: str, field: str, settings: str = "", sections: str = "", number: str = "CN199990001A") -> dict:
    quoted = '"' + cell.replace('"', '""') + '"'
    return mapped(f"number,cell\n{number},{quoted}\n", settings, sections, f'cell = "{field}"')


def names(row: dict, role: str) -> list[str]:
    return [party["name"] for party in row["parties"] if party["role"] == role]


def symbols(row: dict) -> list[tuple[str, bool]]:
    return [(one["symbol"], one["first"]) for one in row["classifications"]]


def test_everything_declared_has_a_meaning_and_a_place():
    declared = set(SETTINGS) | (set(SECTIONS))
    assert set(Mapping.__dataclass_fields__) == declared
    for thing in (*SETTINGS.values(), *SECTIONS.values(), *FIELDS.values()):
        assert thing.meaning
    assert all(setting.choices for setting in SETTINGS.values() if setting.form is Form.CHOICE)


WRONG: dict[Form, Any] = {
    Form.TEXT: "3",
    Form.CHOICE: '"nobody"',
    Form.WHOLE_NUMBER: '"one"',
    Form.DAY: '"soon"',
    Form.YES_OR_NO: '"perhaps"',
    Form.TEXTS: '"a text"',
    Form.FIELDS: '["heading"]',
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_of_the_wrong_form_is_refused_at_its_place(name: str):
    lines = [line for line in HEAD.splitlines() if not line.startswith(f"{name} =")]
    text = "\n".join([*lines, f"{name} = {WRONG[SETTINGS[name].form]}", "[columns]", 'number = "publication_number"'])
    with pytest.raises(Invalid) as told:
        load_mapping(text)
    assert told.value.code in {"mapping.setting_wrong", "mapping.field_unfit"}
    assert told.value.facts["place"] == f"[mapping] {name}"


@pytest.mark.parametrize(
    ("settings", "sections", "code", "place"),
    [
        ("header_row = -1", "", "mapping.setting_wrong", "[mapping] header_row"),
        ("header_row = true", "", "mapping.setting_wrong", "[mapping] header_row"),
        ("numberless = 1", "", "mapping.setting_wrong", "[mapping] numberless"),
        ('ancestors = ["title"]', "", "mapping.field_unfit", "[mapping] ancestors"),
        ('translated = ["ipc"]', "", "mapping.field_unfit", "[mapping] translated"),
        ("header_row = 0", "", "mapping.column_unplaced", '[columns] "number"'),
        ("", '[between]\ntitle = ["one"]', "mapping.setting_wrong", "[between] title"),
        ("", '[between]\ntitle = ["", ""]', "mapping.setting_wrong", "[between] title"),
        ("", '[between]\nheading = ["a", "b"]', "mapping.field_unknown", "[between] heading"),
        ("", '[endings]\ntitle = "end"', "mapping.setting_wrong", "[endings] title"),
        ("", '[columns.more]\n"x" = "y"', "mapping.field_unknown", '[columns] "more"'),
        ("", '[types]\n"word" = 3', "mapping.setting_wrong", '[types] "word"'),
        ("", '[events]\n"word" = 3', "mapping.setting_wrong", '[events] "word"'),
        ("", "[recognise]\nnumber = 3", "mapping.setting_wrong", '[recognise] "number"'),
    ],
)
def test_a_value_that_is_none_is_refused_at_its_place(settings: str, sections: str, code: str, place: str):
    columns = "" if "columns.more" in sections else '[columns]\nnumber = "publication_number"\n'
    if "columns.more" in sections:
        sections, code = '[columns]\nnumber = "publication_number"\nmore = ["heading"]', "mapping.field_unknown"
    with pytest.raises(Invalid) as told:
        load_mapping(f"{HEAD}{settings}\n{columns}{sections}")
    assert (told.value.code, told.value.facts["place"]) == (code, place)


def test_a_column_of_several_fields_needs_to_know_where_each_stands():
    with pytest.raises(Invalid) as told:
        load_mapping(f'{HEAD}[columns]\nnumber = ["publication_number", "title"]\n[between]\ntitle = [" - ", ""]')
    assert told.value.code == "mapping.between_missing"
    assert told.value.facts == {"place": '[columns] "number"', "fields": ["publication_number"]}


def test_several_fields_come_out_of_one_cell():
    cell = f"{NUMBER} -  一种虚构的装置"
    text = f'{HEAD}[columns]\nboth = ["application_number", "title"]\n[between]\n'
    text += 'application_number = ["", " - "]\ntitle = [" - ", ""]'
    (row,), _ = read(f"both\n{cell}\n".encode(), reader=MappingReader(load_mapping(text)))
    assert row["application_number"].replace(".", "") == NUMBER
    assert row["texts"][0]["text"] == "一种虚构的装置"


def test_what_stands_between_two_texts_and_nothing_where_the_first_is_missing():
    between = '[between]\ntitle = ["[", "]"]'
    assert one("before [within] behind", "title", sections=between)["texts"][0]["text"] == "within"
    assert one("before within", "title", sections=between)["texts"] == []


def test_several_columns_feed_a_field_of_several_values():
    row = mapped("number,one,two\nCN199990001A,G06F17/00,H04L27/26\n", columns='one = "ipc"\ntwo = "ipc"')
    assert symbols(row) == [("G06F17/00", True), ("H04L27/26", False)]


def test_columns_by_their_places_where_there_are_no_headers():
    text = f'{HEAD}header_row = 0\n[columns]\n2 = "title"\n1 = "publication_number"\n'
    observed, refused = read("CN199990001A,甲\nCN199990002A,乙\n".encode(), reader=MappingReader(load_mapping(text)))
    assert refused == []
    assert [(row["row"], row["texts"][0]["text"]) for row in observed] == [(1, "甲"), (2, "乙")]


def test_a_header_that_is_not_the_first_row():
    row = mapped("search URL:,somewhere\nnumber,cell\nCN199990001A,甲\n", "header_row = 2", columns='cell = "title"')
    assert (row["row"], row["texts"][0]["text"]) == (3, "甲")


def test_rows_without_any_value_are_layout():
    row = mapped("number,cell\n,\nCN199990001A,甲\n,\n , \n", columns='cell = "title"')
    assert row["row"] == 3


def test_a_table_without_numbers_is_refused_row_by_row():
    text = f'{HEAD}numberless = true\n[columns]\ncell = "title"\n'
    observed, refused = read("cell\n甲\n乙\n".encode(), reader=MappingReader(load_mapping(text)))
    assert observed == []
    assert [(one.row, one.code) for one in refused] == [(2, "number_missing"), (3, "number_missing")]


def test_words_for_nothing_are_nothing():
    assert one("NA", "title", 'absent = ["NA"]')["texts"] == []
    assert one("NA", "title")["texts"][0]["text"] == "NA"
    assert names(one("NA;甲公司", "applicants", 'absent = ["NA"]'), "applicant") == ["甲公司"]


def test_lost_characters_are_noted():
    assert one("第1#3层", "title", 'lost = ["#"]')["notes"] == ["text_damaged"]
    assert one("第1#3层", "title")["notes"] == []


@pytest.mark.parametrize(
    ("number", "text", "language", "machine"),
    [
        ("CN199990001A", "一种装置", "zh", False),
        ("KR102099999B1", "一种装置", "zh", True),
        ("KR102099999B1", "장치", "ko", False),
        ("JP7099999B2", "装置", "ja", False),
        ("JP7099999B2", "装置の方法", "ja", False),
        ("JP7099999B2", "Device", "en", True),
        ("US10999999B2", "Device", "en", False),
        ("WO2019099999A1", "一种装置", "zh", False),
    ],
)
def test_the_script_and_the_office_tell_language_and_translation(number: str, text: str, language: str, machine: bool):
    row = one(text, "title", 'latin_language = "en"\ntranslated = ["title"]', number=number)
    assert [(t["language"], t["machine"]) for t in row["texts"]] == [(language, machine)]


def test_without_a_language_for_latin_texts_the_table_s_own_stands():
    assert one("Vorrichtung", "title", 'language = "de"')["texts"][0]["language"] == "de"


def test_ancestors_are_left_out_of_lists():
    listed = "H04N5/64,H04N5/00,H01R9/00,H,H04,H04N,H04N5"
    separator = '[separators]\nipc = ","'
    assert symbols(one(listed, "ipc", 'ancestors = ["ipc"]', separator)) == [("H04N5/64", True), ("H01R9/00", False)]
    assert len(symbols(one(listed, "ipc", sections=separator))) == 7


def test_a_list_without_order_has_no_first_symbol():
    assert symbols(one("A01M;G06F", "ipc", 'unordered = ["ipc"]')) == [("A01M", False), ("G06F", False)]
    assert symbols(one("A01M;G06F", "cpc", 'unordered = ["cpc"]')) == [("A01M", False), ("G06F", False)]


def test_endings_are_taken_off():
    sections = '[endings]\ntitle = ["-虚构平台"]\nagency = ["（样）"]'
    assert one("一种装置-虚构平台", "title", sections=sections)["texts"][0]["text"] == "一种装置"
    assert one("-虚构平台装置", "title", sections=sections)["texts"][0]["text"] == "-虚构平台装置"


def test_a_two_digit_year_is_no_later_than_the_publication():
    settings = 'date_forms = ["%d/%m/%y"]'
    columns = 'cell = "filing_date"\nyear = "publication_year"'
    for year, told in ((1921, date(1919, 9, 21)), (2021, date(2019, 9, 21)), (2015, date(1919, 9, 21))):
        row = mapped(f"number,cell,year\nCN199990001A,21/09/19,{year}\n", settings, columns=columns)
        assert row["filing_date"] == told


def test_a_single_byte_encoding_is_for_lines_that_are_not_utf_8():
    settings = 'encoding = "mac_roman"\nlanguage = "fr"'
    table = "number,cell\nCN199990001A,Procédé\n"
    for encoding in ("utf-8", "mac_roman"):
        row = mapped(table, settings, columns='cell = "title"', encoding=encoding)
        assert row["texts"][0]["text"] == "Procédé"


def test_lines_that_end_in_carriage_returns_alone():
    row = mapped('number,cell\rCN199990001A,"a, b"\r', 'language = "en"', columns='cell = "title"')
    assert (row["row"], row["texts"][0]["text"]) == (2, "a, b")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("甲  乙", [("甲乙", None)]),
        ("ROE JANE\u2002[US]", [("ROE JANE", "US")]),
        ("ROE JANE    US", [("ROE JANE", "US")]),
        ("Made-up Co., Ltd.", [("Made-up Co., Ltd.", None)]),
        ("Made-up, Inc., Jane Roe", [("Made-up, Inc.", None), ("Jane Roe", None)]),
    ],
)
def test_names_without_the_layout_around_them(cell: str, said: list[tuple[str, str | None]]):
    row = one(cell, "applicants", sections='[separators]\napplicants = ", "')
    assert [(party["name"], party["country"]) for party in row["parties"]] == said


def test_an_agency_without_its_code_holders_and_withheld_inventors():
    assert names(one("虚构专利代理事务所(普通合伙) 33999", "agency"), "agency") == ["虚构专利代理事务所(普通合伙)"]
    assert names(one("甲公司;乙公司", "holders"), "holder") == ["甲公司", "乙公司"]
    row = one("不公告发明人;王测试", "inventors")
    assert (names(row, "inventor"), row["notes"]) == (["王测试"], ["inventor_withheld"])


def test_six_digits_alone_are_a_postcode():
    row = mapped("number,cell,at\nCN199990001A,甲公司,315099\n", columns='cell = "applicants"\nat = "address"')
    assert [(party["postcode"], party["address"]) for party in row["parties"]] == [("315099", None)]


def test_a_first_claim_is_numbered_and_noted():
    for cell in ("一种虚构的装置。", "1. 一种虚构的装置。"):
        row = one(cell, "first_claim")
        assert (row["texts"][0]["part"], row["texts"][0]["text"]) == ("claims", "1. 一种虚构的装置。")
        assert row["notes"] == ["claims_first_only"]


def test_pages_are_counted_or_not_known():
    assert one("12", "page_count")["page_count"] == 12
    row = one("twelve", "page_count")
    assert (row["page_count"], row["notes"]) == (None, ["page_count_unrecognised"])


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("FR 0999999 A 20090105", ("FR 0999999 A", "FR", date(2009, 1, 5))),
        ("60/999,166 14.08.2000 US", ("60/999,166", "US", date(2000, 8, 14))),
        ("[200499936U 2004-10-01T23:59:59.000Z ES]", ("200499936U", "ES", date(2004, 10, 1))),
        ("KR20139999425U", ("KR20139999425U", "KR", None)),
        ("20010012 20000101 FI", ("20010012", "FI", date(2000, 1, 1))),
    ],
)
def test_priorities_in_any_order(cell: str, said: tuple):
    row = one(cell, "priorities", 'date_forms = ["%d.%m.%Y"]')
    assert [tuple(priority.values()) for priority in row["priorities"]] == [said]


def test_a_priority_without_a_number_is_none():
    assert one("2010.08.11", "priorities")["priorities"] == []


def test_citations_by_who_made_them():
    row = mapped(
        "number,a,b,c\nCN199990001A,US10999999 (B2); nonsense,CN199990009A,A made-up book\n",
        columns='a = "cited_patents_examiner"\nb = "cited_patents"\nc = "cited_literature_applicant"',
    )
    assert [(c["cited"], c["origin"], c["text"]) for c in row["citations"]] == [
        ("US10999999", "examiner", None),
        (None, "examiner", "nonsense"),
        ("CN199990009", None, None),
        (None, "applicant", "A made-up book"),
    ]


def test_events_in_turn():
    sections = '[separators]\nevents = " | "\n[events]\n"MADE-UP GRANT" = "GR01"'
    row = one("2016-05-11 | +MADE-UP GRANT | CN | 2013-04-24 | SOMETHING | CN", "events", sections=sections)
    assert [(e["code"], e["date"], e["gazette_date"], e["text"]) for e in row["events"]] == [
        ("GR01", None, date(2016, 5, 11), "+MADE-UP GRANT"),
        ("", None, date(2013, 4, 24), "SOMETHING"),
    ]
    abroad = one("2016-05-11 | FEE | DE | 2017-05-11 | FEE", "events", sections=sections, number="EP2999999B1")
    assert [(e["code"], e["date"], e["text"]) for e in abroad["events"]] == [
        ("", date(2016, 5, 11), "DE: FEE"),
        ("", date(2017, 5, 11), "FEE"),
    ]


def test_the_office_of_the_number_and_a_kind_in_its_own_column():
    row = mapped("number,cell\nUS10999999,B2\n", columns='cell = "kind"')
    assert row["office"] == "US"
    assert [(p["number"], p["kind"]) for p in row["publications"]] == [("US10999999", "B2")]


def test_the_grant_under_one_serial_is_a_rule_of_the_chinese_office_alone():
    row = mapped("number,cell\nUS3999999A,1976-05-11\n", columns='cell = "grant_date"')
    assert [(p["number"], p["kind"]) for p in row["publications"]] == [("US3999999", "A")]


def test_a_table_is_told_by_its_headers_and_by_what_its_columns_contain():
    text = f'{HEAD}[columns]\nnumber = "publication_number"\n[recognise]\ncell = "虚构平台"'
    reader = MappingReader(load_mapping(text))
    for cell, told in (("甲-虚构平台", True), ("甲", False)):
        content = f"number,cell\nCN199990001A,{cell}\n".encode()
        assert reader.recognises(content, "any.csv") is told
    assert not reader.recognises(b"number\nCN199990001A\n", "any.csv")
