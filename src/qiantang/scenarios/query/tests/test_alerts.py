"""Alerts: exactly what is new or other since it was last told, once, after every load."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from qiantang.commons.notices.tests.told import notices
from qiantang.corpus.ingest import api as ingest
from qiantang.kernel.errors import NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.query import handlers  # noqa: F401 the alert listens
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.models import ChangeReport, SavedQuery
from qiantang.scenarios.query.selectors import saved as reads
from qiantang.scenarios.query.selectors import states
from qiantang.scenarios.query.services import saving, watching
from qiantang.scenarios.query.types import DeskRequest

from .keeping import LATER, PASSWORD, SYSTEM, ids, load, person, pump

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S3-13")]
EVERY = tuple(Change)


@pytest.fixture
def lin(db):
    return person("lin")


def watch(actor, text="泵", kinds=EVERY, name="我的泵"):
    key = saving.save_query(actor=actor, name=name, asked=DeskRequest(text), watch=kinds)
    watching.check_saved_query(actor=SYSTEM, key=key)
    return key


def check():
    return watching.check_alerts(actor=SYSTEM)


def told(actor, key, snapshot, kind):
    page = reads.changed_patents(actor, key, snapshot, kind, PageRequest(size=200))
    assert page.total == len(page.items)
    return [one.patent_id for one in page.items]


def counts(key):
    rows = ChangeReport.objects.filter(saved_query_id=key).order_by("snapshot")
    return [(row.snapshot, row.new_hits, row.status_changes, row.owner_changes) for row in rows]


def test_what_was_there_is_not_told_and_what_comes_is(empty, lin):
    load(empty, "a", pump(1), pump(2), pump(3, title="阀"))
    key = watch(lin)
    assert check() == 0
    second = load(empty, "b", pump(4), pump(5), pump(6, title="阀"))
    assert check() == 1
    assert counts(key) == [(second, 2, 0, 0)]
    assert told(lin, key, second, Change.NEW) == ids(4, 5)
    (notice,) = notices()
    assert notice.facts == {"name": "我的泵", "snapshot": second, "new": 2}
    assert notice.link == f"/search/saved/{key}/changes/{second}"
    assert check() == 0  # told once


def test_changes_of_status_and_owner_are_told_even_of_what_no_longer_fits(empty, lin):
    load(empty, "a", pump(1), pump(2), pump(3))
    key = watch(lin, "泵 AND LS==granted")
    second = load(empty, "b", pump(1, lapsed=True), pump(2, owner="西溪乙厂", as_of=LATER), day=LATER)
    assert check() == 1
    assert counts(key) == [(second, 0, 1, 1)]
    assert told(lin, key, second, Change.STATUS) == ids(1)
    assert told(lin, key, second, Change.OWNER) == ids(2)
    (one,) = reads.changed_patents(lin, key, second, Change.STATUS, PageRequest()).items
    assert (one.before, one.after) == ("granted", "lapsed_fee")
    third = load(empty, "c", pump(2, owner="西溪丙厂", as_of=LATER + timedelta(1)), day=LATER)
    assert check() == 1
    assert counts(key)[1:] == [(third, 0, 0, 1)]


def test_only_what_was_asked_for_is_told(empty, lin):
    load(empty, "a", pump(1), pump(2))
    keys = {kind: watch(lin, kinds=[kind], name=str(kind)) for kind in Change}
    second = load(empty, "b", pump(1, lapsed=True), pump(2, owner="西溪乙厂", as_of=LATER), pump(3), day=LATER)
    assert check() == 3
    for place, kind in enumerate(Change):
        expected = [0, 0, 0]
        expected[place] = 1
        assert counts(keys[kind]) == [(second, *expected)]


def test_what_comes_back_before_anything_was_told_is_not_new(empty, lin):
    """The comparison is with the state last told, not with the last check."""
    load(empty, "a", pump(1, granted=False), pump(2))
    key = watch(lin, "泵 AND LS==granted", kinds=[Change.NEW])
    load(empty, "b", pump(2, lapsed=True), day=LATER)
    assert check() == 0
    row = SavedQuery.objects.get()
    assert (row.told_snapshot, row.checked_snapshot, row.hits) == (1, 2, 0)
    third = load(empty, "c", pump(1), pump(3), day=LATER)
    assert check() == 1
    assert told(lin, key, third, Change.NEW) == ids(1, 3)


def test_several_loads_between_two_checks_are_one_notice(empty, lin):
    load(empty, "a", pump(1))
    key = watch(lin)
    for n in (2, 3, 4):
        newest = load(empty, f"b{n}", pump(n))
    assert check() == 1
    assert counts(key) == [(newest, 3, 0, 0)]


def test_a_watch_that_began_before_the_first_load_is_told_of_everything(empty, lin):
    key = watch(lin)
    assert SavedQuery.objects.get().told_snapshot == 0
    assert check() == 0
    first = load(empty, "a", pump(1), pump(2))
    assert check() == 1
    assert counts(key) == [(first, 2, 0, 0)]
    assert ChangeReport.objects.get().since_snapshot == 0


def test_another_query_is_watched_anew_and_another_name_is_not(empty, lin):
    load(empty, "a", pump(1), pump(2, title="阀"))
    key = watch(lin)
    load(empty, "b", pump(3), pump(4, title="阀"))
    saving.change_saved_query(actor=lin, key=key, name="改名", asked=DeskRequest("泵"), watch=EVERY)
    assert check() == 1
    saving.change_saved_query(actor=lin, key=key, name="改名", asked=DeskRequest("阀"), watch=EVERY)
    assert check() == 0
    fourth = load(empty, "c", pump(5, title="阀"))
    assert check() == 1
    assert told(lin, key, fourth, Change.NEW) == ids(5)


def test_an_alert_switched_off_is_silent_and_begins_anew_when_it_is_on_again(empty, lin):
    load(empty, "a", pump(1))
    key = watch(lin)
    saving.change_saved_query(actor=lin, key=key, name="a", asked=DeskRequest("泵"), watch=())
    load(empty, "b", pump(2))
    assert check() == 0
    saving.change_saved_query(actor=lin, key=key, name="a", asked=DeskRequest("泵"), watch=EVERY)
    assert check() == 0
    load(empty, "c", pump(3))
    assert check() == 1
    assert counts(key)[0][1] == 1


def test_a_query_that_cannot_be_run_says_so_once_and_stops_no_other(empty, lin):
    load(empty, "a", pump(1))
    key = watch(lin, name="a")
    other = watch(lin, name="b")
    SavedQuery.objects.filter(pk=key).update(text="CI=亚特兰蒂斯")  # a region that a new table no longer has
    for n in (2, 3):
        load(empty, f"b{n}", pump(n))
        check()
    kinds = [(one.kind, one.subject) for one in notices()]
    assert kinds.count(("query.alert_failed", f"saved-query:{key}")) == 1
    assert kinds.count(("query.alert", f"saved-query:{other}")) == 2
    assert reads.shown(reads.saved_row(lin, key)).fault == "query.syntax"


def test_many_hits_are_compared_and_listed_in_portions(empty, lin, monkeypatch):
    monkeypatch.setattr(watching, "_AT_ONCE", 7)
    for module in ("selectors.states", "services.states"):
        monkeypatch.setattr(f"qiantang.scenarios.query.{module}.GROUP", 8)
    load(empty, "a", *[pump(n) for n in range(1, 41)])
    key = watch(lin)
    fresh = [pump(n) for n in range(41, 71)]
    second = load(empty, "b", *fresh, *[pump(n, lapsed=True) for n in range(1, 31)], day=LATER)
    assert check() == 1
    assert counts(key) == [(second, 30, 30, 0)]
    listed, offset = [], 0
    while offset < 30:
        page = reads.changed_patents(lin, key, second, Change.NEW, PageRequest(offset=offset, size=9))
        listed += [one.patent_id for one in page.items]
        offset += 9
    assert listed == ids(*range(41, 71))


def test_two_workers_at_once_tell_it_once(empty, lin, monkeypatch):
    load(empty, "a", pump(1))
    key = watch(lin)
    load(empty, "b", pump(2))
    settle = watching._settle

    def late(*given, **named):
        monkeypatch.setattr(watching, "_settle", settle)
        assert watching.check_saved_query(actor=SYSTEM, key=key)  # the other worker, from beginning to end
        return settle(*given, **named)

    monkeypatch.setattr(watching, "_settle", late)
    assert not watching.check_saved_query(actor=SYSTEM, key=key)
    assert len(notices()) == ChangeReport.objects.count() == 1
    assert len(list(states.state(key, SavedQuery.objects.get().told_file))) == 2


def test_a_worker_that_dies_before_it_has_told_leaves_nothing_that_counts(empty, lin, monkeypatch):
    load(empty, "a", pump(1))
    key = watch(lin)
    load(empty, "b", pump(2))

    def die(*_given, **_named):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(watching.notices, "send_notice", die)
        with pytest.raises(SystemExit):
            check()
    assert not ChangeReport.objects.exists()
    for path in states.place_of(key).iterdir():
        os.utime(path, (1, 1))
    assert check() == 1
    assert counts(key) == [(2, 1, 0, 0)]
    kept = {path.name for path in states.place_of(key).iterdir()}
    assert kept == {SavedQuery.objects.get().told_file, "000002.new.parquet"}


def test_a_state_that_is_gone_begins_anew_rather_than_fail_for_ever(empty, lin, caplog):
    load(empty, "a", pump(1))
    key = watch(lin)
    (states.place_of(key) / SavedQuery.objects.get().told_file).unlink()
    load(empty, "b", pump(2))
    assert check() == 0
    load(empty, "c", pump(3))
    assert check() == 1
    assert counts(key) == [(3, 1, 0, 0)]
    caplog.clear()


def test_with_the_query_go_its_reports_files_and_notices(empty, lin, django_capture_on_commit_callbacks):
    load(empty, "a", pump(1))
    key = watch(lin)
    load(empty, "b", pump(2))
    check()
    assert states.place_of(key).exists()
    with django_capture_on_commit_callbacks(execute=True):
        saving.delete_saved_query(actor=lin, key=key)
    assert not states.place_of(key).exists()
    assert notices() == []
    assert not ChangeReport.objects.exists()


@pytest.mark.parametrize("who", ["owner", "operator"])
def test_only_the_platform_checks(empty, lin, who):
    key = saving.save_query(actor=lin, name="a", asked=DeskRequest("泵"), watch=EVERY)
    actor = lin if who == "owner" else person("lu", ("operator",))
    with pytest.raises(NotPermitted, match=r"query\.platform_only"):
        watching.check_saved_query(actor=actor, key=key)


def test_saving_begins_the_watch_and_a_load_through_the_service_fires_it(
    empty, lin, client, tmp_path, django_capture_on_commit_callbacks
):
    """From the button to the page: an import run publishes its snapshot, and the alert follows by itself."""
    load(empty, "a", pump(1))
    client.login(username="lin", password=PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/search/saved/new", {"name": "阀门", "q": "阀门", "watch": ["new"]})
    assert SavedQuery.objects.get().told_snapshot == 1
    header = "item,name,authorization_notice_id,authorized_announcement_date,filing_id,filing_date,patentee,designer,address,Int.Cl.\n"
    row = "{0},一种钱塘阀门装置,CN19900{0:04d}A,2019.07.12,2.02E+12,2018.05.03,钱潮阀门有限公司,章湖墅;,310012浙江省杭州市西湖区凤起路1号,F16K1/00(2006.01)I;\n"
    table = tmp_path / "gazette.csv"
    table.write_bytes((header + "".join(row.format(n) for n in range(1, 4))).encode("gb18030"))
    report = ingest.load_paths([table])
    with django_capture_on_commit_callbacks(execute=True):
        ingest.announce(actor=SYSTEM, report=report)
    (notice,) = notices()
    assert notice.facts["new"] == 3
    response = client.get(notice.link, headers={"accept-language": "en"})
    assert response.status_code == 200
    assert (response.context["total"], len(response.context["patents"])) == (3, 3)
    assert client.get("/inbox").context["notices"][0].link == notice.link


def test_the_page_of_a_report_is_the_owners_alone(empty, lin, client):
    load(empty, "a", pump(1))
    key = watch(lin)
    second = load(empty, "b", pump(2), pump(1, lapsed=True), day=LATER)
    check()
    address = f"/search/saved/{key}/changes/{second}"
    assert client.get(address).url.startswith("/sign-in")
    person("shen")
    client.login(username="shen", password=PASSWORD)
    assert client.get(address).status_code == 404
    client.login(username="lin", password=PASSWORD)
    for kind, total in (("new", 1), ("status", 1)):
        response = client.get(f"{address}?kind={kind}", headers={"accept-language": "en"})
        assert (response.context["total"], len(response.context["patents"])) == (total, 1)
    assert "Lapsed: fee not paid" in response.content.decode()
    assert [view["kind"] for view in response.context["views"]] == ["new", "status"]
    assert client.get(f"/search/saved/{key}/changes/9").status_code == 404
    assert client.get(f"{address}?kind=nonsense").status_code == 200
