"""Cases that belong together: one graph and one timeline, to each reader what is theirs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from qiantang.commons.accounts.api import access
from qiantang.commons.casework import api
from qiantang.commons.casework.models import CaseLink, CaseObject
from qiantang.commons.casework.selectors.drawing import matter_chart
from qiantang.commons.casework.selectors.graph import matter_of, timeline_of
from qiantang.commons.casework.selectors.sheet import case_sheet
from qiantang.commons.casework.services import linking
from qiantang.commons.casework.types import CASE_TYPES, LinkKind
from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.types import Asked
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

from .permits import PASSWORD, PERMIT, brought_to, opened, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-08")]
ARISES = LinkKind.ARISES_FROM


def linked(gu, numbers, kind=ARISES):
    for first, second in pairwise(numbers):
        api.timing.link_cases(actor=gu, first=second, second=first, kind=kind)


def in_matter(actor, number):
    return {card.number for card in matter_of(actor, number).cards}


def browser_of(actor, language="en"):
    browser = Client(headers={"accept-language": language})
    assert browser.login(username=actor.name.casefold(), password=PASSWORD)
    return browser


@pytest.fixture
def chain(lin, stranger, gu):
    """lin's, a stranger's, lin's: the middle one leads from one to the other."""
    numbers = [opened(who, title=f"matter {at}").number for at, who in enumerate((lin, stranger, lin))]
    linked(gu, numbers)
    return numbers


def test_the_office_sees_the_whole_matter_from_any_case_of_it(gu, chain):
    for number in chain:
        matter = matter_of(gu, number)
        assert [card.number for card in matter.cards] == chain
        assert [(one.first, one.second, one.kind) for one in matter.edges] == [
            (chain[1], chain[0], ARISES),
            (chain[2], chain[1], ARISES),
        ]
        assert (matter.start, matter.whole) == (number, True)
    chart = matter_chart(matter_of(gu, chain[0]))
    assert [node.y for node in chart.nodes] == [0, 0.5, 1]  # downwards from where it began
    assert len({node.x for node in chart.nodes}) > 1  # a picture has a width
    assert all(0 <= node.x <= 1 for node in chart.nodes)


