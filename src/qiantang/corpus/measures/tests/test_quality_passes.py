"""The passes over all patents say of each what the formulas say of one; flat lists are validated; machine code agrees."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.corpus.measures.methods.quality import formulas
from qiantang.corpus.measures.methods.quality.cohorts import cohorts_of
from qiantang.corpus.measures.methods.quality.graphs import Lists, citation_graph, lists_of
from qiantang.corpus.measures.methods.quality.indicators import h_indices, page_rank, quality
from qiantang.corpus.measures.tests.worlds import DATA_END, World, random_world

SYMBOLS = ["A01B", "B01D", "C01B", "D01B", "E01B"]


def told(found, name, at):
    value = found[name][at]
    return None if np.isnan(value) or value == -1 else value


def expected_of(world: World, at: int) -> dict[str, float | None]:
    """The plain indicators of one patent by the formulas."""
    pairs = {(a, b) for a, b in world.citations if a != b}
    citing, cited = sorted(a for a, b in pairs if b == at), sorted(b for a, b in pairs if a == at)
    first: dict[int, list[int]] = {}
    for one in citing:
        first.setdefault(world.families[one], []).append(world.published[one])
    begun = world.published[at]

    def within(span):
        if begun is None or begun + span > DATA_END:
            return None
        return sum(
            any(year is not None and begun <= year <= begun + span for year in years) for years in first.values()
        )

    symbols = [[SYMBOLS[one] for one in some] for some in world.codes]
    many = [one for other in cited for one in symbols[other]]
    refers = world.references[at] + world.literature[at] > 0
    return {
        "forward": len(first),
        "cit5": within(5),
        "cit7": within(7),
        "generality": formulas.generality(symbols[one] for one in citing),
        "originality": formulas.originality(many),
        "radicalness": formulas.radicalness(symbols[at], many),
        "scope": formulas.scope(symbols[at]),
        "family": len(world.offices[world.families[at]]),
        "claims": world.claims[at],
        "backward": world.references[at] if refers else None,
        "literature": world.literature[at] if refers else None,
        "lag_days": world.lag[at],
    }


def check(world: World, found, least: int) -> None:
    rows = [expected_of(world, at) for at in range(world.n)]
    for at, row in enumerate(rows):
        for name, value in row.items():
            assert told(found, name, at) == (None if value is None else pytest.approx(value)), (name, at)
    cohorts = world.cohorts(least)
    for at, row in enumerate(rows):
        cohort = int(cohorts.of[at])
        if cohort < 0:
            assert all(
                told(found, name, at) is None
                for name in ("cohort_size", "cit5_norm", "breakthrough", "q4", "grant_lag")
            )
            continue
        bases = cohorts.bases.entries[cohorts.bases.starts[cohort] : cohorts.bases.starts[cohort + 1]]
        others = [one for one in range(world.n) if cohorts.of[one] in bases]
        assert told(found, "cohort_size", at) == len(others)
        norms = {}
        for name in ("cit5", "family", "claims", "backward"):
            known = [rows[one][name] for one in others if rows[one][name] is not None]
            norms[name] = formulas.normalised(row[name], formulas.cap_of(known))
            assert told(found, f"{name}_norm", at) == (None if norms[name] is None else pytest.approx(norms[name]))
            place = formulas.percentile(row[name], known)
            assert told(found, f"{name}_percentile", at) == (None if place is None else pytest.approx(place))
        cohort_cit5 = [rows[one]["cit5"] for one in others if rows[one]["cit5"] is not None]
        assert told(found, "breakthrough", at) == formulas.is_breakthrough(row["cit5"], cohort_cit5)
        longest = max((rows[one]["lag_days"] for one in others if rows[one]["lag_days"] is not None), default=None)
        lag = formulas.grant_lag(row["lag_days"], longest)
        four = [norms["cit5"], norms["family"], norms["claims"], row["generality"]]
        for name, value in (
            ("grant_lag", lag),
            ("q4", formulas.composite(four)),
            ("q6", formulas.composite([*four, norms["backward"], lag])),
        ):
            assert told(found, name, at) == (None if value is None else pytest.approx(value))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 30), st.integers(1, 12))
def test_each_patent_is_as_the_formulas_say(seed, n, least):
    world = random_world(seed, n)
    check(world, quality(world.facts(least), machine=False), least)


def test_machine_code_says_the_same():
    facts = random_world(11, 400).facts(least=30)
    plain, machine = quality(facts, machine=False), quality(facts)
    assert list(plain) == list(machine)
    for name, values in plain.items():
        assert np.array_equal(machine[name], values, equal_nan=True), name
        assert machine[name].dtype == values.dtype
    assert (plain["breakthrough"] == 0).any()


def test_a_breakthrough_is_found_in_a_large_cohort():
    world = random_world(3, 300, gaps=False)
    world.fields, world.years = [1] * 300, [2004] * 300
    world.published = [2006] * 300
    found = quality(world.facts(), machine=False)
    best = np.sort(found["cit5"])[::-1]
    assert 1 <= (found["breakthrough"] == 1).sum() <= 3
    assert (found["cit5"][found["breakthrough"] == 1] >= best[2]).all()


def test_a_family_that_cites_late_and_early_counts_once_in_each_span():
    world = random_world(1, 4, gaps=False)
    world.families, world.offices = [0, 1, 1, 1], [[0], [0]]
    world.published = [2005, 2012, 2008, 2011]
    world.citations = [(1, 0), (2, 0), (3, 0)]
    found = quality(world.facts(), machine=False)
    assert [int(found[name][0]) for name in ("forward", "cit5", "cit7")] == [1, 1, 1]


# --- lists and graphs ---


def test_a_pair_counts_once_and_nobody_cites_itself():
    graph = citation_graph(4, [3, 1, 3, 2, 2], [0, 0, 0, 2, 1])
    assert graph.cited.entries.tolist() == [0, 1, 0]
    assert graph.cited.starts.tolist() == [0, 0, 1, 2, 3]
    assert graph.citing.entries.tolist() == [1, 3, 2]
    assert graph.citing.starts.tolist() == [0, 2, 3, 3, 3]


@pytest.mark.parametrize(
    ("starts", "entries"), [([0, 2], [0]), ([0, 2, 1], [0]), ([1, 1], [0]), ([0, 1], [2]), ([0, 1], [-1]), ([], [])]
)
def test_lists_that_would_be_read_beyond_their_end_are_refused(starts, entries):
    with pytest.raises(ValueError, match=r"starts|entry"):
        Lists(np.array(starts, dtype=np.int64), np.array(entries, dtype=np.int32), 2)


def test_pairs_of_patents_that_are_not_there_are_refused():
    with pytest.raises(ValueError, match="not there"):
        citation_graph(2, [0], [2])
    with pytest.raises(ValueError, match="not there"):
        lists_of(2, [-1], [0], 1)
    with pytest.raises(ValueError, match="for each"):
        citation_graph(2, [0], [1, 0])


def test_facts_of_different_patents_do_not_go_together():
    world = random_world(1, 5)
    world.claims = world.claims[:4]
    with pytest.raises(ValueError, match="for each patent"):
        world.facts()


# --- cohorts ---


def test_a_small_cohort_is_widened_by_years_then_to_the_sector():
    fields = [1] * 6 + [2] * 2 + [3] * 1
    years = [2000, 2001, 2001, 2001, 2001, 2002, 2000, 2000, 2000]
    found = cohorts_of([0] * 9, fields, years, {1: 1, 2: 1, 3: 2}, least=4)
    by_patent = [(int(found.width[c]), int(found.size[c])) for c in found.of]
    assert by_patent[0] == (1, 5)  # 2000 with 2001
    assert by_patent[1] == (0, 4)
    assert by_patent[5] == (1, 5)
    assert by_patent[6] == (2, 3)  # the sector: field 1 and 2 of 2000; fewer than asked for, and told
    assert by_patent[8] == (2, 1)


def test_kinds_of_right_are_apart_and_the_unknown_has_no_cohort():
    found = cohorts_of([0, 1, -1, 0], [1, 1, 1, -1], [2000, 2000, 2000, 2000], {1: 1}, least=1)
    assert found.of.tolist() == [0, 1, -1, -1]
    assert cohorts_of([], [], [], {}).of.tolist() == []
    with pytest.raises(ValueError, match="no sector"):
        cohorts_of([0], [7], [2000], {1: 1})


# --- h-index and rank ---


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 6)), max_size=25))
def test_h_indices(rows):
    patents = lists_of(4, [owner for owner, _ in rows], list(range(len(rows))), len(rows))
    found = h_indices(patents, np.array([count for _, count in rows], dtype=np.int32))
    assert found.tolist() == [
        formulas.h_index(max(0, count) for who, count in rows if who == owner) for owner in range(4)
    ]


def test_page_rank_agrees_with_another_program():
    import networkx as nx

    world = random_world(5, 60)
    graph = citation_graph(60, [a for a, _ in world.citations], [b for _, b in world.citations])
    other = nx.DiGraph()
    other.add_nodes_from(range(60))
    other.add_edges_from((a, b) for a, b in world.citations if a != b)
    expected = nx.pagerank(other, alpha=0.85, tol=1e-12, max_iter=200)
    found = page_rank(graph, rounds=100)
    assert found.sum() == pytest.approx(1)
    assert found == pytest.approx([expected[at] for at in range(60)], abs=1e-9)
    assert len(page_rank(citation_graph(0, [], []))) == 0
