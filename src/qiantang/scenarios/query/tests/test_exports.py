"""Exports as jobs and as pages: made in turns, by whatever worker is alive, and for the one who asked alone."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone
from django.utils.translation import override

from qiantang.commons.audit import api as audit
from qiantang.commons.notices import api as notices
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Limited, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.query import rules
from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, FileFormat
from qiantang.scenarios.query.methods.exporting.columns import PROPOSED
from qiantang.scenarios.query.models import Export
from qiantang.scenarios.query.selectors import exports as reads
from qiantang.scenarios.query.services.exporting import folder as folders
from qiantang.scenarios.query.services.exporting import jobs

from .keeping import PASSWORD, SYSTEM, load, person, pump

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S3-15")]
PAGE = PageRequest()


@pytest.fixture
def lin(db):
    return person("lin")


@pytest.fixture
def pumps(empty, monkeypatch):
    """Twenty pumps, of which four are written at a time."""
    monkeypatch.setattr(folders, "_BATCH", 4)
    load(empty, "a", *(pump(n) for n in range(20)))
    return empty


def asked(file_format="csv", query="泵"):
    day = timezone.localdate()
    return ExportAsked(query, "-AD", FileFormat(file_format), PROPOSED, "publication", "en", day)


def request(actor, **more):
    return jobs.request_export(actor=actor, asked=asked(**more), total=20)


def turn(row):
    return jobs.make_export(actor=SYSTEM, key=row.pk)


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


# --- jobs ------------------------------------------------------------------------------------------------------------


def test_an_export_is_made_in_turns_and_its_person_is_told(pumps, lin, monkeypatch):
    monkeypatch.setattr(rules, "TURN_SECONDS", 0)
    row = request(lin)
    turns = 0
    while not turn(row):
        row.refresh_from_db()
        turns += 1
        assert (row.state, row.stage, row.done, row.total) == ("running", "writing", 4 * turns, 20)
        assert row.leased_until is None
    row.refresh_from_db()
    assert turns == 4
    assert (row.state, row.done, row.total, row.snapshot, row.synthetic) == ("done", 20, 20, 1, False)
    assert row.expires_at - row.finished_at == rules.FILE_KEPT
    (told,) = notices.inbox(lin, PAGE).items
    assert (told.kind, told.link) == ("query.export_ready", f"/exports/{row.pk}")
    assert "20" in told.title
    assert timezone.localdate(row.expires_at).isoformat() in told.deadline
    assert turn(row) is True
    _, path = jobs.open_export(actor=lin, key=row.pk)
    assert path.read_bytes().count(b"\r\n") > 20
    assert "audit.data.use" in {e.verb for e in journal()}


def test_of_two_workers_one_has_it_and_a_dead_one_is_followed(pumps, lin, monkeypatch):
    monkeypatch.setattr(rules, "TURN_SECONDS", 0)
    row = request(lin)
    assert reads.waiting_exports() == [row.pk]
    turn(row)
    Export.objects.filter(pk=row.pk).update(leased_until=timezone.now() + rules.LEASE)  # another worker is at it
    assert turn(row) is True
    assert reads.waiting_exports() == []
    row.refresh_from_db()
    assert row.done == 4
    Export.objects.filter(pk=row.pk).update(leased_until=timezone.now() - timedelta(seconds=1))  # … and has died
    assert reads.waiting_exports() == [row.pk]
    while not turn(row):
        pass
    row.refresh_from_db()
    assert (row.state, row.done) == ("done", 20)


def test_the_heartbeat_hands_on_what_nobody_is_at(pumps, lin):
    row = request(lin)
    assert jobs.tend_exports(actor=SYSTEM) == 1  # in tests a job is done at once
    row.refresh_from_db()
    assert row.state == "done"
    assert jobs.tend_exports(actor=SYSTEM) == 0


def test_a_cancelled_export_stops_at_the_next_batch_and_leaves_nothing(
    pumps, lin, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(rules, "TURN_SECONDS", 0)
    row = request(lin)
    turn(row)
    teller = jobs._Teller(Export.objects.get(pk=row.pk))
    with django_capture_on_commit_callbacks(execute=True):
        jobs.cancel_export(actor=lin, key=row.pk)
    with pytest.raises(jobs._Stopped):
        teller(folders.Stage.WRITING, 8, 20)
    assert not reads.folder_of(row.pk).exists()
    assert turn(row) is True
    row.refresh_from_db()
    assert (row.state, reads.waiting_exports()) == ("cancelled", [])
    with pytest.raises(Conflict) as refusal:
        jobs.cancel_export(actor=lin, key=row.pk)
    assert refusal.value.code == "query.export_over"
    with pytest.raises(Conflict) as refusal:
        jobs.open_export(actor=lin, key=row.pk)
    assert refusal.value.code == "query.export_no_file"


def test_cancelled_while_it_is_written_it_is_not_finished(pumps, lin, monkeypatch):
    row = request(lin)
    put = folders._put

    def cancelling(file, text):
        Export.objects.filter(pk=row.pk).update(state="cancelled")
        return put(file, text)

    monkeypatch.setattr(folders, "_put", cancelling)
    assert turn(row) is True
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert not reads.folder_of(row.pk).exists()
    assert notices.unread_count(lin) == 0


def test_two_at_a_time(pumps, lin):
    first = request(lin)
    request(lin, file_format="xlsx")
    with pytest.raises(Limited) as refusal:
        request(lin)
    assert refusal.value.facts == {"running": 2, "most": 2}
    request(person("shen"))
    turn(first)
    request(lin)


def test_the_public_gets_no_job(pumps):
    with pytest.raises(NotPermitted) as refusal:
        request(Actor.public())
    assert refusal.value.code == "query.export_sign_in"
    with pytest.raises(NotPermitted):
        jobs.tend_exports(actor=Actor.public())


@pytest.mark.parametrize("stranger", [lambda: person("shen"), lambda: person("lu", ("operator",)), Actor.public])
def test_an_export_is_its_persons_alone(pumps, lin, stranger):
    row, other = request(lin), stranger()
    turn(row)
    assert reads.exports(other, PAGE).total == 0
    for attempt in (jobs.open_export, jobs.cancel_export, jobs.delete_export):
        with pytest.raises(NotFound):
            attempt(actor=other, key=row.pk)
    assert Export.objects.count() == 1


def test_files_and_entries_go_when_their_time_is_over(pumps, lin, django_capture_on_commit_callbacks):
    row = request(lin)
    turn(row)
    folder = reads.folder_of(row.pk)
    assert folder.exists()
    Export.objects.filter(pk=row.pk).update(expires_at=timezone.now())
    jobs.tend_exports(actor=SYSTEM)
    row.refresh_from_db()
    assert (row.state, folder.exists(), notices.unread_count(lin)) == ("expired", False, 0)
    with pytest.raises(Conflict):
        jobs.open_export(actor=lin, key=row.pk)
    Export.objects.filter(pk=row.pk).update(finished_at=timezone.now() - rules.ENTRY_KEPT)
    jobs.tend_exports(actor=SYSTEM)
    assert not Export.objects.exists()


def test_what_belongs_to_nobody_is_swept(pumps, lin):
    row = request(lin)
    turn(row)
    (reads.exports_home() / "999").mkdir()
    jobs.tend_exports(actor=SYSTEM)
    assert [one.name for one in reads.exports_home().iterdir()] == [str(row.pk)]


def test_a_failure_is_told_with_its_reason(pumps, lin, monkeypatch):
    row = request(lin)
    monkeypatch.setattr(folders, "_settle", lambda _file: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert turn(row) is True
    row.refresh_from_db()
    assert (row.state, row.error_code) == ("failed", "query.export_disk_full")
    with override("en"):
        assert "no room" in reads.failure(row)[0]
    assert [one.kind for one in notices.inbox(lin, PAGE).items] == ["query.export_failed"]
    assert not reads.folder_of(row.pk).exists()
    assert reads.waiting_exports() == []


def test_an_unforeseen_fault_is_told_too_and_goes_on_to_the_log(pumps, lin, monkeypatch):
    row = request(lin)
    monkeypatch.setattr(folders, "shape_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        turn(row)
    row.refresh_from_db()
    assert (row.state, row.error_code) == ("failed", "query.export_broke_off")
    assert reads.failure(row)[1]


def test_what_people_look_for_is_in_no_log_and_no_journal(pumps, lin, caplog):
    with caplog.at_level(logging.DEBUG):
        row = request(lin, query="密语")
        turn(row)
        jobs.open_export(actor=lin, key=row.pk)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert "密语" not in " ".join(ours)
    assert "密语" not in str([(e.verb, e.subject, e.facts) for e in journal()])
    assert "query.export.finish" in {e.verb for e in journal()}


def journal():
    return audit.entries(SYSTEM)


# --- pages -----------------------------------------------------------------------------------------------------------


CHOICE = {"format": "csv", "columns": ["number", "title"], "spelling": "publication"}


def sign_in(client, actor):
    assert client.login(username=actor.name.lower(), password=PASSWORD)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_small_result_comes_at_once_for_everybody(client, pumps, language):
    headers = {"accept-language": language}
    page = client.get("/search/export?q=泵&sort=-AD", headers=headers)
    assert page.status_code == 200
    assert page.context["at_once"] is True
    for file_format in FileFormat:
        response = client.post("/search/export?q=泵&sort=-AD", CHOICE | {"format": file_format.value}, headers=headers)
        assert response.status_code == 200
        assert f'.{file_format.value}"' in response["Content-Disposition"]
        assert response.content
    assert not Export.objects.exists()
    assert not reads.exports_home().exists()


def test_the_file_follows_refinements_and_order(client, pumps):
    response = client.post('/search/export?q=泵&f=TY%3D%3D"invention"&sort=AD', CHOICE | {"format": "json"})
    told = response.json()
    assert told["about"]["sort"] == "AD"
    assert 'TY=="invention"' in told["about"]["query"]
    assert len(told["patents"]) == told["about"]["total"] == 20


def test_a_large_result_asks_the_public_to_sign_in(client, pumps, monkeypatch):
    monkeypatch.setattr("qiantang.scenarios.query.views.exports.ROWS_AT_ONCE", 19)
    page = client.get("/search/export?q=泵")
    assert "needs an account" in text_of(client.get("/search/export?q=泵", headers={"accept-language": "en"}))
    assert '<form class="qt-form qt-export"' not in page.content.decode()
    assert client.post("/search/export?q=泵", CHOICE)["Location"].startswith("/sign-in")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_large_result_becomes_a_job_that_can_be_watched_and_fetched(client, pumps, lin, monkeypatch, language):
    monkeypatch.setattr("qiantang.scenarios.query.views.exports.ROWS_AT_ONCE", 19)
    monkeypatch.setattr(rules, "TURN_SECONDS", 0)
    headers = {"accept-language": language}
    sign_in(client, lin)
    response = client.post("/search/export?q=泵&sort=-AD", CHOICE, headers=headers)
    row = Export.objects.get()
    assert response["Location"] == f"/exports/{row.pk}"
    assert client.get(f"/exports/{row.pk}", headers=headers).context["row"]["state"] == "queued"
    turn(row)
    part = client.get(f"/exports/{row.pk}", headers=headers | {"hx-request": "true"})
    assert "<html" not in part.content.decode()
    assert part.context["row"]["done"] == 4
    assert part.context["row"]["left"] is not None
    assert 'hx-trigger="every 2s"' in part.content.decode()
    assert f"{'/exports/'}{row.pk}" in client.get("/exports", headers=headers).content.decode()
    while not turn(row):
        pass
    page = client.get(f"/exports/{row.pk}", headers=headers)
    assert f"/exports/{row.pk}/file" in page.content.decode()
    assert "hx-trigger" not in page.content.decode().split('id="progress"')[1].split(">")[0]
    file = client.get(f"/exports/{row.pk}/file")
    assert file.status_code == 200
    assert "attachment" in file["Content-Disposition"]
    assert b"".join(file.streaming_content).count("泵".encode()) >= 20
    assert client.post(f"/exports/{row.pk}/delete").status_code == 302
    assert client.get(f"/exports/{row.pk}").status_code == 404


def test_cancelling_and_the_states_on_the_page(client, pumps, lin):
    sign_in(client, lin)
    row = request(lin)
    assert client.post(f"/exports/{row.pk}/cancel").status_code == 302
    assert "Cancelled" in text_of(client.get(f"/exports/{row.pk}", headers={"accept-language": "en"}))
    for state, word in (("failed", "could not be made"), ("expired", "time was over")):
        Export.objects.filter(pk=row.pk).update(state=state, error_code="query.export_disk_full")
        assert word in text_of(client.get(f"/exports/{row.pk}", headers={"accept-language": "en"}))
    assert client.get(f"/exports/{row.pk}/file").status_code == 409


def test_the_list_says_what_to_do_where_it_is_empty(client, pumps, lin):
    assert "belong to an account" in text_of(client.get("/exports", headers={"accept-language": "en"}))
    sign_in(client, lin)
    assert "No exports yet" in text_of(client.get("/exports", headers={"accept-language": "en"}))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"format": "exe"}, "format"),
        ({"columns": []}, "columns"),
        ({"columns": ["address"]}, "columns"),
        ({"spelling": "x"}, "spelling"),
    ],
)
def test_a_choice_that_cannot_be_read_is_shown_at_its_place(client, pumps, given, field):
    response = client.post("/search/export?q=泵", CHOICE | given, headers={"accept-language": "en"})
    assert response.status_code == 400
    assert response.context["errors"][0]["href"] == f"#{field}"


def test_a_choice_is_kept_when_another_is_corrected(client, pumps):
    page = client.post("/search/export?q=泵", CHOICE | {"spelling": "x", "columns": ["cpc"]})
    assert [c["key"] for g in page.context["groups"] for c in g["columns"] if c["chosen"]] == ["cpc"]
    assert [one["key"] for one in page.context["formats"] if one["chosen"]] == ["csv"]


@pytest.mark.parametrize("address", ["/search/export?q=(", "/search/export?sort=size", "/search/export?f=x"])
def test_an_address_that_is_no_search_is_refused(client, pumps, address):
    assert client.get(address).status_code == 422


def test_the_button_stands_above_the_hits_and_leads_to_the_same_search(client, pumps):
    page = client.get("/search?q=泵&sort=-AD").content.decode()
    address = re.search(r'href="(/search/export\?[^"]+)"', page)[1]
    assert client.get(unescape(address)).context["total"] == 20
