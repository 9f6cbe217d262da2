"""Who moved, by worked examples: a name alone tells nothing, and who comes back has not moved."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.measures.methods import moves
from qiantang.corpus.measures.methods.moves import Filing, Moves, Sureness, inventor_moves
from qiantang.corpus.parties.methods import inventors
from qiantang.corpus.parties.methods.inventors import Mention, plain_name, same_person

pytestmark = pytest.mark.feature("S2-16")


def filing(number: int, firms: str, people: str, classes: str = "G06N", year: int | None = None) -> Filing:
    named = tuple({"张": "张明远", "李": "李思", "王": "王五洲", "赵": "赵六"}[one] for one in people)
    day = date(year or 2000 + number, 3, 1)
    return Filing(f"CN{number:03}", day, tuple(firms), named, frozenset(classes.split()))


def told(*filings: Filing) -> list[tuple[str, str, Sureness, int]]:
    return [(m.before.patent_id, m.after.patent_id, m.sureness, m.colleagues) for m in inventor_moves(filings).moves]


def test_a_name_alone_tells_of_no_move():
    assert inventor_moves([filing(1, "A", "张李"), filing(2, "B", "张王")]) == ((), 0, ())


def test_two_who_go_together_tell_of_each_other():
    """张 and 李 file at A twice and then at B: two people moved, each with one colleague, in the class of before."""
    found = told(filing(1, "A", "张李"), filing(2, "A", "张李"), filing(3, "B", "张李"), filing(4, "B", "张王"))
    assert found == [("CN002", "CN003", Sureness.FAIR, 1)] * 2


def test_sureness_follows_what_is_shared():
    assert {one[2:] for one in told(filing(1, "A", "张李王"), filing(2, "B", "张李王"))} == {(Sureness.HIGH, 2)}
    assert {one[2:] for one in told(filing(1, "A", "张李"), filing(2, "B", "张李", "A61K"))} == {(Sureness.LOW, 1)}


def test_who_comes_back_works_for_both_and_has_not_moved():
    found = inventor_moves([filing(1, "A", "张李"), filing(2, "B", "张李"), filing(3, "A", "张李")])
    assert found == ((), 2, (("A", "B"),) * 2)


def test_a_joint_application_is_a_bridge_and_no_move():
    assert told(filing(1, "A", "张李"), filing(2, "AB", "张李"), filing(3, "B", "张李")) == []


def test_two_moves_of_one_person_are_two():
    found = told(*(filing(number, firm, "张李") for number, firm in ((1, "A"), (2, "B"), (3, "C"))))
    assert [one[:2] for one in found] == [("CN001", "CN002")] * 2 + [("CN002", "CN003")] * 2


def test_what_is_filed_on_one_day_has_no_order():
    assert told(filing(1, "A", "张李", year=2010), filing(2, "B", "张李", year=2010)) == []


def test_inventors_are_common_to_two_who_each_filed_with_them_alone():
    """A joint application is no inventor in common, nor is one of a firm and one that it filed together with another."""
    assert inventor_moves([filing(1, "AB", "张李"), filing(2, "AB", "张李")]).shared == ()
    assert inventor_moves([filing(1, "A", "张李"), filing(2, "AB", "张李")]).shared == ()
    assert (
        inventor_moves([filing(1, "A", "张李"), filing(2, "AB", "张李"), filing(3, "B", "张李")]).shared
        == (("A", "B"),) * 2
    )


_FILINGS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C", "AB"]),
        st.sampled_from(["张李", "张", "李王", "张王赵"]),
        st.integers(2000, 2006),
    ),
    max_size=12,
)


@given(_FILINGS)
def test_moves_have_an_order_no_common_applicant_and_do_not_depend_on_the_order_given(rows):
    filings = [filing(number, firms, people, year=year) for number, (firms, people, year) in enumerate(rows)]
    found = inventor_moves(filings)
    assert inventor_moves(filings[::-1]) == found
    for one in found.moves:
        assert one.before.day < one.after.day
        assert not set(one.before.firms) & set(one.after.firms)
        assert set(one.before.people) & set(one.after.people)
        assert one.colleagues >= 1


def by_mentions(filings: list[Filing]) -> Moves:
    """The rule as it is said: every mention of every name, and who is one person by ``same_person``."""
    known = {one.patent_id: one for one in filings}
    mentions, where = [], {}
    for one in known.values():
        names = [plain_name(name) for name in one.people]
        for place, name in enumerate(one.people):
            key = f"{one.patent_id}#{place}"
            beside = frozenset(other for other in names if other != names[place])
            mentions.append(Mention(key, one.patent_id, name, name, beside, frozenset(one.firms), one.classes))
            where[key] = (one, name)
    grouped = defaultdict(list)
    for key, head in same_person(mentions).items():
        grouped[head].append(where[key])
    people = [sorted(grouped[head], key=lambda one: (one[0].day, one[0].patent_id)) for head in sorted(grouped)]
    told = [moves._moves_of(mine) for mine in people]
    found = [move for mine in told for move in mine or ()]
    return Moves(
        tuple(sorted(found, key=lambda one: (one.after.day, one.after.patent_id, one.before.patent_id))),
        told.count(None),
        tuple(sorted(pair for mine in people for pair in moves._shared(mine))),
    )


_NAMES = [
    "张明远",
    "李思",
    "王五洲",
    "赵六",
    "\u30ab\u30bf",
    "Jia Qian",
    "jia-qian",
]  # kana leave nothing; two are written alike
_ANY = st.lists(
    st.tuples(
        st.lists(st.sampled_from("ABC"), min_size=1, max_size=2, unique=True),
        st.lists(
            st.sampled_from(_NAMES), min_size=1, max_size=12
        ),  # a name may stand twice, and places have two digits
        st.frozensets(st.sampled_from(["G06N", "H01M", "A61K"]), max_size=2),
        st.integers(2000, 2004),
    ),
    max_size=14,
)


@given(_ANY)
def test_moves_are_those_that_mentions_tell(rows):
    filings = [
        Filing(f"CN{number}", date(year, 3, 1), tuple(firms), tuple(people), classes)
        for number, (firms, people, classes, year) in enumerate(rows)
    ]
    for most in (500, 3):
        with patch.object(inventors, "MOST_UNDER_KEY", most), patch.object(moves, "MOST_UNDER_KEY", most):
            assert inventor_moves(filings) == by_mentions(filings)
