"""The feed: once an event, in order, signed, to be read again from any offset, and without content."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from qiantang.commons.accounts.api import access
from qiantang.commons.audit import api as audit
from qiantang.commons.events.api import deliver_pending
from qiantang.commons.events.tests.losing import unheard
from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.portal.exchange.methods import envelopes, schemas
from qiantang.portal.exchange.models import FeedEvent
from qiantang.portal.exchange.selectors.feed import events_after, key_set
from qiantang.portal.exchange.services import appending, keys
from qiantang.portal.exchange.services.platforms import PlatformWanted, add_platform
from qiantang.portal.exchange.types import PlatformKind

from .conftest import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-28")]


def known():
    return {one["kid"]: one for one in key_set()}


def test_steps_of_a_case_are_events_in_order_signed_and_without_content(moved):
    number = moved()
    told = [one.event for one in events_after(SYSTEM, 0, 50).items if one.event["subject"] == f"case:{number}"]
    assert [one["data"].get("target") for one in told] == [None, "examining", "awaiting"]
    assert [int(one["sequence"]) for one in told] == [1, 2, 3]
    assert len({one["id"] for one in told}) == 3
    assert all(envelopes.holds(one, known()) for one in told)
    written = json.dumps(told, ensure_ascii=False)
    assert "confidential" not in written
    assert "Lin" not in written
    assert not {"parties", "by", "office"} & set(told[1]["data"])
    for one in told:
        newest = next(s for s in schemas.registry() if s.event_type == one["type"])
        assert set(newest.json_schema()["required"]) == set(one["data"])


def test_a_changed_envelope_does_not_hold(moved):
    moved()
    told = dict(events_after(SYSTEM, 0, 1).items[0].event)
    assert not envelopes.holds({**told, "data": {**told["data"], "kind": "x"}}, known())
    assert not envelopes.holds(told, {})


def test_the_same_event_again_changes_nothing(db):
    told = {"type_": "register.snapshot", "subject": "register", "data": {"snapshot": 1, "parent": 0}}
    key, now = uuid4(), timezone.now()
    first = appending.append_event(actor=SYSTEM, event_id=key, at=now, **told)
    assert appending.append_event(actor=SYSTEM, event_id=key, at=now, **told) == first
    assert FeedEvent.objects.count() == 1


def test_nothing_that_is_not_declared_leaves_the_house(db):
    told = {"type_": "register.snapshot", "subject": "register", "event_id": uuid4(), "at": timezone.now()}
    with pytest.raises(Invalid, match="type_malformed"):
        appending.append_event(actor=SYSTEM, data={"snapshot": 1, "parent": 0, "name": "Lin"}, **told)
    assert not FeedEvent.objects.exists()


def test_an_event_before_its_turn_waits_for_the_earlier_one(moved):
    """The first step's delivery is lost, as with a worker that died; the later one does not overtake it."""
    number = moved()
    handler = "qiantang.portal.exchange.handlers.tell_of_a_case"
    ids, come_round = unheard(handler, "casework.case.advanced", number=number)
    FeedEvent.objects.filter(event_id__in=ids).delete()
    deliver_pending()
    assert FeedEvent.objects.filter(subject=f"case:{number}").count() == 1
    come_round()
    deliver_pending()
    told = FeedEvent.objects.filter(subject=f"case:{number}").order_by("offset")
    assert [one.envelope["data"].get("target") for one in told] == [None, "examining", "awaiting"]


def test_a_new_key_is_introduced_by_the_old_one_and_old_events_stay_verifiable(moved, shen):
    moved()
    old = key_set()[0]
    kid = keys.change_key(actor=shen)
    appending.append_event(
        actor=SYSTEM,
        event_id=uuid4(),
        type_="register.snapshot",
        subject="register",
        data={"snapshot": 1, "parent": 0},
        at=timezone.now(),
    )
    newest, before = key_set()
    assert (newest["kid"], newest["introduced_by"], before["kid"]) == (kid, old["kid"], old["kid"])
    assert before["until"] is not None
    assert newest["until"] is None
    assert envelopes.introduction_holds(newest, newest["introduction"], old)
    assert not envelopes.introduction_holds({**newest, "x": old["x"]}, newest["introduction"], old)
    assert all(envelopes.holds(one.event, known()) for one in events_after(SYSTEM, 0, 50).items)
    assert audit.entries(SYSTEM, newest=1)[0].verb == "exchange.key.change"


def test_who_may_read_the_feed(moved, lin, shen):
    moved()
    with pytest.raises(NotPermitted, match="not_a_platform"):
        events_after(lin, 0, 10)
    add_platform(
        actor=shen,
        wanted=PlatformWanted(
            key="court", title="Court", kind=PlatformKind.OTHER, account="lin", types=("case.opened",)
        ),
    )
    assert [one.event["type"] for one in events_after(lin, 0, 50).items] == ["cn.qiantang.case.opened.v1"]


@pytest.mark.feature("S10-21")
def test_a_program_reads_page_by_page_and_again_from_any_offset(moved, shen):
    moved()
    moved()
    token = access.make_token(actor=shen, name="brain", scopes=["events:read"], days=30).text
    headers = {"Authorization": f"Bearer {token}"}

    def read(after, limit):
        return Client().get("/api/v1/events", {"after": after, "limit": limit}, headers=headers).json()

    after, seen = 0, []
    while (page := read(after, 2))["items"]:
        seen += page["items"]
        after = page["next"]
    assert [one["offset"] for one in seen] == list(range(1, page["head"] + 1))
    assert after == page["head"]
    assert read(3, 50)["items"] == seen[3:]
    assert Client().get("/api/v1/events").status_code == 401
    bare = access.make_token(actor=shen, name="x", scopes=[], days=30).text
    assert Client().get("/api/v1/events", headers={"Authorization": f"Bearer {bare}"}).status_code == 403
