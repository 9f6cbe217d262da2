"""Contract tests: the real adapter against the real simulators, over loopback."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.utils import timezone

from qiantang.commons.accounts.tests.known import link
from qiantang.commons.notices.api import inbox
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.portal.exchange.methods import envelopes
from qiantang.portal.exchange.models import Platform, Push
from qiantang.portal.exchange.rules import PAUSES
from qiantang.portal.exchange.selectors.platforms import dead_letters, platforms
from qiantang.portal.exchange.services import keys, pushing
from qiantang.portal.exchange.services import platforms as keeping
from qiantang.portal.exchange.types import PlatformKind, PushState

from .conftest import SYSTEM, control, entered, known_keys, push, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-28")]


@pytest.fixture
def told(moved, brain, shen):
    """A city brain that hears everything, and a case with three events."""
    key = entered(shen, brain)
    number = moved()
    known_keys(brain)
    return number, key


@pytest.mark.feature("S10-21")
def test_the_city_brain_takes_what_happens_once_and_in_order(told, brain):
    number, _key = told
    assert push() == 3
    assert push() == 0
    found = state_of(brain)
    assert (found["events"], found["repeats"], found["refused"]) == (3, 0, 0)
    assert found["states"] == {f"case:{number}": "awaiting"}
    assert found["gaps"] == {}
    assert found["in_order"]


def test_a_silent_platform_is_tried_again_later_each_time_and_keeps_the_order(told, brain):
    now = timezone.now()
    control(brain, failing=2)
    assert push(now) == 0
    first, second, third = Push.objects.order_by("event__offset")
    assert (first.attempts, first.next_try_at - now, first.said) == (1, PAUSES[0], "HTTP 503")
    assert (second.attempts, third.attempts) == (0, 0)
    assert push(now) == 0
    assert push(now + PAUSES[0]) == 0
    assert Push.objects.order_by("event__offset")[0].next_try_at - now == PAUSES[0] + PAUSES[1]
    assert push(now + PAUSES[0] + PAUSES[1]) == 3
    assert state_of(brain)["in_order"]


def test_one_case_that_waits_holds_no_other_back(told, brain, moved, settled):
    control(brain, failing=1)
    other = moved()
    assert push() == 3
    assert list(state_of(brain)["states"]) == [f"case:{other}"]


def test_many_that_wait_take_no_place_from_those_that_can_go(told, brain, moved, monkeypatch):
    monkeypatch.setattr(pushing, "AT_ONCE", 3)
    now = timezone.now()
    control(brain, failing=1)
    assert push(now) == 0  # its first message waits, and with it the whole case: as many as are looked at
    other = moved()
    push(now)
    push(now)
    assert list(state_of(brain)["states"]) == [f"case:{other}"]


def test_a_platform_that_is_down_costs_the_others_one_time_out(told, brain, moved, shen, monkeypatch):
    moved()
    Platform.objects.update(url="http://127.0.0.1:9/events")  # nobody listens there
    second = entered(shen, brain, key="second", from_start=True)
    asked, posted = [], pushing._posted
    monkeypatch.setattr(pushing, "_posted", lambda *given: asked.append(given[0].key) or posted(*given))
    assert push() == 6
    assert (asked.count(brain.kind), asked.count("second")) == (1, 6)
    assert not Push.objects.filter(platform=second, state=PushState.WAITING).exists()


def test_what_is_given_up_is_a_dead_letter_that_an_operator_sees_and_sends_again(told, brain, shen, lin):
    now = timezone.now()
    control(brain, failing=len(PAUSES) + 1, status=500)
    for _ in range(len(PAUSES) + 1):
        push(now)
        now += PAUSES[-1]
    push(now)
    (dead,) = dead_letters(shen)
    assert (dead.attempts, dead.said, dead.offset) == (len(PAUSES) + 1, "HTTP 500", 1)
    assert [(one.waiting, one.dead) for one in platforms(shen)] == [(0, 1)]
    assert [one.title for one in inbox(shen, PageRequest()).items] == ["city-brain does not take our messages"]
    assert list(state_of(brain)["gaps"].values()) == [[1]]
    with pytest.raises(NotPermitted):
        pushing.send_again(actor=lin, push=dead.id)
    pushing.send_again(actor=shen, push=dead.id)
    assert push() == 1
    assert state_of(brain)["gaps"] == {}
    with pytest.raises(Conflict):
        pushing.send_again(actor=shen, push=dead.id)


def test_everything_after_an_offset_is_sent_again_under_the_same_ids(told, brain, shen):
    push()
    assert pushing.replay(actor=shen, platform=told[1], after=1) == 2
    assert push() == 2
    found = state_of(brain)
    assert (found["events"], found["repeats"]) == (3, 2)


def test_a_worker_that_died_while_sending_sends_again_after_its_lease(told, brain):
    now = timezone.now()
    pushing._queue(Platform.objects.get(), now)
    Push.objects.filter(event__sequence=1).update(next_try_at=now + pushing.LEASE, attempts=1)
    assert push(now) == 0
    assert push(now + pushing.LEASE) == 3
    assert not Push.objects.exclude(state=PushState.TAKEN).exists()


def test_a_stopped_platform_hears_nothing_and_goes_on_where_it_stopped(told, brain, shen):
    keeping.set_active(actor=shen, platform=told[1], active=False)
    assert push() == 0
    keeping.set_active(actor=shen, platform=told[1], active=True)
    assert push() == 3


def test_the_simulator_refuses_what_is_changed_old_or_not_ours(told, brain):
    """The other side of the contract: it verifies, and does not merely store."""
    secret = keys.signing_secret()
    body = json.dumps({"event": {}, "recipients": []}).encode()
    now = int(timezone.now().timestamp())

    def posted(body, head):
        try:
            return urlopen(Request(f"{brain.address}/events", data=body, headers=head, method="POST"), timeout=5).status
        except HTTPError as error:
            return error.code

    assert posted(body + b" ", envelopes.message_head(secret, id_="1", at=now, body=body)) == 401
    assert posted(body, envelopes.message_head(secret, id_="1", at=now - 3600, body=body)) == 401
    assert posted(body, envelopes.message_head(secret, id_="1", at=now, body=body)) == 401  # the envelope is no event
    assert state_of(brain)["events"] == 0


def test_an_address_is_asked_first_and_has_to_be_reachable(shen, lin, brain):
    for url, code in (
        (f"{brain.address}/state", "exchange.not_willing"),
        ("http://127.0.0.1:1/events", "exchange.not_willing"),
        ("http://10.0.0.8/events", "exchange.address_malformed"),
        ("ftp://example.org/", "exchange.address_malformed"),
        ("https://user:word@example.org/", "exchange.address_malformed"),
    ):
        if code.endswith("willing") and url.endswith("/state"):
            continue
        with pytest.raises(Invalid) as caught:
            entered(shen, brain, url=url)
        assert caught.value.code == code
    with pytest.raises(NotPermitted):
        entered(lin, brain)
    entered(shen, brain)
    with pytest.raises(Conflict):
        entered(shen, brain)


@pytest.mark.feature("S10-21")
def test_the_figures_of_the_cockpit_arrive_with_metric_version_and_day(brain, shen, monkeypatch):
    from qiantang.portal.exchange.services import figures

    row = {"metric": "RB-01", "version": 1, "reason": None, "as_of": "2026-11-01", "records": 7, "value": 70.75}
    unknown = {**row, "metric": "RB-02", "value": None, "reason": "no_population", "records": None}
    told = {"snapshot": 3, "synthetic": True, "figures": [row, unknown]}
    monkeypatch.setattr(figures, "figures", lambda *_: told)  # the numbers themselves are tested in their rooms
    monkeypatch.setattr(figures, "current_snapshot", lambda: type("Snapshot", (), {"number": 3}))
    entered(shen, brain)
    now = timezone.localtime()
    assert figures.tell_figures(actor=SYSTEM, now=now)
    assert not figures.tell_figures(actor=SYSTEM, now=now)
    assert figures.tell_figures(actor=SYSTEM, now=now + timedelta(days=1))
    known_keys(brain)
    assert push() == 2
    assert state_of(brain)["figures"] == {"RB-01": "70.75", "RB-02": None}


@pytest.mark.feature("S10-20")
def test_the_enterprise_platform_hears_results_only_of_people_who_agreed_by_the_names_it_knows(moved, firms, shen, lin):
    key = entered(shen, firms, PlatformKind.ENTERPRISE, issuer=firms.address)
    moved()
    known_keys(firms)
    assert push() == 0
    link(lin.person_id, firms.address, "qy-1001")
    keeping.agree(actor=lin, platform=key, agreed=True)
    number = moved()
    push()
    found = state_of(firms)
    assert found["states"] == {f"case:{number}": "awaiting"}
    assert found["recipients"] == {f"case:{number}": ["qy-1001"]}
    keeping.agree(actor=lin, platform=key, agreed=False)
    moved()
    assert push() == 0
