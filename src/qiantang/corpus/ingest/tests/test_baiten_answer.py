"""Answers of the Baiten search: documents, grants, statuses without a day, lost dashes."""

from __future__ import annotations

import json
from datetime import date

import pytest

from qiantang.corpus.ingest.tests.readings import application, read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]


def values(**changed: object) -> dict[str, object]:
    number = application(9_990_001)
    return {
        "an": f"CN{number[:12]}.{number[12]}",
        "pn": "CN199990001A",
        "pd": "20190712",
        "apn": "CN199990001B",
        "apd": "20200801",
        "ad": "20180801",
        "ti": "一种虚构的装置",
        "ab": "公开了一种装置。",
        "ac": "一种装置，其特征在于长度为0.5?0.9米。",
        "pa": ["示例甲科技有限公司", "虚构理工大学"],
        "cpa": ["样本乙机械厂有限公司"],
        "in": ["王测试", "李样例"],
        "aa": "浙江省杭州市虚构区样例路1号",
        "agc": "虚构专利商标事务所（普通合伙）",
        "agt": ["赵示范"],
        "ic1": "G06F17/00(2006.01)I",
        "ic2": ["G06F17/00(2006.01)I", "H04L12/00(2006.01)I"],
        "lsnt": "有权-审定授权",
        "pr": "",
        **changed,
    }


def answer(*documents: object) -> bytes:
    wrapped = [{"field_values": one} for one in documents]
    return json.dumps({"cubePatentSearchResponse": {"documents": wrapped}}, ensure_ascii=False).encode()


def test_a_document_says_publication_grant_and_main_claim():
    (said,), refused = read(answer(values()))
    assert refused == []
    assert said["keys"] == [f"a:CN{application(9_990_001)[:12]}", "p:CN199990001"]
    assert [(p["kind"], p["date"]) for p in said["publications"]] == [("A", date(2019, 7, 12)), ("B", date(2020, 8, 1))]
    assert [(t["part"], t["text"]) for t in said["texts"]] == [
        ("title", "一种虚构的装置"),
        ("abstract", "公开了一种装置。"),
        ("claims", "1. 一种装置，其特征在于长度为0.5?0.9米。"),
    ]
    assert said["claim_count"] is None  # one claim is given, not how many there are
    assert said["notes"] == ["claims_first_only", "characters_lost"]
    assert [(p["role"], p["name"]) for p in said["parties"]] == [
        ("applicant", "示例甲科技有限公司"),
        ("applicant", "虚构理工大学"),
        ("holder", "样本乙机械厂有限公司"),
        ("inventor", "王测试"),
        ("inventor", "李样例"),
        ("agency", "虚构专利商标事务所（普通合伙）"),
        ("agent", "赵示范"),
    ]
    assert [c["symbol"] for c in said["classifications"]] == ["G06F17/00", "H04L12/00"]


def test_a_status_in_words_has_no_day_and_makes_no_status_of_a_day():
    (said,), _ = read(answer(values(apn="", apd="", lsnt="无权-未缴年费")))
    assert said["events"] == [{"code": "无权-未缴年费", "date": None, "gazette_date": None, "text": None}]
    assert [p["kind"] for p in said["publications"]] == ["A"]


def test_a_document_without_number_or_with_a_wrong_one_is_refused_alone():
    wrong = values(an="CN201819990001.0" if application(9_990_001)[12] != "0" else "CN201819990001.1")
    content = answer(values(), values(an="", pn="", apn=""), wrong, "no values", values(pd="20191345"))
    observed, refused = read(content)
    assert [said["row"] for said in observed] == [1]
    assert [(told.row, told.code) for told in refused] == [
        (2, "number_missing"),
        (3, "check_digit_wrong"),
        (4, "number_missing"),
        (5, "date_impossible"),
    ]


def test_an_answer_cut_off_is_refused_as_a_file():
    with pytest.raises(FileRefused, match="json_damaged"):
        read(answer(values())[:-20])
    with pytest.raises(FileRefused, match="format_unknown"):
        read(b'{"cubePatentSearchResponse": {"documents": 3}}')
