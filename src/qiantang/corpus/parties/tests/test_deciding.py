"""What a person decides, and that it can be taken back and outlasts the next load."""

from __future__ import annotations

from datetime import date

import pytest

from qiantang.commons.audit import api as audit
from qiantang.corpus.parties import api
from qiantang.corpus.parties.models import Membership, ReviewItem
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest

from .conftest import OPERATOR, SYSTEM, id_of, learn, party, seen

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S2-11")]
A, B, C = "杭州钱潮机械有限公司", "杭州钱潮机械股份有限公司", "钱潮机械（甲）有限公司"


def merge(one, other, reason="同一主体，工商登记可查"):
    api.merge(actor=OPERATOR, first=id_of(one), second=id_of(other), reason=reason)


def undo(name, reason="不是同一主体"):
    membership = Membership.objects.get(name=id_of(name), undone_at=None)
    return api.undo(actor=OPERATOR, membership=membership.pk, reason=reason)


def test_a_merge_is_undone_and_stays_undone_after_the_next_load():
    both = [seen(A, inventors="钱某"), seen(B, inventors="钱某")]
    learn(*both)
    assert party(A) == party(B)
    assert undo(B) == id_of(B)
    assert party(A) != party(B)
    again = learn(*both)
    assert (again.merged, party(A) != party(B)) == (0, True)
    row = Membership.objects.get()
    assert (row.undone_by, row.undone_reason) == ("Lu", "不是同一主体")
    merge(A, B)  # a person may say otherwise again
    assert party(A) == party(B)


def test_undoing_a_merge_in_the_middle_takes_with_it_what_had_joined_it():
    learn(A, B, C, "钱潮丁厂")
    merge(B, C)
    merge(A, B)
    merge("钱潮丁厂", A)
    assert len({party(one) for one in (A, B, C, "钱潮丁厂")}) == 1
    undo(B)
    assert party(B) == party(C)
    assert party(A) == party("钱潮丁厂") != party(B)


def test_every_decision_has_its_reason_its_person_and_its_entry_in_the_journal():
    learn(A, C)
    with pytest.raises(Invalid, match="reason_missing"):
        merge(A, C, reason=" ")
    merge(A, C)
    undo(C)
    verbs = [one.verb for one in audit.entries(SYSTEM)]
    assert {"parties.membership.merge", "parties.membership.undo"} <= set(verbs)


@pytest.mark.parametrize("actor", [Actor.public(), Actor(person_id=2, name="Shen")])
def test_others_may_not_decide(actor):
    learn(A, B)
    item = ReviewItem.objects.get().pk
    for act in (
        lambda: api.merge(actor=actor, first=id_of(A), second=id_of(B), reason="x"),
        lambda: api.decide(actor=actor, item=item, answer="same", reason="x"),
        lambda: api.link_group(actor=actor, child=id_of(A), parent=id_of(B), since=None, reason="x"),
        lambda: api.open_pairs(actor, PageRequest()),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_what_is_done_cannot_be_done_again():
    learn(A, B, C)
    merge(A, C)
    with pytest.raises(Conflict, match="already_one"):
        merge(A, C)
    row = Membership.objects.get()
    undo(C)
    with pytest.raises(Conflict, match="already_undone"):
        api.undo(actor=OPERATOR, membership=row.pk, reason="x")
    with pytest.raises(NotFound, match="membership_unknown"):
        api.undo(actor=OPERATOR, membership=0, reason="x")
    with pytest.raises(NotFound, match=r"parties\.unknown"):
        api.merge(actor=OPERATOR, first=0, second=id_of(A), reason="x")


def test_the_queue_puts_first_what_shares_most():
    learn(
        A,
        B,
        seen("宁波钱潮爱家生活电器有限公司", inventors={"甲", "乙"}),
        seen("宁波钱潮爱家电器有限公司", inventors={"甲", "乙"}),
    )
    pairs = api.open_pairs(OPERATOR, PageRequest())
    assert pairs.total == 2
    assert [pair.evidence for pair in pairs.items] == [{"inventors": 2}, {}]
    assert pairs.items[0].first == "宁波钱潮爱家生活电器有限公司"


@pytest.mark.parametrize(
    ("answer", "one_party", "with_group"),
    [("same", True, 2), ("apart", False, 1), ("group", False, 2), ("group_reversed", False, 1)],
)
def test_each_answer_of_the_queue(answer, one_party, with_group):
    learn(A, B)
    item = ReviewItem.objects.get().pk
    api.decide(actor=OPERATOR, item=item, answer=answer, reason="查过登记", since=date(2019, 1, 1))
    assert (party(A) == party(B)) is one_party
    assert len(api.names_of(A, with_group=True)) == with_group
    assert api.open_pairs(OPERATOR, PageRequest()).total == 0
    assert learn(seen(A, inventors="某"), seen(B, inventors="某")).merged == 0
    with pytest.raises(Conflict, match="already_decided"):
        api.decide(actor=OPERATOR, item=item, answer=answer, reason="x")
    with pytest.raises(Invalid, match="answer_unknown"):
        api.decide(actor=OPERATOR, item=item, answer="perhaps", reason="x")


def test_a_group_is_dated_has_no_circle_and_its_link_is_undone():
    learn(A, C)
    api.link_group(actor=OPERATOR, child=id_of(C), parent=id_of(A), since=date(2099, 1, 1), reason="公告")
    assert len(api.names_of(A, with_group=True)) == 1  # not yet
    api.unlink_group(actor=OPERATOR, link=_links_of(A, C), reason="早了")
    api.link_group(actor=OPERATOR, child=id_of(C), parent=id_of(A), since=date(2019, 1, 1), reason="公告")
    assert len(api.names_of(A, with_group=True)) == 2
    assert len(api.names_of(C, with_group=True)) == 1
    card = api.party_card(id_of(A))
    assert [(link.name, link.kind, link.since) for link in card.below] == [(C, "subsidiary", date(2019, 1, 1))]
    with pytest.raises(Conflict, match="group_circle"):
        api.link_group(actor=OPERATOR, child=id_of(A), parent=id_of(C), since=None, reason="x")
    with pytest.raises(Conflict, match="group_of_itself"):
        api.link_group(actor=OPERATOR, child=id_of(A), parent=id_of(A), since=None, reason="x")
    api.unlink_group(actor=OPERATOR, link=card.below[0].id, reason="已出售")
    assert len(api.names_of(A, with_group=True)) == 1


def _links_of(parent, child):
    from qiantang.corpus.parties.models import GroupLink

    return GroupLink.objects.get(parent=id_of(parent), child=id_of(child)).pk
