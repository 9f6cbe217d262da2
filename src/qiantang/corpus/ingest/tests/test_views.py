"""The import desk as a browser uses it: upload, watch to the end, read and download what was refused."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qiantang.commons.audit.api import uses
from qiantang.corpus.ingest import api
from qiantang.corpus.ingest.models import ImportRun
from qiantang.corpus.ingest.services import loading
from qiantang.corpus.register import api as register
from qiantang.kernel.actor import Actor

from . import readings
from .folders import MAPPING, damaged

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def attached(name="a.csv", content=None):
    return SimpleUploadedFile(name, readings.table(damaged(40)) if content is None else content)


@pytest.fixture
def send(as_operator, home, django_capture_on_commit_callbacks):
    """Posts files as the form does; the job runs on the spot, as the test settings have it."""

    def posted(*files, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return as_operator.post("/import", {"files": list(files), **more}, headers={"accept-language": "en"})

    return posted


# --- who may ---------------------------------------------------------------------------------------------------------

ADDRESSES = ("/import", "/import/1", "/import/1/refused.csv")


@pytest.mark.parametrize("address", ADDRESSES)
def test_visitors_are_led_to_sign_in(client, home, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response.url.startswith("/sign-in?next=/import")


@pytest.mark.parametrize("address", ADDRESSES)
def test_people_without_the_role_are_told_who_may(as_person, home, address):
    response = as_person.get(address, headers={"accept-language": "en"})
    assert response.status_code == 403
    assert "Only an operator may load files" in text_of(response)


def test_nobody_else_can_post(client, as_person, home):
    assert as_person.post("/import", {"files": attached()}).status_code == 403
    client.logout()
    assert client.post("/import", {"files": attached()}).status_code == 302
    assert ImportRun.objects.count() == 0
    assert not (home / "files").exists()


# --- upload to report ------------------------------------------------------------------------------------------------


@pytest.mark.feature("X-29")
@pytest.mark.feature("S3-20")
def test_an_upload_goes_to_its_report(send, as_operator):
    response = send(attached())
    run = ImportRun.objects.get()
    assert (response.status_code, response.url) == (302, f"/import/{run.pk}")
    page = as_operator.get(response.url, headers={"accept-language": "en"})
    assert page.status_code == 200
    shown = page.context["run"]
    assert (shown.state, shown.read, shown.kept, shown.merged, shown.refused) == ("done", 40, 37, 0, 3)
    told = text_of(page)
    for part in (
        "a.csv",
        "CNIPA gazette (table)",
        "wrong check digit",
        "There is no such day: 2018.13.45.",
        "Correct the date in the source.",
        "This is not a patent number: 甲乙丙.",
        "lu",
    ):
        assert part in told, part
    assert register.current_snapshot().patents == 37


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_list_shows_the_run(send, as_operator, language):
    send(attached())
    page = as_operator.get("/import", headers={"accept-language": language})
    assert page.status_code == 200
    (row,) = page.context["runs"]
    assert (row.number, row.refused) == (ImportRun.objects.get().pk, 3)
    assert f'href="/import/{row.number}"' in page.content.decode()


def test_a_file_that_was_loaded_before_says_where_its_refused_rows_stand(send, as_operator):
    send(attached())
    page = as_operator.get(send(attached()).url, headers={"accept-language": "en"})
    assert page.context["run"].refused == 3
    told = text_of(page)
    assert "Refused rows 3" in told
    assert "their refused rows stand with the import that read them" in told
    assert "Every row was taken." not in told


def test_rows_refused_before_are_told_beside_those_refused_now(send, as_operator):
    send(attached())
    rows = readings.rows(60)[40:]
    rows[7][2] = "甲乙丙"
    new = readings.table(rows)
    page = as_operator.get(send(attached(), attached("b.csv", new)).url, headers={"accept-language": "en"})
    assert (page.context["run"].refused, page.context["refused_total"], page.context["refused_elsewhere"]) == (4, 1, 3)
    assert "3 more refused rows are of files that an earlier import has read" in text_of(page)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_format_that_can_be_loaded_says_in_both_languages_what_makes_it_one(as_operator, home, language):
    page = as_operator.get("/import", headers={"accept-language": language})
    formats = {one["name"]: one["looks_for"] for one in page.context["formats"]}
    assert {"cnipa-gazette-table", "google-bigquery-lines", "wanfang-table"} <= formats.keys()
    assert not {"pdf", "picture", "cpc-scheme", "qiantang-synthetic"} & formats.keys()
    told = "a text table or workbook with the columns" if language == "en" else "含有以下列的文本表格或工作簿"
    assert formats["wanfang-table"].startswith(told)


def test_an_empty_desk_is_a_page_that_says_how_to_begin(as_operator, home):
    page = as_operator.get("/import", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "No import on this page yet" in text_of(page)
    assert 'enctype="multipart/form-data"' in page.content.decode()


def test_several_files_are_one_run_and_one_snapshot(send):
    send(attached("a.csv"), attached("b.xml", readings.document().encode()))
    run = ImportRun.objects.get()
    assert [s["path"] for s in run.report["sources"]] == ["a.csv", "b.xml"]
    assert register.current_snapshot().number == 1


def test_a_mapping_comes_as_a_file_beside_the_table(send):
    header = "申请号,公开号,公开日,授权日,申请日,标题,标题(英文),摘要,申请人,发明人,代理机构,代理人,主分类号,IPC,地址,邮编,类型\n"
    table = attached("t.csv", (header + ",CN199990001A" + "," * 15 + "\n").encode())
    send(table, mapping=SimpleUploadedFile("m.toml", b"\xef\xbb\xbf" + MAPPING.encode()))
    assert ImportRun.objects.get().report["totals"] == {"read": 1, "kept": 1, "merged": 0, "refused": 0}


def test_progress_is_a_fragment_of_the_same_address(send, as_operator):
    send(attached())
    run = ImportRun.objects.get()
    asking = {"hx-request": "true", "accept-language": "en"}
    part = as_operator.get(f"/import/{run.pk}", headers=asking)
    content = part.content.decode()
    assert 'id="progress"' in content
    assert "<html" not in content
    assert "hx-get" not in content  # done: it asks no more
    run.state, run.stage, run.done, run.total, run.report = "running", "writing", 5, 40, None
    run.save()
    content = as_operator.get(f"/import/{run.pk}", headers=asking).content.decode()
    assert f'hx-get="/import/{run.pk}"' in content


def test_a_failed_run_says_that_nothing_was_taken_and_why(send, as_operator, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("of our own")

    monkeypatch.setattr(loading, "stage_sources", broken)
    response = send(attached())
    told = text_of(as_operator.get(response.url, headers={"accept-language": "en"}))
    assert "nothing of it was taken" in told
    assert "The import broke off for a reason of our own." in told
    assert "of our own division" not in told
    assert register.current_snapshot() is None
    assert as_operator.get(f"{response.url}/refused.csv").status_code == 404


# --- what the form refuses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({}, "files", ""),
        ({"files": SimpleUploadedFile("a.csv", b"")}, "files", ""),
        (
            {"files": SimpleUploadedFile("a.csv", b"\x00\x01\x02\x03" * 99)},
            "files",
            "a.csv was not accepted: no kind of file that is taken here.",
        ),
        (
            {"files": attached(), "mapping": SimpleUploadedFile("m.toml", b"[columns")},
            "mapping",
            "The mapping is not TOML",
        ),
        (
            {"files": attached(), "mapping": SimpleUploadedFile("m.toml", "名".encode("gb18030"))},
            "mapping",
            "The mapping file m.toml is not UTF-8 text.",
        ),
        (
            {"files": attached(), "mapping": SimpleUploadedFile("m.toml", MAPPING.replace("title", "titel").encode())},
            "mapping",
            "names no field: “titel”.",
        ),
    ],
)
def test_what_is_wrong_stands_beside_its_field(as_operator, home, given, field, sentence):
    response = as_operator.post("/import", given, headers={"accept-language": "en"})
    assert response.status_code == 400
    assert response.context[f"{field}_error"]
    assert sentence in text_of(response)
    assert [error["href"] for error in response.context["errors"]] == [f"#{field}"]
    assert ImportRun.objects.count() == 0


# --- download --------------------------------------------------------------------------------------------------------


def downloaded(client, address):
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 200
    content = b"".join(response.streaming_content).decode("utf-8")
    assert content.startswith("\ufeff")
    return response, list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))


@pytest.mark.feature("X-29")
def test_all_refused_rows_come_as_a_table(send, as_operator):
    response = send(attached())
    answer, rows = downloaded(as_operator, f"{response.url}/refused.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="refused-{ImportRun.objects.get().pk}.csv"'
    assert rows[0] == ["file", "row", "column", "code", "reason", "raw"]
    assert [(row[0], row[1], row[3]) for row in rows[1:]] == [
        ("a.csv", "2", "check_digit_wrong"),
        ("a.csv", "3", "date_impossible"),
        ("a.csv", "4", "number_unrecognised"),
    ]
    assert rows[2][4] == "There is no such day: 2018.13.45."
    assert "2018.13.45" in rows[2][5]


@pytest.mark.feature("X-31")
def test_raw_text_shown_or_handed_out_is_a_use_that_the_journal_tells(send, as_operator, operator):
    response = send(attached())
    assert [one for one in uses(SYSTEM) if one.facts["purpose"] == "ingest.refused_rows"] == []
    as_operator.get(response.url)
    as_operator.get(response.url, headers={"HX-Request": "true"})  # asks for the state alone, again and again
    downloaded(as_operator, f"{response.url}/refused.csv")
    told = [one for one in uses(SYSTEM) if one.facts["purpose"] == "ingest.refused_rows"]
    assert [one.facts["for_whom"] for one in told] == ["operator: handed_out", "operator: read"]
    assert {(one.actor_id, one.facts["scope"], one.facts["counts"]["rows"]) for one in told} == {
        (operator.id, "load:1", 3)
    }
    assert "2018.13.45" not in str(told)


def test_no_cell_is_a_formula_for_a_spreadsheet(send, as_operator):
    """Raw text, headers and names of files come from strangers."""
    header = "=1+1,公开号,@x\n"
    mapping = '[mapping]\nname="m"\nversion=1\nrank="crawl"\noffice="CN"\n[columns]\n"=1+1"="filing_date"\n"公开号"="publication_number"\n'
    rows = '=HYPERLINK("http://x"),CN199990001A,\n-2+3,CN199990002A,\n+1,CN199990003A,\n\t9,CN199990004A,\n'
    response = send(
        attached("+a.csv", (header + rows).encode()), mapping=SimpleUploadedFile("m.toml", mapping.encode())
    )
    assert response.status_code == 302
    _, table = downloaded(as_operator, f"{response.url}/refused.csv")
    assert len(table) == 5
    for row in table:
        for cell in row:
            assert cell[:1] not in tuple("=+-@\t\r\n"), cell
    assert table[1][2] == "'=1+1"
    assert table[1][5].startswith("'=HYPERLINK")


def test_more_rows_than_a_page_are_paged_on_the_page_and_whole_in_the_table(send, as_operator):
    rows = readings.rows(130)
    for row in rows[30:]:
        row[5] = "2018.13.45"
    response = send(attached("a.csv", readings.table(rows)))
    seen, address = 0, response.url
    while address:
        page = as_operator.get(address)
        seen += len(page.context["refused"])
        following = page.context["next_url"]
        address = response.url + following.removesuffix("#refused") if following else None
    assert (seen, page.context["refused_total"]) == (100, 100)
    assert page.context["first_url"] == f"{response.url}#refused"
    _, table = downloaded(as_operator, f"{response.url}/refused.csv")
    assert len(table) == 101


def test_a_run_that_has_not_ended_has_nothing_to_download(as_operator, home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        run = api.request_import(actor=SYSTEM, kind="demo", patents=100)
    response = as_operator.get(f"/import/{run.pk}/refused.csv", headers={"accept-language": "en"})
    assert response.status_code == 404
    assert "The refused rows of this import are not on record." in text_of(response)
    assert as_operator.get(f"/import/{run.pk}").status_code == 200


@pytest.mark.parametrize("address", ["/import/999", "/import/999/refused.csv"])
def test_an_unknown_run_is_not_found(as_operator, home, address):
    response = as_operator.get(address, headers={"accept-language": "en"})
    assert response.status_code == 404
    assert "There is no import no. 999." in text_of(response)


def test_a_forged_page_mark_is_an_error_not_the_first_page(send, as_operator):
    response = send(attached())
    assert as_operator.get(f"{response.url}?page=forged").status_code == 422
    assert as_operator.get("/import?page=forged").status_code == 422


# --- nothing taken ---------------------------------------------------------------------------------------------------


def impossible(rows):
    for row in rows:
        row[5] = "2018.13.45"
    return readings.table(rows)


@pytest.mark.feature("X-29")
@pytest.mark.parametrize("loaded", [False, True], ids=["empty house", "after a load"])
def test_totals_of_a_load_whose_rows_were_all_refused_add_up_and_open_their_list(send, as_operator, loaded):
    if loaded:
        send(attached())
    answer = send(attached("b.csv", impossible(readings.rows(55)[50:])), attached("c.bin", b"nothing known"))
    page = as_operator.get(answer.url, headers={"accept-language": "en"})
    shown = page.context["run"]
    assert (shown.read, shown.kept, shown.merged, shown.refused, shown.files_refused) == (5, 0, 0, 5, 1)
    assert shown.snapshot is None  # what was there before is not of this load
    told = text_of(page)
    assert "Nothing of it was taken" in told
    assert "Files refused whole 1 no row was read, see below" in told
    assert [one["source"] for one in page.context["refused"]] == ["b.csv"] * 5 + ["c.bin"]
    assert page.content.decode().count('href="#refused"') == 3
    (row, *_) = as_operator.get("/import").context["runs"]
    html = as_operator.get("/import", headers={"accept-language": "en"}).content.decode()
    assert f'<a class="qt-num" href="{row.url}#refused">5</a>' in html
    assert "1 file refused whole" in html


def test_a_load_of_which_something_was_taken_says_its_snapshot(send, as_operator):
    page = as_operator.get(send(attached()).url, headers={"accept-language": "en"})
    assert page.context["run"].snapshot == 1
    assert "Nothing of it was taken" not in text_of(page)
    again = as_operator.get(send(attached()).url, headers={"accept-language": "en"})
    assert again.context["run"].snapshot is None
    assert "Nothing of it was taken" not in text_of(again)  # it said nothing new, which is no refusal