def test_a_case_one_may_not_see_is_named_by_nothing_and_leads_nowhere(lin, stranger, gu, chain):
    assert in_matter(lin, chain[0]) == {chain[0]}  # the other of lin's is reached through the stranger's alone
    assert in_matter(stranger, chain[1]) == {chain[1]}
    told = [line.sentence for line in timeline_of(lin, matter_of(lin, chain[0]))]
    assert told == ["Lin opened the case"]
    pages = [browser_of(lin).get(f"/cases/{chain[0]}{tail}").content.decode() for tail in ("", "/matter")]
    compact = chain[1].replace("-", "")
    for page in pages:
        assert chain[1] not in page
        assert compact not in page
    token = access.make_token(actor=lin, name="t", scopes=["cases:read"], days=30).text
    for tail in ("", "/events", "/matter", "/timeline"):
        answer = Client().get(f"/api/v1/cases/{chain[0]}{tail}", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200
        assert chain[1] not in answer.content.decode()
        assert compact not in answer.content.decode()


def test_the_line_of_a_link_is_there_for_who_sees_both(lin, gu):
    first, second = opened(lin).number, opened(lin).number
    linked(gu, [first, second])
    assert case_sheet(lin, first).story[-1].sentence == f"The office linked the case with {second}"
    assert in_matter(lin, second) == {first, second}


def test_one_timeline_in_order_with_internal_lines_for_the_office_alone(lin, gu):
    first, second = opened(lin, title="first").number, opened(lin, title="second").number
    linked(gu, [first, second])
    brought_to("examining", lin, gu, second)
    api.note(actor=gu, number=first, text="ask the archive")
    of_office, of_party = (timeline_of(actor, matter_of(actor, first)) for actor in (gu, lin))
    assert [line.at for line in of_office] == sorted(line.at for line in of_office)
    assert {line.number for line in of_party} == {first, second}
    assert [line.note for line in of_office if line.internal] == ["ask the archive"]
    assert not any(line.internal for line in of_party)
    assert len(of_office) == len(of_party) + 1
    page = browser_of(gu).get(f"/cases/{first}/matter?case={second}").content.decode()
    timeline = page.partition('id="timeline"')[2]
    assert "ask the archive" not in timeline  # of the first case
    assert "Lin submit" in timeline


@pytest.fixture
def deposited(lin, tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path
    asked = Asked(name="photo of the stall", digests={"sha256": "a" * 64, "sm3": "b" * 64}, size_bytes=9)
    return evidence.deposit(actor=lin, asked=asked)


def test_evidence_hangs_on_a_case_for_its_owner_and_the_office(lin, stranger, gu, deposited):
    number = opened(lin).number
    api.parties.add_party(
        actor=gu, number=number, party=api_party(stranger)
    )  # another party of the case, to whom the deposit is not open
    linking.link_object(actor=lin, number=number, noun="deposit", text=deposited, kind=LinkKind.EVIDENCE_FOR)
    linking.link_object(actor=lin, number=number, noun="deposit", text=deposited, kind=LinkKind.EVIDENCE_FOR)
    assert CaseObject.objects.count() == 1
    for actor, seen in ((lin, 1), (gu, 1), (stranger, 0)):
        matter = matter_of(actor, number)
        assert len(matter.things) == seen
        assert any("photo of the stall" in line.sentence for line in timeline_of(actor, matter)) == bool(seen)
    page = browser_of(stranger).get(f"/cases/{number}/matter").content.decode()
    assert deposited not in page


def api_party(actor):
    from qiantang.commons.casework.types import NewParty, PartyRole

    return NewParty(PartyRole.THIRD, person_id=actor.person_id)


def test_what_one_may_not_see_cannot_be_linked(lin, stranger, gu, deposited):
    number = opened(stranger).number
    told = {"number": number, "noun": "deposit", "text": deposited, "kind": LinkKind.EVIDENCE_FOR}
    with pytest.raises(NotFound, match="object_unknown"):
        linking.link_object(actor=stranger, **told)
    with pytest.raises(NotFound, match=r"casework\.unknown"):
        linking.link_object(actor=lin, **told)
    with pytest.raises(Invalid, match="link_kind_unknown"):
        linking.link_object(actor=stranger, **{**told, "kind": LinkKind.MERGED_WITH})
    with pytest.raises(Invalid, match="link_kind_unknown"):
        linking.link_object(actor=stranger, **{**told, "noun": "document"})


def test_a_link_made_in_error_is_taken_back_by_a_lead_and_the_story_keeps_it(lin, gu, shen):
    first, second = opened(lin).number, opened(lin).number
    linked(gu, [first, second])
    told = {"first": second, "second": first, "kind": ARISES}
    with pytest.raises(NotPermitted):
        linking.unlink_cases(actor=gu, **told)
    with pytest.raises(NotFound, match="link_unknown"):
        linking.unlink_cases(actor=shen, **{**told, "kind": LinkKind.PLEDGED_BY})
    linking.unlink_cases(actor=shen, **told)
    assert in_matter(gu, first) == {first}
    assert [line.sentence.split(" ")[1] for line in case_sheet(gu, first).story] == ["opened", "linked", "took"]


def test_by_hand_no_merge_is_claimed_and_no_case_is_linked_with_itself(lin, gu):
    first, second = opened(lin).number, opened(lin).number
    with pytest.raises(Invalid, match="link_kind_unknown"):
        api.timing.link_cases(actor=gu, first=first, second=second, kind=LinkKind.MERGED_WITH)
    browser = browser_of(gu)
    for other, said in ((first, "not linked with itself"), ("HZTS", "number"), (str(second)[:-1] + "x", "number")):
        answer = browser.post(f"/cases/{first}/matter/act", {"act": "link", "kind": "arises_from", "other": other})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert (
        browser.post(f"/cases/{first}/matter/act", {"act": "link", "kind": "odd", "other": second}).status_code == 422
    )
    done = browser.post(f"/cases/{first}/matter/act", {"act": "link", "kind": "arises_from", "other": second})
    assert done.status_code == 302
    page = browser.get(f"/cases/{first}/matter").content.decode()
    assert "arises from" in page
    assert (
        browser_of(lin)
        .post(f"/cases/{first}/matter/act", {"act": "link", "kind": "arises_from", "other": second})
        .status_code
        == 422
    )


def test_a_program_reads_the_matter_and_its_timeline(gu, chain):
    token = access.make_token(actor=gu, name="t", scopes=["cases:read"], days=30).text

    def ask(path):
        return Client().get(f"/api/v1/cases/{path}", headers={"Authorization": f"Bearer {token}"}).json()

    whole = ask(f"{chain[1]}/matter")
    assert [one["number"] for one in whole["cases"]] == chain
    assert whole["links"][0] == {"first": chain[1], "second": chain[0], "kind": "arises_from"}
    assert whole["whole"] is True
    first = ask(f"{chain[1]}/timeline?limit=3")
    rest = ask(f"{chain[1]}/timeline?limit=50&cursor={first['next']}")
    assert first["total"] == len(first["items"]) + len(rest["items"]) == 7
    assert {one["case"] for one in first["items"] + rest["items"]} == set(chain)


class TestAnyGraph(TestCase):
    """Whatever is linked with whatever: a reader sees the part of the matter that is reached through cases of their own."""

    def setUp(self):
        CASE_TYPES._things[PERMIT.key] = PERMIT
        self.lin, self.other, self.gu = person("lin"), person("other"), person("gu", "examiner")
        whose = [self.lin, self.lin, self.lin, self.other, self.other]
        self.keys = [opened(who).id for who in whose]
        self.numbers = [case_sheet(self.gu, opened_number(key)).card.number for key in self.keys]

    def tearDown(self):
        CASE_TYPES._things.pop(PERMIT.key, None)

    @given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda pair: pair[0] != pair[1]), max_size=8))
    @settings(max_examples=10, deadline=None)
    def test_it_is_the_component_among_what_one_sees(self, pairs):
        from django.utils import timezone

        CaseLink.objects.all().delete()
        for first, second in pairs:
            CaseLink.objects.create(
                first_id=self.keys[first], second_id=self.keys[second], kind=ARISES, created_at=timezone.now()
            )
        for actor, own in ((self.lin, {0, 1, 2}), (self.other, {3, 4}), (self.gu, {0, 1, 2, 3, 4})):
            for start in own:
                found = in_matter(actor, self.numbers[start])
                assert found == {self.numbers[one] for one in component(start, pairs, own)}


def opened_number(key):
    from qiantang.commons.casework.models import Case

    return Case.objects.get(pk=key).number


def component(start, pairs, own):
    seen = {start}
    while True:
        more = {b for a, b in pairs if a in seen} | {a for a, b in pairs if b in seen}
        if more & own <= seen:
            return seen
        seen |= more & own
