"""Tables with a mapping file: text and workbooks, and every way to write the mapping wrong."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from qiantang.corpus.ingest.methods.mapping import load_mapping
from qiantang.corpus.ingest.methods.readers.mapped_table import MappingReader
from qiantang.corpus.ingest.tests.readings import application, read
from qiantang.corpus.ingest.types import FileRefused
from qiantang.kernel.errors import Invalid

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

EXAMPLE = (Path(__file__).parent / "mapping_example.toml").read_text("utf-8")
HEADERS = list(load_mapping(EXAMPLE).columns)
ROW = {
    "申请号": f"CN{application(9_990_001)}",
    "公开号": "CN199990001A",
    "公开日": "2019-07-12",
    "授权日": "2021-01-05",
    "申请日": "2018.08.01",
    "标题": "一种虚构的装置",
    "标题(英文)": "Imaginary device",
    "摘要": "本发明是虚构的。",
    "申请人": "示例甲科技有限公司|虚构理工大学",
    "发明人": "王测试|李样例",
    "代理机构": "杭州虚构专利代理事务所",
    "代理人": "赵假设",
    "主分类号": "G06F17/00",
    "IPC": "G06F17/00; H04L27/26",
    "地址": "浙江省杭州市虚构区样例路1号",
    "邮编": "030900",
    "类型": "发明申请",
}


def reader(text: str = EXAMPLE) -> MappingReader:
    return MappingReader(load_mapping(text))


def csv(*rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8", **cells: str) -> bytes:
    lines = [delimiter.join(HEADERS)]
    lines += [delimiter.join({**row, **cells}[h] for h in HEADERS) for row in rows or (ROW,)]
    return "\n".join([*lines, ""]).encode(encoding)


def xlsx(**cells: object) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for column, header in enumerate(HEADERS):
            sheet.write_string(0, column, header)
            value = cells.get(header, ROW[header])
            if isinstance(value, datetime):
                sheet.write_datetime(1, column, value, day)
            else:
                sheet.write(1, column, value)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [csv(), csv(delimiter="\t"), csv(encoding="gb18030"), csv(encoding="utf-8-sig"), xlsx()],
    ids=["csv", "tsv", "gb18030", "byte order mark", "xlsx"],
)
def test_one_table_in_every_dress_says_the_same(content: bytes):
    name = "export.xlsx" if content.startswith(b"PK") else "export.csv"
    assert reader().recognises(content[:65536], name)
    (said,), refused = read(content, name, reader())
    assert refused == []
    number = application(9_990_001)
    assert said["row"] == 2
    assert said["application_number"] == f"CN{number[:12]}.{number[12]}"
    assert said["filing_date"] == date(2018, 8, 1)
    assert said["publications"] == [
        {"number": "CN199990001", "kind": "A", "date": date(2019, 7, 12)},
        {"number": "CN199990001", "kind": "B", "date": date(2021, 1, 5)},
    ]
    assert said["type"] == "invention"
    assert [(t["part"], t["language"], t["text"]) for t in said["texts"]] == [
        ("title", "zh", "一种虚构的装置"),
        ("title", "en", "Imaginary device"),
        ("abstract", "zh", "本发明是虚构的。"),
    ]
    assert [(p["role"], p["name"]) for p in said["parties"]] == [
        ("applicant", "示例甲科技有限公司"),
        ("applicant", "虚构理工大学"),
        ("inventor", "王测试"),
        ("inventor", "李样例"),
        ("agency", "杭州虚构专利代理事务所"),
        ("agent", "赵假设"),
    ]
    first = said["parties"][0]
    assert (first["postcode"], first["country"], first["address"]) == ("030900", "CN", ROW["地址"])
    assert [(c["symbol"], c["first"]) for c in said["classifications"]] == [("G06F17/00", True), ("H04L27/26", False)]


def test_dates_and_postcodes_of_a_workbook_keep_their_meaning():
    content = xlsx(公开日=datetime(2019, 7, 12, tzinfo=UTC).replace(tzinfo=None), 邮编=30900)
    (said,), refused = read(content, "export.xlsx", reader())
    assert refused == []
    assert said["publications"][0]["date"] == date(2019, 7, 12)
    assert said["parties"][0]["postcode"] == "030900"


def test_a_rounded_number_is_damaged_and_never_written_out():
    _, (refusal,) = read(xlsx(申请号=2.02e12), "export.xlsx", reader())
    assert (refusal.row, refusal.code, refusal.column) == (2, "number_damaged", "申请号")
    assert refusal.facts == {"value": "2.0200E+12"}


def test_a_whole_number_in_a_workbook_is_read_by_its_digits():
    digits = next(application(n) for n in range(9_990_001, 9_990_100) if application(n).isdigit())
    (said,), refused = read(xlsx(申请号=int(digits)), "export.xlsx", reader())
    assert refused == []
    assert said["application_number"] == f"CN{digits[:12]}.{digits[12]}"


def test_a_damaged_number_in_a_text_leaves_the_publication_to_stand_for_the_row():
    (said,), _ = read(csv(申请号="2.02E+12"), reader=reader())
    assert said["application_number"] is None
    assert said["notes"] == ["application_number_damaged"]
    _, (refusal,) = read(csv(申请号="2.02E+12", 公开号=""), reader=reader())
    assert (refusal.code, refusal.column) == ("number_damaged", "申请号")


def test_a_row_without_any_number_is_refused():
    _, (refusal,) = read(csv(申请号="-", 公开号=""), reader=reader())
    assert (refusal.row, refusal.code) == (2, "number_missing")


@pytest.mark.parametrize(
    ("value", "code"),
    [("2019-13-45", "date_impossible"), ("2019.13.45", "date_impossible"), ("soon", "date_unrecognised")],
)
def test_a_bad_date_refuses_its_row_by_the_operators_header(value: str, code: str):
    _, (refusal,) = read(csv(申请日=value), reader=reader())
    assert (refusal.row, refusal.code, refusal.column, refusal.facts["value"]) == (2, code, "申请日", value)


def test_a_type_word_nobody_mapped_is_noted():
    (said,), _ = read(csv(类型="发明授权"), reader=reader())
    assert said["type"] == "invention"  # told by the number
    assert said["notes"] == ["type_unknown"]


def test_a_missing_column_is_told_with_its_place():
    content = csv().replace("标题(英文)".encode(), b"title")
    with pytest.raises(Invalid) as told:
        read(content, reader=reader())
    assert told.value.code == "mapping.column_missing"
    assert told.value.facts["place"] == '[columns] "标题(英文)"'


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ('= "title_en"', '= "heading"', "mapping.field_unknown", '[columns] "标题(英文)"'),
        ('= "title_en"', '= "title"', "mapping.field_twice", "[columns]"),
        ('rank = "vendor_export"', 'rank = "gossip"', "mapping.setting_wrong", "[mapping] rank"),
        ('office = "CN"', "", "mapping.setting_missing", "[mapping] office"),
        ("version = 1", "version = 1\ncolour = 3", "mapping.setting_unknown", "[mapping] colour"),
        ("version = 1", 'version = "one"', "mapping.setting_wrong", "[mapping] version"),
        ('applicants = "|"', 'owners = "|"', "mapping.field_unknown", "[separators] owners"),
        ('country = "CN"', 'land = "CN"', "mapping.field_unknown", "[constants] land"),
        ('= "invention"', '= "idea"', "mapping.type_unknown", '[types] "发明申请"'),
        ("[types]", "[kinds]", "mapping.section_unknown", "[kinds]"),
    ],
)
def test_a_wrong_mapping_is_refused_at_its_place(old: str, new: str, code: str, place: str):
    assert old in EXAMPLE
    with pytest.raises(Invalid) as told:
        load_mapping(EXAMPLE.replace(old, new, 1))
    assert (told.value.code, told.value.facts["place"]) == (code, place)


def test_a_mapping_needs_a_number_and_must_be_toml():
    with pytest.raises(Invalid, match=r"mapping\.not_toml"):
        load_mapping("[mapping")
    text = "\n".join(line for line in EXAMPLE.split("\n") if "_number" not in line)
    with pytest.raises(Invalid, match=r"mapping\.number_missing"):
        load_mapping(text)


def test_a_broken_workbook_is_refused():
    with pytest.raises(FileRefused) as told:
        read(xlsx()[:-600], "export.xlsx", reader())
    assert told.value.refusal.code == "archive_truncated"
    with pytest.raises(FileRefused) as told:
        read(b"\xd0\xcf\x11\xe0" + bytes(4000), "export.xls", reader())
    assert told.value.refusal.code == "workbook_damaged"


def test_a_sheet_that_is_not_there_is_told_with_those_that_are():
    text = EXAMPLE.replace("version = 1", 'version = 1\nsheet = "Patents"')
    with pytest.raises(FileRefused) as told:
        read(xlsx(), "export.xlsx", reader(text))
    assert told.value.refusal.code == "sheet_missing"
    assert told.value.refusal.facts == {"sheet": "Patents", "sheets": ["Sheet1"]}
