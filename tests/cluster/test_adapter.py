"""What the adapter must do beside the common suite: facets over shards, deep pages, other processes, dead writers."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from random import Random
from textwrap import dedent
from uuid import uuid4

import pytest

from qiantang.engines.search.opensearch import OpenSearchEngine
from qiantang.engines.search.opensearch.address import Address
from qiantang.engines.search.opensearch.client import Cluster
from qiantang.engines.search.opensearch.store import Lease
from qiantang.engines.search.port import (
    And,
    Document,
    Everything,
    FacetRequest,
    FieldKind,
    IndexField,
    IndexSchema,
    IndexStatus,
    Phrase,
    Prefix,
    Sort,
    Term,
)
from qiantang.kernel.errors import Conflict, Unavailable
from qiantang.kernel.paging import PageRequest
from tests.conformance.engines import CLUSTER, gone, remove

SCHEMA = IndexSchema(
    version=1,
    fields=(
        IndexField("title", FieldKind.TEXT),
        IndexField("name", FieldKind.KEYWORD, facet=True),
        IndexField("year", FieldKind.INTEGER, facet=True, sortable=True),
    ),
)


@pytest.fixture
def url():
    address = f"{CLUSTER}/test-{uuid4().hex[:12]}"
    yield address
    remove(address)


def write(engine, documents, stamp=1, **how):
    with engine.writer(**how) as writer:
        writer.put(documents)
        writer.commit(stamp=stamp)


def wolf(number, **fields):
    return Document(f"d{number}", {"title": "wolf", **fields})


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Twelve thousand documents with very many names, most of them rare."""
    random = Random(3)
    engine = OpenSearchEngine(SCHEMA, tmp_path_factory.mktemp("many"), url=f"{CLUSTER}/test-many-{uuid4().hex[:8]}")
    names = [
        [f"name {int(20_000 * random.random() ** 1.5):05d}", f"firm {int(300 * random.random() ** 2)}"]
        for _ in range(12_000)
    ]
    write(
        engine,
        [Document(f"{n:05d}", {"title": "wolf", "name": names[n], "year": n % 7}, f"{n}") for n in range(12_000)],
    )
    yield engine, names
    gone(engine)


@pytest.mark.feature("S3-05")
def test_facet_counts_are_exact_over_shards_whatever_their_number(many):
    engine, names = many
    for query, counted in [
        (Everything(), Counter(one for both in names for one in both)),
        (Term("year", 3), Counter(one for both in names[3::7] for one in both)),
    ]:
        ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        assert len(ordered) > 1_000
        for size in (1, 10, 300, 3_000):
            found = engine.search(query, page=PageRequest(), facets=[FacetRequest("name", size)]).facets["name"]
            assert [(one.value, one.count) for one in found] == ordered[:size]


@pytest.mark.parametrize("sort", [None, Sort("year")])
def test_pages_far_down_are_walked_to(many, sort):
    engine, _ = many
    expected = sorted(range(12_000), key=lambda n: (-(n % 7) if sort else 0, n))
    for offset in (9_990, 10_050, 11_995):
        found = engine.search(Everything(), page=PageRequest(offset, 20), sort=sort)
        assert [hit.card for hit in found.hits] == [str(n) for n in expected[offset : offset + 20]]
        assert found.total == 12_000


def test_values_longer_than_lucene_takes_are_found(engine_of):
    engine = engine_of(SCHEMA)
    long, other = "石" * 20_000, "acgt" * 15_000
    write(engine, [Document("d1", {"title": f"a {other} b", "name": [long]}), wolf(2, name=["石"])])
    assert engine.ids(Term("name", long)) == {"d1"}
    assert engine.ids(Term("name", long[:-1])) == frozenset()
    assert engine.ids(Prefix("name", "石石")) == {"d1"}
    assert engine.ids(Phrase("title", ("a", other, "b"))) == {"d1"}


