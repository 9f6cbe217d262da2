"""A lawful request: the name leaves every table, what hung on it stands alone, and no load brings it back."""

from __future__ import annotations

import pytest

from qiantang.corpus.parties import api
from qiantang.corpus.parties.models import FiledName, Membership, NameEvidence
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotPermitted

from .conftest import SYSTEM, id_of, learn, party, seen
from .rows import tables_holding

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-31")]
GONE = "欧阳德公司"
A, B = "钱潮（甲）机械有限公司", "錢潮(甲)機械有限公司"


def forget(name=GONE):
    return api.forget_name(actor=SYSTEM, name=name)


def test_a_name_goes_from_every_table_with_the_entries_that_hold_it():
    learn(GONE, f"{GONE};钱潮大学", seen("钱潮大学", inventors=GONE))
    assert "parties_filedname" in tables_holding(GONE)
    assert forget(" 欧阳德公司 ") == 2
    assert tables_holding(GONE) == []
    assert list(FiledName.objects.values_list("text", flat=True)) == ["钱潮大学"]
    assert not NameEvidence.objects.exists()
    assert forget() == 0


def test_an_organisation_whose_name_contains_the_name_stays():
    learn(GONE, f"杭州{GONE}研究所")
    assert forget() == 1
    assert party(f"杭州{GONE}研究所") is not None


def test_no_later_load_brings_it_back_in_any_spelling():
    learn(GONE)
    forget()
    told = learn("歐陽德公司", GONE, f"{GONE};钱潮大学", seen("钱潮大学", former=GONE))
    assert tables_holding(GONE) == []
    assert told.new == 1
    assert party("钱潮大学") is not None


def test_what_had_joined_through_it_stands_alone_and_the_rest_stays_joined():
    learn(A, B, GONE, "钱潮大学")
    for other in (A, "钱潮大学"):
        api.merge(actor=SYSTEM, first=id_of(GONE), second=id_of(other), reason="by hand")
    assert party("钱潮大学") == party(A) == party(B)
    forget()
    assert party(A) == party(B) != party("钱潮大学")
    assert all(GONE not in row.pair for row in Membership.objects.all())


def test_only_operators_may_and_there_must_be_a_name():
    with pytest.raises(NotPermitted):
        api.forget_name(actor=Actor.public(), name=GONE)
    with pytest.raises(Invalid, match=r"parties\.name_missing"):
        forget(" ")
