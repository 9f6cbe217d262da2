"""Runs that are queued, watched, and tell why they failed; and the uploads they begin with."""

from __future__ import annotations

import io
import socket
from pathlib import Path
from threading import Thread

import pytest

from qiantang.commons.audit import api as audit
from qiantang.corpus.ingest import api
from qiantang.corpus.ingest.models import ImportRun
from qiantang.corpus.ingest.selectors.mappings import unknown_table
from qiantang.corpus.ingest.services import loading, runs, uploads
from qiantang.corpus.register import api as register
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest

from . import readings
from .folders import Faulty

OPERATOR = Actor(9, "lu", frozenset({"operator"}))
SYSTEM = Actor.system("test", Channel.COMMAND)

# --- runs ------------------------------------------------------------------------------------------------------------


def upload(name: str = "a.csv", content: bytes | None = None):
    return name, io.BytesIO(readings.table(readings.rows(30)) if content is None else content)


def journal(verb: str):
    return [one for one in audit.entries(Actor.system("test"), newest=50) if one.verb == verb]


@pytest.mark.django_db
@pytest.mark.feature("X-29")
def test_a_run_goes_from_the_queue_to_its_report(home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        run = api.request_import(actor=OPERATOR, kind="upload", uploads=[upload()])
    assert (run.state, run.report, len(waiting)) == ("queued", None, 1)
    assert register.current_snapshot() is None
    with django_capture_on_commit_callbacks(execute=True):
        waiting[0]()
    done = api.import_run(OPERATOR, run.pk)
    assert (done.state, done.load, done.snapshot, done.error_code, done.stage) == ("done", 1, 1, "", "")
    assert done.report["totals"] == {"read": 30, "kept": 30, "merged": 0, "refused": 0}
    assert done.requested_at <= done.started_at <= done.finished_at
    (asked,) = journal("ingest.import.request")
    assert (asked.actor_name, asked.facts["kind"], asked.facts["files"]) == ("lu", "upload", ["a.csv"])
    (published,) = journal("ingest.snapshot.publish")
    assert published.facts == {"load": 1, "snapshot": 1, "read": 30, "kept": 30, "merged": 0, "refused": 0}


@pytest.mark.django_db
def test_progress_goes_through_the_stages(home, files, monkeypatch):
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    seen = []
    api.load_paths([files], progress=lambda stage, done, total: seen.append((stage, done, total)))
    stages = list(dict.fromkeys(stage for stage, _, _ in seen))
    assert stages == ["reading", "joining", "writing", "sealing", "indexing"]
    assert all(done <= total for _, done, total in seen if total)
    assert ("indexing", 30, 30) in seen
    # the run shows the newest of them
    run = ImportRun.objects.create(kind="upload", requested_at="2026-01-01T00:00Z", requested_by="lu")
    tell = runs._Progress(run.pk)
    tell("reading", 10, 0)
    tell("reading", 20, 0)  # too soon after the one before
    tell("writing", 5, 30)
    run.refresh_from_db()
    assert (run.stage, run.done, run.total) == ("writing", 5, 30)


@pytest.mark.django_db
@pytest.mark.feature("X-29")
def test_what_the_command_loads_stands_in_the_list_like_any_other(home, files):
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    (files / "b.csv").write_text("what is this\n")
    seen = []
    report = api.import_at_once(actor=SYSTEM, paths=[files], told=lambda *one: seen.append(one))
    (run,) = api.import_runs(OPERATOR, PageRequest()).items
    assert (run.kind, run.state, run.load, run.snapshot) == ("command", "done", report.load, report.snapshot)
    assert (run.report, run.paths) == (report.to_json(), [{"name": files.name, "path": str(files)}])
    assert run.requested_by == SYSTEM.name
    assert {stage for stage, _, _ in seen} >= {"reading", "writing", "indexing"}
    assert unknown_table(OPERATOR, run.pk, "a.csv").rows
    assert [one.facts["snapshot"] for one in journal("ingest.snapshot.publish")] == [1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "code"),
    [(Conflict("register.load_running"), "register.load_running"), (KeyboardInterrupt(), "ingest.broke_off")],
)
def test_a_command_that_ends_early_leaves_a_run_that_says_why(home, files, monkeypatch, error, code):
    def ends(*_given, **_named):
        raise error

    monkeypatch.setattr(runs, "load_paths", ends)
    with pytest.raises(type(error)):
        api.import_at_once(actor=SYSTEM, paths=[files])
    (run,) = api.import_runs(OPERATOR, PageRequest()).items
    assert (run.state, run.error_code, run.report) == ("failed", code, None)
    with pytest.raises(NotPermitted):
        api.import_at_once(actor=Actor.public(), paths=[files])


