"""A mapping made in the browser: from a table nobody knows to its records, and again without asking."""

from __future__ import annotations

import io
import tomllib

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.ingest.forms import FIELD_WORDS, GROUP_WORDS, RANK_WORDS, TYPE_WORDS
from qiantang.corpus.ingest.methods.mapping import FIELDS, SETTINGS, load_mapping
from qiantang.corpus.ingest.methods.mapping.draft import (
    Draft,
    columns_of,
    header_row_of,
    mapping_text,
    preview,
    suggested,
)
from qiantang.corpus.ingest.methods.mapping.suggesting import (
    suggested_date_form,
    suggested_fields,
    suggested_separator,
    suggested_type,
)
from qiantang.corpus.ingest.methods.mapping.writing import to_toml
from qiantang.corpus.ingest.models import ImportRun, SavedMapping
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import PatentType

from . import readings

HEADER = [
    "序号",
    "专利申请号",
    "公开(公告)号",
    "公开日",
    "申请日期",
    "专利名称",
    "权利人名册",
    "发明人",
    "IPC分类号",
    "专利类型",
]


def rows_of_ours(first: int, count: int = 3) -> list[list[str]]:
    return [
        [
            str(n),
            readings.application(9_990_000 + n),
            f"CN1999{n:05d}A",
            "12.07.2019",
            "04.05.2018",
            f"一种钱塘水阀{n}",
            "钱潮第一阀门有限公司|西溪理工大学",
            "章湖墅;沈文晖",
            "F16K1/00;F16K3/02",
            "发明专利",
        ]
        for n in range(first, first + count)
    ]


def table(first: int = 1, count: int = 3) -> list[list[str]]:
    return [HEADER, *rows_of_ours(first, count)]


