"""Every reason in a sentence with a next step, no fact left out, no sentence that nobody needs."""

from __future__ import annotations

import ast
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.utils import translation

from qiantang.corpus.ingest import tables
from qiantang.corpus.ingest.api import load_paths
from qiantang.corpus.ingest.models import ImportRun
from qiantang.corpus.ingest.selectors.runs import RefusedRow
from qiantang.corpus.ingest.tables import reasons
from qiantang.corpus.ingest.types import REFUSALS, by_folder

from . import readings

SRC = Path(__file__).resolve().parents[3]
# the calls that carry the code of a refusal: place of the code among the arguments
CARRIERS = {"Refusal": 1, "CellRefused": 1, "DayRefused": 0, "DocumentRefused": 0, "ArchiveRefused": 0, "Finding": 0}
DOMAIN = {"NotFound", "NotPermitted", "Invalid", "Conflict", "Limited", "Unavailable"}


class Site(NamedTuple):
    """One place where the code refuses: the code, and the facts it names there; None where they cannot be read off."""

    code: str
    facts: frozenset[str] | None


def texts(node: ast.expr, scope: ast.AST) -> set[str]:
    """The texts an expression may be: written out, one or the other, or given to that name in the function around it."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=first, orelse=second):
            return texts(first, scope) | texts(second, scope)
        case ast.Name(id=name):
            found: set[str] = set()
            for one in ast.walk(scope):
                if isinstance(one, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in one.targets):
                    found |= texts(one.value, scope)
                elif isinstance(one, ast.For | ast.comprehension) and name in names_in(one.target):
                    found |= {
                        text
                        for part in ast.walk(one.iter)
                        if isinstance(part, ast.Constant)
                        for text in texts(part, scope)
                    }
            return found
        case _:
            return set()


def names_in(target: ast.expr) -> set[str]:
    return {one.id for one in ast.walk(target) if isinstance(one, ast.Name)}


def facts_of(call: ast.Call, carrier: str) -> frozenset[str] | None:
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    if carrier == "DayRefused":
        return None  # the cell around the day brings them
    if carrier in {"CellRefused", "DocumentRefused", "ArchiveRefused"}:
        return frozenset(name for name in named if name)
    if "facts" not in named:
        return frozenset()
    told = named["facts"]
    if isinstance(told, ast.Dict) and all(isinstance(key, ast.Constant) for key in told.keys):
        return frozenset(key.value for key in told.keys)
    return None


def sites(*places: str) -> Iterator[Site]:
    for place in places:
        for path in sorted((SRC / place).rglob("*.py")):
            module = ast.parse(path.read_text("utf-8"))
            functions = [one for one in ast.walk(module) if isinstance(one, ast.FunctionDef)]
            constants = [one for one in module.body if isinstance(one, ast.Assign)]
            for scope in (*functions, *constants):
                for call in ast.walk(scope):
                    name = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
                    if name in CARRIERS and len(call.args) > CARRIERS[name]:
                        for code in texts(call.args[CARRIERS[name]], scope):
                            yield Site(code, facts_of(call, name))


def numbers_refused() -> set[str]:
    """Refusals of the reading of numbers become those of cells: ``number.damaged`` is ``number_damaged``."""
    found = set()
    for path in (SRC / "kernel" / "numbers").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Invalid":
                found |= texts(call.args[0], call)
    return {code.replace(".", "_") for code in found} - {"number_body"}


LOADING = ("corpus/ingest/methods", "corpus/ingest/services")
RAISED = {site.code for site in sites(*LOADING, "commons/files")} | numbers_refused()
BY_THE_REGISTER = {"synthetic_in_real_home", "real_in_synthetic_home", "suppressed"}


def test_the_collection_finds_what_it_is_for():
    assert {"date_impossible", "row_truncated", "row_too_wide", "number_damaged", "xml_too_deep", "virus"} <= RAISED
    assert {"synthetic_version", "archive_bomb", "workbook_damaged", "format_unknown", "header_missing"} <= RAISED
    assert len(RAISED) > 40


@pytest.mark.feature("X-29")
def test_every_code_that_loading_or_intake_can_give_has_words():
    assert RAISED - reasons._SENTENCES.keys() - reasons._KINDS.keys() == set()


def test_whatever_refuses_a_row_or_a_file_of_a_load_has_a_sentence_and_a_next_step():
    """Findings of intake alone keep an upload out before any load: they have a kind, and stand in one sentence together."""
    intake_only = {site.code for site in sites("commons/files")} - {site.code for site in sites(*LOADING)}
    archives = {code for code in intake_only if code.startswith("archive_")} - {"archive_path_unsafe"}
    assert (RAISED - intake_only | archives | BY_THE_REGISTER) - reasons._SENTENCES.keys() == set()
    assert intake_only - reasons._KINDS.keys() == set()


def test_no_sentence_is_for_a_code_that_nobody_gives():
    assert (reasons._SENTENCES.keys() | reasons._KINDS.keys()) - RAISED - BY_THE_REGISTER == set()


def test_no_sentence_names_a_fact_that_its_refusal_may_lack():
    for site in sites(*LOADING, "commons/files/methods"):
        if site.facts is not None and site.code in reasons._SENTENCES:
            named = set(re.findall(r"%\((\w+)\)s", " ".join(map(str, reasons._SENTENCES[site.code]))))
            assert named <= site.facts, site


def test_the_words_for_numbers_name_the_cell():
    """Codes that come out of the reading of a number always bring the text of the cell."""
    for code in numbers_refused():
        assert "2.02E+12" in tables.sentence(code, {"value": "2.02E+12"})


def test_every_domain_error_of_ingest_has_its_words_and_the_facts_they_name():
    told = {}
    for path in sorted((SRC / "corpus" / "ingest").rglob("*.py")):
        if "tests" in path.parts:
            continue
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in DOMAIN and call.args:
                for code in texts(call.args[0], call):
                    facts = {keyword.arg for keyword in call.keywords}
                    told[code] = told.get(code, facts) & facts
    # those whose code is made elsewhere: a refused decision, and jobs that broke off
    elsewhere = {"ingest.operators_only", "ingest.broke_off", "ingest.open_data_broke_off"}
    assert told.keys() | elsewhere == REFUSALS.keys()
    for code, facts in told.items():
        assert set(re.findall(r"%\((\w+)\)s", " ".join(REFUSALS[code]))) <= facts, code


# --- as people read it -----------------------------------------------------------------------------------------------


def test_facts_are_told_in_words():
    with translation.override("en"):
        assert (
            tables.sentence("check_digit_wrong", {"number": "2018199000019", "given": "9", "expected": "5"})
            == "The check digit of 2018199000019 is 9; by the rule it must be 5."
        )
        assert (
            tables.sentence("table_reduced", {"columns": {"patentee": ["公司", "个人"], "IPC": ["G"]}})
            == "The table holds classes instead of values: patentee (公司, 个人); IPC (G)."
        )
        assert (
            tables.sentence("columns_missing", {"missing": ["name"], "twice": []})
            == "Columns are missing: name. Columns that stand there twice: none."
        )
        assert (
            tables.sentence("ingest.upload_refused", {"file": "a.zip", "findings": ["archive_bomb", "virus"]})
            == "a.zip was not accepted: unpacks to too much, the virus scanner found something."
        )
        assert tables.sentence("mapping.not_toml", {"said": "line 3"}) == "The mapping is not TOML: line 3."
        assert tables.next_step("mapping.field_unknown", {"known": ["a", "b"]}) == "The fields are: a, b."


def test_a_code_without_words_stands_for_itself_with_its_facts():
    assert tables.sentence("brand_new", {"given": [1, 2]}) == "brand_new (given: 1, 2)"
    assert tables.sentence("brand_new", {}) == tables.kind_of("brand_new") == "brand_new"
    with translation.override("en"):
        assert tables.next_step("brand_new", {}) == "Check the row in the source."


def test_a_percent_sign_of_a_file_is_text():
    told = tables.sentence("date_impossible", {"value": "100%(x)s"})
    assert "100%(x)s" in told


def test_refused_rows_carry_sentence_and_next_step():
    row = RefusedRow("d", "a.csv", 3, "date_impossible", "申请日", {"value": "2018.13.45"}, "raw,text")
    with translation.override("en"):
        (told,) = tables.refused_table([row])
    assert told == {
        "source": "a.csv",
        "row": 3,
        "column": "申请日",
        "sentence": "There is no such day: 2018.13.45.",
        "raw": "raw,text",
        "next_step": "Correct the date in the source.",
    }


def made(**more) -> ImportRun:
    return ImportRun(pk=7, kind="upload", requested_at=None, requested_by="lu", paths=[{}, {}], **more)


def test_a_run_that_waits_has_no_counts_rather_than_noughts():
    row = tables.run_row(made(state="queued"))
    assert (row.read, row.kept, row.merged, row.refused, row.total) == (None, None, None, None, None)
    assert (row.files, row.url, row.failure, row.next_step) == (2, "/import/7", "", "")


def test_a_failed_run_says_why_and_what_next():
    run = made(state="failed", error_code="ingest.path_missing", error_facts={"paths": ["a", "b"]})
    with translation.override("en"):
        row = tables.run_row(run)
    assert (row.failure, row.next_step) == ("There is nothing at: a, b.", "Check the paths and load again.")
    run = made(state="failed", error_code="search.writer_busy", error_facts={})
    with translation.override("en"):
        assert tables.run_row(run).failure == "The search index is being written by somebody else."


def test_a_file_is_either_counted_or_refused_as_a_whole():
    source = {"format": "x", "size_bytes": 9, "read": 3, "kept": 1, "merged": 0, "refused": 2, "refusal": None}
    whole = {**source, "read": 0, "kept": 0, "refused": 0, "path": "b", "reasons": {"file_damaged": 1}}
    whole["refusal"] = {"row": 0, "code": "file_damaged", "column": "", "facts": {}}
    report = {"sources": [{**source, "path": "a", "reasons": {"date_missing": 2}}, whole], "totals": {}}
    with translation.override("en"):
        first, second = tables.source_rows(made(state="done", report=report))
    assert (first["name"], first["reasons"], first["failure"]) == ("a", [{"sentence": "date missing", "count": 2}], "")
    assert (second["reasons"], second["failure"]) == ([], "The file is damaged.")
    assert second["next_step"] == "Get the file again from its source."


def test_many_files_are_summed_by_folder_few_are_not():
    def source(path: str, **more: object) -> dict[str, object]:
        return {"path": path, "read": 3, "kept": 1, "merged": 1, "refused": 1, "refusal": None, **more}

    whole = {"read": 0, "kept": 0, "merged": 0, "refused": 0, "refusal": {"code": "file_damaged"}}
    told = [*(source(f"week/{n}.xml") for n in range(20)), source("week/no.xml", **whole), source("list.csv")]
    rows = tables.folder_rows(made(state="done", report={"sources": told, "totals": {}}))
    assert rows == [
        {"name": "week", "files": 21, "read": 60, "kept": 20, "merged": 20, "refused": 20, "files_refused": 1},
        {"name": "list.csv", "files": 1, "read": 3, "kept": 1, "merged": 1, "refused": 1, "files_refused": 0},
    ]
    assert tables.folder_rows(made(state="done", report={"sources": told[-3:], "totals": {}})) == []
    assert tables.folder_rows(made(state="done", report={"sources": told[:-1], "totals": {}})) == []
    assert tables.folder_rows(made(state="queued")) == []


def test_an_archive_is_told_by_its_folders_and_they_add_up_to_it():
    def source(path: str, read: int) -> dict[str, object]:
        return {"path": path, "read": read, "kept": read, "merged": 0, "refused": 0, "refusal": None}

    told = [
        *(source(f"week.zip/week/a/{n}/part.xml", 1) for n in range(20)),
        source("week.zip/week/b/part.xml", 2),
        source("week.zip/week/list.csv", 3),
        source("week.zip.d/a/part.xml", 4),
        source("week.zip.d/b/part.xml", 5),
        *(source(f"flat.TAR.GZ/{n}.xml", 6) for n in range(2)),
        *(source(f"dot.tar/./{name}/1.xml", 8) for name in "ab"),
        source("no.zip", 7),
    ]
    rows = tables.folder_rows(made(state="done", report={"sources": told, "totals": {}}))
    assert {row["name"]: (row["files"], row["read"]) for row in rows} == {
        "week.zip/week/a": (20, 20),
        "week.zip/week/b": (1, 2),
        "week.zip/week": (1, 3),
        "week.zip.d": (2, 9),
        "flat.TAR.GZ": (2, 12),
        "dot.tar/a": (1, 8),
        "dot.tar/b": (1, 8),
        "no.zip": (1, 7),
    }
    assert sum(row["kept"] for row in rows) == sum(one["kept"] for one in told)
    alone = [one for one in told if one["path"].startswith("week.zip/")]
    assert len(tables.folder_rows(made(state="done", report={"sources": alone, "totals": {}}))) == 3


def test_an_archive_that_is_read_has_the_folders_of_its_report(home, files):
    with zipfile.ZipFile(files / "week.zip", "w") as archive:
        for name, rows in (("a/1.csv", (0, 3)), ("a/2.csv", (3, 5)), ("b/deep/1.csv", (5, 9))):
            archive.writestr(name, readings.table(readings.rows(9)[slice(*rows)]))
    report = load_paths([files / "week.zip"])
    found = by_folder(report.to_json()["sources"])
    assert {name: (one.files, one.kept) for name, one in found.items()} == {
        "week.zip/a": (2, 5),
        "week.zip/b": (1, 4),
    }
    for part in ("read", "kept", "merged", "refused"):
        assert sum(getattr(one, part) for one in found.values()) == report.totals[part]
