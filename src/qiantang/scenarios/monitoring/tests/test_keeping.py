"""What pages of rights and of inventors who moved are read from: made by a job after a load, kept by snapshot."""

from __future__ import annotations

import fcntl
import json
import shutil
from datetime import date

import pyarrow.parquet as pq
import pytest
from django.utils import translation

from qiantang.commons.events.api import deliver_pending
from qiantang.commons.metrics import api as metrics
from qiantang.commons.metrics.types import Question
from qiantang.corpus.ingest import api as ingest
from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.corpus.parties import api as parties
from qiantang.corpus.register import api as register
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Unavailable
from qiantang.scenarios.monitoring.rules import CITY
from qiantang.scenarios.monitoring.selectors import holdings as reading
from qiantang.scenarios.monitoring.selectors import kept
from qiantang.scenarios.monitoring.selectors.holdings import holdings
from qiantang.scenarios.monitoring.selectors.moves import moves_panel
from qiantang.scenarios.monitoring.selectors.moving import moved_people
from qiantang.scenarios.monitoring.services.keeping import keep_movements, people, records
from qiantang.scenarios.monitoring.types import Asked

SYSTEM = Actor.system("test")
PAGES = ("moves", "moves/list?way=came", "flows", "network", "network/list", "outlook", "outlook/list")


@pytest.fixture
def unmade(city, tmp_path, settings):
    """The loaded city of which no job has read anything."""
    home = tmp_path / "home"
    shutil.copytree(city, home, ignore=shutil.ignore_patterns("monitoring", "synthetic"))
    settings.QIANTANG_HOME = home
    return home


@pytest.fixture
def made(unmade):
    assert keep_movements(actor=SYSTEM)
    return unmade


def page(client, address, language="en"):
    return client.get(f"/monitoring/{address}", headers={"accept-language": language})


@pytest.mark.feature("S2-16")
def test_before_it_is_there_pages_say_so_and_read_nothing(unmade, client, monkeypatch):
    monkeypatch.setattr(records, "read_records", None)  # a page that would, fails
    for one in PAGES:
        html = page(client, one).content.decode()
        assert "Waiting for the worker" in html, one
        assert 'hx-trigger="every 3s"' in html
        assert "正在排队，等待后台处理" in page(client, one, "zh-hans").content.decode()
    assert page(client, "moves?chart=moves&as=csv").status_code == 503
    told = metrics.measure(Question(metric="MV-01", region=CITY))
    assert (told.value, told.reason) == (None, "being_made")
    assert metrics.measure(Question(metric="FL-01", region=CITY)).reason == "being_made"
    with pytest.raises(Unavailable):
        metrics.all_records(Question(metric="FL-01", region=CITY))