def as_csv(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode() + b"\n"


def as_workbook(rows: list[list[str]]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    return made.getvalue()


# --- what is suggested ------------------------------------------------------------------------------------------------


def test_headers_and_values_suggest_fields():
    told = dict(zip(HEADER, suggested_fields(HEADER, rows_of_ours(1)), strict=True))
    assert told == {
        "序号": "",
        "专利申请号": "application_number",
        "公开(公告)号": "publication_number",
        "公开日": "publication_date",
        "申请日期": "filing_date",
        "专利名称": "title",
        "权利人名册": "applicants",  # nobody knows the word, but the values are names of organisations
        "发明人": "inventors",
        "IPC分类号": "ipc",
        "专利类型": "type",
    }


def test_a_header_that_begins_with_a_known_word_says_it_unless_it_counts():
    rows = [["章湖墅|沈文晖", "2", "发明", "x9"], ["章湖墅", "1", "实用新型", "x8"]]
    headers = ["发明人名册", "申请人数量", "专利类别", "洛迦诺分类号（外观）"]
    assert suggested_fields(headers, rows) == ["inventors", "", "type", "locarno"]


def test_values_that_are_plainly_something_else_overrule_the_header():
    rows = [["钱潮第一阀门有限公司", "CN199900001A"], ["西溪机械厂", "CN199900002A"]]
    assert suggested_fields(["公开号", "申请人"], rows) == ["applicants", "publication_number"]


def test_separators_date_forms_and_types():
    assert suggested_separator("inventors", ["章湖墅；沈文晖", "章湖墅"]) == "；"
    assert suggested_separator("applicants", ["Qianchao Works, Ltd.", "Xixi Mills, Inc."]) == ""
    assert suggested_separator("title", ["a;b"]) == ""
    assert suggested_date_form(["2019-07-12", "2019.7.2", ""]) == ""
    assert suggested_date_form(["12.07.2019", "31.12.2018"]) == "%d.%m.%Y"
    assert suggested_date_form(["Jul 12, 2019"]) == "%b %d, %Y"
    assert suggested_date_form(["soon"]) == ""
    assert (suggested_type("外观设计专利"), suggested_type("发明公布"), suggested_type("其他")) == (
        "design",
        "invention",
        "",
    )


def test_the_header_row_is_the_first_full_one():
    assert header_row_of([["导出报告"], [], ["申请号", "标题"], ["1", "2"]]) == 3
    assert header_row_of([]) == 1
    columns = columns_of([["申请号", "标题", "标题", ""], ["1", "甲", "乙", "丙"]], 1)
    assert [one.usable for one in columns] == [True, False, False, False]


# --- the form knows the language --------------------------------------------------------------------------------------


def test_every_field_group_rank_and_type_of_the_language_has_its_word():
    assert list(FIELD_WORDS) == list(FIELDS)
    assert set(GROUP_WORDS) == {str(one.group) for one in FIELDS.values()}
    assert tuple(RANK_WORDS) == SETTINGS["rank"].choices
    assert list(TYPE_WORDS) == [str(kind) for kind in PatentType]


@given(st.dictionaries(st.text(), st.text(), max_size=5), st.lists(st.text(), max_size=3))
def test_whatever_is_written_reads_back(lines, several):
    told = to_toml({"columns": lines, "mapping": {"version": 3, "date_forms": several}})
    assert tomllib.loads(told) == {
        **({"columns": lines} if lines else {}),
        "mapping": {"version": 3, "date_forms": several},
    }


def test_a_suggestion_is_a_mapping_and_its_preview_tells_rows_and_refusals():
    rows = table()
    rows[2][1] = "2018999000029"  # a wrong check digit
    draft = suggested(rows, "river-export")
    text = mapping_text(draft, columns_of(rows, draft.header_row), 1)
    mapping = load_mapping(text)
    assert (mapping.name, mapping.date_forms, dict(mapping.types)) == (
        "river-export",
        ("%d.%m.%Y",),
        {"发明专利": "invention"},
    )
    content = as_csv(rows)
    shown = preview(text, content, lambda: io.BytesIO(content))
    assert [(one.row, one.refusal.code if one.refusal else None) for one in shown] == [
        (2, None),
        (3, "check_digit_wrong"),
        (4, None),
    ]
    assert shown[0].observation["publications"][0]["number"] == "CN199900001"
    book = as_workbook(rows)
    assert [one.row for one in preview(text, book, lambda: io.BytesIO(book))] == [2, 3, 4]


def test_a_column_that_is_left_out_takes_its_separator_with_it():
    columns = columns_of(table(), 1)
    draft = Draft(
        "x-1", columns={2: "publication_number", 7: ""}, separators={"inventors": "|"}, types={"发明": "invention"}
    )
    assert tomllib.loads(mapping_text(draft, columns, 1)).keys() == {"mapping", "columns"}


# --- the desk ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(as_operator, home, django_capture_on_commit_callbacks):
    """(upload, post to the form): both as the browser does it, jobs run on the spot."""

    def upload(name, content):
        with django_capture_on_commit_callbacks(execute=True):
            as_operator.post("/import", {"files": [SimpleUploadedFile(name, content)]})
        return ImportRun.objects.order_by("-id").first()

    def post(run, file, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return as_operator.post(f"/import/{run.pk}/mapping?file={file}", more, headers={"accept-language": "en"})

    return upload, post


CHOSEN = {
    "column-1": "application_number",
    "column-2": "publication_number",
    "column-3": "publication_date",
    "column-4": "filing_date",
    "column-5": "title",
    "column-6": "applicants",
    "separator-6": "|",
    "column-7": "inventors",
    "separator-7": ";",
    "column-8": "ipc",
    "column-9": "type",
    "word": ["发明专利"],
    "word-type": ["invention"],
    "name": "river-export",
    "rank": "vendor_export",
    "office": "CN",
    "language": "zh",
    "date_form": "%d.%m.%Y",
    "header_row": "1",
}


@pytest.mark.feature("S3-20")
@pytest.mark.feature("X-29")
@pytest.mark.parametrize("written", [as_csv, as_workbook])
def test_an_unknown_table_is_described_loaded_and_known_from_then_on(desk, as_operator, written):
    upload, post = desk
    ending = "csv" if written is as_csv else "xlsx"
    run = upload(f"river.{ending}", written(table()))
    assert run.report["sources"][0]["refusal"]["code"] == "format_unknown"
    page = as_operator.get(f"/import/{run.pk}", headers={"accept-language": "en"})
    assert f'href="/import/{run.pk}/mapping?file=river.{ending}"' in page.content.decode()
    form = as_operator.get(f"/import/{run.pk}/mapping?file=river.{ending}", headers={"accept-language": "en"})
    assert form.context["draft"].columns[1] == "application_number"
    assert "CN199900001A" in form.content.decode()

    answer = post(run, f"river.{ending}", save="1", **CHOSEN)
    assert answer.status_code == 302, answer.content.decode()
    again = ImportRun.objects.get(pk=int(answer.url.rpartition("/")[2]))
    (source,) = again.report["sources"]
    assert (source["format"], source["read"], source["kept"], source["refused"]) == ("river-export", 3, 3, 0)
    assert register.get("CN199900002A").names("applicant") == ("钱潮第一阀门有限公司", "西溪理工大学")

    later = upload(f"other-name.{ending}", written(table(11)))
    assert later.report["sources"][0]["format"] == "river-export"
    assert register.coverage().patents == 6


def test_the_preview_follows_what_is_chosen_and_saves_nothing(desk, as_operator):
    upload, post = desk
    run = upload("river.csv", as_csv(table()))
    shown = post(run, "river.csv", **CHOSEN | {"date_form": ""})
    assert [bool(one["refusal"]) for one in shown.context["preview"]] == [True, True, True]
    part = as_operator.post(
        f"/import/{run.pk}/mapping?file=river.csv", CHOSEN, headers={"accept-language": "en", "HX-Request": "true"}
    )
    assert "西溪理工大学" in part.content.decode()
    assert "<html" not in part.content.decode()
    without_number = post(run, "river.csv", **CHOSEN | {"column-1": "", "column-2": ""})
    assert "names no column with a patent number" in without_number.context["preview_fault"]
    assert SavedMapping.objects.count() == 0


def test_what_goes_with_a_field_is_there_before_it_is_chosen(desk, as_operator):
    """The sign between names stands in the row of a column that nobody chose a field for; words of types are guessed."""
    upload, post = desk
    rows = [[*row[:6], row[6], "甲|乙", row[8], row[9]] for row in table()]
    rows[0] = [*HEADER[:7], "参与者", HEADER[8], "那一类"]
    run = upload("river.csv", as_csv(rows))
    form = as_operator.get(f"/import/{run.pk}/mapping?file=river.csv", headers={"accept-language": "en"})
    assert [one["separator"] for one in form.context["columns"]][7] == "|"
    assert "31.12.2019" in form.content.decode()
    assert "%d.%m.%Y</option>" not in form.content.decode()
    unasked = {key: value for key, value in CHOSEN.items() if key not in {"word", "word-type"}}
    shown = post(run, "river.csv", **unasked, **{"separator-0": "/"})
    assert shown.context["type_words"] == [{"word": "发明专利", "type": "invention"}]
    assert shown.context["columns"][0]["separator"] == "/"
    said_unknown = post(run, "river.csv", **unasked, word="发明专利", **{"word-type": ""})
    assert said_unknown.context["type_words"] == [{"word": "发明专利", "type": ""}]


def test_what_cannot_be_saved_is_told_at_the_top(desk):
    upload, post = desk
    run = upload("river.csv", as_csv(table()))
    for name, said in (("钱塘", "cannot be the name"), ("cnipa-gazette-table", "has the name")):
        answer = post(run, "river.csv", save="1", **CHOSEN | {"name": name})
        assert answer.status_code == 400
        assert said in answer.context["errors"][0]["text"]
    assert SavedMapping.objects.count() == 0


def test_saving_again_makes_the_next_version_which_is_the_one_that_counts(desk, as_operator):
    upload, post = desk
    run = upload("river.csv", as_csv(table()))
    post(run, "river.csv", save="1", **CHOSEN)
    post(run, "river.csv", save="1", **CHOSEN | {"column-6": "holders"})
    assert list(SavedMapping.objects.values_list("version", flat=True)) == [2, 1]
    assert upload("new.csv", as_csv(table(21))).report["sources"][0]["kept"] == 3
    assert register.get("CN199900021A").names("holder") == ("钱潮第一阀门有限公司", "西溪理工大学")
    listed = as_operator.get("/import/mappings", headers={"accept-language": "en"})
    assert [(one["name"], one["version"]) for one in listed.context["mappings"]] == [
        ("river-export", 2),
        ("river-export", 1),
    ]
    taken = as_operator.get("/import/mappings/river-export/2.toml")
    assert load_mapping(taken.content.decode()).version == 2
    assert as_operator.get("/import/mappings/river-export/9.toml").status_code == 404


def test_what_is_no_table_and_what_is_not_kept_is_told(desk, as_operator):
    upload, _ = desk
    run = upload("note.txt", b"nothing but words\nand again\n")
    headers = {"accept-language": "en"}
    assert as_operator.get(f"/import/{run.pk}/mapping?file=note.txt", headers=headers).status_code == 422
    assert as_operator.get(f"/import/{run.pk}/mapping?file=other.txt", headers=headers).status_code == 404


@pytest.mark.parametrize("address", ["/import/1/mapping?file=a.csv", "/import/mappings", "/import/mappings/a/1.toml"])
def test_only_operators_make_mappings(as_person, home, address):
    assert as_person.get(address).status_code == 403
