"""A file of all hits: what is in it, whatever stops the making of it."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from python_calamine import CalamineWorkbook

from qiantang.corpus.register.api import register, results, upkeep
from qiantang.corpus.register.tests.shelf import File, seen, stock
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Conflict, NotFound, Unavailable
from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, FileFormat, Stage
from qiantang.scenarios.query.methods.exporting.columns import PROPOSED
from qiantang.scenarios.query.services.exporting import folder as folders
from qiantang.scenarios.query.services.exporting.folder import ExportFolder

pytestmark = pytest.mark.feature("S3-15")
SOURCE = Path(folders.__file__).resolve().parents[5]
DAY = date(2026, 11, 26)


def asked(file_format, query="", sort="-PD", **more):
    given = {"columns": PROPOSED, "spelling": "application", "language": "en", "day": DAY} | more
    return ExportAsked(query=query, sort=sort, format=FileFormat(file_format), **given)


def made(tmp_path, file_format, **more):
    folder = ExportFolder(tmp_path / "export", asked(file_format, **more), "https://ip.example")
    assert folder.make()
    return folder


def hits(query="", sort="-PD"):
    return [one for batch in results.scan(SearchRequest(query, sort=sort)).batches for one in batch.patent_ids]


def pumps(name, numbers, day="2018-01-12", **more):
    return File(name, [seen(n, (f"CN1070{n:05d}", "A", day), title=f"泵{n}", **more) for n in numbers])


# --- what is in it ---------------------------------------------------------------------------------------------------


def test_a_table_has_remarks_a_head_and_every_hit_in_order(stocked, tmp_path):
    folder = made(tmp_path, "csv", columns=("patent_id", "title", "applicants", "filing_date", "status"))
    text = folder.file.read_bytes().decode()
    assert text[0] == "\ufeff"
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    remarks = [row[0] for row in rows if row[0].startswith("# ")]
    assert rows[: len(remarks)] == [[one] for one in remarks]
    assert {"# Snapshot: 1", "# Day: 2026-11-26", "# Patents: 10", "# Source: https://ip.example"} <= set(remarks)
    head, *body = rows[len(remarks) :]
    assert head == ["Identity on this platform", "Title", "Applicants", "Filing date", "Legal status"]
    assert [row[0] for row in body] == hits()
    battery = next(row for row in body if row[0] == "CN201710601862")
    assert battery[1:] == ["一种电池冷却装置", "钱潮甲厂; 西溪理工大学", "2017-07-21", "Lapsed: fee not paid"]


def test_heads_and_words_are_in_the_language_of_the_person(stocked, tmp_path):
    told = made(tmp_path, "csv", language="zh-hans", query="CC=CN").file.read_text()
    assert "发明" in told
    assert "申请人" in told
    assert "# Snapshot" not in told


def test_a_workbook_has_the_cells_of_the_table_and_a_sheet_about_itself(stocked, tmp_path):
    book = CalamineWorkbook.from_path(made(tmp_path, "xlsx").file)
    head, *rows = book.get_sheet_by_name("Patents").to_python()
    table = made(tmp_path / "csv", "csv").file.read_text().split("Publication number", 1)[1]
    assert [row[0] for row in rows] == [row[0] for row in csv.reader(io.StringIO(table)) if row][1:]
    assert len(head) == len(PROPOSED)
    about = dict(book.get_sheet_by_name("About this file").to_python())
    assert (about["Patents"], about["Snapshot"]) == ("10", "1")


def test_json_is_one_document_with_a_patent_a_line(stocked, tmp_path):
    text = made(
        tmp_path, "json", query="电池 OR 泵", columns=("patent_id", "inventors", "filing_date", "type")
    ).file.read_text()
    document = json.loads(text)
    assert (
        document["about"] | {"query": "电池 OR 泵", "snapshot": 1, "total": 3, "synthetic": False} == document["about"]
    )
    assert document["about"]["canonical"]
    assert [one["patent_id"] for one in document["patents"]] == hits("电池 OR 泵")
    assert len(text.splitlines()) == 3 + 2 + 1
    battery = next(one for one in document["patents"] if one["inventors"])
    assert battery == {
        "patent_id": "CN201710601862",
        "inventors": ["章湖墅", "沈文晖"],
        "filing_date": "2017-07-21",
        "type": "invention",
    }


@pytest.mark.parametrize(("file_format", "mark"), [("ris", "\nTY  - PAT\r"), ("bib", "\n@patent{")])
def test_references_are_as_many_as_hits(stocked, tmp_path, file_format, mark):
    text = ("\n" + made(tmp_path, file_format).file.read_bytes().decode()).replace("\r\n", "\r\n")
    assert text.count(mark) == 10
    assert "snapshot 1" in text


def test_a_list_of_numbers_has_a_line_for_each_hit_and_tells_of_stand_ins(stocked, tmp_path):
    folder = made(tmp_path, "txt")
    lines = folder.file.read_text().splitlines()
    numbers = [one for one in lines if not one.startswith("# ")]
    assert len(numbers) == 10
    assert "CN201710601862.3" in numbers
    stand_ins = folder.point().stand_ins
    assert 0 < stand_ins < 10
    assert lines[-1].endswith(f": {stand_ins}")


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_nothing_found_is_a_file_that_says_so(stocked, tmp_path, file_format):
    folder = made(tmp_path, file_format.value, query="甲乙丙丁戊己庚")
    assert folder.about().total == folder.point().rows == 0
    if file_format is FileFormat.JSON:
        assert json.loads(folder.file.read_text())["patents"] == []


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_invented_data_say_so_in_the_file(empty, tmp_path, file_format):
    stock(empty, pumps("a", range(3)), synthetic=True)
    folder = made(tmp_path, file_format.value)
    if file_format is FileFormat.XLSX:
        book = CalamineWorkbook.from_path(folder.file)
        told = str([book.sheet_names, book.get_sheet_by_name("About this file").to_python()])
    else:
        told = folder.file.read_text()
    assert "nvented" in told or "INVENTED" in told or '"synthetic":true' in told


def test_the_street_of_a_person_is_in_no_file(empty, tmp_path):
    stock(empty, pumps("a", range(3), names=("章湖墅",), address="杭州市无名路7号"))
    for file_format in FileFormat:
        every = tuple(folders.COLUMN_WORDS)
        file = made(tmp_path / file_format.value, file_format.value, columns=every).file
        told = (
            str(CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python())
            if file.suffix == ".xlsx"
            else file.read_text()
        )
        assert "章湖墅" in told or file_format is FileFormat.NUMBERS
        assert "无名路" not in told


# --- stopped and gone on with ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_made_in_turns_it_is_the_same_file(empty, tmp_path, monkeypatch, file_format):
    monkeypatch.setattr(folders, "_BATCH", 4)
    stock(empty, pumps("a", range(23)))
    whole = made(tmp_path / "whole", file_format.value)
    turns, told = 0, []
    folder = ExportFolder(tmp_path / "turns", asked(file_format.value), "https://ip.example")
    while not folder.make(lambda *one: told.append(one), seconds=0):
        turns += 1
    assert turns == 5
    assert content(folder.file) == content(whole.file)
    written = [done for stage, done, total in told if stage is Stage.WRITING]
    assert written == [4, 8, 12, 16, 20, 23]
    assert folder.make()


def content(file):
    """Bytes; of a workbook its cells: in its parts stands when they were packed."""
    if file.suffix != ".xlsx":
        return file.read_bytes()
    book = CalamineWorkbook.from_path(file)
    return [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]


def test_what_is_loaded_meanwhile_is_not_in_the_file(empty, tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "_BATCH", 4)
    stock(empty, pumps("a", range(10, 20)))
    whole = made(tmp_path / "whole", "csv")
    folder = ExportFolder(tmp_path / "turns", asked("csv"), "https://ip.example")
    assert not folder.make(seconds=0)
    stock(empty, pumps("b", [*range(5), *range(30, 40)]))
    while not folder.make(seconds=0):
        pass
    assert folder.file.read_bytes() == whole.file.read_bytes()
    assert made(tmp_path / "after", "csv").about().total == 25


def test_a_snapshot_cleaned_away_meanwhile_is_told(empty, tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "_BATCH", 4)
    stock(empty, pumps("a", range(10)))
    folder = ExportFolder(tmp_path / "turns", asked("csv"), "")
    assert not folder.make(seconds=0)
    stock(empty, pumps("b", range(20, 30)))
    upkeep.prune(register(), keep=1)
    with pytest.raises(Conflict) as refusal:
        folder.make()
    assert (refusal.value.code, refusal.value.facts["snapshot"]) == ("query.export_snapshot_gone", 1)


def test_a_hit_removed_on_request_meanwhile_is_counted_and_missing(stocked, tmp_path, monkeypatch):
    folder = ExportFolder(tmp_path / "one", asked("txt"), "")
    rows = results.SnapshotReader.rows
    monkeypatch.setattr(results.SnapshotReader, "rows", lambda self, ids, needs: [None, *rows(self, ids[1:], needs)])
    assert folder.make()
    assert (folder.about().total, folder.point().rows, folder.point().gone) == (10, 9, 1)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "query.export_disk_full"),
        (errno.EDQUOT, "query.export_disk_full"),
        (errno.EIO, "query.export_unwritable"),
    ],
)
def test_a_disk_that_is_full_or_broken_is_told(stocked, tmp_path, monkeypatch, number, code):
    def broken(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(folders.os, "fsync", broken)
    with pytest.raises(Unavailable) as refusal:
        made(tmp_path, "csv")
    assert refusal.value.code == code


def test_a_folder_that_cannot_be_made_is_told(stocked, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable) as refusal:
        ExportFolder(tmp_path / "file" / "export", asked("csv"), "").make()
    assert refusal.value.code == "query.export_unwritable"


def test_an_empty_register_refuses(empty, tmp_path):
    with pytest.raises(NotFound):
        made(tmp_path, "csv")


KILLED_ANYWHERE = dedent(
    """
    import os, signal, sys
    from datetime import date
    from pathlib import Path
    import django
    django.setup()
    from django.conf import settings
    settings.QIANTANG_HOME = Path(sys.argv[2])
    from qiantang.scenarios.query.services.exporting import folder as folders
    from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, FileFormat

    # what comes with a first call is imported here, and not again by each of the children
    import xlsxwriter
    import qiantang.engines.lake.arrow, qiantang.engines.lake.duckdb, qiantang.engines.search.tantivy

    folders._BATCH = 12
    place = Path(sys.argv[1])

    def attempt(name, file_format, die_at):
        child = os.fork()
        if child:
            return os.waitpid(child, 0)[1]
        left = die_at

        def counted(real):
            def call(*given, **more):
                nonlocal left
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1
                return real(*given, **more)
            return call

        os.fsync = counted(os.fsync)
        Path.replace, Path.unlink = counted(Path.replace), counted(Path.unlink)
        asked = ExportAsked("", "-PD", FileFormat(file_format), ("patent_id", "title", "filing_date"), "plain", "en", date(2026, 1, 1))
        folders.ExportFolder(place / name, asked, "").make()
        os._exit(0)

    for file_format, die_at in (("csv", 0), ("xlsx", 9)):  # until its rows are written a workbook is made like a table
        status = 1
        while status:  # it dies at a step, at the next …
            name = f"{file_format}-{die_at}"
            status = attempt(name, file_format, die_at)
            assert status in (0, signal.SIGKILL), status
            assert attempt(name, file_format, -1) == 0
            die_at += 1
    again = 0
    while attempt("csv-again", "csv", 5):  # it dies again and again, a few steps on each time
        again += 1
    assert again > 1, again
    """
)


def test_killed_at_any_step_and_gone_on_with_it_is_the_same_file(empty, tmp_path):
    stock(empty, pumps("a", range(23)))
    program = [sys.executable, "-c", KILLED_ANYWHERE, str(tmp_path / "made"), str(empty)]
    environment = os.environ | {"PYTHONPATH": f"{SOURCE}:{SOURCE.parent}"}
    subprocess.run(program, env=environment, check=True, timeout=300)
    chosen = {"columns": ("patent_id", "title", "filing_date"), "day": date(2026, 1, 1)}
    for file_format, least in (("csv", 12), ("xlsx", 5)):
        folder = ExportFolder(tmp_path / file_format, asked(file_format, **chosen), "")
        assert folder.make()
        files = list((tmp_path / "made").glob(f"{file_format}-*/patents.{file_format}"))
        assert len(files) > least
        assert all(content(one) == content(folder.file) for one in files)
