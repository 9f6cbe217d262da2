"""Old files come in with their number, and are found by it wherever a number is looked up."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.accounts.api import access
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api
from qiantang.commons.casework.methods.old_files import folded_number, parsed_date, read_table
from qiantang.commons.casework.models import Case, CaseAlias, OldFileRow
from qiantang.commons.casework.selectors.sheet import case_sheet
from qiantang.commons.casework.services import old_files
from qiantang.commons.casework.services.inquiry import status_by_code
from qiantang.commons.casework.types.old_files import OldFile
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotFound, NotPermitted

from .permits import PASSWORD, SYSTEM, USCC, firm_of, opened, person

pytestmark = [pytest.mark.feature("X-09")]
OLD = "杭知预〔2009〕15号"
HEADS = ["原编号", "标题", "日期", "申请人", "统一社会信用代码", "平台编号", "结果", "颜色"]
ROW = [OLD, "一种水泵的预审", "2009年3月1日", "钱塘泵业", USCC, "", "通过", "红"]


def table(*rows, heads=HEADS, encoding="utf-8"):
    kept = io.StringIO()
    csv.writer(kept).writerows([heads, *rows])
    return kept.getvalue().encode(encoding)


def workbook(*rows):
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate([HEADS, *rows]):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, place, cell, book.add_format({"num_format": "yyyy-mm-dd"}))
            else:
                sheet.write(at, place, cell)
    book.close()
    return kept.getvalue()


@pytest.fixture
def wen(db):
    return person("wen", "window_officer")


def bring(wen, *rows, origin="杭州知识产权中心"):
    return old_files.import_old_files(actor=wen, name="old.csv", content=table(*rows), origin=origin)


def counts(done):
    assert done.read == done.kept + done.merged + done.refused
    return done.kept, done.merged, done.refused


# --- numbers and tables, without a database ---------------------------------------------------------------------------


@pytest.mark.parametrize("text", [OLD, "杭知预(2009)15 号", "杭知预［２００９］１５号", "杭知预2009-15号"])
def test_one_old_number_in_any_punctuation(text):
    assert folded_number(text) == "杭知预200915号"


@given(st.text(max_size=40))
def test_folding_again_changes_nothing_and_short_texts_find_nothing(text):
    once = folded_number(text)
    assert folded_number(once) == once
    assert not once or (len(once) >= 3 and any(sign.isdigit() for sign in once))


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_a_day_in_every_way_old_lists_write_it(day):
    for text in (
        "{0:%Y-%m-%d}",
        "{0.year}年{0.month}月{0.day}日",
        "{0.year}/{0.month}/{0.day}",
        "{0:%Y%m%d}",
        " {0.year}.{0.month}.{0.day}",
    ):
        assert parsed_date(text.format(day)) == day
    assert parsed_date("") is None
    for wrong in ("2009年", "spring", "2009-13-01", "2009-02-30"):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever says that it is no day
            parsed_date(wrong)


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=8),
            min_size=2,
            max_size=2,
        ),
        max_size=5,
    )
)
def test_every_row_with_something_in_it_is_read_once(rows):
    found = read_table(table(*rows, heads=["Old number", "Title"]))
    told = [[" ".join(cell.split()) for cell in row] for row in rows]
    assert [[one.values["number"], one.values["title"]] for one in found.rows] == [row for row in told if any(row)]


def test_lists_are_read_by_what_they_are():
    for content in (table(ROW), table(ROW, encoding="gb18030"), workbook([*ROW[:2], date(2009, 3, 1), *ROW[3:]])):
        (row,) = read_table(content).rows
        assert (row.row, row.values["number"], parsed_date(row.values["date"])) == (2, OLD, date(2009, 3, 1))
    assert read_table(table(ROW)).ignored == ("颜色",)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 no book", b"\xff\xff\xff", b'"a"b,"c', b"", b"a,b\n1,2\n"]
)
def test_what_is_no_list_is_told(content):
    with pytest.raises(Invalid, match="old_list"):
        read_table(content)


def test_a_list_that_is_too_long_is_told():
    with pytest.raises(Limited, match="old_list_long"):
        read_table(table(*[["A1", "x"]] * 2001, heads=["number", "title"]))


# --- taken in ---------------------------------------------------------------------------------------------------------


def test_rows_are_kept_known_or_refused_and_the_sum_is_right(wen, lin, gu):
    ours = opened(lin).number
    rows = [
        ROW,
        ROW,  # the same file again
        [OLD, "another file", "", "", "", "", "", ""],  # the same number, another file
        ["", "no number", "", "", "", "", "", ""],
        ["A-77", "", "", "", "", "", "", ""],
        ["A-78", "wrong day", "2009-02-30", "", "", "", "", ""],
        ["A-79", "wrong code", "", "", "913301067996550583", "", "", ""],
        ["A-80", "of a case here", "", "", "", "HZTS-2026-999999-0", "", ""],
        [ours, "a number of the platform", "", "", "", "", "", ""],
        ["A-81", "", "", "", "", "", "", ""],
        ["A-82", "simple", "", "王某", "", "", "", ""],
    ]
    done = bring(wen, *rows)
    assert counts(done) == (2, 1, 8)
    assert done.reasons == {
        "casework.old_date_unreadable": 1,
        "casework.old_number_missing": 1,
        "casework.old_number_ours": 1,
        "casework.old_number_taken": 1,
        "casework.old_title_missing": 2,
        "identifiers.case_check": 1,
        "identifiers.uscc_check": 1,
    }
    refused = OldFileRow.objects.filter(verdict="refused").order_by("row")
    assert [row.row for row in refused] == [4, 5, 6, 7, 8, 9, 10, 11]
    assert refused[0].raw["标题"] == "another file"  # kept for inspection
    assert all(not row.raw for row in OldFileRow.objects.exclude(verdict="refused"))
    assert counts(bring(wen, *rows)) == (0, 3, 8)  # the same list again adds nothing
    assert any(entry.verb == "casework.old_files.import" for entry in audit.entries(SYSTEM))


def test_an_old_file_is_a_closed_case_that_its_firm_sees(wen, lin):
    firm = firm_of(lin, SYSTEM)
    bring(wen, ROW, ["A-83", "going on", "", "", "", "", "", ""])
    sheet = case_sheet(lin, OLD)
    assert (sheet.card.kind, sheet.card.state, sheet.card.title) == ("casework.old_file", "archived", "一种水泵的预审")
    (one,) = sheet.old_numbers
    assert (one.written, one.origin, one.old_date) == (OLD, "杭州知识产权中心", date(2009, 3, 1))
    assert [party.uscc for party in sheet.parties] == [firm.uscc]
    assert sheet.story[-1].note == "通过"
    with pytest.raises(NotFound):
        case_sheet(lin, Case.objects.get(aliases__written="A-83").number)


def test_the_old_number_finds_the_case_everywhere(wen, lin, gu):
    case = opened(lin)
    told = OldFile(number=OLD, shelf="B-3")
    old_files.add_alias(actor=gu, number=case.number, origin="局档案室", told=told)
    old_files.add_alias(actor=gu, number=case.number, origin="局档案室", told=told)
    assert CaseAlias.objects.count() == 1
    typed = "杭知预(2009)15 号"
    assert api.found_by_number(lin, typed).number == case.number
    assert status_by_code(actor=lin, number=typed, code=case.code).number == case.number
    browser = Client(headers={"accept-language": "en"})
    assert browser.login(username="lin", password=PASSWORD)
    assert browser.get("/cases", {"number": typed})["Location"] == f"/cases/{case.number}"
    page = browser.get(f"/cases/{typed}").content.decode()
    assert OLD in page
    assert "B-3" not in page  # where the paper lies is the office's to know
    assert case.number in browser.post("/case-status", {"number": typed, "code": case.code}).content.decode()
    token = access.make_token(actor=lin, name="t", scopes=["cases:read"], days=30).text
    answer = Client().get(f"/api/v1/cases/{typed}", headers={"Authorization": f"Bearer {token}"}).json()
    assert (answer["number"], answer["old_numbers"]) == (case.number, [{"number": OLD, "origin": "局档案室"}])


def test_it_tells_nobody_of_what_is_not_theirs(lin, stranger, gu):
    case = opened(lin)
    old_files.add_alias(actor=gu, number=case.number, origin="局", told=OldFile(number=OLD))
    assert api.found_by_number(stranger, OLD) is None
    with pytest.raises(Invalid, match="case_malformed"):  # as of any text that is no number
        api.case_sheet(stranger, OLD)
    for number in (OLD, "杭知预〔2009〕16号"):
        with pytest.raises(NotFound, match="code_wrong"):
            status_by_code(actor=stranger, number=number, code="WRONG")
    for _try in range(4):
        with pytest.raises(NotFound):
            status_by_code(actor=stranger, number=OLD, code="WRONG")
    with pytest.raises(Limited, match="throttled"):  # an old number is no way around the count
        status_by_code(actor=stranger, number=case.number, code=case.code)


def test_a_number_that_two_registers_gave_is_named(lin, gu, stranger):
    first, second, other = opened(lin), opened(lin), opened(stranger)
    for case, origin in ((first, "甲局"), (second, "乙局"), (other, "丙局")):
        old_files.add_alias(actor=gu, number=case.number, origin=origin, told=OldFile(number="2009-15"))
    with pytest.raises(Conflict, match="ambiguous") as refused:
        api.case_sheet(lin, "2009/15")
    assert refused.value.facts["numbers"] == f"{first.number}、{second.number}"  # and not the stranger's
    assert api.found_by_number(stranger, "2009-15").number == other.number
    assert status_by_code(actor=lin, number="2009-15", code=second.code).number == second.number
    browser = Client(headers={"accept-language": "en"})
    assert browser.login(username="lin", password=PASSWORD)
    page = browser.get("/cases", {"number": "2009 15"}).content.decode()
    assert "Several old registers gave this number" in page
    assert other.number not in page
    with pytest.raises(Conflict, match="old_number_taken") as taken:
        old_files.add_alias(actor=gu, number=second.number, origin="甲局", told=OldFile(number="2009.15"))
    assert taken.value.facts["number"] == first.number


def test_who_takes_old_files_in(lin, gu, wen):
    told = OldFile(number="A-90", title="x")
    with pytest.raises(NotPermitted):
        old_files.register_old_file(actor=lin, origin="局", told=told)
    with pytest.raises(NotPermitted):
        bring(gu, ROW)
    made = old_files.register_old_file(actor=wen, origin="局", told=OldFile(number="A-90", title="x", open=True))
    assert case_sheet(wen, "a90").card.state == "open"
    assert status_by_code(actor=lin, number="A-90", code=made.code).number == made.number


def test_by_the_desk(wen, lin):
    browser = Client(headers={"accept-language": "en"})
    assert browser.login(username="wen", password=PASSWORD)
    assert "Old files" in browser.get("/desk").content.decode()
    upload = SimpleUploadedFile("old.csv", table(ROW, ["", "no number", "", "", "", "", "", ""]))
    done = browser.post("/desk/old-files/act", {"act": "list", "origin": "局", "list": upload})
    page = browser.get(done["Location"]).content.decode()
    assert "The old number is missing" in page
    assert "no number" in page
    made = browser.post("/desk/old-files/act", {"act": "file", "number": "B-15", "origin": "局", "title": "x"})
    assert "Query code, shown this once" in made.content.decode()
    again = browser.post("/desk/old-files/act", {"act": "file", "number": "B-15", "origin": "局", "title": "y"})
    assert (again.status_code, "is case HZDA-" in again.content.decode()) == (422, True)
    assert browser.post("/desk/old-files/act", {"act": "list", "origin": "局"}).status_code == 422
    for actor, seen in (("lin", 403), ("auditor", 200)):
        if actor == "auditor":
            person(actor, actor)
        other = Client(headers={"accept-language": "en"})
        assert other.login(username=actor, password=PASSWORD)
        assert other.get("/desk/old-files").status_code == seen
        assert (
            other.post(
                "/desk/old-files/act", {"act": "file", "number": "C-15", "origin": "局", "title": "x"}
            ).status_code
            == 403
        )
