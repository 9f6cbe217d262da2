"""Documents taken from print: fields of a parsed PDF, blocks of a page layout."""

from __future__ import annotations

import json
from datetime import date

import pytest

from qiantang.corpus.ingest.tests.readings import application, read

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

NUMBER = application(9_990_001)
FIELDS = {
    "申请公布号": "CN 199990001 A",
    "申请公布日": "2019.07.12 A 1000999991 NC (19)虚构的页眉 *CN199990001A*",
    "申请号": f"{NUMBER[:12]}.{NUMBER[12]}",
    "申请日": "2018.08.01",
    "申请人": "示例甲科技有\n限公司\n地址 310099 浙江省杭州市虚构区样\n例路1号",
    "发明人": "王测试 李样例\n张假设",
    "代理机构": "虚构知识产权代理有\n限公司 11999\n代理人 赵示范",
    "国际分类号": "l.\nG06F 17/30(2006.01)\nH04L 12/00(2006.01)\n权利权要利求要书求 书2 页",
    "发明名称": "一种虚构的\n装置",
    "摘要": "公开了一种\n装置，采用 open\nsource 部件。",
    "权利要求书": ["1.一种装置，包括：\n壳体。", "2. 根据权利要求 1 所述的装\n置。"],
    "技术领域": ["[0001] 属于虚构领\n域。"],
    "背景技术": ["[0002] 没有。"],
}


def block(text: str, place: int, kind: str = "text") -> dict[str, object]:
    return {"type": kind, "text": text, "bbox": [1, 2, 3, 4], "page_idx": place}


BLOCKS = [
    block(f"(21)申请号 {NUMBER[:12]} .{NUMBER[12]}", 0),
    block("H04L 12/00 (2006.01) ", 0),  # the second column, out of its place
    block("(22)申请日 2018.08.01", 0),
    block("(71)申请人 示例甲科技有限公司", 0),
    block("地址 310099 浙江省杭州市虚构区样例路1号", 0),
    {
        "type": "list",
        "list_items": ["(72)发明人 王测试 李样例", "(74)专利代理机构 虚构知识产权代理"],
        "bbox": [1],
        "page_idx": 0,
    },
    block("有限公司 11999", 0),
    block("专利代理师 赵示范", 0),
    block("(51)Int.Cl. ", 0),
    block("G06F 17/30 (2006.01) ", 0),
    block("权利要求书2页 说明书7页 附图9页", 0),
    block("(54)发明名称", 0),
    block("一种虚构的装置", 0),
    block("(57)摘要 ", 0),
    block("公开了一种装置。", 0),
    {"type": "image", "img_path": "images/a.jpg", "bbox": [1], "page_idx": 0},
    block("(10)申请公布号 CN 199990001 A", 0, "header"),
    block("(43)申请公布日 2019.07.12", 0, "header"),
    {
        "type": "list",
        "list_items": ["1 .一种装置，包括：", "壳体。", "2.根据权利要求1所述的装置，"],
        "bbox": [1],
        "page_idx": 1,
    },
    block("权　利　要　求　书", 1, "header"),
    block("1/2 页", 1, "page_number"),
    block("其中有盖。", 2),
    block("CN 199990001 A", 2, "header"),
    block("权　利　要　求　书", 2, "header"),
    block("技术领域", 3),
    block("[0001] 属于虚构领域。", 3),
    block("说　明　书", 3, "header"),
    block("图1", 4),
    block("说　明　书　附　图", 4, "header"),
]


def encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("content", "abstract", "claims"),
    [
        (
            encoded(FIELDS),
            "公开了一种装置，采用 open source 部件。",
            "1. 一种装置，包括：壳体。\n2. 根据权利要求 1 所述的装置。",
        ),
        (
            encoded(BLOCKS),
            "公开了一种装置。",
            "1. 一种装置，包括：\n壳体。\n2. 根据权利要求1所述的装置，\n其中有盖。",
        ),
    ],
)
def test_numbers_people_and_texts_are_put_in_their_places(content: bytes, abstract: str, claims: str):
    (said,), refused = read(content, "doc.json")
    assert refused == []
    assert said["keys"] == [f"a:CN{NUMBER[:12]}", "p:CN199990001"]
    assert said["publications"] == [{"number": "CN199990001", "kind": "A", "date": date(2019, 7, 12)}]
    assert said["filing_date"] == date(2018, 8, 1)
    texts = {t["part"]: t["text"] for t in said["texts"]}
    assert (texts["title"], texts["abstract"], texts["claims"]) == ("一种虚构的装置", abstract, claims)
    assert texts["description"].startswith("技术领域\n[0001] 属于虚构领域。")
    assert "图1" not in texts["description"]
    assert said["claim_count"] == 2
    assert [c["symbol"] for c in said["classifications"]] == ["G06F17/30", "H04L12/00"]
    named = [(p["role"], p["name"]) for p in said["parties"] if p["name"] != "张假设"]
    assert named == [
        ("applicant", "示例甲科技有限公司"),
        ("inventor", "王测试"),
        ("inventor", "李样例"),
        ("agency", f"虚构知识产权代理{'有限公司'}"),
        ("agent", "赵示范"),
    ]
    assert said["parties"][0]["address"] == "浙江省杭州市虚构区样例路1号"
    assert said["parties"][0]["postcode"] == "310099"
    assert said["notes"] == ["read_from_print"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"申请公布号": ""}, "number_missing"),
        ({"申请公布号": "CN 1O2890692 A"}, "number_unrecognised"),
        ({"申请号": f"{NUMBER[:12]}.{'1' if NUMBER[12] != '1' else '2'}"}, "check_digit_wrong"),
        ({"申请公布日": "2019.13.12"}, "date_impossible"),
    ],
)
def test_a_number_that_ocr_has_changed_is_refused(changed: dict[str, str], code: str):
    observed, refused = read(encoded({**FIELDS, **changed}), "doc.json")
    assert (observed, [told.code for told in refused]) == ([], [code])
