"""Random queries over thousands of documents: the same counts, facets and pages by date from every engine."""

from __future__ import annotations

import sys
from random import Random
from statistics import mean

import pytest

from qiantang.kernel.paging import PageRequest
from tests.conformance.engines import MEMORY, OPENSEARCH, TANTIVY, gone, made

from . import small_world

DOCUMENTS, QUERIES = 5_000, 90


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    """Memory, tantivy and the cluster with the same documents, written in several commits, some replaced, some dropped."""
    written = small_world.documents(DOCUMENTS)
    newer = small_world.documents(DOCUMENTS // 10, seed=4)
    found = {}
    for adapter in (MEMORY, TANTIVY, OPENSEARCH):
        engine = made(adapter, small_world.SCHEMA, tmp_path_factory.mktemp("index"))
        with engine.writer(fresh=True) as writer:
            writer.add(written[: DOCUMENTS // 2])
            writer.commit(stamp=1)
        with engine.writer() as writer:
            writer.add(written[DOCUMENTS // 2 :])
            writer.put(newer)
            writer.drop([one.id for one in written[1_000:1_200]])
            writer.commit(stamp=2)
        found[adapter] = engine
    yield found
    gone(*found.values())


@pytest.mark.feature("S3-02")
def test_counts_facets_and_pages_by_date_are_those_of_brute_force(engines):
    random = Random(17)
    memory, *others = engines.values()
    sizes = []
    for number in range(QUERIES):
        query, sort = small_world.query(random), small_world.sort(random)
        page = PageRequest(random.choice([0, 0, 40, 500]), random.choice([10, 50]))
        expected = memory.search(query, page=page, sort=sort, facets=small_world.FACETS)
        sizes.append(expected.total)
        for engine in others:
            found = engine.search(query, page=page, sort=sort, facets=small_world.FACETS)
            assert (found.total, found.facets) == (expected.total, expected.facets), (number, query)
            assert found.hits == expected.hits, (number, query)
    assert sum(1 for one in sizes if 0 < one < DOCUMENTS) > QUERIES / 2  # the queries ask for something


def _shared(engines, queries, wanted):
    """For so many queries with ten hits that score: which part of the embedded engine's best ten the cluster has too."""
    page = PageRequest(0, 10)
    shared = []
    while len(shared) < wanted:
        query = next(queries)
        ours = engines[TANTIVY].search(query, page=page).hits
        if len(ours) == page.size and ours[-1].score > 0:
            theirs = engines[OPENSEARCH].search(query, page=page).hits
            shared.append(len({one.id for one in ours} & {one.id for one in theirs}) / page.size)
    return shared


def test_the_best_hits_of_words_and_phrases_are_those_of_the_embedded_engine(engines, capsys):
    """Both rank by BM25. What differs is told in docs/howto/scale-out.md: how spans and patterns score, most of all."""
    random = Random(23)
    words = _shared(engines, iter(lambda: small_world.words(random), None), 40)
    all_kinds = _shared(engines, iter(lambda: small_world.query(random, depth=1), None), 40)
    told = f"words and phrases {mean(words):.3f}, with nearness and patterns {mean(all_kinds):.3f}"
    with capsys.disabled():
        sys.stdout.write(f"[the best ten that both engines have: {told}]")
    assert mean(words) > 0.9
