"""Uses of personal data: told by the journal, refused without consent, and proved by a receipt."""

from __future__ import annotations

import json
from datetime import UTC, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.audit import api
from qiantang.commons.audit.methods import chain, receipts
from qiantang.commons.audit.models import DataConsent
from qiantang.commons.audit.types import PURPOSES, Basis, Entry, Purpose
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

from .test_services import by_hand

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-31")]
SYSTEM = Actor.system("test", Channel.COMMAND)
LIN, SHEN = Actor(person_id=7, name="Lin"), Actor(person_id=8, name="Shen")
OPERATOR = Actor(person_id=9, name="Lu", roles=frozenset({"operator"}))
BY_CONSENT, BY_LAW = "test.letters", "test.statistics"


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    """Two purposes of this test's own beside those of the house."""
    told = {"title": "t", "source": "s", "personal": "p", "retention": "r"}
    mine = {
        BY_CONSENT: Purpose(code=BY_CONSENT, basis=Basis.CONSENT, days=30, **told),
        BY_LAW: Purpose(code=BY_LAW, basis=Basis.DUTY, **told),
    }
    monkeypatch.setattr(PURPOSES, "_things", {**PURPOSES._things, **mine})


def used(purpose=BY_LAW, actor=SYSTEM, **told):
    return api.use_data(actor=actor, purpose=purpose, for_whom="tests", scope="rows:3", counts={"rows": 3}, **told)


def agree(person=LIN, **told):
    api.give_consent(actor=told.pop("actor", person), purpose=BY_CONSENT, person_id=person.person_id, **told)


def told_of(purpose):
    return next(one for one in api.purposes() if one.purpose.code == purpose)


def receipt_text(number, **changed):
    told = api.receipt(SYSTEM, number)
    for part, values in changed.items():
        told[part] = {**told[part], **values}
    return json.dumps(told, ensure_ascii=False).encode()


def test_a_use_is_an_entry_with_purpose_basis_scope_and_counts():
    use = used(snapshot=4)
    (entry,) = api.uses(SYSTEM)
    assert (entry.sequence, entry.verb, entry.subject) == (use, "audit.data.use", f"purpose:{BY_LAW}")
    assert entry.facts == {
        "purpose": BY_LAW,
        "basis": "duty",
        "source": "s",
        "for_whom": "tests",
        "scope": "rows:3",
        "counts": {"rows": 3},
        "until": None,
        "snapshot": 4,
        "people": [],
    }
    assert api.verify() is None
    assert told_of(BY_LAW).uses == 1


def test_a_purpose_nobody_declared_is_no_purpose():
    with pytest.raises(KeyError):
        used("test.curiosity")
    with pytest.raises(ValueError, match="end"):
        Purpose(code="test.forever", basis=Basis.CONSENT, title="t", source="s", personal="p", retention="r")


def test_without_consent_of_everybody_concerned_there_is_no_use():
    with pytest.raises(ValueError, match="people"):
        used(BY_CONSENT)
    agree(LIN)
    with pytest.raises(NotPermitted, match=r"audit\.consent_missing") as refused:
        used(BY_CONSENT, people=[7, 8])
    assert refused.value.facts == {"purpose": BY_CONSENT, "people": 1}
    agree(SHEN)
    used(BY_CONSENT, people=[8, 7])
    (entry,) = api.uses(SYSTEM)
    assert entry.facts["people"] == [7, 8]
    ends = {(timezone.now() + timedelta(days=30, minutes=shift)).date().isoformat() for shift in (-1, 0)}
    assert entry.facts["until"] in ends


def test_a_consent_that_was_withdrawn_or_has_expired_is_none():
    agree()
    api.withdraw_consent(actor=LIN, purpose=BY_CONSENT, person_id=7)
    with pytest.raises(NotPermitted, match=r"audit\.consent_withdrawn"):
        used(BY_CONSENT, people=[7])
    agree()
    used(BY_CONSENT, people=[7])
    DataConsent.objects.filter(withdrawn_at=None).update(until=timezone.now())
    with pytest.raises(NotPermitted, match=r"audit\.consent_expired"):
        used(BY_CONSENT, people=[7])
    assert api.agreeing_to(BY_CONSENT) == frozenset()
    assert [one.verb for one in api.entries(SYSTEM, subject="account:7")] == [
        "audit.consent.give",
        "audit.consent.withdraw",
        "audit.consent.give",
    ]


