"""The watched folder: complete files are loaded once and put away; what fails is not tried for ever."""

from __future__ import annotations

import json

import pytest

from qiantang.corpus.ingest import api
from qiantang.corpus.ingest.models import ImportRun
from qiantang.corpus.ingest.services import runs, watching
from qiantang.corpus.register import api as register
from qiantang.corpus.register.tests.reach import load_lock
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound, NotPermitted

from . import readings

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


def look(folder):
    done = api.watch_folder(actor=SYSTEM, folder=folder)
    return done.loaded, done.failed, done.waiting


@pytest.mark.feature("X-29")
def test_a_file_is_loaded_when_it_looks_the_same_twice(home, files):
    (files / "a.csv").write_bytes(readings.table(readings.rows(20)))
    assert look(files) == ((), (), ("a.csv",))
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))  # still being written
    assert look(files) == ((), (), ("a.csv",))
    assert look(files) == (("a.csv",), (), ())
    assert look(files) == ((), (), ())
    assert register.coverage().patents == 30
    assert sorted(p.name for p in (files / "loaded").iterdir()) == ["a.csv", "a.csv.report.json"]
    told = json.loads((files / "loaded" / "a.csv.report.json").read_text("utf-8"))
    run = ImportRun.objects.get()
    assert (told["import"], told["totals"]["kept"], run.kind, run.state) == (run.pk, 30, "folder", "done")


def test_a_marker_says_at_once_that_a_file_is_complete(home, files):
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    (files / "a.csv.done").touch()
    (files / "b.csv.part").write_bytes(b"half")
    (files / ".hidden").write_bytes(b"x")
    assert look(files) == (("a.csv",), (), ())
    assert sorted(p.name for p in files.iterdir()) == [".hidden", "b.csv.part", "loaded"]


def test_a_file_nobody_knows_is_put_aside_with_its_reason_and_can_get_a_mapping(home, files):
    (files / "a.txt").write_text("nobody knows this")
    (files / "a.txt.done").touch()
    assert look(files) == ((), ("a.txt",), ())
    told = json.loads((files / "failed" / "a.txt.report.json").read_text("utf-8"))
    assert told["sources"][0]["refusal"]["code"] == "format_unknown"
    assert ImportRun.objects.get().paths == [{"name": "a.txt", "path": str(files / "failed" / "a.txt")}]


def test_a_name_that_is_there_already_is_numbered(home, files):
    for _ in range(2):
        (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
        (files / "a.csv.done").touch()
        assert look(files)[0] == ("a.csv",)
    assert {p.name for p in (files / "loaded").iterdir()} >= {"a.csv", "2-a.csv"}
    assert register.current_snapshot().number == 1


def test_a_file_that_breaks_is_tried_three_times_and_stops_no_other(home, files, monkeypatch):
    loads = runs.load_paths

    def breaks(paths, **more):
        if paths[0].name == "a.csv":
            raise MemoryError
        return loads(paths, **more)

    monkeypatch.setattr(runs, "load_paths", breaks)
    for name in ("a.csv", "b.csv"):
        (files / name).write_bytes(readings.table(readings.rows(30)))
        (files / f"{name}.done").touch()
    assert look(files) == (("b.csv",), (), ("a.csv",))
    assert look(files) == ((), (), ("a.csv",))
    assert look(files) == ((), ("a.csv",), ())
    told = json.loads((files / "failed" / "a.csv.report.json").read_text("utf-8"))
    assert told["error"]["code"] == "ingest.broke_off"
    assert look(files) == ((), (), ())


def test_a_file_that_ends_the_process_is_given_up_too(home, files, monkeypatch):
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))

    def ends(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(watching, "_loaded", ends)
        look(files)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                look(files)
        assert look(files) == ((), ("a.csv",), ())


def test_while_another_import_runs_files_wait_and_no_try_is_counted(home, files):
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    (files / "a.csv.done").touch()
    with load_lock(register.register().place):
        for _ in range(5):
            assert look(files) == ((), (), ("a.csv",))
    assert look(files) == (("a.csv",), (), ())


def test_only_who_may_import_watches_and_the_folder_must_be_there(home, files):
    with pytest.raises(NotPermitted):
        api.watch_folder(actor=Actor(1, "shen"), folder=files)
    with pytest.raises(NotFound, match=r"ingest\.folder_missing"):
        api.watch_folder(actor=SYSTEM, folder=files / "nothing")
