"""Names of a load: what is kept, joined, linked and asked, and that cost and outcome do not depend on doing it twice."""

from __future__ import annotations

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiantang.commons.audit import api as audit
from qiantang.corpus.parties import api
from qiantang.corpus.parties.models import FiledName, GroupLink, Membership, NameEvidence, ReviewItem
from qiantang.corpus.parties.types import Learned
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotPermitted

from .conftest import SYSTEM, id_of, learn, party, seen

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S2-11")]
A, B = "杭州钱潮机械有限公司", "杭州钱潮机械股份有限公司"


def test_spellings_of_one_name_are_one_party_and_stay_two_names():
    told = learn("钱潮（甲）机械有限公司", "錢潮(甲)機械有限公司")
    assert told == Learned(names=2, new=2, merged=1)
    assert party("钱潮（甲）机械有限公司") == party("錢潮(甲)機械有限公司")
    assert FiledName.objects.count() == 2
    (row,) = Membership.objects.all()
    assert (row.rule, row.score, row.person, row.undone_at) == ("standard_name", 1.0, SYSTEM.name, None)


def test_another_legal_form_waits_until_something_is_shared():
    assert learn(A, B) == Learned(names=2, new=2, to_review=1)
    assert party(A) != party(B)
    assert learn(seen(A, inventors="钱某"), seen(B, inventors={"钱某", "李某"})).merged == 1
    assert party(A) == party(B)
    row = Membership.objects.get()
    assert (row.rule, row.evidence, set(row.pair)) == ("legal_form", {"inventors": 1}, {A, B})
    assert ReviewItem.objects.get().state == "same"


def test_persons_and_what_may_be_one_are_not_kept():
    told = learn("钱甲乙", "QIAN JIA YI", "约翰·钱", A)
    assert (told.names, told.new, told.persons) == (4, 1, 3)
    assert list(FiledName.objects.values_list("text", flat=True)) == [A]


def test_inventors_and_addresses_are_kept_as_digests_only():
    learn(seen(A, inventors="钱甲乙", addresses="杭州市某路1号"))
    assert NameEvidence.objects.count() == 2
    assert set(NameEvidence.objects.values_list("kind", flat=True)) == {"inventor", "address"}


def test_a_sub_unit_is_linked_whichever_comes_first():
    learn("钱潮大学")
    assert learn("钱潮大学附属第一医院").linked == 1
    learn("钱潮科学院物理研究所")
    assert learn("钱潮科学院").linked == 1
    assert party("钱潮大学") != party("钱潮大学附属第一医院")
    assert {(link.child.text, link.parent.text) for link in GroupLink.objects.all()} == {
        ("钱潮大学附属第一医院", "钱潮大学"),
        ("钱潮科学院物理研究所", "钱潮科学院"),
    }


def test_a_former_name_a_source_states_is_the_same_party_though_never_filed():
    learn(seen("广东钱潮生命科技有限公司", former="广州钱潮投资管理有限公司"))
    assert party("广州钱潮投资管理有限公司") == party("广东钱潮生命科技有限公司")
    assert Membership.objects.get().rule == "former_name"


def test_a_name_in_another_language_comes_by_family_not_by_sound():
    latin = "HANGZHOU QIANCHAO MACHINERY CO., LTD."
    learn(A, latin)
    assert party(A) != party(latin)
    learn(seen("宁波钱潮电器有限公司", families="docdb:7"), seen("NINGBO QIANCHAO ELECTRIC CO LTD", families="docdb:7"))
    assert party("宁波钱潮电器有限公司") == party("NINGBO QIANCHAO ELECTRIC CO LTD")


def test_the_same_credit_code_is_the_same_party():
    learn(
        seen("甲机械有限公司", credit_code="91330100000000000X"),
        seen("乙电器有限公司", credit_code="91330100000000000X"),
    )
    assert party("甲机械有限公司") == party("乙电器有限公司")


def test_several_applicants_in_one_entry_are_found_under_each():
    learn("甲机械有限公司；钱潮大学")
    assert set(api.names_of("钱潮大学", with_group=False)) == {"钱潮大学", "甲机械有限公司;钱潮大学"}
    assert party("甲机械有限公司") != party("钱潮大学")


def test_twice_and_in_any_order_the_same_parties():
    names = [
        seen(A, inventors="钱某"),
        seen(B, inventors="钱某"),
        seen("杭州钱潮机械股份有限公司 "),
        seen("钱潮大学"),
        seen("钱潮大学甲学院"),
        seen("钱潮(甲)厂"),
        seen("钱潮（甲）厂"),
    ]
    Random(7).shuffle(names)
    learn(*names)
    before = {text: party(text) for text in FiledName.objects.values_list("text", flat=True)}
    again = learn(*names)
    assert (again.new, again.merged, again.linked, again.to_review) == (0, 0, 0, 0)
    assert {text: party(text) for text in before} == before
    assert len(set(before.values())) == 4


def test_a_load_is_one_entry_in_the_journal_and_only_operators_may():
    learn(A)
    (entry,) = [one for one in audit.entries(SYSTEM) if one.verb == "parties.names.learn"]
    assert entry.facts["new"] == 1
    with pytest.raises(NotPermitted):
        api.learn_names(actor=Actor.public(), names=[])


def test_the_cost_follows_the_load_not_the_register():
    learn(*(f"钱潮{one}电器有限公司" for one in "甲乙丙丁戊己庚辛"))
    load = [f"李{one}机械有限公司" for one in "甲乙丙"]
    with CaptureQueriesContext(connection) as first:
        learn(*load)
    learn(*(f"王{a}{b}仪表有限公司" for a in "甲乙丙丁戊己庚辛" for b in "一二三四五六七八"))
    with CaptureQueriesContext(connection) as second:
        learn(*(name.replace("李", "张") for name in load))
    assert len(second) == len(first)


def test_a_party_with_too_many_names_is_an_error_with_its_number(monkeypatch):
    monkeypatch.setattr("qiantang.corpus.parties.selectors.cards.MOST_NAMES", 2)
    learn("钱潮大学", "钱潮大学甲学院", "钱潮大学乙学院", "钱潮大学丙学院")
    with pytest.raises(Invalid) as told:
        api.names_of("钱潮大学", with_group=True)
    assert told.value.code == "parties.too_many_names"
    assert api.names_of("钱潮大学", with_group=False) == ("钱潮大学",)


def test_a_party_is_found_by_number_by_name_and_by_another_spelling():
    learn("钱潮（甲）机械有限公司")
    number = id_of("钱潮（甲）机械有限公司")
    assert party(f"P{number}") == party("钱潮(甲)機械有限公司") == number
    assert party("无名有限公司") is None
    assert api.names_of("无名有限公司", with_group=True) is None
    assert api.parties_of(["钱潮（甲）机械有限公司", "无名有限公司"]) == {"钱潮（甲）机械有限公司": number}
