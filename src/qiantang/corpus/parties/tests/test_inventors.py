"""Inventors: one person is never concluded from a name alone, and one patent never names a person twice."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.parties.methods import inventors
from qiantang.corpus.parties.methods.inventors import Mention, names_agree, plain_name, same_person
from qiantang.corpus.parties.methods.quality import pairwise
from qiantang.kernel.share import Share

pytestmark = pytest.mark.feature("S2-11")


def mention(key, patent, given_name="Jia", last="Qian", **more):
    return Mention(
        key, patent, given_name, last, **{k: frozenset(v) if isinstance(v, set) else v for k, v in more.items()}
    )


def clusters(*mentions):
    found = same_person(mentions)
    return {frozenset(k for k in found if found[k] == head) for head in found.values()}


def test_entities_accents_and_titles_make_no_difference():
    assert plain_name("M&uuml;ller, Jr.") == plain_name("Müller") == "muller"
    assert plain_name("&Zacute;ak") == "zak"


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("j robert", "john robert", True),
        ("john", "john robert", True),
        ("john robert", "john michael", False),
        ("", "a", False),
    ],
)
def test_initials_stand_for_names(one, other, agree):
    assert names_agree(one, other) is names_agree(other, one) is agree


def test_a_name_alone_joins_nobody():
    assert clusters(mention("a", "1"), mention("b", "2")) == {frozenset("a"), frozenset("b")}


def test_a_shared_co_inventor_joins_and_so_does_assignee_with_class_or_city():
    beside = {"chao yi"}
    assert clusters(mention("a", "1", beside=beside), mention("b", "2", beside=beside)) == {frozenset("ab")}
    here = {"assignees": {"X"}, "city": "Hangzhou"}
    assert clusters(mention("a", "1", **here), mention("b", "2", **here)) == {frozenset("ab")}
    apart = mention("b", "2", assignees={"X"}, classes={"G06F"})
    assert clusters(mention("a", "1", assignees={"X"}, classes={"H01M"}), apart) == {frozenset("a"), frozenset("b")}


def test_two_mentions_on_one_patent_are_two_persons_also_by_detour():
    beside = {"chao yi"}
    first, second, third = (mention(k, p, beside=beside) for k, p in (("a", "1"), ("b", "2"), ("c", "1")))
    assert clusters(first, second, third) == {frozenset("ab"), frozenset("c")}


@given(
    st.lists(
        st.tuples(st.sampled_from("1234"), st.sampled_from(["Jia", "J", "Yi"]), st.sampled_from("xyz")), max_size=12
    )
)
def test_every_mention_has_one_person_and_no_patent_has_one_twice(rows):
    mentions = [mention(f"{i:02d}", patent, name, beside={friend}) for i, (patent, name, friend) in enumerate(rows)]
    found = same_person(mentions)
    assert found.keys() == {one.key for one in mentions}
    named = [(found[one.key], one.patent) for one in mentions]
    assert len(named) == len(set(named))
    assert same_person(reversed(mentions)) == found


def by_all_pairs(mentions):
    """The rule as it is said: key after key, each pair of mentions that shares it; two of one patent are never one."""
    known = sorted(mentions, key=lambda one: one.key)
    under = defaultdict(list)
    for one in known:
        for beside in one.beside:
            under[plain_name(one.last), "beside", beside].append(one)
        for firm, symbol in product(one.assignees, one.classes):
            under[plain_name(one.last), "assignee", firm, symbol].append(one)
    persons = {one.key: {one.key} for one in known}
    patent = {one.key: one.patent for one in known}
    for key in sorted(under):
        for a, b in combinations(under[key] if len(under[key]) <= inventors.MOST_UNDER_KEY else (), 2):
            one, other = persons[a.key], persons[b.key]
            agree = names_agree(plain_name(a.given), plain_name(b.given))
            if one is not other and agree and not {patent[k] for k in one} & {patent[k] for k in other}:
                one |= other
                persons |= dict.fromkeys(one, one)
    return {key: min(person) for key, person in persons.items()}


_SOME = st.lists(
    st.tuples(
        st.sampled_from("123456"),
        st.sampled_from(["Jia", "J", "Yi", "张明", "\u30ab"]),  # the last leaves nothing: it agrees with nobody
        st.frozensets(st.sampled_from("xyz"), max_size=2),
        st.frozensets(st.sampled_from("AB"), max_size=2),
        st.frozensets(st.sampled_from(["G06F", "H01M"]), max_size=2),
    ),
    max_size=14,
)


@given(_SOME, st.booleans())
def test_persons_are_those_that_all_pairs_tell(rows, same_name):
    mentions = [
        Mention(f"{i:02d}", patent, "张明" if same_name else name, "", beside, firms, classes)
        for i, (patent, name, beside, firms, classes) in enumerate(rows)
    ]
    for most in (500, 3):
        with patch.object(inventors, "MOST_UNDER_KEY", most):
            assert same_person(mentions) == by_all_pairs(mentions)


def test_pairwise_precision_and_recall():
    truth = {"a": "1", "b": "1", "c": "1", "d": "2"}
    precision, recall = pairwise({"a": "x", "b": "x", "c": "y", "d": "y"}, truth)
    assert (precision, recall) == (Share(1, 2), Share(1, 3))
