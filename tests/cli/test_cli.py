"""The command line as scripts use it: exit codes, one JSON document on stdout, messages on stderr."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.starting import furnish, start, surroundings

HEADER = "item,name,authorization_notice_id,authorized_announcement_date,filing_id,filing_date,patentee,designer,address,Int.Cl."
DONE, FINDINGS, FAILED = 0, 1, 2


def run(*arguments, home: Path, code: str | None = None, said: str = "", fresh: bool = False, **environment):
    """``qiantang ARGUMENTS`` in a process of its own, or the Python ``code``; ``said`` is its input.

    fresh   an interpreter that has imported nothing, and a home in which nothing is unless something was put there
    """
    told = surroundings(home, **environment)
    if not fresh:
        if home.parent.exists() and arguments[:1] != ("number",):
            furnish(home)
        return start(arguments, environment=told, place=home.parent, said=said, code=code or "")
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "qiantang.cli"]
    return subprocess.run(
        [*command, *arguments],
        env=told,
        input=said,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        cwd=home.parent,
        check=False,
    )


def asked(*arguments, home: Path, exit_code: int = DONE, fresh: bool = False):
    """The JSON document of a command that must end with the code."""
    ended = run(*arguments, "--json", home=home, fresh=fresh)
    assert ended.returncode == exit_code, ended.stderr
    return json.loads(ended.stdout)


SEVERAL = """
import contextlib, io, json, sys
from qiantang.cli.main import main
ended = []
for arguments in json.loads(sys.argv[1]):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        ended.append([main([*arguments, "--json"]), said.getvalue()])
json.dump(ended, sys.stdout)
"""


def several(*calls, home: Path):
    """(exit code, JSON document) of each call, one after the other in a single process: starting one takes its time."""
    ended = run(json.dumps(calls), home=home, code=SEVERAL)
    assert ended.returncode == 0, ended.stderr
    return [(code, json.loads(said)) for code, said in json.loads(ended.stdout)]


def errors(*calls, home: Path):
    """The error codes of calls, each of which must end with 2."""
    told = several(*calls, home=home)
    assert {code for code, _ in told} == {FAILED}
    return [document["error"]["code"] for _, document in told]


def gazette(place: Path, first: int = 1, faults: int = 0) -> Path:
    """Thirty rows of our own making; the first ``faults`` have a date that is none."""
    lines = [
        f"{n},一种钱塘阀门{n},CN1990{n:05d}A,2019.07.12,2.02E+12,{'2018.13.45' if n < first + faults else '2018.05.04'},"
        f"钱潮第{n % 3}阀门有限公司,章湖墅;,310012浙江省杭州市西湖区凤起路{n}号,F16K1/{n % 9:02d}(2006.01)I;"
        for n in range(first, first + 30)
    ]
    place.write_bytes("\n".join([HEADER, *lines, ""]).encode("gb18030"))
    return place


@pytest.fixture(scope="module")
def stocked(tmp_path_factory):
    """A home with its tables, into which one file was imported by the command itself; and what the command said."""
    folder = tmp_path_factory.mktemp("cli")
    furnish(folder / "home")
    table = str(gazette(folder / "a.csv", faults=2))
    told = asked("import", table, home=folder / "home", exit_code=FINDINGS, fresh=True)
    return folder / "home", told


# --- number ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-01")
@pytest.mark.parametrize("spelled", ["201710601862.3", "201911032622.1", "202210851408.4", "95115608.X"])
def test_a_right_number_in_the_shape_that_stays(tmp_path, spelled):
    told = asked("number", spelled, home=tmp_path / "home")
    assert {"input", "office", "type", "scheme", "canonical", "kind", "check_digit", "valid"} <= told.keys()
    assert (told["input"], told["office"], told["valid"]) == (spelled, "CN", True)
    assert told["check_digit"] == {"given": spelled[-1], "expected": spelled[-1], "valid": True}
    assert told["canonical"].endswith(spelled)


@pytest.mark.feature("S3-01")
def test_a_wrong_check_digit_is_a_finding(tmp_path):
    told = asked("number", "201710601862.5", home=tmp_path / "home", exit_code=FINDINGS)
    assert told["check_digit"] == {"given": "5", "expected": "3", "valid": False}
    assert told["valid"] is False
    ended = run("number", "201710601862.5", home=tmp_path / "home")
    assert (ended.returncode, "should be 3" in ended.stdout) == (FINDINGS, True)


def test_numbers_may_have_blanks_and_no_check_digit(tmp_path):
    told = asked("number", "US", "10,123,456", "B2", home=tmp_path / "home")
    assert (told["canonical"], told["kind"], told["check_digit"]) == ("US10123456B2", "B2", None)


def test_what_is_no_number_cannot_be_done(tmp_path):
    told = asked("number", "xyz", home=tmp_path / "home", exit_code=FAILED)
    assert told["error"]["code"] == "number.unrecognised"
    assert told["error"]["sentence"] == "“xyz” is not a patent number that we can read."
    assert told["error"]["next_step"].startswith("Write the number with its country code")
    ended = run("number", "xyz", home=tmp_path / "home")
    assert (ended.returncode, ended.stdout) == (FAILED, "")
    lines = ended.stderr.splitlines()
    assert lines[0] == "qiantang: “xyz” is not a patent number that we can read."
    assert lines[1].startswith("  Write the number with its country code")
    assert "number.unrecognised" in lines[2]


def test_number_needs_no_django_no_engine_and_no_home(tmp_path):
    code = (
        "import sys\nfrom qiantang.cli.main import main\nended = main(['number', '201710601862.3'])\n"
        "heavy = {'django', 'duckdb', 'tantivy', 'pyarrow', 'numpy', 'lxml'} & set(sys.modules)\n"
        "assert not heavy, heavy\nsys.exit(ended)"
    )
    ended = run(home=tmp_path / "home", code=code, fresh=True)
    assert ended.returncode == DONE, ended.stderr
    assert not (tmp_path / "home").exists()


# --- import ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("X-29")
def test_import_tells_file_by_file_and_ends_with_findings(stocked):
    home, told = stocked
    with contextlib.closing(sqlite3.connect(home / "qiantang.sqlite3")) as office:
        runs = office.execute("SELECT kind, state, snapshot FROM ingest_importrun").fetchall()
    assert runs == [("command", "done", 1)]
    (source,) = told["sources"]
    assert {"path", "format", "read", "kept", "merged", "refused", "reasons"} <= source.keys()
    assert (source["path"], source["format"]) == ("a.csv", "cnipa-gazette-table")
    assert (source["read"], source["kept"], source["merged"], source["refused"]) == (30, 28, 0, 2)
    assert source["reasons"] == {"date_impossible": 2}
    assert told["totals"] == {"read": 30, "kept": 28, "merged": 0, "refused": 2}
    assert told["snapshot"] == 1


def test_import_without_a_refusal_is_done_and_the_second_time_adds_nothing(tmp_path):
    path = str(gazette(tmp_path / "a.csv"))
    first = asked("import", path, "--licence", "CC0 1.0", home=tmp_path / "home")
    assert first["totals"]["kept"] == 30
    assert [(one["licence"], len(one["digest"])) for one in first["sources"]] == [("CC0 1.0", 64)]
    again = asked("import", path, home=tmp_path / "home")
    assert (again["snapshot"], again["totals"]["kept"], again["totals"]["merged"]) == (1, 0, 30)
    ended = run("import", path, "--by-folder", home=tmp_path / "home")
    assert ended.returncode == DONE
    assert "a.csv: files 1, read 30, kept 0, merged 30, refused 0, files refused whole 0" in ended.stdout
    assert asked("audit", "verify", home=tmp_path / "home") == {"valid": True, "first_broken": None}


def test_import_that_cannot_be_done(tmp_path):
    gazette(tmp_path / "a.csv")
    (tmp_path / "bad.toml").write_text("[columns", "utf-8")
    (tmp_path / "gbk.toml").write_bytes("名".encode("gb18030"))
    told = errors(
        ("import", "nothing-there"),
        ("import", "a.csv", "--format", "gazette"),
        ("import", "a.csv", "--mapping", "bad.toml"),
        ("import", "a.csv", "--mapping", "gbk.toml"),
        ("import", "a.csv", "--licence", "x" * 201),
        ("coverage",),
        home=tmp_path / "home",
    )
    assert told == [
        *("ingest.path_missing", "ingest.format_unknown"),
        *("mapping.not_toml", "mapping.encoding", "ingest.licence_too_long", "register.empty"),
    ]


def test_import_of_a_mapping_that_is_not_there_is_no_traceback(tmp_path):
    gazette(tmp_path / "a.csv")
    ended = run("import", "a.csv", "--mapping", "none.toml", home=tmp_path / "home")
    assert ended.returncode == FAILED
    assert "none.toml" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_import_of_nothing_that_anybody_reads_cannot_be_done(tmp_path):
    (tmp_path / "a.txt").write_text("no table", "utf-8")
    told = asked("import", "a.txt", home=tmp_path / "home", exit_code=FAILED)
    assert told["sources"][0]["refusal"]["code"] == "format_unknown"
    assert told["snapshot"] is None


@pytest.mark.feature("S3-20")
def test_a_known_file_refused_whole_cannot_be_done_either_and_beside_a_good_one_it_is_a_finding(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n...")
    paths = [str(tmp_path / "a.pdf"), str(gazette(tmp_path / "a.csv"))]
    told = several(["import", paths[0]], ["import", *paths], home=tmp_path / "home")
    assert [code for code, _ in told] == [FAILED, FINDINGS]
    (refused,) = told[0][1]["sources"]
    assert (refused["format"], refused["refusal"]["code"]) == ("pdf", "pdf_unread")


# --- what is loaded --------------------------------------------------------------------------------------------------


def test_snapshots_and_coverage(stocked):
    home, _ = stocked
    (one,) = asked("snapshots", home=home)["snapshots"]
    assert (one["number"], one["parent"], one["patents"], one["synthetic"]) == (1, None, 28, False)
    told = asked("coverage", home=home)
    assert (told["snapshot"], told["patents"]) == (1, 28)
    assert told["cells"] == [{"office": "CN", "type": "invention", "year": 2018, "patents": 28}]
    assert told["filled"]["classifications"] == 28
    assert "28 patents" in run("snapshots", home=home).stdout
    assert "2018  28" in run("coverage", home=home).stdout


def test_a_new_home_has_no_snapshot_no_coverage_and_a_whole_journal(tmp_path):
    home = tmp_path / "home"
    assert errors(("coverage",), ("search", "x"), ("patent", "CN199000005A"), home=home) == ["register.empty"] * 3
    assert several(("snapshots",), ("reindex",), ("audit", "verify"), home=home) == [
        (DONE, {"snapshots": []}),
        (DONE, {"snapshot": None}),
        (DONE, {"valid": True, "first_broken": None}),
    ]


# --- patent ----------------------------------------------------------------------------------------------------------


def test_patent_in_the_shape_that_stays(stocked):
    home, _ = stocked
    told = asked("patent", "CN", "199000005", "A", home=home)
    assert {
        *("patent_id", "numbers", "type", "title", "abstract", "applicants", "inventors", "classifications"),
        *("filing_date", "publications", "status", "region", "claims", "citations", "family", "snapshot"),
    } <= told.keys()
    assert (told["patent_id"], told["title"]) == ("CN-P199000005", "一种钱塘阀门5")
    assert told["publications"] == [{"number": "CN199000005", "kind": "A", "date": "2019-07-12"}]
    assert told["numbers"] == ["CN199000005A"]
    assert (told["applicants"], told["inventors"]) == (["钱潮第2阀门有限公司"], ["章湖墅"])
    assert told["status"].keys() >= {"value", "as_of", "events"}
    assert told["region"].keys() == {"code", "name", "confidence"}
    assert told["citations"] == {"backward": [], "forward": []}
    assert (told["filing_date"], told["abstract"], told["snapshot"]) == ("2018-05-04", None, 1)


@pytest.mark.feature("S3-07")
def test_patent_as_of_another_day(stocked):
    home, _ = stocked
    days = ("2018-05-03", "2018-05-04", "2019-07-11", "2019-07-12")
    told = several(*(("patent", "CN199000005A", "--as-of", day) for day in days), home=home)
    states = {document["status"]["as_of"]: document["status"]["value"] for _, document in told}
    assert states == dict(zip(days, ("unknown", "filed", "filed", "published"), strict=True))


def test_patent_that_cannot_be_shown(stocked):
    told = errors(
        ("patent", "CN108123456A"),
        ("patent", "201710601862.5"),
        ("patent", "nonsense"),
        ("patent", "CN199000005A", "--as-of", "yesterday"),
        home=stocked[0],
    )
    assert told == ["register.number_unknown", "number.check_digit", "number.unrecognised", "command.date"]


# --- search ----------------------------------------------------------------------------------------------------------


def test_search_in_the_shape_that_stays(stocked):
    home, _ = stocked
    told = asked("search", "阀门", "--facets", "pa,AY", "--limit", "3", home=home)
    assert {"query", "canonical", "total", "snapshot", "hits", "facets", "next"} <= told.keys()
    assert (told["query"], told["total"], told["snapshot"], len(told["hits"])) == ("阀门", 28, 1, 3)
    assert told["hits"][0].keys() >= {"patent_id", "number", "title", "date", "score"}
    assert told["facets"].keys() == {"PA", "AY"}
    assert sum(one["count"] for one in told["facets"]["PA"]) == 28
    assert told["facets"]["AY"] == [{"value": "2018", "count": 28, "label": "2018"}]


def test_search_pages_part_the_result(stocked):
    home, _ = stocked
    found, more = [], ()
    while True:
        told = asked("search", "阀门", "--limit", "10", "--sort", "-PD", *more, home=home)
        found += [hit["patent_id"] for hit in told["hits"]]
        if told["next"] is None:
            break
        more = ("--page", told["next"])
    assert len(found) == len(set(found)) == 28


def test_search_count(stocked):
    home, _ = stocked
    ended = run("search", 'PA=="钱潮第1阀门有限公司"', "--count", home=home)
    assert (ended.returncode, ended.stdout) == (DONE, "9\n")
    told = asked("search", "阀门", "--count", home=home)
    assert (told["total"], told["hits"]) == (28, [])


def test_search_takes_descending_orders_as_they_are_written(stocked):
    orders = (("--sort", "-AD"), ("--sort=-AD",), ("--sort", "PD"), ("--sort", "relevance"))
    told = several(*(("search", "阀门", *order) for order in orders), home=stocked[0])
    assert [(code, document["total"]) for code, document in told] == [(DONE, 28)] * 4


@pytest.mark.feature("S3-02")
def test_a_bad_query_tells_position_message_expected_and_hint(stocked):
    home, _ = stocked
    told = asked("search", "TI=(阀门", home=home, exit_code=FAILED)["error"]
    assert told.keys() >= {"position", "message", "expected", "hint"}
    assert (told["position"], told["expected"]) == (3, ")")
    ended = run("search", "TI=(阀门", home=home)
    assert (ended.returncode, ended.stdout) == (FAILED, "")
    assert ended.stderr.startswith("qiantang: The query cannot be read.\n  Correct it at the place that is named")
    assert "position: 3" in ended.stderr


@pytest.mark.feature("S3-04")
def test_what_search_cannot_do_is_an_error_and_never_ignored(stocked):
    told = errors(
        ("search", "阀门", "--facets", "XX"),
        ("search", "阀门", "--sort", "size"),
        ("search", "阀门", "--page", "forged"),
        ("search", "阀门", "--limit", "0"),
        ("search", "阀门", "--limit", "1000"),
        home=stocked[0],
    )
    assert told == ["query.facet_unknown", "query.sort_unknown", "paging.cursor", "paging.size", "paging.size"]


def test_reindex_gives_the_same_answers(stocked):
    search = ("search", "阀门", "--limit", "50", "--sort", "PD")
    before, again, after = several(search, ("reindex",), search, home=stocked[0])
    assert again == (DONE, {"snapshot": 1})
    assert before == after


# --- the journal, and what is wrong with the call itself ---------------------------------------------------------------


def test_audit_verify_finds_a_changed_entry(tmp_path):
    home = tmp_path / "home"
    asked("import", str(gazette(tmp_path / "a.csv")), home=home)
    assert run("audit", "verify", home=home).returncode == DONE
    tamper = (
        "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as rows:\n"
        "    rows.execute('DROP TRIGGER audit_entry_not_updated')\n"
        "    rows.execute(\"UPDATE audit_auditentry SET actor_name = 'somebody else' WHERE sequence = 1\")"
    )
    ended = run(str(home / "qiantang.sqlite3"), home=home, code=tamper)
    assert ended.returncode == 0, ended.stderr
    assert asked("audit", "verify", home=home, exit_code=FINDINGS) == {"valid": False, "first_broken": 1}


def test_a_setting_that_means_nothing_is_told_in_one_line(tmp_path):
    ended = run("snapshots", home=tmp_path / "home", fresh=True, PORT="many")
    assert ended.returncode == FAILED
    assert "PORT" in ended.stderr.splitlines()[0]
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("arguments", [(), ("no-such-word",), ("import",), ("audit", "mend")])
def test_a_call_that_cannot_be_read_ends_with_two(tmp_path, arguments):
    assert run(*arguments, home=tmp_path / "home").returncode == FAILED


def test_a_reader_that_goes_away_is_no_fault(stocked):
    home, _ = stocked
    code = (
        "import os, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-m', 'qiantang.cli', 'search', '阀门', '--limit', '200', '--json'],"
        " stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        "child.stdout.close()\nprint(child.stderr.read().decode())\nprint(child.wait())"
    )
    ended = run(home=home, code=code, fresh=True)
    assert "Traceback" not in ended.stdout
    assert "Exception" not in ended.stdout
