"""Every shipped mapping reads a small table of its form, made up here, with the quirks the real ones have."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from qiantang.corpus.ingest.methods.readers import READERS, recognise
from qiantang.corpus.ingest.methods.readers.shipped import shipped
from qiantang.corpus.ingest.tests.exports import APPLICATION, csv, documents, loaded, parties, symbols, texts, xlsx
from qiantang.corpus.ingest.tests.readings import read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

WANFANG = [
    "一种虚构的灯-七大新兴产业-万方数据知识服务平台",
    "实用新型",
    APPLICATION,
    "2007年5月11日",
    "2008年3月12日",
    "CN2999999",
    "H04N5/64,H04N5/00,H,H04,H04N,H04N5",
    "H04N5/64,H04N5/00,H01R9/00,H,H01,H04,H04N,H04N5,H01R,H01R9",
    "虚构灯具有限公司,样例大学",
    "甲  乙,王测试",
    "310099浙江省杭州市虚构区样例路1号",
    "杭州虚构专利代理事务所(普通合伙) 33999",
    "赵假设,李样例",
    "浙江;33",
]


def check_wanfang(row: dict) -> None:
    assert row["application_number"] == APPLICATION
    assert (row["type"], row["filing_date"]) == ("utility_model", date(2007, 5, 11))
    assert documents(row) == [("CN2999999", None, date(2008, 3, 12))]
    assert texts(row) == [("title", "zh", "一种虚构的灯", False)]
    assert symbols(row) == [("H04N5/64", True), ("H01R9/00", False)]
    assert parties(row) == [
        ("applicant", "虚构灯具有限公司"),
        ("applicant", "样例大学"),
        ("inventor", "甲乙"),
        ("inventor", "王测试"),
        ("agency", "杭州虚构专利代理事务所(普通合伙)"),
        ("agent", "赵假设"),
        ("agent", "李样例"),
    ]
    assert (row["parties"][0]["postcode"], row["parties"][0]["address"]) == ("310099", "浙江省杭州市虚构区样例路1号")


def test_wanfang_without_headers_and_with_an_empty_first_row():
    row = loaded(xlsx([""] * 14, WANFANG), "list.xlsx", "wanfang-list")
    assert row["row"] == 2
    check_wanfang(row)


def test_wanfang_with_headers():
    headers = "title patent_type application_number filing_date publication_date publication_number ipc_main ipc_all"
    header = [*headers.split(), "applicants", "inventors", "address", "agency", "agents", "province_code"]
    check_wanfang(loaded(csv(["source_file", *header], ["a.xls", *WANFANG], end="\r\n"), "t.csv", "wanfang-table"))


def test_wanfang_foreign_rows_keep_their_office_and_language():
    foreign = [
        "MADE-UP LAMP-七大新兴产业-万方数据知识服务平台",
        "",
        "KR20129927655A",
        "2010年11月24日",
        "2013年4月17日",
    ]
    foreign += ["KR20139938250(A)", "H05B37/02,H05B37/00,H,H05,H05B,H05B37", "", "MADE-UP GMBH", "ROE JANE,DOE JOHN"]
    content = xlsx(foreign + [""] * 4, WANFANG)
    (row, _), refused = read(content, "list.xlsx", recognise(content, "list.xlsx", lambda: io.BytesIO(content)))
    assert refused == []
    assert (row["office"], row["texts"][0]["language"]) == ("KR", "en")
    assert documents(row) == [("KR1020139938250", "A", date(2013, 4, 17))]
    assert [name for role, name in parties(row) if role == "inventor"] == ["ROE JANE", "DOE JOHN"]


PATSNAP = {
    "序号": "1",
    "公开(公告)号": "CN199990001A",
    "法律状态/事件": "授权",
    "[标]当前申请(专利权)人": "丙公司 | 丁公司",
    "申请日": "2013-01-21",
    "公开(公告)日": "2013-05-15",
    "被引用专利数量": "7",
    "引用专利数量": "4",
    "标题(译)(简体中文)": "虚构的飞行器",
    "标题(译)(English)": "Imaginary aircraft",
    "摘要(译)(简体中文)": "本发明是虚构的。",
    "摘要(译)(English)": "-",
    "简单同族专利申请数量": "9",
    "INPADOC法律状态": "2016-05-11 | +PATENT GRANT | CN | 2013-05-15 | PUBLICATION | CN",
    "专利类型": "发明申请",
    "[标]原始申请(专利权)人": "甲公司",
    "IPC分类号": "B64C27/12 | B64C27/82",
    "IPC主分类号": "B64C27/82",
}


def patsnap(**cells: str) -> dict:
    row = PATSNAP | cells
    return loaded(xlsx(list(row), list(row.values())), "export.XLSX", "patsnap-export")


def test_patsnap_counts_are_no_citations_and_translations_are_marked():
    row = patsnap()
    assert documents(row) == [("CN199990001", "A", date(2013, 5, 15))]
    assert row["citations"] == []
    assert (row["simple_family"], row["extended_family"]) == (None, None)
    assert texts(row) == [
        ("title", "zh", "虚构的飞行器", False),
        ("title", "en", "Imaginary aircraft", True),
        ("abstract", "zh", "本发明是虚构的。", False),
    ]
    assert parties(row) == [("applicant", "甲公司"), ("holder", "丙公司"), ("holder", "丁公司")]
    assert symbols(row) == [("B64C27/82", True), ("B64C27/12", False)]
    assert [(event["code"], event["gazette_date"]) for event in row["events"]] == [
        ("GR01", date(2016, 5, 11)),
        ("PB01", date(2013, 5, 15)),
    ]


def test_patsnap_of_another_office():
    row = patsnap(**{"公开(公告)号": "FR2999999A1", "INPADOC法律状态": "2021-07-22 | +FEE PAYMENT | FR"})
    assert row["office"] == "FR"
    assert [machine for _, _, _, machine in texts(row)] == [True, True, True]
    assert [(event["code"], event["date"], event["text"]) for event in row["events"]] == [
        ("", date(2021, 7, 22), "+FEE PAYMENT")
    ]


def test_cnipr_with_a_postcode_for_an_address_and_lost_blanks():
    cells = {
        "申请号": APPLICATION,
        "申请日": "2010.11.19",
        "公开（公告）号": "CN199990001A",
        "公开（公告）日": "2011.06.29",
        "专利类型": "1",
        "名称": "一种虚构的膜",
        "摘要": "本发明是虚构的。",
        "分类号": "H01L31/048(2006.01)I;C09D175/06(2006.01)I",
        "主分类号": "H01L31/048(2006.01)I",
        "申请（专利权）人": "虚构薄膜有限公司",
        "发明（设计）人": "不公告发明人",
        "代理机构": "",
        "代理人": "赵假设;李样例",
        "地址": "315099",
        "国省代码": "浙江;33",
        "优先权": "2010.08.11",
        "主权项": "一种虚构的膜，厚????????10微米。",
        "专利代理机构": "虚构代理事务所",
        "页数": "19",
        "权利要求书": "C:\\TEMP\\1.xml",
        "说明书": "C:\\TEMP\\2.xml",
        "省": "",
        "市": "",
        "区": "",
    }
    row = loaded(xlsx(list(cells), list(cells.values())), "test.xlsx", "cnipr-export")
    assert (row["parties"][0]["postcode"], row["parties"][0]["address"]) == ("315099", None)
    assert row["notes"] == ["claims_first_only", "text_damaged", "inventor_withheld"]
    assert [t[0] for t in texts(row)] == ["title", "abstract", "claims"]
    assert texts(row)[2][2] == "1. 一种虚构的膜，厚????????10微米。"
    assert (row["page_count"], row["priorities"]) == (19, [])
    assert symbols(row) == [("H01L31/048", True), ("C09D175/06", False)]


def test_cnki_columns_by_what_they_hold():
    header = ["title", "author", "com", "public", "sql", "quote", "download", "href", "ChDiv_summary", "claim_text"]
    address = "https://example.invalid/detail.aspx?dbcode=X&filename=CN199990001A"
    cells = ["一种虚构的材料", "王测试;李样例", "虚构大学", "中国专利", "2018-07-30", "2018-12-11", "下载", address]
    row = loaded(xlsx(header, [*cells, "围压#体积控制器。", "1.一种虚构的材料。"]), "m.xlsx", "cnki-pages")
    assert documents(row) == [("CN199990001", "A", date(2018, 12, 11))]
    assert row["filing_date"] == date(2018, 7, 30)
    assert row["notes"] == ["text_damaged", "claims_first_only"]
    assert parties(row) == [("applicant", "虚构大学"), ("inventor", "王测试"), ("inventor", "李样例")]


COMPANY = ["序号", "公开(公告)号", "标题", "申请日", "公开(公告)日", "申请人", "发明(设计)人", "IPC"]


def test_a_company_list_with_glued_cells():
    cells = ["1.  发明授权  有权", "CN199990001B", f"{APPLICATION} -  一种虚构的锅", "2018-07-25", "2020-12-11"]
    cells += ["甲公司  ,\u00a0乙公司", "王测试  ,\u00a0李样例", "[B26D1/09, B26D5/18]"]
    row = loaded(csv(COMPANY, cells), "company.csv", "company-patent-list")
    assert (row["application_number"], row["type"]) == (APPLICATION, "invention")
    assert texts(row) == [("title", "zh", "一种虚构的锅", False)]
    assert [name for _, name in parties(row)] == ["甲公司", "乙公司", "王测试", "李样例"]
    assert symbols(row) == [("B26D1/09", True), ("B26D5/18", False)]


def test_another_table_with_the_same_headers_is_not_taken_for_a_company_list():
    cells = ["1", "CN199990001B", "一种虚构的锅", "2018-07-25", "2020-12-11", "甲公司", "王测试", "B26D1/09"]
    content = csv(COMPANY, cells)
    with pytest.raises(FileRefused) as told:
        recognise(content, "company.csv")
    assert told.value.refusal.code == "table_unknown"
    assert told.value.refusal.facts["nearest"]["company-patent-list"] == []


def test_subclasses_without_order_and_no_prediction():
    header = [
        "dataset_row",
        "fold",
        "publication_numbers",
        "patent_title",
        "true_subclasses_all",
        "predicted_subclasses",
    ]
    cells = ["0", "1", "CN199990001A", "一种虚构的装置", "A01M|G06F", "H02G"]
    row = loaded(csv(header, cells, encoding="utf-8-sig"), "oof.csv", "ipc-subclass-table")
    assert symbols(row) == [("A01M", False), ("G06F", False)]


def test_titles_without_numbers_are_refused_row_by_row():
    content = xlsx(["", "专利名", "申请人", "发明人", "摘要"], ["0", "一种雷达", "甲公司", "王测试李样例", "公开了。"])
    found = recognise(content[:65536], "t.xlsx", lambda: io.BytesIO(content))
    observed, (refusal,) = read(content, "t.xlsx", found)
    assert (observed, refusal.row, refusal.code) == ([], 2, "number_missing")


def test_every_shipped_mapping_can_be_asked_for_by_name():
    assert all(READERS[reader.name] is reader for reader in shipped())


def test_a_table_nobody_knows_is_told_what_comes_nearest():
    content = csv(["公开(公告)号", "申请日", "申请人", "别的"], ["CN199990001A", "2018-07-25", "甲公司", "x"])
    with pytest.raises(FileRefused) as told:
        recognise(content, "other.csv")
    assert told.value.refusal.code == "table_unknown"
    assert told.value.refusal.facts["nearest"] == {
        "company-patent-list": ["序号", "标题", "公开(公告)日", "发明(设计)人", "IPC"]
    }


def test_a_workbook_nobody_knows_is_told_too():
    content = xlsx(["公开(公告)号", "申请日", "申请人", "别的"], ["CN199990001A", "2018-07-25", "甲公司", "x"])
    with pytest.raises(FileRefused) as told:
        recognise(content, "other.xlsx", lambda: io.BytesIO(content))
    assert told.value.refusal.code == "table_unknown"
    with pytest.raises(FileRefused) as told:
        recognise(content, "other.xlsx")
    assert told.value.refusal.code == "format_unknown"


def test_two_cells_far_from_each_other_are_refused_before_they_are_laid_out():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "申请号")
        sheet.write(1_000_000, 16_000, "far away")
    content = out.getvalue()
    with pytest.raises(FileRefused) as told:
        recognise(content, "wide.xlsx", lambda: io.BytesIO(content))
    assert told.value.refusal.code == "sheet_too_large"
    assert told.value.refusal.facts == {"rows": 1_000_001, "columns": 16_001, "limit": 16 * 2**20}
