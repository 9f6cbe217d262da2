"""The service from end to end: patents are imported with a cluster's address set, and searched through the front door."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from uuid import uuid4

import pytest

from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.corpus.register import api
from qiantang.corpus.register.selectors import view
from qiantang.corpus.register.services.index import advance_index
from qiantang.corpus.register.tests import shelf
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Unavailable
from tests.conformance.engines import CLUSTER, OPENSEARCH, TANTIVY, remove
from tests.journeys.house import environment

PATENTS = 1_000
QUERIES = [
    "",
    "TI=电池",
    "电池 ADJ5 装置",
    "装置 NEAR3 方法 NOT 电池",
    "IC=G06F AND AY=[2015 TO 2024]",
    "PA=公司 AND LS=granted",
    "TA=comput*",
    "(发明 OR 系统) AND KD=A",
    "CI=330106",
    "PN=CN*",
]


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A small city imported by the command line, its index in the cluster."""
    place = tmp_path_factory.mktemp("city")
    truth = generate(place / "files", patents=PATENTS, seed=5)
    url = f"{CLUSTER}/city-{uuid4().hex[:8]}"
    there = environment(place / "home") | {"QIANTANG_SEARCH_URL": url}
    paths = [str(place / "files" / part.name) for part in truth.parts]
    command = [sys.executable, "-m", "qiantang.cli", "import", *paths]
    done = subprocess.run(command, env=there, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode in (0, 1), done.stderr
    yield place / "home", url
    remove(url)


@pytest.fixture
def served(city, settings):
    """Serves the city from an engine: the service of this process is opened anew."""
    home, url = city

    def serve(adapter):
        view._opened.cache_clear()
        settings.QIANTANG_HOME = home
        settings.SEARCH_ADAPTER = adapter
        settings.SEARCH_OPTIONS = {"url": url} if adapter == OPENSEARCH else {}
        return view.register()

    yield serve
    view._opened.cache_clear()


def asked(query, **more):
    facets = ("AY", "KD", "LS", "PA", "CI")
    return api.search(SearchRequest(query, sort="-AD", facets=facets, size=20, **more))


def told(result):
    """All of an answer but the place where it goes on, which names the state of an index, and the labels of values.

    Any spelling of a folded name may label it: that of the first hit, and without an order any hit may be the first.
    """
    facets = {name: [(one.value, one.count) for one in values] for name, values in result.facets.items()}
    return replace(result, next=None, facets=facets)


@pytest.mark.feature("X-27")
def test_the_service_answers_from_the_cluster_as_from_one_machine(city, served):
    served(OPENSEARCH)
    from_cluster = [told(asked(query)) for query in QUERIES]
    advance_index(served(TANTIVY))
    from_here = [told(asked(query)) for query in QUERIES]
    for query, one, other in zip(QUERIES, from_cluster, from_here, strict=True):
        assert one == other, query
    assert from_cluster[0].total > 0.99 * PATENTS
    assert sum(1 for one in from_cluster if one.total) > len(QUERIES) - 3


def test_pages_go_on_where_the_first_ended_although_a_load_came_between(city, served):
    opened = served(OPENSEARCH)
    first = asked("")
    shelf.stock(opened.place.home, *shelf.everything(), synthetic=True)
    second = asked("", cursor=first.next)
    assert second.total == first.total
    assert not {one.patent_id for one in first.hits} & {one.patent_id for one in second.hits}
    newest = asked("")
    assert newest.total == first.total + 10
    assert newest.snapshot == first.snapshot + 1
    assert not newest.stale


def test_a_cluster_that_does_not_answer_is_a_refusal_with_a_next_step(served, settings):
    served(OPENSEARCH)
    view._opened.cache_clear()
    settings.SEARCH_OPTIONS = {"url": "http://127.0.0.1:9/city", "patience": 0.1}  # the discard port: nobody listens
    with pytest.raises(Unavailable) as refusal:
        asked("电池")
    assert refusal.value.code == "search.unreachable"
