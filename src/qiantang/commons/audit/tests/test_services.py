"""The journal in the database: added to, never changed, and every break found by its number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from qiantang.commons.audit import api
from qiantang.commons.audit.models import AuditEntry, AuditHead
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Conflict

SYSTEM = Actor.system("test", Channel.COMMAND)
_TRIGGERS = {
    "sqlite": "DROP TRIGGER audit_entry_not_updated",
    "postgresql": "ALTER TABLE audit_auditentry DISABLE TRIGGER audit_entry_not_changed",
}


def note(number, actor=SYSTEM):
    return api.record(actor=actor, verb="test.thing.change", subject=f"thing:{number % 2}", facts={"number": number})


def by_hand(statement, *parameters):
    """What somebody with the database's password would do."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
        cursor.execute(statement, parameters)


@pytest.mark.django_db
@pytest.mark.feature("X-16")
def test_entries_are_numbered_and_chained():
    assert [note(number) for number in range(3)] == [1, 2, 3]
    newest, *_, oldest = api.entries(SYSTEM)
    assert (oldest.sequence, oldest.previous_digest) == (1, "0" * 64)
    assert (newest.sequence, newest.actor_name, newest.channel) == (3, "system: test", "command")
    assert api.verify() is None
    assert AuditHead.objects.get().digest == newest.digest


@pytest.mark.django_db
def test_an_empty_journal_is_whole():
    assert api.verify() is None


@pytest.mark.django_db
@pytest.mark.feature("X-16")
@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_auditentry SET actor_name = 'somebody else' WHERE sequence = 2", 2),
        ("UPDATE audit_auditentry SET facts = '{\"number\": 9}' WHERE sequence = 4", 4),
        ("UPDATE audit_auditentry SET actor_id = 1 WHERE sequence = 1", 1),
        ("DELETE FROM audit_auditentry WHERE sequence = 3", 3),
        ("DELETE FROM audit_auditentry WHERE sequence >= 4", 4),
        ("DELETE FROM audit_audithead", 1),
        ("UPDATE audit_auditentry SET sequence = 9 WHERE sequence = 5", 5),
    ],
)
def test_a_break_made_by_hand_is_named(statement, broken):
    for number in range(5):
        note(number)
    by_hand(statement)
    assert api.verify() == broken


@pytest.mark.django_db
def test_an_entry_smuggled_in_behind_the_head_is_named():
    note(1)
    by_hand(
        "INSERT INTO audit_auditentry SELECT 2, at, actor_id, actor_name, channel, correlation_id, verb, subject, facts,"
        " digest, 'forged' FROM audit_auditentry"
    )
    assert api.verify() == 2


@pytest.mark.django_db
def test_rows_refuse_to_be_changed():
    note(1)
    entry = AuditEntry.objects.get()
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(verb="test.thing.forge"),
        lambda: AuditEntry.objects.bulk_update([entry], ["verb"]),
    ):
        with pytest.raises(Conflict, match="append_only"):
            attempt()


@pytest.mark.django_db
@pytest.mark.feature("X-16")
def test_the_database_refuses_an_update_itself():
    note(1)
    with (
        pytest.raises(DatabaseError, match="only be added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE audit_auditentry SET verb = 'test.thing.forge'")
    assert api.verify() is None


@pytest.mark.django_db
def test_an_act_that_is_undone_leaves_no_entry():
    def undo():
        with transaction.atomic():
            note(1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undo()
    assert api.entries(SYSTEM) == ()
    assert note(2) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("X-16")
def test_writers_at_the_same_time_make_one_chain():
    def write(number):
        try:
            with transaction.atomic():
                return note(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as writers:
        numbers = sorted(writers.map(write, range(40)))
    assert numbers == list(range(1, 41))
    assert api.verify() is None


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["change", "thing.change", "Test.Thing.Change", "a.b.c.d", "a.b."])
def test_a_malformed_verb_is_a_fault_of_the_caller(verb):
    with pytest.raises(ValueError, match=r"app\.noun\.verb"):
        api.record(actor=SYSTEM, verb=verb, subject="thing:1", facts={})


@pytest.mark.django_db
def test_readers_see_what_they_may():
    lin = Actor(person_id=7, name="Lin")
    note(1)
    note(2, lin)
    assert [entry.sequence for entry in api.entries(lin)] == [2]
    assert api.entries(Actor.public()) == ()
    operator = Actor(person_id=8, name="Wu", roles=frozenset({"operator"}))
    assert [entry.sequence for entry in api.entries(operator, newest=1)] == [2]
    assert [entry.sequence for entry in api.entries(operator, subject="thing:1")] == [1]
