"""Who is linked with the parties of a case: by verified keys alone, for a need, and with no consequence by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api
from qiantang.commons.casework.methods.linked_keys import flag_bound, flag_bounds, folded_key, masked_key
from qiantang.commons.casework.models import Case, CaseParty, EntityFlag, VerifiedKey
from qiantang.commons.casework.selectors.linked import MOST_CASES, links_of
from qiantang.commons.casework.services import linked
from qiantang.commons.casework.services.archiving.emptying import empty_case
from qiantang.commons.casework.types import CASE_TYPES, NewParty, PartyRole
from qiantang.commons.casework.types.linked import KeyKind
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

from .permits import PASSWORD, PERMIT, firm_of, opened, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-05")]
NEED = "complaint of 3 May"
PHONE = "+86 138-0013-8000"


def party_of(number):
    return CaseParty.objects.filter(case__number=number.replace("-", "")).order_by("pk").first().pk


def verified(actor, number, value=PHONE, kind="phone", **more):
    told = {
        "source": "answered",
        "evidence": "called back",
        "as_of": timezone.localdate(),
        "party": party_of(number),
        **more,
    }
    return linked.verify_key(actor=actor, number=number, kind=kind, value=value, **told)


def names_linked(actor, number):
    return [link.name for one in linked.read_linked(actor=actor, number=number, need=NEED) for link in one.links]


def flagged(actor, number, days=30):
    until = timezone.localdate() + timedelta(days=days)
    return linked.flag_entity(
        actor=actor, number=number, party=party_of(number), reason="three filings from one desk", until=until
    )


@pytest.fixture
def of_lin(lin):
    return opened(lin, title="Lin's pump").number


@pytest.fixture
def of_stranger(stranger):
    return opened(stranger, title="A stranger's valve").number


def test_an_equal_verified_key_links_and_shows_which_masked(shen, of_lin, of_stranger):
    verified(shen, of_lin)
    assert names_linked(shen, of_lin) == []
    verified(shen, of_stranger, "138 0013 8000")
    found = linked.read_linked(actor=shen, number=of_lin, need=NEED)
    (link,) = found[0].links
    assert (link.name, link.keys) == ("Stranger", ((KeyKind.PHONE, "***8000"),))
    assert [card.number for card in link.cases.cards] == [of_stranger]
    assert names_linked(shen, of_stranger) == ["Lin"]


def test_what_nobody_verified_links_nobody(shen, lin):
    twins = [opened(person(name), title="same title").number for name in ("wang1", "wang2")]
    CaseParty.objects.update(name="王伟")
    verified(shen, twins[0])
    assert names_linked(shen, twins[0]) == []
    for more in ({"source": "hearsay"}, {"evidence": " "}):
        with pytest.raises(Invalid, match="key_evidence"):
            verified(shen, twins[1], **more)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for day in (None, tomorrow):
        with pytest.raises(Invalid, match="key_day"):
            verified(shen, twins[1], as_of=day)
    assert names_linked(shen, twins[0]) == []


def test_the_value_is_kept_nowhere_and_a_digest_is_keyed(shen, of_lin, settings):
    verified(shen, of_lin, "6222 0000 1111 2345", "account")
    row = VerifiedKey.objects.get()
    stored = " ".join(str(getattr(row, field.attname)) for field in VerifiedKey._meta.fields)
    assert "62220000" not in stored
    assert row.masked == "***2345"
    settings.SECRET_KEY = "another house"
    verified(shen, of_lin, "6222 0000 1111 2345", "account")
    assert len(set(VerifiedKey.objects.values_list("digest", flat=True))) == 2
    assert "62220000" not in str([one.facts for one in audit.entries(Actor.system("test"))])


def test_kinds_do_not_match_across_and_an_ended_key_links_nobody(shen, of_lin, of_stranger):
    verified(shen, of_lin, "13800138000", "account")
    verified(shen, of_stranger)
    assert names_linked(shen, of_lin) == []
    verified(shen, of_lin)
    key = verified(shen, of_lin)
    assert VerifiedKey.objects.filter(kind="phone", ended_at__isnull=True).count() == 2
    assert names_linked(shen, of_lin) == ["Stranger"]
    with pytest.raises(NotFound, match="key_unknown"):
        linked.end_key(actor=shen, number=of_stranger, key=key, why="moved")
    linked.end_key(actor=shen, number=of_lin, key=key, why="moved")
    assert names_linked(shen, of_lin) == []


def test_a_firm_is_linked_with_a_person_and_with_another_party_of_the_same_case(lin, stranger, shen):
    firm = firm_of(lin, shen)
    number = opened(lin, firm).number
    api.parties.add_party(actor=shen, number=number, party=NewParty(PartyRole.OPPONENT, person_id=stranger.person_id))
    against = CaseParty.objects.get(person_id=stranger.person_id).pk
    verified(shen, number, "AG-33 012", "agent")
    verified(shen, number, "ag33012", "agent", party=against)
    found = linked.read_linked(actor=shen, number=number, need=NEED)
    assert [[link.entity.noun for link in one.links] for one in found] == [["person"], ["organisation"]]
    assert found[0].links[0].cases.cards == ()


def test_nobody_is_named_who_stands_only_in_cases_that_the_reader_may_not_see(shen, gu, of_lin, of_stranger):
    verified(shen, of_lin)
    verified(shen, of_stranger)
    flagged(shen, of_stranger)
    Case.objects.filter(number=of_stranger.replace("-", "")).update(kind="casework.old_file")
    api.parties.assign(actor=gu, number=of_lin, person_id=gu.person_id)
    found = linked.read_linked(actor=gu, number=of_lin, need=NEED)
    assert found[0].links == ()
    page = browser_of(gu).post(f"/cases/{of_lin}/linked", {"need": NEED}).content.decode()
    assert not any(text in page for text in ("Stranger", of_stranger, "valve", "three filings"))


def test_who_reads_says_for_what_and_the_journal_keeps_it(shen, of_lin):
    for need in ("", "  x ", "y" * 301):
        with pytest.raises(Invalid, match="linked_need"):
            linked.read_linked(actor=shen, number=of_lin, need=need)
    linked.read_linked(actor=shen, number=of_lin, need=f" {NEED} ")
    read = [one for one in audit.entries(Actor.system("t")) if one.verb == "casework.linked.read"]
    assert [(one.facts["need"], one.facts["linked"]) for one in read] == [(NEED, 0)]


def test_only_who_has_the_case_in_hand_leads_or_audits_reads(lin, gu, shen, stranger, of_lin):
    auditor = person("audit", "auditor")
    for actor, refusal in ((lin, NotPermitted), (gu, NotPermitted), (stranger, NotFound)):
        with pytest.raises(refusal):
            linked.read_linked(actor=actor, number=of_lin, need=NEED)
    assert linked.read_linked(actor=auditor, number=of_lin, need=NEED)
    with pytest.raises(NotPermitted, match="linked_refused"):
        verified(auditor, of_lin)
    api.parties.assign(actor=gu, number=of_lin, person_id=gu.person_id)
    assert linked.read_linked(actor=gu, number=of_lin, need=NEED)
    own = opened(shen).number
    with pytest.raises(NotPermitted, match="linked_refused"):
        linked.read_linked(actor=shen, number=own, need=NEED)


def test_a_flag_needs_a_reason_and_ends_on_its_day_by_itself(shen, of_lin):
    today = timezone.localdate()
    most = flag_bound(today).days
    for days in (0, -1, most + 1):
        with pytest.raises(Invalid, match="flag_until"):
            flagged(shen, of_lin, days)
    with pytest.raises(Invalid, match="flag_reason"):
        linked.flag_entity(actor=shen, number=of_lin, party=party_of(of_lin), reason="", until=today)
    key = flagged(shen, of_lin, most)
    with pytest.raises(Conflict, match="flag_there"):
        flagged(shen, of_lin)
    assert [flag.by for flag in links_of(shen, row_of(of_lin))[0].flags] == ["Shen"]
    EntityFlag.objects.filter(pk=key).update(expires_on=today + timedelta(days=1))
    assert len(links_of(shen, row_of(of_lin))[0].flags) == 1
    EntityFlag.objects.filter(pk=key).update(expires_on=today)
    assert links_of(shen, row_of(of_lin))[0].flags == ()
    with pytest.raises(NotFound, match="flag_unknown"):
        linked.lift_flag(actor=person("second", "supervisor"), number=of_lin, flag=key, note="late")


def row_of(number):
    return Case.objects.get(number=number.replace("-", ""))


def test_a_second_person_reviews_a_flag_and_may_lift_it(shen, of_lin):
    second = person("second", "supervisor")
    key = flagged(shen, of_lin)
    for act in (linked.review_flag, linked.lift_flag):
        with pytest.raises(NotPermitted, match="flag_own"):
            act(actor=shen, number=of_lin, flag=key, note="fine")
        with pytest.raises(Invalid, match="note_missing"):
            act(actor=second, number=of_lin, flag=key, note=" ")
    linked.review_flag(actor=second, number=of_lin, flag=key, note="addresses compared")
    (flag,) = links_of(shen, row_of(of_lin))[0].flags
    assert (flag.reviewed_by, flag.review, flag.own) == ("Second", "addresses compared", True)
    with pytest.raises(Conflict, match="flag_reviewed"):
        linked.review_flag(actor=second, number=of_lin, flag=key, note="again")
    linked.lift_flag(actor=second, number=of_lin, flag=key, note="one agency serves both")
    assert links_of(shen, row_of(of_lin))[0].flags == ()


def test_a_flag_refuses_nothing_the_step_of_a_flagged_party_goes_through(lin, gu, shen, of_lin):
    flagged(shen, of_lin)
    api.advance(actor=lin, number=of_lin, action="submit", facts={})
    api.advance(actor=gu, number=of_lin, action="propose", note="fine", facts={})
    api.advance(actor=shen, number=of_lin, action="confirm", facts={})
    assert row_of(of_lin).state == "granted"
    assert opened(lin).number


def test_a_party_by_name_alone_has_neither_keys_nor_flags(shen, of_lin):
    api.parties.add_party(actor=shen, number=of_lin, party=NewParty(PartyRole.OPPONENT, name="Lin"))
    by_name = CaseParty.objects.get(person__isnull=True).pk
    with pytest.raises(Invalid, match="linked_by_name"):
        verified(shen, of_lin, party=by_name)
    with pytest.raises(NotFound, match="linked_party"):
        verified(shen, of_lin, party=by_name + 999)
    assert [one.entity is None for one in links_of(shen, row_of(of_lin))] == [False, True]


def test_keys_go_with_the_last_case_of_whom_they_are_of(lin, shen, of_lin):
    other = opened(lin).number
    verified(shen, of_lin)
    flagged(shen, of_lin)
    assert empty_case(row_of(other))["casework.VerifiedKey"] == 0
    found = empty_case(row_of(of_lin))
    assert (found["casework.VerifiedKey"], found["casework.EntityFlag"]) == (1, 1)
    assert not VerifiedKey.objects.exists()


def test_of_many_cases_the_newest_are_shown_and_the_others_counted(lin, shen, of_lin):
    others = [opened(lin).number for _ in range(MOST_CASES + 2)]
    told = links_of(shen, row_of(of_lin))[0].cases
    assert [card.number for card in told.cards] == others[:1:-1]
    assert told.more == 2


def browser_of(actor, language="en"):
    browser = Client(headers={"accept-language": language})
    assert browser.login(username=actor.name.casefold(), password=PASSWORD)
    return browser


def test_the_page_asks_for_a_need_and_is_opened_from_the_case(lin, gu, shen, of_lin, of_stranger):
    browser, here = browser_of(shen), f"/cases/{of_lin}/linked"
    assert here in browser.get(f"/cases/{of_lin}").content.decode()
    for actor in (lin, gu):
        assert here not in browser_of(actor).get(f"/cases/{of_lin}").content.decode()
        assert browser_of(actor).get(here).status_code == 403
    verified(shen, of_stranger)
    assert "Stranger" not in browser.get(here).content.decode()
    assert browser.post(here, {"need": ""}).status_code == 422
    sent = {"act": "verify", "need": NEED, "party": party_of(of_lin), "kind": "phone", "source": "answered"}
    sent |= {"value": PHONE, "evidence": "called back", "as_of": timezone.localdate().isoformat()}
    refused = browser.post(f"{here}/act", {**sent, "value": "12"})
    assert (refused.status_code, "cannot be read as a key" in refused.content.decode()) == (422, True)
    page = browser.post(f"{here}/act", sent).content.decode()
    assert "Stranger" in page
    assert "***8000" in page
    assert PHONE not in page
    until = (timezone.localdate() + timedelta(days=9)).isoformat()
    sent = {"act": "flag", "need": NEED, "party": party_of(of_lin), "reason": "one desk", "until": until}
    assert "one desk" in browser.post(f"{here}/act", sent).content.decode()
    assert browser.post(f"{here}/act", {**sent, "need": ""}).status_code == 422
    chinese = browser_of(shen, "zh-hans").post(here, {"need": NEED}).content.decode()
    assert "关联主体" in chinese


def test_the_table_of_bounds_has_a_day_a_source_and_no_number_in_code():
    assert flag_bounds()
    assert all(one.days > 0 and one.source for one in flag_bounds())
    with pytest.raises(LookupError):
        flag_bound(timezone.localdate().replace(year=1990, day=1))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("phone", "+86 138-0013-8000", "１３８００１３８０００"),
        ("phone", "+86 571 8888 8888", "0571-88888888"),
        ("phone", "0086 13800138000", "8613800138000"),
        ("email", " Office@Pump.CN ", "office@pump.cn"),
        ("account", "6222 0000-1111 2345", "6222000011112345"),
        ("legal_representative", "33010619800101123x", "33010619800101123Ｘ"),
        ("address", "杭州市西湖区文三路 90 号，3 幢", "杭州市西湖区文三路９０号3幢"),
        ("agent", "ag-33012", "AG 33012"),
    ],
)
def test_spellings_of_one_value_are_one_key(kind, one, other):
    assert folded_key(KeyKind(kind), one) == folded_key(KeyKind(kind), other) != ""


@pytest.mark.parametrize(
    ("kind", "text"), [("phone", "12"), ("email", "a@b"), ("account", "1"), ("address", "x"), ("agent", "")]
)
def test_what_is_no_value_is_no_key(kind, text):
    assert folded_key(KeyKind(kind), text) == ""


@given(
    st.sampled_from(list(KeyKind)), st.one_of(st.text(max_size=40), st.from_regex(r"\+?[0-9 -]{6,20}", fullmatch=True))
)
@settings(max_examples=150, deadline=None)
def test_folding_twice_is_folding_once_and_blanks_and_capitals_change_nothing(kind, text):
    folded = folded_key(kind, text)
    assert folded_key(kind, f" {text}\t") == folded
    if folded:
        assert folded_key(kind, folded) == folded
        assert folded not in masked_key(kind, folded)


class TestLinksAreSymmetric(TestCase):
    """Whatever keys whoever has: who is linked with me, I am linked with, by the same kinds."""

    def setUp(self):
        CASE_TYPES._things[PERMIT.key] = PERMIT
        self.shen = person("shen", "supervisor")
        self.cases = [row_of(opened(person(f"party{at}")).number) for at in range(4)]

    def tearDown(self):
        CASE_TYPES._things.pop(PERMIT.key, None)

    @given(st.sets(st.tuples(st.integers(0, 3), st.sampled_from(["phone", "account"]), st.integers(0, 1)), max_size=8))
    @settings(max_examples=12, deadline=None)
    def test_both_ways(self, held):
        VerifiedKey.objects.all().delete()
        for who, kind, value in held:
            verified(self.shen, self.cases[who].number, f"1380013800{value}", kind)
        people = [CaseParty.objects.get(case=case).person_id for case in self.cases]
        found = {
            (people[at], link.entity.key): {kind for kind, _ in link.keys}
            for at, case in enumerate(self.cases)
            for link in links_of(self.shen, case)[0].links
        }
        for (one, other), kinds in found.items():
            assert found[other, one] == kinds
        expected = {
            (people[a], people[b]) for a, kind, v in held for b, other, w in held if a != b and (kind, v) == (other, w)
        }
        assert set(found) == expected
