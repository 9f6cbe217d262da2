"""The filing of a subject from the draft to the active filing, by the people whose steps they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation

from qiantang.commons.accounts.api import mandates
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.tests.contracts import WorkflowContract
from qiantang.commons.casework.tests.permits import firm_of, person
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.preexam.selectors import subjects as selectors
from qiantang.scenarios.preexam.services import subjects as services
from qiantang.scenarios.preexam.types import SubjectFacts
from qiantang.scenarios.preexam.workflow import SUBJECT

pytestmark = pytest.mark.django_db
FACTS = SubjectFacts(
    founded_on=date(2020, 5, 1),
    in_existence=True,
    main_class="B25J 9/16",
    contact_name="林",
    insured_staff=12,
    granted_inventions=0,
    granted_models_and_designs=3,
    undertaking_signed=True,
    contact_verified=True,
)


class TestSubjectFiling(WorkflowContract):
    kind = SUBJECT


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def gu():
    return person("gu", "examiner")


@pytest.fixture
def shen():
    return person("shen", "supervisor")


@pytest.fixture
def lin(shen):
    """Acts for the firm."""
    actor = person("lin")
    return replace(actor, organisation_id=firm_of(actor, shen, "preexam.file").id)


@pytest.fixture
def filing(lin):
    return services.open_subject_filing(actor=lin)


def go(actor, filing, action, note="because"):
    return casework.advance(actor=actor, number=filing.number, action=action, note=note)


@pytest.mark.feature("S1-01")
def test_a_firm_files_and_becomes_active_by_two_people(lin, gu, shen, filing):
    assert filing.number.startswith("HZBA-")
    services.save_subject(actor=lin, number=filing.number, told=FACTS)
    services.submit_subject(actor=lin, number=filing.number)
    services.note_findings(actor=gu, number=filing.number, abnormal_filings=0, dishonest=False)
    shown = selectors.subject(gu, filing.number)
    assert (shown.judged.met, shown.judged.broken, shown.judged.open) == (True, (), ())
    go(gu, filing, "pass_review")
    with pytest.raises(NotPermitted):
        go(gu, filing, "send_to_cnipa")
    go(shen, filing, "send_to_cnipa")
    assert not selectors.has_active_filing(lin.organisation_id)
    go(gu, filing, "record_acceptance")
    assert selectors.has_active_filing(lin.organisation_id)
    go(shen, filing, "suspend", "false documents")
    assert not selectors.has_active_filing(lin.organisation_id)
    with pytest.raises(NotPermitted, match="four_eyes"):
        go(shen, filing, "cancel")
    assert go(person("wu", "supervisor"), filing, "cancel") == "cancelled"


def test_what_is_missing_is_told_all_at_once_and_a_draft_may_be_incomplete(lin, filing):
    services.save_subject(actor=lin, number=filing.number, told=replace(FACTS, contact_name="", insured_staff=None))
    with pytest.raises(Invalid) as refused:
        services.submit_subject(actor=lin, number=filing.number)
    assert refused.value.facts["missing"] == "Contact for intellectual property、Insured staff"
    with pytest.raises(Conflict, match="hand_in_on_page"):
        go(lin, filing, "submit")


def test_a_rule_that_is_not_met_is_told_and_refuses_nobody(lin, filing):
    services.save_subject(actor=lin, number=filing.number, told=replace(FACTS, granted_models_and_designs=2))
    judged = selectors.subject(lin, filing.number).judged
    assert [one.rule.code for one in judged.broken] == ["BA-3"]
    assert [one.rule.code for one in judged.open] == ["BA-4"]  # the centre has not looked yet
    assert services.submit_subject(actor=lin, number=filing.number) == "submitted"
    with pytest.raises(Conflict, match="not_editable"):
        services.save_subject(actor=lin, number=filing.number, told=FACTS)


def test_one_filing_at_a_time_and_only_for_whom_one_acts(lin, filing, gu):
    with pytest.raises(Conflict) as refused:
        services.open_subject_filing(actor=lin)
    assert refused.value.facts["number"] == filing.number
    with pytest.raises(NotPermitted, match="act_for_first"):
        services.open_subject_filing(actor=replace(lin, organisation_id=None))
    with pytest.raises(NotPermitted, match="mandate_missing"):
        services.open_subject_filing(actor=replace(gu, organisation_id=lin.organisation_id))
    go(lin, filing, "withdraw")
    assert services.open_subject_filing(actor=lin).number != filing.number


def test_strangers_see_nothing_and_a_revoked_mandate_ends_it(lin, shen, gu, filing):
    stranger = person("stranger")
    with pytest.raises(NotFound):
        selectors.subject(stranger, filing.number)
    assert (len(selectors.registered_subjects(stranger)), len(selectors.registered_subjects(gu))) == (0, 1)
    with pytest.raises(NotPermitted, match="office_only"):
        services.note_findings(actor=lin, number=filing.number, abnormal_filings=0, dishonest=False)
    with pytest.raises(NotPermitted, match="mandate_missing"):
        services.save_subject(actor=gu, number=filing.number, told=FACTS)
    from qiantang.commons.accounts.api import organisations

    (mandate,) = organisations.mandates_of(lin)
    mandates.revoke_mandate(actor=shen, mandate_id=mandate.id)
    with pytest.raises(NotFound):
        services.save_subject(actor=lin, number=filing.number, told=FACTS)


def test_the_pages_from_the_beginning_to_the_hand_in(lin, gu, client):
    client.force_login(get_user_model().objects.get(pk=lin.person_id))
    client.cookies["qiantang_language"] = "en"
    client.post("/my-organisations/act-for", {"organisation": lin.organisation_id})
    begun = client.post("/preexam/subjects").content.decode()
    assert "Query code" in begun
    ((_, card),) = selectors.registered_subjects(lin)
    page = f"/preexam/subjects/{card.number}"
    assert client.post(page, {"insured_staff": "many"}).status_code == 422
    form = {
        "founded_on": "2020-05-01",
        "in_existence": "true",
        "main_class": "B25J 9/16",
        "contact_name": "Lin",
        "insured_staff": "12",
        "granted_inventions": "1",
        "granted_models_and_designs": "0",
        "undertaking_signed": "true",
        "contact_verified": "unknown",
    }
    assert client.post(page, form).status_code == 302
    refused = client.post(f"{page}/submit")
    assert refused.status_code == 422
    assert "account for electronic filing verified" in refused.content.decode()
    client.post(page, {**form, "contact_verified": "true"})
    assert client.post(f"{page}/submit").status_code == 302
    assert "Under review by the centre" in client.get(page).content.decode()
    client.force_login(get_user_model().objects.get(pk=gu.person_id))
    assert client.post(f"{page}/findings", {"abnormal_filings": "0", "dishonest": "false"}).status_code == 302
    assert client.get("/preexam/subjects").status_code == 200
