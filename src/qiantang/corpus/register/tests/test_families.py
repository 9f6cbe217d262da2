"""Families: the example of the EPO, and what must hold for any set of documents."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.corpus.register.methods.families import (
    Kin,
    extended_families,
    family_ids,
    family_size,
    simple_families,
)

EPO = {
    "D1": frozenset({"P1"}),
    "D2": frozenset({"P1", "P2"}),
    "D3": frozenset({"P1", "P2"}),
    "D4": frozenset({"P2", "P3"}),
    "D5": frozenset({"P3"}),
}
DOCUMENTS = st.sampled_from([f"D{n}" for n in range(8)])
MEMBERS = st.dictionaries(DOCUMENTS, st.frozensets(DOCUMENTS | st.sampled_from(["P1", "P2", "P3", "P4"]), max_size=3))
UNTIMED = settings(deadline=None)  # a busy machine may take a pause in any example


def test_the_epo_example_has_four_simple_families_and_one_extended():
    assert simple_families(EPO) == {"P1": {"D1"}, "P1 P2": {"D2", "D3"}, "P2 P3": {"D4"}, "P3": {"D5"}}
    assert extended_families(EPO) == {"P1": set(EPO)}


def test_a_first_filing_is_its_own_priority():
    members = {
        "CN1": frozenset(),
        "US2": frozenset({"CN1"}),
        "EP3": frozenset({"CN1"}),
        "JP4": frozenset({"JP4"}),
    }
    assert simple_families(members) == {"CN1": {"CN1", "US2", "EP3"}, "JP4": {"JP4"}}
    assert extended_families(members) == simple_families(members)


def test_a_continuation_joins_the_extended_family_of_its_parent_only():
    members = {"US1": frozenset({"P1"}), "US2": frozenset({"US1"}), "US3": frozenset({"P9"})}
    assert len(simple_families(members)) == 3
    assert extended_families(members) == {"P1": {"US1", "US2"}, "P9": {"US3"}}


def test_family_size_counts_offices_of_protection():
    assert family_size(["CN", "US", "EP", "JP", "WO"]) == 4
    assert family_size(["CN", "CN", "US"]) == 2
    assert family_size(["WO"]) == 0


@UNTIMED
@given(MEMBERS)
def test_families_part_the_documents(members):
    for families in (simple_families(members), extended_families(members)):
        found = [number for family in families.values() for number in family]
        assert sorted(found) == sorted(members)


@UNTIMED
@given(MEMBERS)
def test_simple_families_lie_within_extended_ones(members):
    wider = extended_families(members).values()
    for family in simple_families(members).values():
        assert sum(family <= one for one in wider) == 1


@UNTIMED
@given(MEMBERS)
def test_extended_families_are_the_connected_components(members):
    claims = {number: (claimed or {number}) | {number} for number, claimed in members.items()}
    families = extended_families(members)
    for number in members:  # reached step by step from each document, the slow and plain way
        reached: set[str] = set()
        nodes = set(claims[number])
        while True:
            more = {other for other, ends in claims.items() if ends & nodes}
            if more == reached:
                break
            reached = more
            nodes = set().union(*(claims[other] for other in reached))
        assert frozenset(reached) in families.values()


@UNTIMED
@given(MEMBERS, st.randoms())
def test_order_does_not_matter(members, random):
    shuffled = list(members.items())
    random.shuffle(shuffled)
    assert simple_families(dict(shuffled)) == simple_families(members)
    assert extended_families(dict(shuffled)) == extended_families(members)


@UNTIMED
@given(st.lists(st.sampled_from(["CN", "US", "EP", "WO", "JP"])))
def test_size_is_at_most_the_number_of_offices(offices):
    assert family_size(offices) == len({office for office in offices if office != "WO"})


# --- families of the register -----------------------------------------------------------------------------------------


def kin(patent_id: str, *links: str) -> Kin:
    return Kin(patent_id, frozenset({f"a:{patent_id}"}), frozenset(links))


def test_the_epo_example_in_keys_of_the_register():
    ids = family_ids(kin(number, *(f"a:{p}" for p in claimed)) for number, claimed in EPO.items())
    assert {number: simple for number, (simple, _) in ids.items()} == {
        "D1": "P1",
        "D2": "P1+P2",
        "D3": "P1+P2",
        "D4": "P2+P3",
        "D5": "P3",
    }
    assert {extended for _, extended in ids.values()} == {"P1"}


def test_a_stated_family_joins_those_that_share_their_priorities():
    ids = family_ids(
        [kin("CN1"), kin("US2", "a:CN1"), kin("EP3", "s:docdb:7", "x:inpadoc:9"), kin("JP4", "a:CN1", "s:docdb:7")]
    )
    assert set(ids.values()) == {("docdb:7", "inpadoc:9")}


def test_who_claims_nothing_and_is_claimed_by_nobody_has_no_family():
    assert family_ids([kin("CN1"), kin("CN2")]) == {"CN1": (None, None), "CN2": (None, None)}


@UNTIMED
@given(MEMBERS)
def test_both_ways_of_finding_families_agree(members):
    """The families of keys are those of numbers, where nothing is stated."""
    ids = family_ids(kin(number, *(f"a:{p}" for p in claimed)) for number, claimed in members.items())
    wider = extended_families(members)
    for number, (simple, extended) in ids.items():
        if simple is None:
            assert not members[number]
            assert frozenset({number}) in wider.values()
            continue
        mine = frozenset(one for one, told in ids.items() if told[0] == simple)
        assert mine in simple_families(members).values()
        assert frozenset(one for one, told in ids.items() if told[1] == extended) in wider.values()
