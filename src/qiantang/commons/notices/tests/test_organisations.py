"""The inbox of an organisation: everyone with a fitting mandate, read state a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from qiantang.commons.accounts.api import mandates
from qiantang.commons.accounts.types import MANDATE_SCOPES, MandateScope
from qiantang.commons.notices import api
from qiantang.commons.notices.models import Notice, SharedNotice
from qiantang.commons.notices.selectors.shared import organisation_inbox, organisation_inboxes
from qiantang.commons.notices.services import opening
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound
from qiantang.kernel.paging import PageRequest

from .conftest import KIND, PASSWORD, SYSTEM, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-10")]
PAGE = PageRequest()
SCOPE = "test.file"


@pytest.fixture(autouse=True)
def scopes(monkeypatch):
    more = {key: MandateScope(key=key, title=key) for key in (SCOPE, "test.other")}
    monkeypatch.setattr(MANDATE_SCOPES, "_things", {**MANDATE_SCOPES._things, **more})


@pytest.fixture
def firm(db):
    return mandates.register_organisation(actor=SYSTEM, uscc="91330100799655058B", name="钱江仪器").id


def mandated(actor, firm, *scopes):
    today = timezone.localdate()
    asked = mandates.request_mandate(
        actor=actor,
        organisation_id=firm,
        scopes=scopes,
        start_date=today,
        end_date=today + timedelta(days=90),
        evidence="letter of the board",
    )
    mandates.settle_mandate(actor=SYSTEM, mandate_id=asked.id, grant=True)
    return asked.id


def tell_firm(firm, key="case:7", **more):
    told = {"facts": {"number": "CN1", "amount": 900}, "subject": "patent:7", "link": "/patents/7", "scope": SCOPE}
    return api.send_notice(
        actor=SYSTEM, draft=api.Draft(organisation_id=firm, kind=KIND.code, key=key, **(told | more))
    )


def looked(actor, firm):
    keys = list(SharedNotice.objects.filter(organisation_id=firm).values_list("pk", flat=True))
    opening.take_copies(actor=actor, organisation=firm, keys=keys)
    return organisation_inbox(actor, firm, PAGE).items


def test_everyone_whose_mandate_covers_it_is_told_once(lin, shen, firm):
    mandated(lin, firm, SCOPE)
    mandated(shen, firm, "test.other")
    assert [tell_firm(firm), tell_firm(firm)] == [True, False]
    assert api.unread_count(lin) == 1
    assert api.unread_count(shen) == 0
    (mine,) = api.inbox(lin, PAGE).items
    assert mine.organisation == "钱江仪器"
    assert organisation_inbox(shen, firm, PAGE).total == 0
    stranger = person("wu")
    with pytest.raises(NotFound, match=r"notices\.no_such_inbox"):
        organisation_inbox(stranger, firm, PAGE)


def test_who_read_it_and_when_is_seen_by_all_and_each_reads_for_themselves(lin, shen, firm):
    mandated(lin, firm, SCOPE)
    mandated(shen, firm, SCOPE)
    tell_firm(firm)
    api.mark_read(actor=lin, notice=api.inbox(lin, PAGE).items[0].id)
    (told,) = looked(shen, firm)
    assert told.notice.read_at is None
    first, second = told.readers
    assert (first.name, second.name, second.read_at) == ("Lin", "Shen", None)
    assert timezone.now() - first.read_at < timedelta(minutes=1)
    assert [one.unread for one in organisation_inboxes(shen)] == [1]
    assert [one.unread for one in organisation_inboxes(lin)] == [0]


def test_who_comes_later_sees_what_came_before_and_who_leaves_sees_it_no_more(lin, shen, firm):
    key = mandated(lin, firm, SCOPE)
    tell_firm(firm)
    mandated(shen, firm, SCOPE)
    (told,) = looked(shen, firm)
    assert [one.name for one in told.readers] == ["Lin", "Shen"]
    assert Notice.objects.count() == 2
    mandates.revoke_mandate(actor=SYSTEM, mandate_id=key)
    with pytest.raises(NotFound):
        organisation_inbox(lin, firm, PAGE)
    with pytest.raises(NotFound):
        opening.take_copies(actor=lin, organisation=firm, keys=[SharedNotice.objects.get().pk])


def test_who_did_it_is_not_told_and_sees_it_among_the_others(lin, shen, firm):
    for one in (lin, shen):
        mandated(one, firm, SCOPE)
    tell_firm(firm, sparing=lin.person_id)
    assert (api.unread_count(lin), api.unread_count(shen)) == (0, 1)
    assert len(looked(lin, firm)) == 1


def test_an_auditor_acts_for_nobody(lin, firm):
    mandated(lin, firm, SCOPE)
    tell_firm(firm)
    auditor = Actor(person_id=lin.person_id, name="Lin", roles=frozenset({"auditor"}))
    assert organisation_inboxes(auditor) == ()


def test_service_is_proved_for_the_organisation_and_for_each_of_its_people(lin, firm):
    mandated(lin, firm, SCOPE)
    tell_firm(firm)
    told = [(one.person, [proof.step for proof in one.proofs]) for one in api.service_of("patent:7")]
    assert sorted(told) == [("Lin", ["delivered"]), ("钱江仪器", ["delivered"])]
    assert api.forget_notices(actor=SYSTEM, subject="patent:7") == 1
    assert not SharedNotice.objects.exists()


def test_the_page_shows_who_has_read_and_leads_from_ones_own_inbox(client, lin, shen, firm):
    for one in (lin, shen):
        mandated(one, firm, SCOPE)
    tell_firm(firm)
    client.login(username="shen", password=PASSWORD)
    english = {"accept-language": "en"}
    address = f"/inbox/organisations/{firm}"
    assert address in client.get("/inbox", headers=english).content.decode()
    page = client.get(address, headers=english).content.decode()
    assert "Lin (not yet)" in page
    notice = Notice.objects.get(person_id=shen.person_id).pk
    assert client.post(f"/inbox/{notice}/read", {"organisation": firm}).url == address
    assert "Shen (" in client.get(address, headers=english).content.decode()
    client.login(username=person("wu").name.lower(), password=PASSWORD)
    assert client.get(address).status_code == 404
