"""Loading: files in, a report that adds up, a snapshot or none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qiantang.corpus.ingest import api
from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.corpus.ingest.services import loading
from qiantang.corpus.ingest.types import FileRefused, Refusal
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest, SourceRank
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotFound, Unavailable
from qiantang.kernel.paging import PageRequest

from . import readings
from .folders import MAPPING, Faulty, mixed_folder

OPERATOR = Actor(9, "lu", frozenset({"operator"}))


def what_is_there(home: Path) -> dict[str, bytes]:
    """Every file of the register but the lock and the reports of loads."""
    root = home / "register"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != "lock" and path.parts[len(root.parts)] != "loads"
    }


# --- a load ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("X-29")
@pytest.mark.feature("S3-20")
def test_a_folder_of_good_and_bad_files_is_told_file_by_file(home, files):
    mixed_folder(files)
    report = api.load_paths([files], day=date(2026, 1, 1))
    told = {s.path: (s.format, s.read, s.kept, s.merged, s.refused) for s in report.sources}
    gazette, document = "cnipa-gazette-table", "cnipa-publication-xml"
    assert told == {
        "a-good.csv": (gazette, 30, 30, 0, 0),
        "b-damaged.csv.gz": (gazette, 40, 10, 27, 3),
        "c.xml": (document, 1, 1, 0, 0),
        "d-reduced.csv": (gazette, 0, 0, 0, 0),
        "e-unknown.txt": (None, 0, 0, 0, 0),
        "f-empty.csv": (None, 0, 0, 0, 0),
        "g-cut.csv.gz": (None, 0, 0, 0, 0),
        "h.zip/inside.xml": (document, 1, 1, 0, 0),
        "i-no-archive.zip": (None, 0, 0, 0, 0),
    }
    assert {s.path: s.refusal["code"] for s in report.sources if s.refusal} == {
        "d-reduced.csv": "table_reduced",
        "e-unknown.txt": "format_unknown",
        "f-empty.csv": "format_unknown",
        "g-cut.csv.gz": "archive_truncated",
        "i-no-archive.zip": "archive_truncated",
    }
    assert (report.snapshot, report.published, report.has_refusals) == (1, True, True)


@pytest.mark.feature("X-29")
def test_the_report_adds_up_and_agrees_with_the_register(home, files):
    mixed_folder(files)
    report = api.load_paths([files])
    for s in report.sources:
        assert s.read == s.kept + s.merged + s.refused
        assert sum(s.reasons.values()) == s.refused + (1 if s.refusal else 0)
    assert report.totals == {"read": 72, "kept": 42, "merged": 27, "refused": 3}
    assert report.to_json()["totals"] == report.totals
    coverage = register.coverage()
    assert coverage.patents == 41  # the document of c.xml is row 1 of the gazette, and adds facts to it
    listed = {s.name: (s.read, s.kept, s.merged, s.refused, s.reasons) for s in coverage.sources}
    assert listed == {
        s.path: (s.read, s.kept, s.merged, s.refused, dict(s.reasons)) for s in report.sources if not s.refusal
    }
    assert register.search(SearchRequest(query="")).total == 41


@pytest.mark.feature("S3-20")
def test_provenance_names_file_row_reader_and_digest(home, files):
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    report = api.load_paths([files])
    (row,) = register.get("CN199990007A").sources
    assert (row.source, row.row, row.reader) == (report.sources[0].digest, 8, "cnipa-gazette-table")
    assert row.rank == SourceRank.OFFICIAL_GAZETTE
    assert row.as_of == date(2019, 7, 12)


@pytest.mark.feature("X-29")
def test_refused_rows_are_kept_with_place_reason_and_raw_text(home, files):
    mixed_folder(files)
    report = api.load_paths([files])
    rows = api.refused_rows(OPERATOR, report.load, PageRequest(size=200)).items
    told = [(one.file, one.row, one.column, one.code) for one in rows]
    assert told == [
        ("b-damaged.csv.gz", 2, "filing_id", "check_digit_wrong"),
        ("b-damaged.csv.gz", 3, "filing_date", "date_impossible"),
        ("b-damaged.csv.gz", 4, "authorization_notice_id", "number_unrecognised"),
        ("d-reduced.csv", 0, "", "table_reduced"),
        ("e-unknown.txt", 0, "", "format_unknown"),
        ("f-empty.csv", 0, "", "format_unknown"),
        ("g-cut.csv.gz", 0, "", "archive_truncated"),
        ("i-no-archive.zip", 0, "", "archive_truncated"),
    ]
    assert rows[1].facts == {"value": "2018.13.45"}
    assert "2018.13.45" in rows[1].raw
    with pytest.raises(NotFound, match=r"ingest\.load_unknown"):
        api.refused_rows(OPERATOR, 99, PageRequest())


def test_pages_of_refused_rows_part_them(home, files):
    mixed_folder(files)
    load = api.load_paths([files]).load
    first = api.refused_rows(OPERATOR, load, PageRequest(size=5))
    second = api.refused_rows(OPERATOR, load, PageRequest(offset=5, size=5))
    assert (first.total, len(first.items), len(second.items)) == (8, 5, 3)
    assert first.next is not None
    assert second.next is None


def test_loading_the_same_again_adds_nothing_and_says_so(home, files):
    mixed_folder(files)
    first = api.load_paths([files])
    before = what_is_there(home)
    again = api.load_paths([files])
    assert (again.snapshot, again.published, again.load) == (1, False, 2)
    assert again.totals == {"read": 72, "kept": 0, "merged": 69, "refused": 3}
    assert [dict(s.reasons) for s in again.sources] == [dict(s.reasons) for s in first.sources]
    assert what_is_there(home) == before


def test_the_same_file_twice_in_one_load_is_kept_once(home, files):
    for name in ("a.csv", "b.csv"):
        (files / name).write_bytes(readings.table(readings.rows(30)))
    report = api.load_paths([files])
    assert [(s.read, s.kept, s.merged) for s in report.sources] == [(30, 30, 0), (30, 0, 30)]
    assert register.coverage().patents == 30


def test_a_mapping_reads_a_table_nobody_knows(home, files):
    (files / "t.csv").write_text(
        "申请号,公开号,公开日,授权日,申请日,标题,标题(英文),摘要,申请人,发明人,代理机构,代理人,主分类号,IPC,地址,邮编,类型\n"
        f"{readings.application(9_990_001)},CN199990001A,2019-07-12,,2018-05-04,一种甲,,摘要,甲厂|乙厂,王测试,,,G06F17/00,,,,发明申请\n",
        "utf-8",
    )
    report = api.load_paths([files], reader=loading.mapping_reader(MAPPING))
    assert [(s.format, s.read, s.kept) for s in report.sources] == [("example-export", 1, 1)]
    assert register.get("CN199990001A").names("applicant") == ("甲厂", "乙厂")


def test_a_table_without_the_mapped_columns_is_refused_and_the_others_are_read(home, files):
    (files / "a.csv").write_text("甲,乙\n1,2\n", "utf-8")
    header = "申请号,公开号,公开日,授权日,申请日,标题,标题(英文),摘要,申请人,发明人,代理机构,代理人,主分类号,IPC,地址,邮编,类型\n"
    (files / "b.csv").write_text(header + ",CN199990001A" + "," * 15 + "\n", "utf-8")
    report = api.load_paths([files], reader=loading.mapping_reader(MAPPING))
    assert [(s.path, s.read, s.kept, (s.refusal or {}).get("code")) for s in report.sources] == [
        ("a.csv", 0, 0, "mapping.column_missing"),
        ("b.csv", 1, 1, None),
    ]
    (told,) = api.refused_rows(OPERATOR, report.load, PageRequest()).items
    assert "申请号" in told.facts["columns"]


def test_a_reader_can_be_named_and_a_wrong_name_lists_them(home, files):
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    assert api.load_paths([files], reader=loading.reader_named("cnipa-gazette-table")).totals["kept"] == 30
    with pytest.raises(Invalid) as told:
        loading.reader_named("gazette")
    assert told.value.code == "ingest.format_unknown"
    assert "cnipa-gazette-table" in told.value.facts["known"]


def test_a_file_of_which_every_row_is_refused_is_no_fault_of_the_load(home, files):
    rows = readings.rows(30)
    for row in rows:
        row[5] = "2018.13.45"
    (files / "a.csv").write_bytes(readings.table(rows))
    (files / "b.xml").write_text(readings.document(), "utf-8")
    report = api.load_paths([files])
    assert [(s.read, s.kept, s.refused) for s in report.sources] == [(30, 0, 30), (1, 1, 0)]
    assert report.sources[0].reasons == {"date_impossible": 30}


def test_a_path_where_nothing_is_refuses_the_whole_load_before_it_begins(home, files):
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    with pytest.raises(Invalid) as told:
        api.load_paths([files, files / "nothing"])
    assert (told.value.code, told.value.facts["paths"]) == ("ingest.path_missing", [str(files / "nothing")])
    assert register.current_snapshot() is None


def test_an_empty_folder_makes_no_snapshot(home, files):
    report = api.load_paths([files])
    assert (report.snapshot, report.published, report.sources) == (None, False, ())
    assert register.current_snapshot() is None


# --- real and synthetic never mix ------------------------------------------------------------------------------------


def test_a_home_with_real_files_refuses_synthetic_ones(home, files):
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    api.load_paths([files])
    generate(files / "city", patents=100)
    report = api.load_paths([files / "city"])
    codes = {s.path: (s.refusal or {}).get("code") for s in report.sources if s.path.endswith(".arrows")}
    assert set(codes.values()) == {"synthetic_in_real_home"}
    assert register.coverage().patents == 30
    assert not register.current_snapshot().synthetic


def test_a_home_with_the_demo_city_refuses_real_files(home, files):
    truth = generate(files / "city", patents=100)
    report = api.load_paths([files / "city" / part.name for part in truth.parts])
    assert report.totals["refused"] == 0
    assert register.current_snapshot().synthetic
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    report = api.load_paths([files / "a.csv"])
    assert report.sources[0].refusal["code"] == "real_in_synthetic_home"
    assert (report.snapshot, report.published) == (1, False)


def test_in_one_load_the_first_file_decides(home, files):
    truth = generate(files / "z", patents=100)
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    report = api.load_paths([files / "a.csv", *(files / "z" / part.name for part in truth.parts)])
    assert [(s.refusal or {}).get("code") for s in report.sources] == [None, "synthetic_in_real_home"]


# --- what breaks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [True, False])
def test_a_load_that_breaks_off_leaves_the_register_as_it_was(home, files, first):
    if not first:
        (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
        api.load_paths([files])
    (files / "b.csv").write_bytes(readings.table(readings.rows(60)))
    before = what_is_there(home) if home.exists() else {}
    with pytest.raises(MemoryError):
        api.load_paths([files / "b.csv"], reader=Faulty(MemoryError()))
    assert what_is_there(home) == before
    assert api.load_paths([files / "b.csv"]).totals["read"] == 60
    assert register.coverage().patents == 60


def test_a_file_refused_in_its_middle_leaves_nothing_of_itself(home, files):
    (files / "b.csv").write_bytes(readings.table(readings.rows(60)))
    fault = FileRefused(Refusal(40, "archive_damaged"))
    report = api.load_paths([files], reader=Faulty(fault))
    assert report.sources[0].refusal == {"row": 40, "code": "archive_damaged", "column": "", "facts": {}}
    assert (report.snapshot, report.totals["read"]) == (None, 0)


def test_an_index_that_cannot_follow_does_not_undo_the_load(home, files, monkeypatch, caplog):
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    api.load_paths([files])

    def broken(*_):
        raise Unavailable("search.write_failed", reason="disk full")

    (files / "c.xml").write_text(readings.document(), "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(loading.intake, "advance_index", broken)
        report = api.load_paths([files])
    assert (report.snapshot, report.published, report.totals["kept"]) == (2, True, 1)
    assert "the search index did not follow" in caplog.text
    told = register.search(SearchRequest(query=""))
    assert (told.snapshot, told.stale) == (1, True)
    api.load_paths([files])  # the next load, even one that adds nothing, brings it up
    told = register.search(SearchRequest(query=""))
    assert (told.snapshot, told.stale) == (2, False)