def test_an_index_is_found_again_with_its_stamp(tmp_path, url):
    write(OpenSearchEngine(SCHEMA, tmp_path, url=url), [wolf(1)], stamp=42)
    engine = OpenSearchEngine(SCHEMA, tmp_path, url=url)
    assert (engine.state().status, engine.state().stamp, engine.state().documents) == (IndexStatus.CURRENT, 42, 1)


def test_what_another_process_commits_is_seen_after_refresh(tmp_path, url):
    engine, other = (OpenSearchEngine(SCHEMA, tmp_path, url=url) for _ in range(2))
    write(other, [wolf(1), wolf(2)])
    assert engine.ids(Everything()) == {"d1", "d2"}
    write(other, [wolf(3)], stamp=2)
    assert engine.ids(Everything()) == {"d1", "d2"}
    write(other, [wolf(9)], stamp=3, fresh=True)
    assert engine.ids(Everything()) == {"d1", "d2"}
    engine.refresh()
    assert (engine.ids(Everything()), engine.state().stamp) == ({"d9"}, 3)


@pytest.mark.parametrize(
    "schema", [replace(SCHEMA, version=2), replace(SCHEMA, fields=SCHEMA.fields[:2])], ids=["version", "fields"]
)
def test_an_index_of_another_schema_is_stale_and_refuses_until_it_is_built_afresh(tmp_path, url, schema):
    write(OpenSearchEngine(SCHEMA, tmp_path, url=url), [wolf(1)])
    engine = OpenSearchEngine(schema, tmp_path, url=url)
    assert engine.state().status is IndexStatus.STALE
    with pytest.raises(Unavailable, match=r"search\.index_stale"):
        engine.count(Everything())
    with pytest.raises(Conflict, match=r"search\.index_stale"), engine.writer():
        pass
    write(engine, [wolf(2)], fresh=True)
    assert (engine.state().status, engine.ids(Everything())) == (IndexStatus.CURRENT, {"d2"})


def test_two_installations_that_share_a_name_by_mistake_keep_their_hands_off(tmp_path, url):
    mine = OpenSearchEngine(SCHEMA, tmp_path / "mine", url=url)
    write(mine, [wolf(1)])
    theirs = OpenSearchEngine(SCHEMA, tmp_path / "theirs", url=url)
    with pytest.raises(Unavailable, match=r"search\.index_foreign"):
        theirs.state()
    with pytest.raises(Unavailable, match=r"search\.index_foreign"), theirs.writer(fresh=True):
        pass
    assert mine.ids(Everything()) == {"d1"}


def test_a_document_the_cluster_refuses_is_an_error_with_its_reason(engine_of):
    engine = engine_of(SCHEMA)
    with pytest.raises(Unavailable) as refusal:
        write(engine, [wolf(1), Document("d2", {"year": "no number"})])
    assert refusal.value.code == "search.write_failed"
    assert "d2" in refusal.value.facts["reason"]
    with pytest.raises(Unavailable, match="must be no longer than 512 bytes"):
        write(engine, [Document("d" * 600, {})])
    assert engine.state().status is IndexStatus.MISSING
    write(engine, [wolf(1)])
    assert engine.count(Everything()) == 1


READING = dedent(
    """
    import sys
    from pathlib import Path
    from qiantang.engines.search.opensearch import OpenSearchEngine
    from qiantang.engines.search.port import *
    SCHEMA = IndexSchema(version=1, fields=(IndexField("title", FieldKind.TEXT),))
    engine = OpenSearchEngine(SCHEMA, Path(sys.argv[1]), url=sys.argv[2])
    print(engine.count(Everything()))
    """
)


def test_a_process_that_ends_leaves_nothing_open_in_the_cluster(tmp_path, url):
    def held():
        return {one["pit_id"] for one in cluster.ask("GET", "/_search/point_in_time/_all").get("pits", ())}

    schema = IndexSchema(version=1, fields=(IndexField("title", FieldKind.TEXT),))
    engine = OpenSearchEngine(schema, tmp_path, url=url)
    write(engine, [wolf(1)])
    cluster = Cluster(Address.parse(url))
    before = held()
    command = [sys.executable, "-c", READING, str(tmp_path), url]
    there = {"PYTHONPATH": ":".join(sys.path)}
    assert subprocess.run(command, check=True, timeout=120, env=there, capture_output=True).stdout == b"1\n"
    assert before
    assert held() <= before
    cluster.close()


