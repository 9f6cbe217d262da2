"""Others sign too: joint owners, who is represented, a legal representative; and the scope and end of a mandate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from qiantang.commons.accounts.api import mandates, organisations
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.portal.hall.models import CoSignature
from qiantang.portal.hall.selectors.matters import matter_row, still_open
from qiantang.portal.hall.selectors.signing import mandate_used, signatures
from qiantang.portal.hall.services import matters, signing

from .conftest import SYSTEM, filled, person, state, uploaded
from .test_results import browser_of, for_firm

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S10-08")]


def day(count):
    return timezone.localdate() + timedelta(days=count)


@pytest.fixture
def qian(hall):
    return person("qian")


def begun(actor, **answers):
    number = matters.open_matter(actor=actor, code="0202").number
    filled(actor, number, **answers)
    uploaded(actor, number, "licence_contract")
    for paper in still_open(matter_row(actor, number)).papers:
        matters.say_of_paper(actor=actor, number=number, paper=paper.key, state="bring")
    return number


def open_signatures(actor, number):
    return list(still_open(matter_row(actor, number)).signatures)


def test_a_joint_owner_signs_what_stands_there_and_a_change_voids_it(lin, qian):
    number = begun(lin, joint="yes")
    assert open_signatures(lin, number)  # a joint owner is named at all
    with pytest.raises(Invalid, match="answers_open"):
        matters.submit_matter(actor=lin, number=number)
    with pytest.raises(NotFound):
        matter_row(qian, number)
    signing.ask_signature(actor=lin, number=number, role="joint_owner", username="qian")
    signing.sign_matter(actor=qian, number=number)
    assert open_signatures(lin, number) == []
    filled(lin, number, joint="yes", subject="something else")
    assert [one.state for one in signatures(lin, matter_row(lin, number))] == ["stale"]
    with pytest.raises(Invalid, match="answers_open"):
        matters.submit_matter(actor=lin, number=number)
    signing.sign_matter(actor=qian, number=number)
    assert matters.submit_matter(actor=lin, number=number) == "submitted"


def test_who_signs_neither_fills_in_nor_hands_in_nor_withdraws(lin, qian):
    number = begun(lin)
    signing.ask_signature(actor=lin, number=number, role="legal_representative", username="qian")
    for act in (matters.submit_matter, matters.withdraw_matter):
        with pytest.raises(NotPermitted, match="signers_sign"):
            act(actor=qian, number=number)
    with pytest.raises(NotPermitted, match="signers_sign"):
        filled(qian, number)
    signing.refuse_signature(actor=qian, number=number, why="not agreed with me")
    (one,) = signatures(lin, matter_row(lin, number))
    assert (one.state, one.why) == ("refused", "not agreed with me")
    signing.drop_signature(actor=lin, number=number, signature_id=one.id)
    with pytest.raises(NotFound):
        matter_row(qian, number)
    assert matters.submit_matter(actor=lin, number=number) == "submitted"


def test_an_agent_acts_while_the_authority_lasts(lin, qian):
    number = matters.open_matter(actor=lin, code="0202").number
    filled(lin, number, agent="yes", agent_name="Lin")
    uploaded(lin, number, "licence_contract")
    assert [one.key for one in still_open(matter_row(lin, number)).papers] == ["attorney"]
    signing.ask_signature(actor=lin, number=number, role="principal", username="qian")
    assert still_open(matter_row(lin, number)).papers == ()  # the signature stands for the paper
    assert open_signatures(lin, number)
    for until in (None, day(-1), day(400)):
        with pytest.raises(Invalid, match="authority_days"):
            signing.sign_matter(actor=qian, number=number, until=until)
    signing.sign_matter(actor=qian, number=number, until=day(30))
    assert matters.submit_matter(actor=lin, number=number) == "submitted"
    CoSignature.objects.update(until=day(-1))
    with pytest.raises(NotPermitted, match="authority_ended"):
        matters.withdraw_matter(actor=lin, number=number)
    assert state(number) == "submitted"


def test_a_mandate_shows_its_end_and_ends(lin):
    firm = for_firm(lin)
    number = begun(firm)
    (held,) = organisations.mandates_of(firm)
    assert mandate_used(firm).end_date == held.end_date
    mandates.revoke_mandate(actor=SYSTEM, mandate_id=held.id)
    with pytest.raises(NotFound):
        matters.submit_matter(actor=firm, number=number)
    for scope, start, end in (("preexam.file", 0, 5), ("hall.file", 2, 5)):  # for something else; not yet
        asked = mandates.request_mandate(
            actor=lin,
            organisation_id=firm.organisation_id,
            scopes=[scope],
            start_date=day(start),
            end_date=day(end),
            evidence="委托书",
        )
        mandates.settle_mandate(actor=SYSTEM, mandate_id=asked.id, grant=True)
        with pytest.raises(NotFound):
            matter_row(firm, number)
        mandates.revoke_mandate(actor=SYSTEM, mandate_id=asked.id)


def test_who_is_asked(lin, qian):
    number = begun(lin)
    with pytest.raises(NotFound):
        signing.ask_signature(actor=lin, number=number, role="joint_owner", username="nobody")
    for role, who in (("joint_owner", "lin"), ("king", "qian")):
        with pytest.raises(Invalid, match="signer_unfit"):
            signing.ask_signature(actor=lin, number=number, role=role, username=who)
    signing.ask_signature(actor=lin, number=number, role="joint_owner", username="qian")
    with pytest.raises(Conflict, match="signer_known"):
        signing.ask_signature(actor=lin, number=number, role="joint_owner", username="qian")
    with pytest.raises(NotPermitted, match="filer_asks"):
        signing.ask_signature(actor=qian, number=number, role="joint_owner", username="lin")
    with pytest.raises(NotFound, match="signature_unknown"):
        signing.sign_matter(actor=lin, number=number)


def test_the_page_of_signatures(lin, qian):
    number = begun(lin, joint="yes")
    mine, theirs = browser_of(lin), browser_of(qian)
    assert "Signature" in mine.get(f"/matters/{number}/preview").content.decode()
    sent = mine.post(f"/matters/{number}/signatures/ask", {"role": "joint_owner", "username": "qian"})
    assert sent.status_code == 302
    assert "Your signature is asked for" in theirs.get(f"/matters/{number}/signatures").content.decode()
    refused = theirs.post(f"/matters/{number}/signatures/sign", {"act": "sign"})
    assert (refused.status_code, "/step-up" in refused["Location"]) == (302, True)  # who is there is asked anew
    assert not CoSignature.objects.get().signed_at
