"""The outbox: stored with the change, delivered after it, once for each handler."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from django.utils import timezone

from qiantang.commons.events import api, services, tasks
from qiantang.commons.events.models import Delivery, OutboxEvent
from qiantang.commons.events.types import SUBSCRIPTIONS
from qiantang.kernel.registry import Registry


@dataclass(frozen=True)
class ThingChanged:
    name: ClassVar[str] = "test.thing.changed"
    thing_id: int
    parts: tuple[str, ...] = ()


@pytest.fixture
def subscriptions(monkeypatch, caplog):
    """An empty registry, and silence about failures the tests make on purpose."""
    caplog.set_level(logging.CRITICAL)
    empty = Registry("subscription")
    monkeypatch.setattr("qiantang.commons.events.types.SUBSCRIPTIONS", empty)
    return empty


def _listen(name, react):
    def handle(told):
        react(told)

    handle.__qualname__ = name
    return api.subscribe("test.thing.changed")(handle)


@pytest.mark.django_db(transaction=True)
def test_an_event_is_delivered_when_its_transaction_commits(subscriptions):
    seen = []
    _listen("first", seen.append)
    with transaction.atomic():
        api.publish(ThingChanged(7, ("a", "b")))
        assert seen == []
    (told,) = seen
    assert (told.name, told.payload) == ("test.thing.changed", {"thing_id": 7, "parts": ["a", "b"]})
    assert told.published_at.tzinfo is not None
    assert api.waiting_count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_event_of_an_undone_change_never_was(subscriptions):
    seen = []
    _listen("first", seen.append)

    def undo():
        with transaction.atomic():
            api.publish(ThingChanged(7))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undo()
    assert seen == []
    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db
def test_a_repeat_changes_nothing(subscriptions):
    seen = []
    _listen("first", seen.append)
    api.publish(ThingChanged(7))
    assert api.deliver_pending() == 1
    OutboxEvent.objects.update(settled_at=None)  # as if the worker had died before it could note the end
    assert api.deliver_pending() == 1
    assert len(seen) == 1
    assert Delivery.objects.count() == 1


@pytest.mark.django_db
def test_a_failing_handler_is_noted_and_does_not_hold_up_the_others(subscriptions):
    seen = []

    def fail(told):
        raise OSError("no route")

    _listen("failing", fail)
    _listen("second", seen.append)
    api.publish(ThingChanged(7))
    assert api.deliver_pending() == 0
    event = OutboxEvent.objects.get()
    assert len(seen) == 1
    assert event.failed_rounds == 1
    assert "failing: OSError: no route" in event.last_error
    assert event.next_round_at > timezone.now()


@pytest.mark.django_db
def test_a_failed_handler_comes_again_and_the_others_do_not(subscriptions):
    seen, faults = [], [OSError("once")]

    def recover(told):
        if faults:
            raise faults.pop()
        seen.append("recovered")

    _listen("recovering", recover)
    _listen("second", lambda told: seen.append("second"))
    api.publish(ThingChanged(7))
    api.deliver_pending()
    assert api.deliver_pending() == 0  # its pause is not over
    OutboxEvent.objects.update(next_round_at=timezone.now())
    assert api.deliver_pending() == 1
    assert seen == ["second", "recovered"]
    assert OutboxEvent.objects.get().last_error == ""


@pytest.mark.django_db
def test_what_a_failing_handler_wrote_is_undone(subscriptions):
    def write_and_fail(told):
        OutboxEvent.objects.create(
            name="test.trace", payload={}, published_at=timezone.now(), next_round_at=timezone.now()
        )
        raise OSError

    _listen("failing", write_and_fail)
    api.publish(ThingChanged(7))
    api.deliver_pending()
    assert not OutboxEvent.objects.filter(name="test.trace").exists()
    assert not Delivery.objects.exists()


def test_pauses_double_up_to_an_hour():
    now = timezone.now()
    pauses = [services._next_round(now, rounds) - now for rounds in (1, 2, 3, 9, 10, 500)]
    hour = timedelta(hours=1)
    assert pauses == [
        timedelta(seconds=10),
        timedelta(seconds=20),
        timedelta(seconds=40),
        timedelta(seconds=2560),
        hour,
        hour,
    ]


@pytest.mark.django_db(transaction=True)
def test_an_event_published_by_a_handler_is_delivered_too(subscriptions):
    seen = []

    def answer(told):
        seen.append(told.payload["thing_id"])
        if told.payload["thing_id"] < 3:
            api.publish(ThingChanged(told.payload["thing_id"] + 1))

    _listen("answering", answer)
    with transaction.atomic():
        api.publish(ThingChanged(1))
    assert seen == [1, 2, 3]
    assert api.waiting_count() == 0


@pytest.mark.django_db
def test_the_heartbeat_empties_the_outbox(subscriptions):
    for number in range(205):
        api.publish(ThingChanged(number))
    assert tasks.tick.call() == 205
    assert api.waiting_count() == 0


@pytest.mark.django_db(transaction=True)
def test_in_production_a_commit_leaves_a_job(subscriptions, settings):
    settings.EVENTS_ON_COMMIT = "qiantang.commons.events.tasks.enqueue_delivery"
    seen = []
    _listen("first", seen.append)
    api.publish(ThingChanged(7))
    assert len(seen) == 1  # the tests' backend runs a job as soon as it is left


@pytest.mark.django_db
def test_an_event_holds_plain_values_only():
    with pytest.raises(TypeError):
        api.publish(ThingChanged(object()))


def test_a_handler_listens_once(subscriptions):
    handle = _listen("first", lambda told: None)
    with pytest.raises(ValueError, match="twice"):
        api.subscribe("test.thing.changed")(handle)


def test_the_house_knows_who_listens():
    assert all(one.event_name.count(".") == 2 for one in SUBSCRIPTIONS)