# --- writers that end badly ---------------------------------------------------------------------------------------------


def test_a_lease_that_is_not_renewed_lapses_and_cannot_be_renewed_by_its_old_holder(url):
    cluster = Cluster(Address.parse(url))
    old, new = (Lease(cluster, Address.parse(url).name) for _ in range(2))
    old.take()
    old.renew()
    with pytest.raises(Conflict, match=r"search\.writer_busy"):
        new.take()
    old.SECONDS = -1.0  # as if its time had passed
    old.renew()
    new.take()
    with pytest.raises(Unavailable, match=r"search\.write_failed"):
        old.renew()
    old.give_back()  # takes nothing from the new one
    new.renew()
    new.give_back()
    old.take()
    cluster.close()


KILLED = dedent(
    """
    import os, sys
    from pathlib import Path
    from qiantang.engines.search.opensearch import OpenSearchEngine, store
    from qiantang.engines.search.port import *
    store.Lease.SECONDS = 0.0  # the next writer need not wait
    SCHEMA = IndexSchema(version=1, fields=(
        IndexField("title", FieldKind.TEXT),
        IndexField("name", FieldKind.KEYWORD, facet=True),
        IndexField("year", FieldKind.INTEGER, facet=True, sortable=True),
    ))
    engine = OpenSearchEngine(SCHEMA, Path(sys.argv[1]), url=sys.argv[2])
    with engine.writer(fresh=sys.argv[3] == "True") as writer:
        writer.put([Document(f"k{n}", {"title": "wolf " * 300}) for n in range(3000)])
        writer.drop(["d1"])
        os.kill(os.getpid(), 9)
    """
)


@pytest.mark.parametrize("fresh", [False, True])
def test_a_writer_killed_before_commit_leaves_the_last_commit_and_no_rest(tmp_path, url, fresh):
    engine = OpenSearchEngine(SCHEMA, tmp_path, url=url)
    write(engine, [wolf(1)])
    command = [sys.executable, "-c", KILLED, str(tmp_path), url, str(fresh)]
    assert subprocess.run(command, check=False, timeout=120, env={"PYTHONPATH": ":".join(sys.path)}).returncode == -9
    assert (engine.state().stamp, engine.ids(Everything())) == (1, {"d1"})
    write(engine, [wolf(2)], stamp=2)
    assert engine.ids(Everything()) == {"d1", "d2"}
    cluster, name = Cluster(Address.parse(url)), Address.parse(url).name
    left = cluster.ask("GET", f"/{name}-g*/_settings", params={"filter_path": "*.settings.index.uuid"})
    assert len(left) == 1
    cluster.close()


def test_a_commit_that_broke_off_shows_the_older_stamp_and_the_changes_can_come_again(tmp_path, url, monkeypatch):
    engine = OpenSearchEngine(SCHEMA, tmp_path, url=url)
    write(engine, [wolf(1), wolf(2)])
    monkeypatch.setattr(engine._store, "show", lambda _generation: (_ for _ in ()).throw(OSError))
    with pytest.raises(OSError, match=r"^$"):
        write(engine, [Document("d2", {"title": "石墨"}), wolf(3)], stamp=2)
    monkeypatch.undo()
    reader = OpenSearchEngine(SCHEMA, tmp_path, url=url)
    assert (reader.state().stamp, reader.ids(Everything())) == (1, {"d1", "d2"})
    write(engine, [Document("d2", {"title": "石墨"}), wolf(3)], stamp=2)
    assert (engine.state().stamp, engine.ids(Term("title", "石墨"))) == (2, {"d2"})
    assert engine.ids(And((Everything(), Term("title", "wolf")))) == {"d1", "d3"}