def test_withdrawing_ends_every_consent_and_withdrawing_nothing_leaves_no_entry():
    agree()
    agree()
    assert told_of(BY_CONSENT).agreeing == 1
    api.withdraw_consent(actor=LIN, purpose=BY_CONSENT, person_id=7)
    assert told_of(BY_CONSENT).agreeing == 0
    before = len(api.entries(SYSTEM))
    api.withdraw_consent(actor=LIN, purpose=BY_CONSENT, person_id=7)
    assert len(api.entries(SYSTEM)) == before


def test_nobody_speaks_for_another_but_an_operator_with_evidence():
    for actor, evidence in ((SHEN, "letter 4"), (OPERATOR, " "), (Actor.public(), "letter 4")):
        with pytest.raises(NotPermitted, match=r"audit\.consent_not_yours"):
            agree(LIN, actor=actor, evidence=evidence)
    agree(LIN, actor=OPERATOR, evidence="letter 4")
    (consent,) = api.consents_of(LIN, 7)
    assert (consent.evidence, consent.withdrawn_at) == ("letter 4", None)
    assert api.consents_of(OPERATOR, 7) == (consent,)
    with pytest.raises(NotPermitted):
        api.consents_of(SHEN, 7)


def test_there_is_no_consent_to_what_rests_on_law_or_is_unknown():
    for purpose, code in ((BY_LAW, "audit.consent_not_asked"), ("test.curiosity", "audit.purpose_unknown")):
        with pytest.raises(Invalid) as refused:
            api.give_consent(actor=LIN, purpose=purpose, person_id=7)
        assert refused.value.code == code


def test_a_receipt_proves_its_use_and_any_change_shows():
    use = used(snapshot=2)
    assert api.check_receipt(receipt_text(use)) == "sound"
    assert api.check_receipt(receipt_text(use, use={"counts": {"rows": 4}})) == "changed"
    assert api.check_receipt(receipt_text(use, act={"actor_name": "somebody else"})) == "changed"
    note = api.record(actor=SYSTEM, verb="test.thing.change", subject="thing:1", facts={})
    (entry,) = [one for one in api.entries(SYSTEM) if one.sequence == note]
    assert api.check_receipt(json.dumps(receipts.receipt_from(entry)).encode()) == "unknown"


def test_a_receipt_of_another_house_is_unknown_and_of_a_broken_one_broken():
    first = used()
    elsewhere = chain.sealed(receipts.entry_in(receipt_text(first, act={"id": 40})))
    assert api.check_receipt(json.dumps(receipts.receipt_from(elsewhere)).encode()) == "unknown"
    content = receipt_text(used())
    by_hand("DELETE FROM audit_auditentry WHERE sequence = 1")
    assert api.check_receipt(content) == "broken"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"no JSON", "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"[]", "format"),
        (json.dumps({"format": receipts.FORMAT}).encode(), "use"),
        (json.dumps({"format": receipts.FORMAT, "use": {}, "act": {}, "journal": {}}).encode(), "id"),
        (
            json.dumps({"format": receipts.FORMAT, "use": {}, "act": {"id": 1, "at": 3}, "journal": {}}).encode(),
            "use, act.id or act.at",
        ),
        (
            b'{"format": "qiantang-data-use-receipt/1", "use": {"x": NaN}, "act": {"id": 1, "at": "2026-01-01"}, "journal": {}}',
            "use, act.id or act.at",
        ),
    ],
)
def test_what_is_no_receipt_is_refused_with_the_place(content, place):
    with pytest.raises(Invalid) as refused:
        api.check_receipt(content)
    assert (refused.value.code, refused.value.facts["place"]) == ("audit.receipt_malformed", place)


def test_receipts_are_for_who_made_the_use_and_for_operators():
    use = used(actor=LIN)
    assert api.receipt(LIN, use) == api.receipt(OPERATOR, use)
    for actor in (SHEN, Actor.public()):
        with pytest.raises(NotFound):
            api.receipt(actor, use)
    note = api.record(actor=LIN, verb="test.thing.change", subject="thing:1", facts={})
    with pytest.raises(NotFound):
        api.receipt(LIN, note)


_VALUES = st.recursive(st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), st.lists, max_leaves=4)


@given(facts=st.dictionaries(st.text(), _VALUES, max_size=4), name=st.text(), at=st.datetimes(timezones=st.just(UTC)))
def test_any_entry_comes_back_out_of_its_receipt(facts, name, at):
    entry = chain.sealed(Entry(3, at, None, name, "web", "c", "audit.data.use", "purpose:x", facts, "0" * 64, ""))
    back = receipts.entry_in(json.dumps(receipts.receipt_from(entry)).encode())
    assert back == entry
    assert chain.digest_of(back) == entry.digest
