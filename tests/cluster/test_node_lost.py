"""A node is killed while people search and a load goes on: no answer is lost, none is wrong, nothing written is gone."""

from __future__ import annotations

import os
import signal
from random import Random
from threading import Event, Thread

import pytest

from qiantang.engines.search.opensearch.address import Address
from qiantang.engines.search.opensearch.client import Cluster
from qiantang.engines.search.port import And, Document, Everything, Not, Term
from qiantang.kernel.paging import PageRequest
from tests.conformance.engines import CLUSTER, MEMORY, made

from . import small_world

DOCUMENTS, QUERIES, BEFORE, AFTER = 3_000, 20, 15, 80
NEW = Term("symbol", "new")


@pytest.fixture(scope="module")
def answers():
    """Queries with what brute force says: total, a page by date, facets. Documents of the load are left out of them."""
    random = Random(5)
    memory = made(MEMORY, small_world.SCHEMA, None)
    with memory.writer() as writer:
        writer.add(small_world.documents(DOCUMENTS))
        writer.commit(stamp=1)
    asked = []
    for _ in range(QUERIES):
        query = And((small_world.query(random), Not(NEW)))
        page, sort = PageRequest(random.choice([0, 30]), 20), small_world.sort(random)
        expected = memory.search(query, page=page, sort=sort, facets=small_world.FACETS)
        asked.append(((query, page, sort), expected))
    return asked


@pytest.fixture
def cluster():
    made_here = Cluster(Address.parse(CLUSTER))
    yield made_here
    made_here.close()


def wait_until_whole(cluster):
    """All three nodes are there, and all copies of all shards. The cluster itself waits."""
    for _ in range(30):
        wait = {"wait_for_status": "green", "wait_for_nodes": "3", "timeout": "8s"}
        told = cluster.ask("GET", "/_cluster/health", params=wait, ignore=(408,))
        if not told["timed_out"]:
            return
    raise AssertionError("the cluster did not become whole again")


@pytest.fixture
def engine(engine_of, cluster):
    wait_until_whole(cluster)
    made_here = engine_of(small_world.SCHEMA)
    with made_here.writer(fresh=True) as writer:
        writer.add(small_world.documents(DOCUMENTS))
        writer.commit(stamp=1)
    return made_here


class Askers:
    """Threads that ask one query after the other and compare each answer; what went wrong is kept."""

    def __init__(self, engine, answers, threads=3):
        self.engine, self.answers = engine, answers
        self.asked, self.wrong = 0, []
        self.enough = Event()
        self.threads = [Thread(target=self._ask, args=(number,)) for number in range(threads)]

    def _ask(self, number):
        random = Random(number)
        while not self.enough.is_set():
            (query, page, sort), expected = random.choice(self.answers)
            try:
                found = self.engine.search(query, page=page, sort=sort, facets=small_world.FACETS)
                if found != expected:
                    self.wrong.append((query, found.total, expected.total))
            except Exception as error:  # noqa: BLE001 - any fault is what this looks for
                self.wrong.append(error)
            self.asked += 1

    def wait(self, more):
        """Until so many more queries were answered."""
        wanted = self.asked + more
        while self.asked < wanted and any(one.is_alive() for one in self.threads):
            self.enough.wait(0.02)

    def __enter__(self):
        for one in self.threads:
            one.start()
        return self

    def __exit__(self, *_):
        self.enough.set()
        for one in self.threads:
            one.join()


def kill(cluster, nodes):
    """Kill the node that leads the others: the hardest to miss. Gives its name."""
    (leader,) = cluster.ask("GET", "/_cat/cluster_manager", params={"format": "json"})
    (node,) = [one for one in nodes() if one["name"] == leader["node"]]
    os.kill(node["pid"], signal.SIGKILL)
    return node["name"]


def test_no_answer_is_lost_with_a_node(engine, answers, cluster, nodes):
    scan = engine.scan(Everything())
    begun = [next(scan.hits) for _ in range(10)]
    with Askers(engine, answers) as askers:
        askers.wait(BEFORE)
        kill(cluster, nodes)
        askers.wait(AFTER)
    assert askers.wrong == []
    assert [one.id for one in [*begun, *scan.hits]] == [one.id for one in small_world.documents(DOCUMENTS)]


def test_no_acknowledged_document_is_lost_with_a_node(engine, answers, cluster, nodes):
    """Every commit that came back counts, also the one under way when the node died."""
    acknowledged = []
    with Askers(engine, answers, threads=2) as askers, engine.writer() as writer:
        for stamp in range(2, 8):
            batch = [
                Document(f"new{stamp}-{n}", {"title": "wolf", "symbol": ["new"], "day": 20300101}, card=str(n))
                for n in range(200)
            ]
            writer.add(batch)
            if stamp == 4:
                killing = Thread(target=kill, args=(cluster, nodes))
                killing.start()
            writer.commit(stamp=stamp)
            acknowledged += [one.id for one in batch]
            assert engine.ids(NEW) == set(acknowledged)
        killing.join()
    assert askers.wrong == []
    wait_until_whole(cluster)
    again = engine_again(engine)
    assert again.state().stamp == 7
    assert again.ids(NEW) == set(acknowledged)
    assert again.count(Everything()) == DOCUMENTS + len(acknowledged)


def engine_again(engine):
    """The same index with a client that knows nothing yet."""
    url = f"{CLUSTER}/{engine._store.name}"
    fresh = type(engine)(engine.schema, None, url=url)
    fresh._store.owner = engine._store.owner
    return fresh