@pytest.mark.django_db
def test_a_run_that_fails_keeps_its_reason_and_tells_no_snapshot(home, files, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        run = api.request_import(actor=OPERATOR, kind="upload", uploads=[upload()])
    path = Path(run.paths[0]["path"])
    path.unlink()
    done = api.perform_import(actor=SYSTEM, run_id=run.pk)
    assert (done.state, done.error_code) == ("failed", "ingest.path_missing")
    assert done.error_facts == {"paths": [str(path)]}
    assert (done.report, done.snapshot, done.finished_at is not None) == (None, None, True)
    assert register.current_snapshot() is None
    assert journal("ingest.snapshot.publish") == []


@pytest.mark.django_db
def test_a_fault_of_our_own_is_kept_without_its_particulars_and_raised_for_the_log(
    home, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=False):
        run = api.request_import(actor=OPERATOR, kind="upload", uploads=[upload()])
    monkeypatch.setattr(loading, "recognise", lambda head, name, opened: Faulty(ZeroDivisionError("secret")))
    with pytest.raises(ZeroDivisionError):
        api.perform_import(actor=SYSTEM, run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, run.error_code, run.error_facts) == ("failed", "ingest.broke_off", {})
    assert register.current_snapshot() is None


@pytest.mark.django_db
def test_two_imports_at_once_are_one_and_a_conflict(home, files, monkeypatch, django_capture_on_commit_callbacks):
    (files / "a.csv").write_bytes(readings.table(readings.rows(30)))
    with django_capture_on_commit_callbacks(execute=False):
        run = api.request_import(actor=OPERATOR, kind="upload", uploads=[upload()])
    tried = []

    def meanwhile(stage, done, total):
        if not tried:
            tried.append(api.perform_import(actor=SYSTEM, run_id=run.pk).error_code)

    api.load_paths([files], progress=meanwhile)
    assert tried == ["register.load_running"]
    with pytest.raises(Conflict):
        api.load_paths([files], progress=lambda *_: api.load_paths([files]))


@pytest.mark.django_db
def test_a_run_with_a_bad_mapping_is_not_even_queued(home):
    with pytest.raises(Invalid, match=r"mapping\.not_toml"):
        api.request_import(actor=OPERATOR, kind="upload", uploads=[upload()], mapping="[columns")
    assert ImportRun.objects.count() == 0
    assert not home.exists()


@pytest.mark.django_db
def test_the_demo_city_is_built_by_a_run_and_watched_by_anybody(home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        run = api.request_import(actor=SYSTEM, kind="demo", patents=120)
    assert api.demo_build() == run
    api.perform_import(actor=SYSTEM, run_id=run.pk)
    assert api.demo_build() is None
    assert register.current_snapshot().patents == 120


@pytest.mark.django_db
def test_runs_are_listed_newest_first(home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        made = [api.request_import(actor=OPERATOR, kind="upload", uploads=[upload()]).pk for _ in range(3)]
    page = api.import_runs(OPERATOR, PageRequest(size=2))
    assert ([run.pk for run in page.items], page.total) == (made[:0:-1], 3)
    assert page.next is not None
    with pytest.raises(NotFound, match=r"ingest\.run_unknown"):
        api.import_run(OPERATOR, 0)


# --- uploads ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("a.csv", "a.csv"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("...hidden", "hidden"),
        ("", "upload"),
        ("..", "upload"),
        ("公开 （2019）.csv", "公开_（2019）.csv"),
        ("a\x00b;rm -rf.csv", "a_b_rm_-rf.csv"),
        ("\udcff.csv", "_.csv"),
    ],
)
def test_a_name_cannot_leave_its_folder(given, safe):
    assert uploads.safe_name(given) == safe


def test_a_very_long_name_keeps_its_ending_and_fits_the_disk(tmp_path):
    name = uploads.safe_name("专" * 250 + ".csv.gz")
    assert name.endswith("专.csv.gz")
    (tmp_path / f"10-{name}").touch()


def test_files_of_one_name_stand_side_by_side(home):
    one, two, three = (readings.table(readings.rows(30 + n)) for n in range(3))
    laid = uploads.accept_uploads([upload("a.csv", one), upload("2-a.csv", two), upload("a.csv", three)])
    assert [one["name"] for one in laid] == ["a.csv", "2-a.csv", "a.csv"]
    assert [Path(part["path"]).read_bytes() for part in laid] == [one, two, three]


def test_all_uploads_are_taken_or_none(home):
    with pytest.raises(Invalid) as told:
        uploads.accept_uploads([upload("a.csv"), upload("b.csv", b""), upload("c.csv")])
    assert told.value.code == "ingest.upload_refused"
    assert told.value.facts == {"file": "b.csv", "findings": ["empty"]}
    assert not (home / "files" / "imports").exists()


def test_the_virus_scanner_is_asked_where_there_is_one(home, settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CLAMD_ADDRESS = server.getsockname()

        def answer():
            line, _ = server.accept()
            with line:
                while not line.recv(1 << 20).endswith(b"\0\0\0\0"):
                    pass
                line.sendall(b"stream: Made-Up FOUND\0")

        daemon = Thread(target=answer, daemon=True)
        daemon.start()
        with pytest.raises(Invalid) as told:
            uploads.accept_uploads([upload("a.csv")])
        daemon.join(10)
    assert told.value.facts["findings"] == ["virus"]
    with pytest.raises(Invalid) as told:  # and where it does not answer, nothing is taken either
        uploads.accept_uploads([upload("a.csv")])
    assert told.value.facts["findings"] == ["scanner_unavailable"]
