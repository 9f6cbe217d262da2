"""Number lists: what each line is, counts that add up, and a search in exactly what was found."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, Limited, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.query.methods.number_lists import Entry, entries_of_rows, entries_of_text, report
from qiantang.scenarios.query.models import NumberLine, NumberList
from qiantang.scenarios.query.selectors import number_lists as reads
from qiantang.scenarios.query.services import numbering
from qiantang.scenarios.query.types import ListVerdict

from .keeping import PASSWORD, load, person, pump

pytestmark = [pytest.mark.feature("S3-15"), pytest.mark.usefixtures("in_english")]
V = ListVerdict
PAGE = PageRequest(size=200)
LINES = [
    ("CN107000001A", V.FOUND),  # by publication
    ("ZL 2017 1 0601862.3", V.DUPLICATE),  # the same by application, as people write it
    ("申请号：95115608.X", V.FOUND),
    ("us 10,123,456 b2", V.FOUND),
    ("", None),
    ("CN110083831A", V.UNKNOWN),
    ("201710601862.5", V.CHECK_DIGIT),
    ("电池", V.UNREADABLE),
    ("2.01711E+11", V.UNREADABLE),
    ("CN 110083831 B", V.DUPLICATE),
    ("CN201710601862", V.DUPLICATE),  # the register's own id
]


# --- taking apart ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("CN107000001A\n\n ZL 2017 1 0601862.3 \r\n", [(1, "CN107000001A"), (3, "ZL 2017 1 0601862.3")]),
        ("CN107000001A；CN106000002A、CN110083831A", [(1, "CN107000001A"), (1, "CN106000002A"), (1, "CN110083831A")]),
        ("US10,123,456B2, CN107000001A", [(1, "US10,123,456B2"), (1, "CN107000001A")]),
        ("CN107000001A, CN106000002A", [(1, "CN107000001A"), (1, "CN106000002A")]),
        ("CN107000001A CN106000002A", [(1, "CN107000001A"), (1, "CN106000002A")]),
        ("一种电池, 冷却", [(1, "一种电池, 冷却")]),
        ("序号\t公开号\n1\tCN107000001A\n2\tCN106000002A", [(2, "CN107000001A"), (3, "CN106000002A")]),
        ("\ufeff# 2 patents\n#\tsnapshot 3\nCN107000001A", [(3, "CN107000001A")]),  # as our own exports begin
        ("\ufeffCN107000001A", [(1, "CN107000001A")]),
        ("", []),
    ],
)
def test_numbers_are_found_in_what_people_paste(text, entries):
    assert [tuple(one) for one in entries_of_text(text)] == entries


def test_the_column_with_most_numbers_is_taken_and_its_heading_left_out():
    rows = [["名称", "公开号", "年"], ["泵", "CN107000001A", 2018.0], ["阀", "CN106000002A", 2017.0], ["箱", "", ""]]
    assert list(entries_of_rows(rows)) == [Entry(2, "CN107000001A"), Entry(3, "CN106000002A")]
    whole = [[201710601862.0], [201710601862.3], [None]]  # as a workbook gives numbers
    assert [one.given for one in entries_of_rows(whole)] == ["201710601862", "201710601862.3"]
    assert list(entries_of_rows([])) == []


def test_a_number_of_several_patents_is_told_with_all_of_them():
    known = {"p:JP2019123456/A": "JP-P1", "a:JP2019123456": "JP-A1"}
    (one,) = report([Entry(1, "JP2019123456")], lambda _keys: known)
    assert (one.verdict, one.detail, one.patent_id) == (V.AMBIGUOUS, "JP-P1, JP-A1", "")
    (one,) = report([Entry(1, "JP2019123456")], lambda _keys: {"a:JP2019123456": "JP-A1"})
    assert (one.verdict, one.patent_id) == (V.FOUND, "JP-A1")


@given(st.lists(st.one_of(st.sampled_from([line for line, _ in LINES]), st.text(max_size=30)), max_size=30))
def test_every_entry_has_one_verdict_and_each_patent_is_found_once(texts):
    entries = [Entry(number, text) for number, text in enumerate(texts, 1)]
    lines = report(entries, lambda keys: {key: "X" for key in keys if "107000001" in key or "201710601862" in key})
    assert [one.line for one in lines] == [one.line for one in entries]
    assert sum(one.verdict is V.FOUND for one in lines) <= 1
    for one in lines:
        if one.verdict is V.DUPLICATE:
            assert int(one.detail) < one.line


# --- kept ------------------------------------------------------------------------------------------------------------


TEXT = "\n".join(line for line, _ in LINES)


def made(actor, text=TEXT, **more):
    return numbering.make_number_list(actor=actor, name="清单", text=text, **more)


def test_each_line_is_told_what_it_is_and_the_counts_add_up(stocked, lin):
    key = made(lin)
    told = reads.lines(lin, key, None, PAGE)
    assert [(one.given, one.verdict) for one in told.items] == [pair for pair in LINES if pair[1]]
    shown = reads.shown(reads.list_row(lin, key))
    assert shown.total == told.total == sum(count for _, _, count in shown.counts) == len(LINES) - 1
    for verdict, _, count in shown.counts:
        assert reads.lines(lin, key, verdict, PAGE).total == count
    said = {one.given: one.said for one in told.items}
    assert "201710601862.3" in said["201710601862.5"].replace("CN", "")
    assert said["ZL 2017 1 0601862.3"].endswith("1.")
    assert "spreadsheet" in said["2.01711E+11"]


@pytest.mark.parametrize("ending", ["txt", "csv", "gb18030.csv", "xlsx"])
def test_a_file_is_read_and_not_kept(stocked, lin, ending, tmp_path):
    rows = [["公开号", "名称"], ["CN107000001A", "电池"], ["CN110083831A", "x"]]
    if ending == "xlsx":
        book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.close()
        content = (tmp_path / "a.xlsx").read_bytes()
    elif ending == "txt":
        content = b"\xef\xbb\xbf" + "\r\n".join(row[0] for row in rows[1:]).encode()
    else:
        content = "\n".join(",".join(row) for row in rows).encode("gb18030" if "gb" in ending else "utf-8")
    key = made(lin, "", upload=(f"我的清单.{ending}", io.BytesIO(content)))
    assert [one.verdict for one in reads.lines(lin, key, None, PAGE).items] == [V.FOUND, V.UNKNOWN]
    assert not list(stocked.rglob("*我的清单*"))


def test_what_is_no_list_is_refused(stocked, lin, monkeypatch):
    for upload in (("a.exe", b"MZ\x90\x00\x03" * 50), ("a.xlsx", b"no workbook"), ("a.txt", b"")):
        with pytest.raises(Invalid, match=r"query\.upload_refused"):
            made(lin, "", upload=(upload[0], io.BytesIO(upload[1])))
    with pytest.raises(Invalid, match=r"query\.list_empty"):
        made(lin, " \n ")
    monkeypatch.setattr(numbering, "MOST_LINES", 2)
    with pytest.raises(Limited, match=r"query\.list_too_long"):
        made(lin, "CN1\nCN2\nCN3")
    monkeypatch.setattr(numbering, "MOST_LISTS", 0)
    with pytest.raises(Limited, match=r"query\.lists_too_many"):
        made(lin, "CN1")
    assert not NumberList.objects.exists()


@pytest.mark.parametrize("who", ["other", "operator", "public"])
def test_nobody_else_sees_a_list(stocked, lin, who):
    key = made(lin)
    actor = Actor.public() if who == "public" else person("shen", ("operator",) if who == "operator" else ())
    refused = NotPermitted if who == "public" else NotFound
    for act in (
        lambda: reads.list_row(actor, key),
        lambda: reads.lines(actor, key, None, PAGE),
        lambda: reads.every_line(actor, key),
        lambda: numbering.check_again(actor=actor, key=key),
        lambda: numbering.delete_number_list(actor=actor, key=key),
    ):
        with pytest.raises(refused):
            act()
    if who != "public":
        assert reads.number_lists(actor, PAGE).total == 0


def test_what_was_loaded_since_is_found_when_it_is_looked_up_again(empty, lin):
    key = made(lin, "CN107000002A\nCN107000003A")
    assert reads.shown(reads.list_row(lin, key)).counts == ((V.UNKNOWN, "not on record", 2),)
    snapshot = load(empty, "a", pump(2))
    numbering.check_again(actor=lin, key=key)
    shown = reads.shown(reads.list_row(lin, key))
    assert (shown.found, shown.snapshot) == (1, snapshot)
    assert NumberLine.objects.count() == 2


# --- a search in exactly these ---------------------------------------------------------------------------------------


def found_by(query):
    return {hit.patent_id for hit in register.search(SearchRequest(query, size=50)).hits}


def test_a_search_in_a_list_finds_exactly_what_the_list_found(stocked, lin):
    key = made(lin)
    name = reads.list_row(lin, key).set_name
    patents = set(reads.found_in(reads.list_row(lin, key)))
    assert len(patents) == 3
    assert found_by(f"SET={name}") == found_by(f"清单=={name}") == patents
    assert found_by(f"SET={name} AND 电池") == patents & found_by("电池")
    assert found_by(f"NOT SET={name}") == found_by("") - patents
    canonical = register.search(SearchRequest(f"set={name}")).canonical
    assert found_by(canonical) == patents
    none = made(lin, "CN110083831A")
    assert found_by(f"SET={reads.list_row(lin, none).set_name}") == set()


def test_a_set_that_is_gone_or_never_was_is_a_slip_and_not_an_empty_answer(stocked, lin):
    key = made(lin)
    name = reads.list_row(lin, key).set_name
    numbering.delete_number_list(actor=lin, key=key)
    for query in (f"SET={name}", "SET=n0", "SET=*", "SET:*"):
        with pytest.raises(Invalid, match=r"query\.syntax"):
            register.search(SearchRequest(query))


def test_a_page_of_a_set_that_changed_between_is_refused(empty, lin):
    load(empty, "a", *[pump(n) for n in range(1, 5)])
    key = made(lin, "CN107000001A\nCN107000002A\nCN107000003A")
    name = reads.list_row(lin, key).set_name
    first = register.search(SearchRequest(f"SET={name}", size=2))
    NumberLine.objects.filter(place=3).delete()
    with pytest.raises(Exception, match=r"query\.snapshot_moved"):
        register.search(SearchRequest(f"SET={name}", size=2, cursor=first.next))


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def as_lin(client, lin):
    client.login(username="lin", password=PASSWORD)
    return client


def get(client, address, language="en"):
    return client.get(address, headers={"accept-language": language})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_paste_to_report_to_search(as_lin, stocked, language):
    assert 'class="qt-empty' in get(as_lin, "/search/lists", language).content.decode()
    address = as_lin.post("/search/lists", {"numbers": "\n".join(line for line, _ in LINES), "name": "我的"}).url
    response = get(as_lin, address, language)
    told = response.context["list"]
    assert (told.name, told.total, told.found) == ("我的", 10, 3)
    assert get(as_lin, told.search_url, language).context["result"].total == told.found
    for verdict, _word, number in told.counts:
        assert get(as_lin, f"{address}?verdict={verdict}", language).context["total"] == number
    assert get(as_lin, f"{address}?verdict=nonsense", language).context["total"] == 10
    assert get(as_lin, "/search/lists", language).context["lists"][0].name == "我的"
    assert as_lin.post(f"{address}/check").url == address
    assert as_lin.post(f"{address}/delete").url == "/search/lists"
    assert get(as_lin, address).status_code == 404


def test_a_fault_keeps_what_was_pasted(as_lin, empty):
    response = as_lin.post("/search/lists", {"numbers": "   "}, headers={"accept-language": "en"})
    assert response.status_code == 422
    assert "There is no number in it." in response.content.decode()
    upload = SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")
    response = as_lin.post("/search/lists", {"numbers": "CN1", "file": upload}, headers={"accept-language": "en"})
    assert "was not taken" in response.content.decode()
    assert ">CN1</textarea>" in response.content.decode()


def test_the_report_as_csv_has_every_line_and_no_formulas(as_lin, lin, stocked):
    key = made(lin, "\n".join(["=HYPERLINK(1)", *(line for line, _ in LINES)]))
    response = get(as_lin, f"/search/lists/{key}/report.csv")
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 1 + 11
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert rows[2][:3] == ["2", "CN107000001A", "on record"]
    assert rows[2][4] == "CN201710601862"


def test_ten_thousand_lines_are_read_at_once_and_listed_in_pages(lin, stocked, django_assert_max_num_queries):
    text = "\n".join(f"CN1{n:08d}A" for n in range(10_000)) + "\nCN107000001A"
    with django_assert_max_num_queries(150):
        key = made(lin, text)
    assert reads.shown(reads.list_row(lin, key)).counts == (
        (V.FOUND, "on record", 1),
        (V.UNKNOWN, "not on record", 10_000),
    )
    with django_assert_max_num_queries(4):
        page = reads.lines(lin, key, V.UNKNOWN, PageRequest(offset=9_950, size=50))
    assert [one.line for one in page.items] == list(range(9_951, 10_001))


def test_strangers_are_led_to_signing_in(client, db):
    for address in ("/search/lists", "/search/lists/1", "/search/lists/1/report.csv"):
        assert client.get(address).url == "/sign-in?" + urlencode({"next": address}).replace("%2F", "/")
