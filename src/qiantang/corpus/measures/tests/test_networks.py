"""Pairs, communities, networks, barriers, white spots, key patents: the worked examples, and equality on every run."""

from __future__ import annotations

import os
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.measures.methods import cooccurrence as co
from qiantang.corpus.measures.methods import portfolio
from qiantang.corpus.measures.methods.betweenness import betweenness

# Two triangles and a bridge between them; F stands alone.
DOCUMENTS = [["A", "B"], ["B", "C"], ["A", "C"], ["A", "B", "C"], ["C", "X"], ["X", "Y"], ["Y", "Z"], ["Z", "X"], ["F"]]


def test_ties_of_the_example():
    found = co.ties(12, 40, 30, 500)
    assert found.jaccard == pytest.approx(0.206897, abs=5e-7)
    assert found.cosine == pytest.approx(0.346410, abs=5e-7)
    assert found.association == pytest.approx(5.0)
    assert found.inclusion == pytest.approx(0.40)
    assert co.ties(0, 0, 3, 10) == (None, None, None, None)


def test_a_thing_counts_once_in_a_set_and_rare_pairs_can_be_left_out():
    found = co.cooccurrence([["b", "a", "a"], ["a", "b", "c"], []], least=2)
    assert found.sets == 3
    assert found.counts == {"a": 2, "b": 2, "c": 1}
    assert [(one.one, one.other, one.together) for one in found.pairs] == [("a", "b", 2)]


@given(st.lists(st.frozensets(st.sampled_from("abcde")), max_size=12))
def test_ties_are_shares_and_pairs_are_counted_right(sets):
    for pair in co.cooccurrence(sets).pairs:
        assert pair.together == sum({pair.one, pair.other} <= one for one in sets)
        assert 0 < pair.ties.jaccard <= pair.ties.cosine <= pair.ties.inclusion <= 1


def test_communities_are_the_two_triangles():
    weights = {(pair.one, pair.other): pair.together for pair in co.cooccurrence(DOCUMENTS).pairs}
    names = {name for one in DOCUMENTS for name in one}
    expected = (("A", "B", "C"), ("X", "Y", "Z"), ("F",))
    assert co.communities(names, weights) == expected
    assert co.communities(names, weights, greedy=True) == expected
    assert co.communities(["b", "a"], {}) == (("a",), ("b",))
    assert co.communities([], {}) == ()


def test_communities_do_not_depend_on_order_or_on_the_process():
    program = (
        "from qiantang.corpus.measures.methods.cooccurrence import communities\n"
        "w = {(f'n{a}', f'n{b}'): 1 + a * b % 3 for a in range(40) for b in range(a) if (a * 7 + b * 5) % 6 == 0}\n"
        "print(communities([f'n{a}' for a in range(40)], w))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": "src"}
    asked = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True)
    weights = {(f"n{a}", f"n{b}"): 1 + a * b % 3 for a in range(40) for b in range(a) if (a * 7 + b * 5) % 6 == 0}
    here = co.communities([f"n{a}" for a in reversed(range(40))], dict(reversed(weights.items())))
    assert asked.stdout == f"{here}\n"
    assert len(here) > 1


def test_a_network_tells_density_bridges_and_who_stands_between():
    found = co.party_network(DOCUMENTS)
    assert found.density == pytest.approx(2 * 7 / (7 * 6))
    assert [(one.name, one.weight) for one in found.nodes[:2]] == [("C", 4), ("A", 3)]
    assert {(one.one, one.other) for one in found.links if one.bridge} == {("C", "X")}
    assert {(one.one, one.other) for one in found.links if one.across} == {("C", "X")}
    assert [one.name for one in co.top_bridges(found)] == ["C", "X"]
    # C lies on all ways from A, B to X, Y, Z: 6 of the 15 pairs of the other six parties.
    assert co.top_bridges(found)[0].betweenness == pytest.approx(6 / 15)
    alone = next(one for one in found.nodes if one.name == "F")
    assert alone == ("F", 1, 0, 0, 0.0, 0)
    assert not found.estimated


@given(st.integers(3, 9), st.data())
def test_who_stands_between_is_what_the_library_says(nodes, data):
    pairs = [(a, b) for a in range(nodes) for b in range(a)]
    ends = data.draw(st.lists(st.sampled_from(pairs), unique=True))
    graph = nx.Graph(ends)
    graph.add_nodes_from(range(nodes))
    right = nx.betweenness_centrality(graph)
    found = betweenness(nodes, ends)
    assert not found.estimated
    assert found.shares == pytest.approx([right[at] for at in range(nodes)])


def test_a_large_network_is_estimated_the_same_on_every_run():
    """A ring of 600 with a chord: walked from 400 of them it comes near to what walking from all says."""
    ends = [(at, (at + 1) % 600) for at in range(600)] + [(0, 300)]
    exact, some = betweenness(600, ends), betweenness(600, ends, most_steps=1)
    assert some.estimated
    assert not exact.estimated
    assert some.shares == pytest.approx(exact.shares, rel=0.35)
    assert (betweenness(600, ends, most_steps=1).shares == some.shares).all()


