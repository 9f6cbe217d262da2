"""Readers of tables which no mapping can say, and files that hold no patent record: all made up here."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.tests.readings import application, read
from qiantang.corpus.ingest.types import FileRefused
from qiantang.kernel.legalstatus import EventKind, event_kind

pytestmark = pytest.mark.feature("S3-20")

NUMBER = application(9_990_001, kind="3")
NAMED = "公开公告号,专利名称,发明人,代理人,代理机构,法律状态,法律状态信息,申请号,LOC分类号,申请日,授权日,预估到期日,page,picturesavepath"
ENTRY = {
    "设计人": "王测试; 李样例",
    "代理人": "赵假设",
    "专利代理机构": "杭州虚构专利代理有限公司33999",
    "简要说明": "1.名称：虚构的灯。",
    "专利权人": "虚构灯具有限公司",
    "地址": "310099浙江省杭州市虚构区样例路1号",
    "优先权": "29/999,382 2011.10.20 US",
}
TRANSFER = (
    "专利权的转移\n主分类号:26-05\n登记生效日:20191218\n变更事项:专利权人\n变更前:虚构灯具有限公司\n变更后:样例照明有限公司"
    "\n变更事项:地址\n变更前:310099 浙江省杭州市虚构区样例路1号\n变更后:310098 浙江省杭州市虚构区样例路2号室"
)
EVENTS = [
    f"申请（专利）号 {NUMBER}",
    "事务数据公告日 2020.01.07 事务数据类型 专利申请权、专利权的转移",
    TRANSFER,
    f"申请（专利）号 {NUMBER}",
    "事务数据公告日 2019.08.27 事务数据类型 专利权的终止",
    "未缴年费专利权终止\n主分类号:26-05\n终止日期:20180907",
    f"申请（专利）号 {NUMBER}",
    "事务数据公告日 2019.07.12 事务数据类型 授权",
    "授权",
]


def design(entry: Any = ENTRY, events: Any = EVENTS, **cells: str) -> str:
    row = {name: name for name in NAMED.split(",")}
    row |= {"公开公告号": "CN309990001S", "专利名称": "虚构的灯", "发明人": "王测试", "代理人": "-1", "代理机构": "-1"}
    row |= {"申请号": NUMBER, "LOC分类号": "26-05", "申请日": "2018.12.07", "授权日": "2019.07.12", **cells}
    unnamed = [json.dumps(value, ensure_ascii=False).replace('"', '""') for value in (entry, events)]
    return ",".join([*row.values(), *(f'"{text}"' for text in unnamed)])


def designs(*lines: str) -> tuple[list[dict], list]:
    content = "\n".join([NAMED, *lines, ""]).encode("utf-8-sig")
    assert recognise(content, "1.csv").name == "cn-design-events-table"
    return read(content, "1.csv")


def test_a_design_with_owner_events_and_transfer():
    (row,), refused = designs(design())
    assert refused == []
    assert (row["row"], row["type"], row["filing_date"]) == (2, "design", date(2018, 12, 7))
    assert row["as_of"] == date(2020, 1, 7)
    assert row["application_number"] == f"CN{NUMBER[:12]}.{NUMBER[12]}"
    assert row["publications"] == [{"number": "CN309990001", "kind": "S", "date": date(2019, 7, 12)}]
    assert [(p["role"], p["name"]) for p in row["parties"]] == [
        ("applicant", "虚构灯具有限公司"),
        ("inventor", "王测试"),
        ("inventor", "李样例"),
        ("agency", "杭州虚构专利代理有限公司"),
        ("agent", "赵假设"),
        ("holder", "样例照明有限公司"),
    ]
    assert row["parties"][0]["postcode"] == "310099"
    assert [(p["number"], p["country"], p["date"]) for p in row["priorities"]] == [
        ("29/999,382", "US", date(2011, 10, 20))
    ]
    assert [(e["code"], e["date"], e["gazette_date"]) for e in row["events"]] == [
        ("专利权的转移", date(2019, 12, 18), date(2020, 1, 7)),
        ("未缴年费专利权终止", date(2018, 9, 7), date(2019, 8, 27)),
        ("授权", None, date(2019, 7, 12)),
    ]
    kinds = [event_kind("CN", e["code"]) for e in row["events"]]
    assert kinds == [EventKind.TRANSFER, EventKind.FEE_LAPSE, EventKind.GRANT]


def test_addresses_are_no_part_of_an_event():
    (row,), _ = designs(design())
    text = row["events"][0]["text"]
    assert "样例照明有限公司" in text
    assert "样例路" not in text


def test_the_repeated_header_line_is_refused_by_name():
    observed, (refusal,) = designs(design(), NAMED, design())
    assert len(observed) == 2
    assert (refusal.row, refusal.code) == (3, "header_repeated")


def test_a_design_whose_details_are_damaged_keeps_the_rest():
    line = design().rpartition(',"{')[0] + ',"{cut off","[also"'
    (row,), refused = designs(line)
    assert refused == []
    assert row["notes"] == ["details_damaged"]
    assert (row["texts"][0]["text"], row["events"], row["parties"]) == ("虚构的灯", [], [])
    (short,), _ = designs(design().rpartition(',"{')[0])
    assert short["notes"] == ["details_damaged"]


def test_a_wrong_check_digit_refuses_the_row():
    wrong = NUMBER[:12] + ("1" if NUMBER[12] != "1" else "2")
    observed, (refusal,) = designs(design(申请号=wrong))
    assert (observed, refusal.row, refusal.code) == ([], 2, "check_digit_wrong")


SAMPLES = "publication_number,text,labels,n_labels\r\n"


def samples(*lines: str) -> tuple[list[dict], list]:
    content = (SAMPLES + "".join(f"{line}\r\n" for line in lines)).encode("utf-8-sig")
    assert recognise(content, "sample.csv").name == "cpc-sample-table"
    return read(content, "sample.csv")


LABELS = '"[""G06F16/3329"", ""G06F40/247""]"'


@pytest.mark.parametrize(
    "text",
    [
        '"Title: 一种虚构的方法\nKeywords: data; word\nAbstract: 本发明\n是虚构的。"',
        '"一种虚构的方法 [SEP] data word [SEP] 本发明\n是虚构的。"',
    ],
    ids=["lines", "parted"],
)
def test_a_sample_in_either_form(text: str):
    (row,), refused = samples(f"CN199990001A,{text},{LABELS},2", ",,,", ",,,")
    assert refused == []
    assert [(t["part"], t["text"]) for t in row["texts"]] == [
        ("title", "一种虚构的方法"),
        ("abstract", "本发明\n是虚构的。"),
    ]
    assert [(c["scheme"], c["symbol"], c["first"]) for c in row["classifications"]] == [
        ("cpc", "G06F16/3329", False),
        ("cpc", "G06F40/247", False),
    ]


def test_a_sample_with_damaged_cells_keeps_the_rest():
    (row,), _ = samples("CN199990001A,nothing of the kind,not a list,2")
    assert (row["texts"], row["classifications"]) == ([], [])
    assert row["notes"] == ["text_unrecognised", "classification_damaged"]


def test_a_sample_without_a_number_is_refused():
    _, refused = samples(f",some text,{LABELS},2", f"nonsense,some text,{LABELS},2")
    assert [(one.row, one.code) for one in refused] == [(2, "number_missing"), (3, "number_unrecognised")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", "region,level,invention,utility_model,design,total\n甲省,province,1,2,3,6\n", "statistics_only"),
        ("a.csv", "type,office,office_code,origin,technology,year,records\rx,y,W1,z,t,1980,3\r", "statistics_only"),
        ("a.csv", "district,invention,utility_model,design,total\n市本级,3,4,5,12\n甲区,3,4,5,12\n", "statistics_only"),
        ("a.csv", "region,y2018,y2022,y2023\n合计,3,4,5\n甲省,1,2,3\n", "statistics_only"),
        ("a.csv", "region,university,research_institute,enterprise\n甲省,1,2,3\n", "statistics_only"),
        ("a.csv", "indicator,unit,y2013\n人员,人年,3\n", "statistics_only"),
        ("a.csv", "year,province_name,province_adcode,city_name,city_adcode\n2024,甲,1,乙,2\n", "places_only"),
        ("a.json", '{"cities": [{"name": "甲市", "adcode": "110000", "center": [1, 2]}]}', "places_only"),
        ("a.csv", "id,案件受理年份,侵权行为数量,赔偿金额\n1,2015,2,0万\n", "judgments_only"),
        (
            "a.sql",
            "CREATE TABLE `x` (`id` int);\nINSERT INTO `x` VALUES (1, '甲乙纠纷民事判决书');\n",
            "judgments_only",
        ),
        ("a.jsonl", '{"id": 1, "query_pn": "CN309990001S", "target_pns": ["CN309990002S"]}\n', "number_pairs_only"),
        (
            "a.json",
            '{"id": "x", "title": "甲", "assignee": "乙", "abstract": "丙", "label_id": 3}\n',
            "texts_without_numbers",
        ),
        ("1.ann", "T1\tComponent 3 18\tfilm\nT2\tShape 1 2\tx\n", "annotations_only"),
        ("a.json", '[\n "G06F30/20",\n "G06F18/214",\n "G06F2119/14", "G06F18/213"]', "symbols_only"),
        ("LICENSE.some", "Permission is hereby granted, or not.\n", "prose_only"),
        ("1234.txt", "A film is sputtered onto a base. The base is smooth.\n", "prose_only"),
        ("1.txt", "A base on which a film of (soft) iron has been laid in 2 steps.\n", "prose_only"),
        ("a.txt", "薄膜溅射在基底上。基底是光滑的。", "prose_only"),
        ("docs/README-upstream.md", "# A heading\n\nWords.\n", "prose_only"),
    ],
)
def test_a_file_without_patents_is_told_what_it_is(name: str, content: str, code: str):
    with pytest.raises(FileRefused) as told:
        recognise(content.encode(), name)
    assert (told.value.refusal.row, told.value.refusal.code) == (0, code)
    assert told.value.refusal.facts == {"name": name}


def test_a_workbook_of_counts_is_told_what_it_is():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["序号", "企业名称", "FM2004", "SY2004", "WG2004"])
        sheet.write_row(1, 0, ["1", "虚构机械厂", "", "3[1](2)", ""])  # valid, pending, lapsed; up to that year
    with pytest.raises(FileRefused) as told:
        recognise(out.getvalue(), "counts.xlsx", lambda: io.BytesIO(out.getvalue()))
    assert told.value.refusal.code == "statistics_only"


@pytest.mark.parametrize(
    "content",
    [b'{"some": "thing"}', b"one\ttwo\nA film. A base.\tx\n", b"no sentence at all", b"1 2 3 4 5 6 7 8 9 10 11 12\n"],
)
def test_structured_text_is_not_called_prose(content: bytes):
    with pytest.raises(FileRefused) as told:
        recognise(content, "some.txt")
    assert told.value.refusal.code == "format_unknown"
