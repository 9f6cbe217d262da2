"""The main path: the worked example letter by letter, and against a count of all paths."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.measures.methods import mainpath

EXAMPLE = [tuple(arc) for arc in ("AC", "BC", "BD", "CE", "CF", "DF", "EG", "FG", "FH")]
TIES = (tuple("ACFG"), tuple("ACFH"), tuple("BCFG"), tuple("BCFH"))


def test_the_worked_example():
    network = mainpath.citation_network(EXAMPLE)
    upstream, downstream = mainpath.path_counts(network)
    assert {name: upstream[name] for name in "ABCDEF"} == {"A": 1, "B": 1, "C": 2, "D": 1, "E": 2, "F": 3}
    assert {name: downstream[name] for name in "CDEFGH"} == {"C": 3, "D": 2, "E": 1, "F": 2, "G": 1, "H": 1}
    found = mainpath.main_path(network)
    assert {u + v: count for (u, v), count in found.counts.items()} == {
        "AC": 3,
        "BC": 3,
        "BD": 2,
        "CE": 2,
        "CF": 4,
        "DF": 2,
        "EG": 2,
        "FG": 3,
        "FH": 3,
    }
    assert found.flow == 8
    assert found.total == 10
    assert found.paths == TIES
    assert not found.more
    assert mainpath.key_routes(network) == TIES


def test_ties_beyond_the_limit_are_told_of():
    found = mainpath.main_path(mainpath.citation_network(reversed(EXAMPLE)), most=3)
    assert found.paths == TIES[:3]
    assert found.more


def test_counts_beyond_the_exact_range_of_floats_are_exact():
    steps = 80
    arcs = [(f"n{at:03}", f"{side}{at:03}") for at in range(steps) for side in "ab"]
    arcs += [(f"{side}{at:03}", f"n{at + 1:03}") for at in range(steps) for side in "ab"]
    found = mainpath.main_path(mainpath.citation_network(arcs), most=2)
    assert found.flow == 2**steps
    assert found.total == 2 * steps * 2 ** (steps - 1)
    assert len(found.paths) == 2


def test_families_are_one_and_their_citations_of_each_other_none():
    arcs = [("CN1", "CN2"), ("US1", "CN3"), ("CN1", "US1"), ("CN2", "CN4"), ("CN3", "CN4")]
    network = mainpath.citation_network(arcs, family_of={"CN1": "f", "US1": "f"})
    assert network.merged == {"CN1": ("CN1", "US1")}
    assert network.after["CN1"] == ("CN2", "CN3")


def test_in_a_cycle_the_arc_from_the_younger_goes_and_what_is_left_is_made_one():
    arcs = [("A", "B"), ("B", "C"), ("C", "A"), ("C", "D"), ("D", "E"), ("E", "D"), ("E", "F")]
    dated = mainpath.citation_network(arcs, year_of={"A": 2001, "B": 2002, "C": 2003, "D": 2010, "E": 2010})
    assert dated.dropped == (("C", "A"),)
    assert dated.merged == {"D": ("D", "E")}
    assert mainpath.main_path(dated).paths == (("A", "B", "C", "D", "F"),)
    undated = mainpath.citation_network(arcs)
    assert undated.merged == {"A": ("A", "B", "C"), "D": ("D", "E")}
    assert mainpath.main_path(undated).paths == (("A", "D", "F"),)


def test_nothing_has_no_main_path():
    network = mainpath.citation_network([])
    assert mainpath.main_path(network) == ({}, 0, 0, (), False, network)
    assert mainpath.key_routes(network) == ()


def paths_from(network, name):
    if not network.after[name]:
        return [(name,)]
    return [(name, *rest) for one in network.after[name] for rest in paths_from(network, one)]


@given(
    st.sets(
        st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda ends: (f"p{ends[0]}", f"p{ends[1]}")), max_size=18
    )
)
def test_counts_are_those_of_all_paths(arcs):
    network = mainpath.citation_network(arcs)
    place = {name: at for at, name in enumerate(network.nodes)}
    assert set(place) == set(network.after)
    assert all(place[u] < place[v] for u in network.after for v in network.after[u])
    starts = [name for name in sorted(network.nodes) if not network.before[name] and network.after[name]]
    every = [path for start in starts for path in paths_from(network, start)]
    found = mainpath.main_path(network, most=10_000)
    assert found.flow == len(every)
    assert found.counts == {arc: sum(arc in set(pairwise(path)) for path in every) for arc in found.counts}
    sums = {path: sum(found.counts[arc] for arc in pairwise(path)) for path in every}
    assert found.paths == tuple(sorted(path for path in every if sums[path] == max(sums.values())))
    assert set(mainpath.key_routes(network, most=10_000)) == {
        path
        for key, count in found.counts.items()
        if count == max(found.counts.values())
        for path in every
        if key in set(pairwise(path)) and sums[path] == max(sums[p] for p in every if key in set(pairwise(p)))
    }


@pytest.mark.parametrize("every_start", [False, True])
def test_paths_may_start_anywhere_for_the_variant(every_start):
    counts = mainpath.arc_counts(mainpath.citation_network(EXAMPLE), every_start=every_start)
    assert counts["C", "F"] == (6 if every_start else 4)
