"""Organisations and mandates: one person acts for many, within scope and days, and every act says for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from qiantang.commons.accounts import api
from qiantang.commons.accounts.models import Account, Mandate
from qiantang.commons.accounts.types import INCOMPATIBLE_ROLES, MANDATE_SCOPES, MandateScope, MandateState
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-01")]
SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"
USCC = "913301067996550582"
OTHER_VALID = "91330100MA2H0000XE"
TODAY = timezone.localdate()
YEAR = timedelta(days=364)


@pytest.fixture(autouse=True)
def scopes(monkeypatch):
    kept = {key: MandateScope(key=key, title=key) for key in ("test.file", "test.pay")}
    monkeypatch.setattr(MANDATE_SCOPES, "_things", {**MANDATE_SCOPES._things, **kept})


def person(name, *roles):
    made = api.create_account(actor=SYSTEM, username=name, display_name=name.title(), password=PASSWORD, roles=roles)
    return Actor(person_id=made.id, name=made.display_name, roles=frozenset(roles))


@pytest.fixture
def lin():
    return person("lin")


@pytest.fixture
def officer():
    return person("gu", "window_officer")


@pytest.fixture
def firm(lin):
    return api.mandates.register_organisation(actor=lin, uscc=f" {USCC[:8]}-{USCC[8:]} ", name="钱塘 泵业")


def asked(actor, firm, scopes=("test.file",), start=TODAY, end=TODAY + YEAR, evidence="委托书 2026-01-05"):
    return api.mandates.request_mandate(
        actor=actor, organisation_id=firm.id, scopes=scopes, start_date=start, end_date=end, evidence=evidence
    )


def granted(officer, actor, firm, **told):
    mandate = asked(actor, firm, **told)
    return api.mandates.settle_mandate(actor=officer, mandate_id=mandate.id, grant=True)


def test_an_organisation_is_noted_once_by_its_credit_code(lin, firm):
    assert (firm.uscc, firm.name, firm.region_code) == (USCC, "钱塘 泵业", "330106")
    again = api.mandates.register_organisation(actor=lin, uscc=USCC, name="Another name")
    assert again == firm
    assert [entry.verb for entry in audit.entries(SYSTEM, subject=f"organisation:{firm.id}")] == [
        "accounts.organisation.register"
    ]


@pytest.mark.parametrize(
    ("uscc", "code"), [(USCC[:-1] + "3", "identifiers.uscc_check"), ("330106", "identifiers.uscc_malformed")]
)
def test_a_wrong_credit_code_is_refused(lin, uscc, code):
    with pytest.raises(Invalid) as refused:
        api.mandates.register_organisation(actor=lin, uscc=uscc, name="Pumps")
    assert refused.value.code == code


def test_a_request_opens_nothing_until_another_person_grants_it(lin, firm, officer):
    mandate = asked(lin, firm)
    assert mandate.state is MandateState.REQUESTED
    assert not api.organisations.may_act_for(lin, firm.id, "test.file")
    with pytest.raises(NotPermitted, match="not_yours_to_settle"):
        api.mandates.settle_mandate(actor=lin, mandate_id=mandate.id, grant=True)
    assert [one.id for one in api.organisations.mandates_to_settle(officer)] == [mandate.id]
    assert api.mandates.settle_mandate(actor=officer, mandate_id=mandate.id, grant=True).state is MandateState.IN_FORCE
    assert api.organisations.may_act_for(lin, firm.id, "test.file")
    with pytest.raises(Conflict, match="mandate_settled"):
        api.mandates.settle_mandate(actor=officer, mandate_id=mandate.id, grant=False)


def test_a_mandate_covers_its_scope_and_its_days_and_no_more(lin, firm, officer):
    coming = granted(officer, lin, firm, start=TODAY + timedelta(days=2), end=TODAY + timedelta(days=4))
    assert coming.state is MandateState.COMING
    may = api.organisations.may_act_for
    days = [bool(may(lin, firm.id, "test.file", TODAY + timedelta(days=days))) for days in range(1, 6)]
    assert days == [False, True, True, True, False]
    assert may(lin, firm.id, "test.pay", TODAY + timedelta(days=3)).code == "accounts.mandate_missing"


def test_everything_is_everything_but_letting_others_in(lin, firm, officer):
    granted(officer, lin, firm, scopes=["everything"])
    may = api.organisations.may_act_for
    assert [bool(may(lin, firm.id, scope)) for scope in ("test.file", "test.pay", "manage")] == [True, True, False]


def test_who_manages_lets_others_in_but_not_for_another_organisation(lin, firm, officer):
    shen = person("shen")
    granted(officer, lin, firm, scopes=["manage"])
    assert granted(lin, shen, firm).state is MandateState.IN_FORCE
    other = api.mandates.register_organisation(actor=shen, uscc=OTHER_VALID, name="Another")
    foreign = asked(shen, other)
    with pytest.raises(NotFound, match="mandate_unknown"):
        api.mandates.settle_mandate(actor=lin, mandate_id=foreign.id, grant=True)
    assert api.organisations.persons_acting_for(firm.id, "test.file") == (shen.person_id,)
    assert api.organisations.organisation_ids(shen) == {firm.id}


def test_it_ends_at_once_when_revoked_by_the_holder_or_the_office(lin, firm, officer):
    first = granted(officer, lin, firm)
    assert api.mandates.revoke_mandate(actor=lin, mandate_id=first.id, reason="left").state is MandateState.REVOKED
    assert not api.organisations.may_act_for(lin, firm.id, "test.file")
    second = granted(officer, lin, firm)
    api.mandates.revoke_mandate(actor=officer, mandate_id=second.id)
    assert not api.organisations.organisation_ids(lin)
    with pytest.raises(Conflict, match="settled"):
        api.mandates.revoke_mandate(actor=officer, mandate_id=second.id)


def test_strangers_see_neither_organisation_nor_mandates(firm, officer, lin):
    stranger = person("stranger")
    mandate = asked(lin, firm)
    with pytest.raises(NotFound, match="organisation_unknown"):
        api.organisations.organisation_by_uscc(stranger, USCC)
    assert api.organisations.mandates_for(stranger, firm.id) == ()
    assert api.organisations.mandates_to_settle(stranger) == ()
    assert api.organisations.mandates_of(Actor.public()) == ()
    with pytest.raises(NotFound, match="mandate_unknown"):
        api.mandates.revoke_mandate(actor=stranger, mandate_id=mandate.id)
    assert api.organisations.organisation_by_uscc(officer, USCC) == firm
    with pytest.raises(NotPermitted, match="sign_in_first"):
        asked(Actor.public(), firm)


def test_an_auditor_sees_and_settles_nothing(lin, firm):
    auditor = person("zhao", "auditor")
    mandate = asked(lin, firm)
    assert len(api.organisations.mandates_for(auditor, firm.id)) == 1
    with pytest.raises(NotPermitted):
        api.mandates.settle_mandate(actor=auditor, mandate_id=mandate.id, grant=True)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"scopes": []}, "accounts.mandate_scope"),
        ({"scopes": ["test.dance"]}, "accounts.mandate_scope"),
        ({"end": TODAY - timedelta(days=1)}, "accounts.mandate_dates"),
        ({"end": TODAY + timedelta(days=4 * 366)}, "accounts.mandate_dates"),
        ({"evidence": " "}, "accounts.mandate_evidence"),
    ],
)
def test_what_a_request_must_have(lin, firm, told, code):
    with pytest.raises(Invalid) as refused:
        asked(lin, firm, **told)
    assert refused.value.code == code


def test_one_open_request_at_a_time_held_by_the_database_too(lin, firm):
    asked(lin, firm)
    with pytest.raises(Conflict, match="mandate_open"):
        asked(lin, firm)
    row = Mandate.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_every_act_says_who_and_for_whom(lin, firm, officer):
    granted(officer, lin, firm)
    account = Account.objects.get(pk=lin.person_id)
    acting = api.actor_for(account, Channel.WEB, "c1", firm.id)
    assert acting.organisation_id == firm.id
    number = audit.record(actor=acting, verb="test.thing.do", subject="thing:1", facts={"n": 1})
    (entry,) = audit.entries(SYSTEM, subject="thing:1")
    assert (entry.sequence, entry.actor_id, entry.facts) == (
        number,
        lin.person_id,
        {"n": 1, "for_organisation": firm.id},
    )


def test_without_a_mandate_in_force_nobody_acts_for_an_organisation(lin, firm):
    account = Account.objects.get(pk=lin.person_id)
    assert api.actor_for(account, Channel.WEB, "c1", firm.id).organisation_id is None


# --- duties apart ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", sorted(tuple(sorted(pair)) for pair in INCOMPATIBLE_ROLES))
def test_two_duties_that_clash_are_not_held_by_one_person(pair):
    api.create_account(actor=SYSTEM, username="wu", display_name="Wu", password=PASSWORD, roles=pair[:1])
    with pytest.raises(Conflict, match="role_clash"):
        api.grant_role(actor=SYSTEM, username="wu", role=pair[1])
    with pytest.raises(Conflict, match="role_clash"):
        api.create_account(actor=SYSTEM, username="xu", display_name="Xu", password=PASSWORD, roles=pair)
    api.revoke_role(actor=SYSTEM, username="wu", role=pair[0])
    assert api.grant_role(actor=SYSTEM, username="wu", role=pair[1]).roles == {pair[1]}


def test_nobody_grants_a_role_to_themselves():
    operator = person("lu", "operator")
    with pytest.raises(NotPermitted, match="role_own"):
        api.grant_role(actor=operator, username="lu", role="supervisor")


# --- the page ----------------------------------------------------------------------------------------------------------


def page_of(client, actor):
    client.force_login(Account.objects.get(pk=actor.person_id))
    client.cookies["qiantang_language"] = "en"
    return client


def asked_by_form(client, **told):
    form = {
        "uscc": USCC,
        "name": "Pumps",
        "scopes": ["everything"],
        "start_date": TODAY.isoformat(),
        "end_date": (TODAY + YEAR).isoformat(),
        "evidence": "power of attorney",
    }
    return client.post("/my-organisations", {**form, **told})


def test_a_mandate_is_asked_for_and_granted_on_the_page_and_acted_under(lin, officer, client):
    assert asked_by_form(page_of(client, lin)).status_code == 302
    key = Mandate.objects.get().organisation_id
    client.post("/my-organisations/act-for", {"organisation": key})
    assert "acting_for" not in client.session  # not granted yet
    page_of(client, officer)
    assert "Requests that wait for your answer" in client.get("/my-organisations").content.decode()
    client.post(f"/my-organisations/{Mandate.objects.get().pk}/settle", {"answer": "grant"})
    page_of(client, lin)
    client.post("/my-organisations/act-for", {"organisation": key})
    assert client.session["acting_for"] == key
    client.post(f"/my-organisations/{Mandate.objects.get().pk}/end")
    assert client.get("/my-organisations").wsgi_request.__dict__["actor"].organisation_id is None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"uscc": USCC[:-1] + "3"}, "would have to be 2"),
        ({"scopes": []}, "at least one"),
        ({"end_date": "2019-01-01"}, "three years at most"),
        ({"end_date": "soon"}, "id_end_date"),
        ({"evidence": "x"}, "rests on a document"),
    ],
)
def test_a_wrong_request_says_what_is_wrong_and_keeps_what_was_typed(lin, client, told, said):
    answer = asked_by_form(page_of(client, lin), **told)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert 'value="Pumps"' in text
    assert not Mandate.objects.exists()


def test_strangers_are_sent_to_sign_in(client):
    assert client.get("/my-organisations").status_code == 302
    assert client.post("/my-organisations/act-for", {"organisation": "1"}).status_code == 302
