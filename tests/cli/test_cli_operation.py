"""Commands of operation: watch, quality, export, erase; exit codes and the shapes that stay."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256

import pytest

from tests.cli.test_cli import DONE, FAILED, FINDINGS, asked, errors, gazette, run, several

PERSON = "章湖墅"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    """A folder with a table of thirty patents, and a home into which it was imported."""
    folder = tmp_path_factory.mktemp("furnished")
    assert asked("import", str(gazette(folder / "a.csv")), home=folder / "home")["totals"]["kept"] == 30
    return folder


@pytest.fixture
def house(furnished, tmp_path):
    """A home of thirty patents, for one test."""
    shutil.copytree(furnished, tmp_path, dirs_exist_ok=True)
    return tmp_path / "home"


@pytest.mark.feature("X-29")
def test_a_watched_folder_is_loaded_when_its_files_are_complete(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    gazette(folder / "a.csv")
    (folder / "b.txt").write_text("no table", "utf-8")
    (folder / "b.txt.done").touch()
    look = ("watch", "--once", "--folder", str(folder))
    assert several(look, look, look, home=tmp_path / "home") == [
        (FINDINGS, {"loaded": [], "failed": ["b.txt"], "waiting": ["a.csv"]}),
        (DONE, {"loaded": ["a.csv"], "failed": [], "waiting": []}),
        (DONE, {"loaded": [], "failed": [], "waiting": []}),
    ]
    assert sorted(path.name for path in (folder / "loaded").iterdir()) == ["a.csv", "a.csv.report.json"]
    assert json.loads((folder / "loaded" / "a.csv.report.json").read_bytes())["totals"]["kept"] == 30
    assert asked("search", "阀门", "--count", home=tmp_path / "home")["total"] == 30


def test_a_watch_needs_a_folder_that_is_there(tmp_path):
    told = errors(("watch", "--once"), ("watch", "--once", "--folder", "none"), home=tmp_path / "home")
    assert told == ["command.watch", "ingest.folder_missing"]


def test_the_setting_names_the_folder_where_the_command_does_not(tmp_path):
    (tmp_path / "inbox").mkdir()
    ended = run("watch", "--once", home=tmp_path / "home", QIANTANG_WATCH_FOLDER=str(tmp_path / "inbox"))
    assert (ended.returncode, ended.stdout) == (DONE, "loaded 0, failed 0, not yet complete 0\n")


@pytest.mark.feature("X-29")
def test_quality_in_the_shape_that_stays(house):
    text = gazette(house.parent / "b.csv", first=101).read_bytes().replace(b"2019.07.12", b"2091.07.12", 2)
    (house.parent / "b.csv").write_bytes(text)
    asked("import", str(house.parent / "b.csv"), home=house)
    (first, one), (second, two), (newest, again) = several(("quality", "1"), ("quality", "2"), ("quality",), home=house)
    assert (first, second, newest) == (DONE, FINDINGS, FINDINGS)
    assert again == two
    assert one.keys() == two.keys() == {"load", "formats", "patents"}
    assert [one["load"], two["load"]] == [1, 2]
    (told,) = two["formats"]
    keys = {"format", "rows", "refused", "impossible_dates", "filled", "findings", "outliers", "drift"}
    assert told.keys() == keys
    assert (told["rows"], told["refused"], told["filled"]["filing_date"]) == (30, 0, 30)
    found = [(one["rule"], one["action"], one["count"]) for one in told["findings"]]
    assert found == [("DQ-05", "warn", 2), ("DQ-11", "error", 2)]
    assert told["findings"][0]["examples"] == [{"file": "b.csv", "row": 2}, {"file": "b.csv", "row": 3}]
    assert (told["drift"]["load"], told["drift"]["volume"], told["drift"]["fields"]) == (1, "alike", [])
    assert one["formats"][0]["drift"] is None
    assert errors(("quality", "9"), home=house) == ["ingest.quality_unknown"]


@pytest.mark.feature("X-29")
def test_export_writes_what_it_says_and_goes_on_where_it_stopped(house):
    first = asked("export", "--out", "open", home=house)
    assert first.keys() == {"snapshot", "folder", "files", "resumed"}
    assert (first["snapshot"], first["resumed"]) == (1, 0)
    folder = house.parent / "open"
    for one in first["files"]:
        content = (folder / f"{one['name']}.parquet").read_bytes()
        assert (len(content), sha256(content).hexdigest()) == (one["size_bytes"], one["sha256"])
    assert {one["name"]: one["rows"] for one in first["files"]}["patents"] == 30
    package = json.loads((folder / "datapackage.json").read_bytes())
    assert {one["path"] for one in package["resources"]} == {f"{one['name']}.parquet" for one in first["files"]}
    (folder / "patents.parquet").unlink()
    again = asked("export", "--out", "open", home=house)
    assert (again["files"], again["resumed"]) == (first["files"], len(first["files"]) - 1)
    told = errors(("export", "--out", "."), ("export", "--out", "other", "--snapshot", "7"), home=house)
    assert told == ["register.export_folder", "register.snapshot_unknown"]


@pytest.mark.feature("X-31")
def test_a_name_is_erased_that_only_the_input_tells(house):
    call = ("erase", "CN199000005A", "--name-from-stdin", "--request", "2026-17", "--json")
    ended = run(*call, home=house, said=f"{PERSON}\n")
    assert ended.returncode == DONE, ended.stderr
    assert PERSON not in ended.stdout + ended.stderr
    told = json.loads(ended.stdout)
    assert told.keys() == {"patents", "removed", "layers", "snapshots", "refused", "sources"}
    assert (told["patents"], told["removed"], told["snapshots"]) == (1, 0, [1])
    assert list(told["sources"].values()) == ["a.csv"]
    (_, patent), (_, found), (_, journal) = several(
        ("patent", "CN199000005A"), ("search", f"IN=={PERSON}", "--count"), ("audit", "verify"), home=house
    )
    assert (patent["inventors"], found["total"], journal["valid"]) == ([], 29, True)


@pytest.mark.feature("X-31")
def test_a_whole_patent_is_erased_and_does_not_come_back(house):
    text = (house.parent / "a.csv").read_bytes() + b"\n"  # another file with the same rows
    (house.parent / "again.csv").write_bytes(text)
    erased, told, unknown = several(
        ("erase", "CN199000005A", "--request", "2026-18"),
        ("import", "again.csv"),
        ("patent", "CN199000005A"),
        home=house,
    )
    assert (erased[0], erased[1]["patents"], erased[1]["removed"]) == (DONE, 1, 1)
    assert (told[0], told[1]["sources"][0]["reasons"]) == (FINDINGS, {"suppressed": 1})
    assert (unknown[0], unknown[1]["error"]["code"]) == (FAILED, "register.number_unknown")


def test_what_cannot_be_erased_is_told(house):
    told = errors(
        ("erase", "CN199000005A", "--request", " "), ("erase", "CN108123456A", "--request", "2026-19"), home=house
    )
    assert told == ["ingest.erasure_request", "register.number_unknown"]
    ended = run("erase", "CN199000005A", "--name-from-stdin", "--request", "2026-20", "--json", home=house)
    assert (ended.returncode, json.loads(ended.stdout)["error"]["code"]) == (FAILED, "ingest.erasure_request")
    assert asked("search", "阀门", "--count", home=house)["total"] == 30