@pytest.mark.feature("S2-16")
def test_a_page_says_how_far_the_job_is(unmade, client):
    kept.folder().mkdir()
    (kept.folder() / "making.json").write_text('["records", 1200, 3000]')
    assert kept.making().step == ""  # left behind by a job that died
    with (kept.folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        html = page(client, "outlook").content.decode()
        assert not keep_movements(actor=SYSTEM)  # somebody is at it
    assert "Patents are being read one by one" in html
    assert "1,200 / 3,000" in html
    assert '<progress aria-label="Patents are being read one by one" value="1200" max="3000">' in html


@pytest.mark.feature("S2-16")
def test_once_it_is_there_the_page_is_drawn_whole(made, client):
    asked = {"HX-Request": "true", "HX-Target": "waiting"}
    assert client.get("/monitoring/moves", headers=asked)["HX-Refresh"] == "true"
    for one in PAGES:
        assert 'id="waiting"' not in page(client, one).content.decode()
    assert not keep_movements(actor=SYSTEM)  # nothing is made twice


@pytest.mark.feature("S2-16")
@pytest.mark.django_db(transaction=True)
def test_a_job_after_a_load_makes_it_and_older_snapshots_stay(unmade):
    generate(unmade / "more", patents=100, seed=9)
    report = ingest.load_paths(sorted((unmade / "more").glob("*.arrows")), day=date(2026, 1, 1))
    assert moved_people(None) is None
    ingest.announce(actor=SYSTEM, report=report)
    deliver_pending()
    assert register.current_snapshot().number == 2
    assert moved_people(None) is not None
    assert holdings(None) is not None
    assert holdings(1) is None  # nobody has asked for it


@pytest.mark.feature("S2-16")
def test_an_older_snapshot_is_made_once_somebody_opens_it(made, client):
    kept.kept_path("moves", 1).unlink()
    assert 'id="waiting"' in page(client, "moves?snapshot=1").content.decode()
    assert (kept.folder() / "wanted-000001").exists()
    assert keep_movements(actor=SYSTEM)
    assert 'id="waiting"' not in page(client, "moves?snapshot=1").content.decode()


def test_no_name_of_a_person_is_kept(made, monitored_home):
    truth = pq.read_table(monitored_home / "synthetic" / "ground-truth-inventors.parquet")
    told = kept.kept_path("moves", 1).read_text()
    stands = json.loads(told)
    assert stands["moved"]
    rights = pq.read_table(kept.kept_path("rights", 1))
    assert not {"people", "first"} & set(rights.column_names)
    numbers = set(truth["person"].to_pylist())
    assert not numbers & {name for pair in stands["shared"] for name in pair[:2]}


@pytest.mark.feature("S2-16")
def test_after_a_removal_all_is_made_anew(made):
    (made / "register" / "suppressed.json").write_bytes(b"{}")
    assert holdings(None) is None
    assert moved_people(None) is None
    assert keep_movements(actor=SYSTEM)
    assert holdings(None) is not None
    assert moved_people(None) is not None
    kept.kept_path("rights", 1).write_bytes(b"cut off")
    assert holdings(None) is None
    assert keep_movements(actor=SYSTEM)


@pytest.mark.feature("S2-16")
def test_after_names_were_joined_the_old_count_stands_until_the_new_one_is_there(made, monkeypatch):
    with translation.override("en"):
        asked = Asked(region=CITY, today=date(2026, 11, 26), path="/monitoring/moves")
        before = moved_people(None)
        assert before.current
        one, other = next(move for move in before.moved if move.before.firm != move.after.firm)[:2]
        joined = {one.firm: 7, other.firm: 7}
        monkeypatch.setattr(parties, "state", lambda: ("another",))
        monkeypatch.setattr(
            parties, "parties_of", lambda names: {name: joined[name] for name in names if name in joined}
        )
        assert moved_people(None)._replace(current=True) == before
        assert any("joined or parted since" in note for note in moves_panel(SYSTEM, asked).notes)
        assert keep_movements(actor=SYSTEM)
        now = moved_people(None)
        assert now.current
        assert {one.firm, other.firm} not in [{move.before.firm, move.after.firm} for move in now.moved]
        assert not any("joined or parted since" in note for note in moves_panel(SYSTEM, asked).notes)


@pytest.mark.feature("S2-17")
def test_networks_are_kept_and_a_page_counts_none(made, client, monkeypatch):
    """Communities and who stands between others take minutes where there are many: no page waits for them."""
    from qiantang.scenarios.monitoring.selectors import network, ties

    asked = Asked(region=CITY, today=date(2026, 11, 27))
    joint = ties.joint_applications(asked)
    assert joint is not None
    counted = ties.counted_joint(joint)
    monkeypatch.setattr(ties, "party_network", None)  # a page that would count, fails
    assert ties.joint_network(None, joint) == counted
    assert len(counted.links) > 1
    assert page(client, "network").status_code == 200
    assert network.top_bridges(counted)[0].name in joint.names


def test_another_year_and_joined_names_are_counted_then_and_there(made, monkeypatch):
    from qiantang.scenarios.monitoring.selectors import ties

    joint = ties.joint_applications(Asked(region=CITY, today=date(2026, 11, 27), year=2019))
    assert joint is not None
    assert ties.joint_network(None, joint) == ties.counted_joint(joint)
    newest = ties.joint_applications(Asked(region=CITY, today=date(2026, 11, 27)))
    assert newest is not None
    monkeypatch.setattr(ties, "parties_now", lambda: "joined since")
    cut = newest._replace(documents=newest.documents[:1])
    assert len(ties.joint_network(None, cut).nodes) == len(cut.documents[0][1])


@pytest.mark.feature("S2-16")
def test_another_city_in_the_settings_makes_all_anew(made, monkeypatch):
    """Nothing that was read for one city is told of another; until the job has been there, nothing is known."""
    before = moved_people(None)
    other = next(side.city for move in before.moved for side in move[:2] if side.city not in {CITY, None})
    for module in (kept, people, reading):
        monkeypatch.setattr(module, "CITY", other)
    assert holdings(None) is None
    assert moved_people(None) is None
    assert kept.read("networks", 1) is None
    assert keep_movements(actor=SYSTEM)
    now = moved_people(None)
    assert now.moved
    assert all(other in {move.before.city, move.after.city} for move in now.moved)
    assert set(holdings(None).here["city"].to_pylist()) == {other}
    monkeypatch.undo()
    assert moved_people(None) is None  # and back again
    assert keep_movements(actor=SYSTEM)
    assert moved_people(None) == before
