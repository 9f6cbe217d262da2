"""Result pages of the gazette: whole entries, folded lists, PCT data, the answer that nothing was found."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.corpus.ingest.tests.readings import application, read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

PAGE = """<!DOCTYPE html><html><head><script>document.write("<li>地址：不应读到</li>")</script></head><body>
<div class="main">{entries}</div></body></html>"""
ENTRY = """<div class="cp_box"><div class="cp_linr"><h1>
   [{kind}] 一种虚构的 装置</h1><ul>
<li class="wl228">{applied}公布号：{number}</li><li class="wl228">{applied}公布日：2019.07.12</li>
<li class="wl228">申请号：{application}</li><li class="wl228">申请日：2018.08.01</li>
<li class="wl228">申请人：示例甲科技有限公司;<a class="zhankaizt" href="javascript:;"><img src="x.bmp"/></a>
<div style="display:none;"> 虚构理工大学</div></li>
<li class="wl228">发明人：王测试; 不公告发明人;<div style="display:none;"> 李样例; 张假设</div></li><li class="clear"></li>
<li>地址：310099浙江省杭州市虚构区样例路1号</li>
<li>分类号：{classes};  <a class="zhankai" href="javascript:;">全部</a><div style="display:none;"><ul>
<li> H04L12/00(2006.01)I</li>
<li>专利代理机构：杭州虚构专利代理事务所(普通合伙)33999</li><li>代理人：赵示范; 钱举例</li>
<li>优先权：62/999,999 2017.08.01 US</li>
<li>PCT进入国家阶段日：2019.01.25</li><li>PCT申请数据：PCT/CN2018/099999 2018.08.01</li>
<li>PCT公布数据：WO2019/199999 EN 2019.02.07</li></ul></div></li></ul>
<div class="cp_jsh"><span id="tit">摘要：</span> 第一句；<span style="display:none;">折起的第二句。</span>
<a class="zhankaizy" href="javascript:;">全部</a></div>
<p class="cp_botsm"><span><a href="javascript:x()">【发明专利】</a></span></p></div></div>"""
NOTHING = (
    '<html><head><title>错误页面</title></head><body><div class="cx_nojg"><span>没有结果</span></div></body></html>'
)


def entry(serial: int = 9_990_001, **changed: str) -> str:
    values = {
        "kind": "发明公布",
        "applied": "申请",
        "number": f"CN19{serial:07d}A",
        "application": application(serial),
        "classes": "G06F17/00(2006.01)I",
        **changed,
    }
    return ENTRY.format(**values)


def read_page(*entries: str):
    return read(PAGE.format(entries="".join(entries)).encode(), "page.html")


def test_an_entry_says_all_it_has():
    (said,), refused = read_page(entry())
    number = application(9_990_001)
    assert refused == []
    assert (said["row"], said["office"], said["type"], said["as_of"]) == (1, "CN", "invention", date(2019, 7, 12))
    assert said["application_number"] == f"CN{number[:12]}.{number[12]}"
    assert said["filing_date"] == date(2018, 8, 1)
    assert said["publications"] == [{"number": "CN199990001", "kind": "A", "date": date(2019, 7, 12)}]
    assert {t["part"]: t["text"] for t in said["texts"]} == {
        "title": "一种虚构的 装置",
        "abstract": "第一句；折起的第二句。",
    }
    assert said["notes"] == ["inventor_withheld"]


def test_folded_lists_are_read_whole_and_links_are_no_text():
    (said,), _ = read_page(entry())
    names = [(p["role"], p["position"], p["name"]) for p in said["parties"]]
    assert names == [
        ("applicant", 1, "示例甲科技有限公司"),
        ("applicant", 2, "虚构理工大学"),
        ("inventor", 1, "王测试"),
        ("inventor", 2, "李样例"),
        ("inventor", 3, "张假设"),
        ("agency", 1, "杭州虚构专利代理事务所(普通合伙)"),
        ("agent", 1, "赵示范"),
        ("agent", 2, "钱举例"),
    ]
    assert (said["parties"][0]["postcode"], said["parties"][0]["address"]) == ("310099", "浙江省杭州市虚构区样例路1号")
    assert [(c["symbol"], c["edition"]) for c in said["classifications"]] == [
        ("G06F17/00", "2006.01"),
        ("H04L12/00", "2006.01"),
    ]


def test_priorities_and_what_an_international_application_adds():
    (said,), _ = read_page(entry())
    assert said["priorities"] == [{"number": "62/999,999", "country": "US", "date": date(2017, 8, 1)}]
    assert [(e["code"], e["date"], e["text"]) for e in said["events"]] == [
        ("PCT进入国家阶段日", date(2019, 1, 25), "2019.01.25"),
        ("PCT申请数据", date(2018, 8, 1), "PCT/CN2018/099999 2018.08.01"),
        ("PCT公布数据", date(2019, 2, 7), "WO2019/199999 EN 2019.02.07"),
    ]


def test_a_granted_design_has_other_labels_and_a_locarno_class():
    changed = {"kind": "外观设计", "applied": "授权", "number": "CN309990001S", "classes": "06-04(11)"}
    text = entry(**changed).replace("授权公布", "授权公告").replace("<li> H04L12/00(2006.01)I</li>", "")
    text = text.replace("申请人：", "专利权人：").replace("发明人：", "设计人：").replace("摘要：", "简要说明：")
    text = text.replace(application(9_990_001), application(9_990_001, "3"))
    (said,), refused = read_page(text)
    assert refused == []
    assert said["type"] == "design"
    assert [(c["scheme"], c["symbol"], c["edition"]) for c in said["classifications"]] == [("locarno", "06-04", "11")]
    assert [p["role"] for p in said["parties"]][:3] == ["applicant", "applicant", "inventor"]
    assert said["texts"][1]["text"] == "第一句；折起的第二句。"


def test_an_entry_without_a_usable_number_is_refused_alone():
    wrong = application(9_990_002)
    wrong = wrong[:12] + ("1" if wrong[12] != "1" else "2")
    observed, refused = read_page(entry(), entry(number=""), entry(9_990_002, application=wrong), entry(9_990_003))
    assert [said["row"] for said in observed] == [1, 4]
    assert [(told.row, told.code) for told in refused] == [(2, "number_missing"), (3, "check_digit_wrong")]
    assert "一种虚构的" in refused[0].raw


def test_the_answer_that_nothing_was_found_has_no_rows_and_is_no_error():
    assert read(NOTHING.encode(), "none.html") == ([], [])


def test_a_page_that_only_mentions_a_box_in_a_script_is_refused():
    text = "<html><script>var a = 'class=\"cp_box\"';</script><body>nothing</body></html>"
    with pytest.raises(FileRefused, match="format_unknown"):
        read(text.encode(), "page.html")