def test_a_network_without_links():
    assert co.party_network([["b"], ["a"], ["a"]]).nodes == (("a", 2, 0, 0, 0.0, 0), ("b", 1, 0, 0, 0.0, 0))
    assert co.party_network([]) == ((), (), None, None, False)
    assert co.party_network([["a", "b"]], least=2).density == 0


def test_shares_of_joint_documents():
    documents = [
        [("a", "enterprise"), ("u", "university")],
        [("a", "enterprise")],
        [("a", "enterprise"), ("b", "enterprise")],
        [],
    ]
    assert co.cooperation_shares(documents) == {
        "joint": 0.5,
        "enterprise+enterprise": 0.5,
        "enterprise+university": 0.5,
    }
    assert co.cooperation_shares([]) == {"joint": None}


# --- barriers, white spots ---


def test_the_barrier_index_of_the_example():
    assert portfolio.barrier_index(0.7, 0.5, 0.6, 0.4, 0.25) == pytest.approx(60.25)
    assert portfolio.barrier_index(0.7, None, 0.6, 0.4, 0.25) is None


def test_a_cell_with_much_expected_and_little_there_is_a_candidate():
    cells = portfolio.effect_matrix([[20, 0], [10, 12]], ["less weight", "less heat"], ["alloy", "coating"])
    found = {(one.row, one.column): one for one in cells}
    spot = found["less weight", "coating"]
    assert spot.expected == pytest.approx(20 * 12 / 42)
    assert (spot.families, spot.lift, spot.white) == (0, 0, True)
    assert [one.white for one in cells] == [False, True, False, False]
    growing = portfolio.effect_matrix([[20, 0], [10, 12]], ["w", "h"], ["a", "c"], growing={"w"})
    assert not any(one.white for one in growing)
    with pytest.raises(ValueError, match="name"):
        portfolio.effect_matrix([[1]], ["a", "b"], ["c"])


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=4))
def test_what_is_expected_adds_up_to_what_is_there(rows):
    cells = portfolio.effect_matrix(rows, [f"r{at}" for at in range(len(rows))], ["a", "b", "c"])
    assert sum(one.expected for one in cells) == pytest.approx(np.sum(rows))


# --- key patents ---


def test_key_patents_say_why_they_are_in_the_list():
    measures = {
        "p1": {"cit5": 9, "family": 3, "claims": 10, "disputes": 0, "deals": 0, "standard": 0},
        "p2": {"cit5": 2, "family": 8, "claims": 20, "disputes": 1, "deals": 0, "standard": 0},
        "p3": {"cit5": None, "family": 1, "claims": 5},
        "p4": {"cit5": 0, "family": 1, "claims": 4, "disputes": 0, "deals": 0, "standard": 0},
        "p5": {},
    }
    rows = {one.patent_id: one for one in portfolio.key_patents(measures, {"award": ["p4", "gone"]}, least=1)}
    assert set(rows) == {"p1", "p2", "p4"}
    assert rows["p1"].reasons == ("most_cited", "top:cit5")
    assert rows["p2"].reasons == ("largest_family", "top:family", "top:claims", "top:disputes")
    assert rows["p4"].reasons == ("award",)
    # p2: cit5 1/2, family, claims, disputes 1, deals and standard 0
    assert rows["p2"].score == pytest.approx(0.35 * 0.5 + 0.25 + 0.10 + 0.15)
    every = {one.patent_id: one for one in portfolio.key_patents(measures)}
    assert every["p5"] == ("p5", None, (), False, ("cit5", "family", "claims", "disputes", "deals", "standard"))
    assert every["p3"].score == pytest.approx((0.25 * 0 + 0.10 * 1 / 3) / 0.35)
    assert list(every)[-1] == "p5"


def test_percentiles_count_the_others_below():
    assert portfolio.percentiles({"a": 1, "b": 1, "c": 5, "d": None}) == {"a": 0, "b": 0, "c": 1, "d": None}
    assert portfolio.percentiles({"a": 0}) == {"a": 1}


# --- gaps and roles ---


@pytest.mark.parametrize(
    ("count", "rta", "gap"),
    [
        (9, 3.0, "fill"),
        (10, 0.49, "fill"),
        (10, 0.5, "strengthen"),
        (99, 1.0, "extend"),
        (None, 1, None),
        (20, None, None),
    ],
)
def test_what_a_node_asks_of_the_city(count, rta, gap):
    assert portfolio.gap_class(count, rta) == gap


def test_leaders_followers_newcomers():
    asked = [(50, 2001), (50, None), (3, 2021), (3, 2019), (3, None)]
    found = [portfolio.applicant_role(families, 50, first, 2020) for families, first in asked]
    assert found == ["leader", "leader", "newcomer", "follower", None]
