"""Duties kept apart: who only reads writes nothing in any room, acts for nobody, and holds no other duty."""

from __future__ import annotations

import pytest
from django.utils import timezone

from qiantang.commons.accounts import api
from qiantang.commons.accounts.models import Mandate, Organisation
from qiantang.commons.accounts.rules import ROLE_TITLES, STANDING_TITLES
from qiantang.commons.accounts.types import ACTS_FOR_NOBODY, Role, Standing, clashing_role
from qiantang.commons.audit import api as audit
from qiantang.commons.audit.types import OWN_ACCOUNT, READS_ONLY
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, NotPermitted

SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"


def person(name, *roles):
    made = api.create_account(actor=SYSTEM, username=name, display_name=name, password=PASSWORD, roles=roles)
    return Actor(person_id=made.id, name=name, roles=frozenset(roles))


@pytest.mark.feature("X-02")
def test_every_role_and_every_standing_has_a_name():
    assert set(ROLE_TITLES) == set(Role)
    assert set(STANDING_TITLES) == set(Standing)
    assert {str(one) for one in READS_ONLY} == {str(one) for one in ACTS_FOR_NOBODY}


@pytest.mark.feature("X-02")
@pytest.mark.parametrize("role", sorted(READS_ONLY))
def test_who_only_reads_records_no_act_of_any_room(db, role):
    reader = person("ye", role)
    before = audit.head()[0]
    for verb in ("evidence.deposit.receive", "casework.case.submit", "accounts.role.grant", "accounts.mandate.grant"):
        with pytest.raises(NotPermitted, match="reads_only"):
            audit.record(actor=reader, verb=verb, subject="thing:1", facts={})
    assert audit.head()[0] == before
    audit.record(actor=reader, verb="preexam.draft.read", subject="thing:1", facts={})
    for prefix in OWN_ACCOUNT:
        verb = ".".join([*prefix.rstrip(".").split("."), "thing", "do"][:3])
        audit.record(actor=reader, verb=verb, subject="thing:1", facts={})
    assert audit.head()[0] == before + 1 + len(OWN_ACCOUNT)


@pytest.mark.feature("X-02")
def test_an_auditor_reads_the_whole_journal_and_a_system_administrator_their_own(db):
    audit.record(actor=SYSTEM, verb="test.thing.do", subject="thing:1", facts={})
    assert "test.thing.do" in {one.verb for one in audit.entries(person("ye", "auditor"))}
    assert audit.entries(person("hu", "system_admin")) == ()


@pytest.mark.feature("X-03")
@pytest.mark.parametrize("role", sorted(READS_ONLY))
def test_who_only_reads_acts_for_nobody_whatever_was_granted_before(db, role):
    lin = person("lin")
    firm = Organisation.objects.create(uscc="913301067996550582", name="钱塘泵业")
    today, now = timezone.localdate(), timezone.now()
    told = {"scopes": ["everything"], "start_date": today, "end_date": today, "evidence": "x", "requested_at": now}
    Mandate.objects.create(person_id=lin.person_id, organisation=firm, granted=True, settled_at=now, **told)
    assert api.organisations.organisation_ids(lin) == {firm.pk}
    reader = Actor(person_id=lin.person_id, name="lin", roles=frozenset({role}))
    assert api.organisations.organisation_ids(reader) == frozenset()
    with pytest.raises(NotPermitted, match="mandate_barred"):
        api.mandates.request_mandate(
            actor=reader,
            organisation_id=firm.pk,
            scopes=["everything"],
            start_date=today,
            end_date=today,
            evidence="xx",
        )


@pytest.mark.feature("X-03")
def test_clashing_duties_are_data_and_hold_both_ways(db):
    for role in Role:
        for other in Role:
            assert (clashing_role(frozenset({role}), other) is None) == (
                clashing_role(frozenset({other}), role) is None
            )
    person("ye", "auditor")
    with pytest.raises(Conflict, match="role_clash"):
        api.grant_role(actor=SYSTEM, username="ye", role="examiner")
