"""Layers are merged and snapshots pruned; what the register says stays the same, for whoever reads meanwhile too."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantang.corpus.register import api
from qiantang.corpus.register.methods.compaction import layers_to_merge, snapshots_to_prune
from qiantang.corpus.register.selectors.digest import digest
from qiantang.corpus.register.selectors.manifests import layer_upto
from qiantang.corpus.register.selectors.view import open_register
from qiantang.corpus.register.services import upkeep
from qiantang.corpus.register.services.index import advance_index, changed_since
from qiantang.corpus.register.services.load import load_lock
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Conflict, NotFound

from .factories import Bench, observation
from .shelf import everything, stock
from .test_load import SOURCE

# --- the rules --------------------------------------------------------------------------------------------------------


def test_small_layers_over_a_large_one_are_merged_among_themselves():
    assert layers_to_merge([10_000_000, 20_000, 20_000, 20_000, 20_000]) == 4
    assert layers_to_merge([10_000_000, 80_000, 20_000]) == 0
    assert layers_to_merge([]) == 0


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, 50_000), max_size=300))
def test_however_loads_come_there_are_few_layers(loads):
    layers: list[int] = []
    for rows in loads:
        layers.append(rows)
        count = layers_to_merge(layers)
        if count:
            layers[-count:] = [sum(layers[-count:])]
    assert sum(layers) == sum(loads)
    assert len(layers) <= 3 * 20


def test_policy_keeps_the_newest_and_the_pinned():
    assert snapshots_to_prune([1, 2, 3, 4, 5], keep=2, pinned=frozenset({2})) == [1, 3]
    assert snapshots_to_prune([1, 2], keep=0, pinned=frozenset()) == [1]
    assert snapshots_to_prune([], keep=3, pinned=frozenset()) == []


# --- compaction -------------------------------------------------------------------------------------------------------


@pytest.fixture
def layered(home):
    """A home in seven layers: everything of the shelf file by file, then the same rows again under other names."""
    files = everything()
    for turn in range(2):
        for file in files:
            opened = stock(home, file._replace(name=f"{turn} {file.name}", rank=file.rank + turn))
    for number in range(3):
        rows = [observation(1, f"CN19{number}000001", title="一种 阀门")]
        stock(home, file._replace(name=f"single {number}", rows=rows, rank=2))
    return opened


def told(home):
    """All a reader can ask, as plain values."""
    record = api.get("CN107000001A")
    return (
        digest(),
        api.coverage().cells,
        [link.patent_id for link in api.citations(record, "forward")],
        [member.patent_id for member in api.family(record)],
        sorted(
            key for batch in api.register().current()[1].scan("aliases", ["key"]) for key in batch["key"].to_pylist()
        ),
        api.search(SearchRequest(query="")).total,
    )


@pytest.mark.feature("X-29")
def test_compaction_changes_nothing_that_anybody_sees(home, layered):
    before = told(home)
    done = upkeep.compact(open_register(home), everything=True)
    assert (done.layers_before, done.layers_after) == (7, 1)
    assert told(home) == before
    manifest = layered.place.latest()
    assert (manifest.snapshot, manifest.layers) == (7, ("000007.1",))
    assert layer_upto("000007.1") == 7
    assert set(changed_since(layered, manifest, 6)) >= {"CN-P192000001"}
    changed = [one for batch in api.register().changes(6, ["patent_id"]) for one in batch["patent_id"].to_pylist()]
    assert "CN-P192000001" in changed


def test_older_snapshots_and_the_next_load_go_on(home, layered):
    upkeep.compact(open_register(home))
    again = stock(home, everything()[0]._replace(name="new", rows=[observation(1, "CN195000001")]))
    assert again.place.latest().patents == layered.place.manifest(7).patents + 1
    older = layered.place.manifest(3)
    view = layered.lake.open([layered.place.layers / name for name in older.layers])
    assert view.count("patents") == older.patents
    assert upkeep.compact(open_register(home)).layers_before == len(again.place.latest().layers)


def test_a_view_that_is_open_reads_on_after_its_layers_are_gone(home, layered):
    manifest, view = api.register().current()
    count = view.count("patents")
    upkeep.compact(open_register(home), everything=True)
    upkeep.prune(open_register(home), keep=1)
    assert sorted(p.name for p in layered.place.layers.iterdir()) == ["000007.1"]
    assert view.count("patents") == count
    assert api.register().current()[0].layers != manifest.layers


def test_little_to_do_is_nothing_done(home):
    assert upkeep.compact(open_register(home)).snapshot is None
    opened = stock(home, *everything())
    done = upkeep.compact(opened, everything=True)
    assert (done.layers_before, done.layers_after, done.records_written) == (1, 1, 0)


def test_an_index_that_is_behind_catches_up_over_a_merged_layer(home):
    first, second = everything()
    stock(home, first)
    stock(home, second, index=False)
    opened = stock(home, second._replace(name="third", rows=[observation(1, "CN194000001")]), index=False)
    upkeep.compact(opened, everything=True)
    advance_index(opened)
    assert api.search(SearchRequest(query="")).total == opened.place.latest().patents


# --- pruning ----------------------------------------------------------------------------------------------------------


def test_pruning_keeps_the_newest_and_the_pinned_and_frees_the_rest(home, layered):
    upkeep.pin(layered, 2, "白皮书 2025")
    upkeep.compact(layered, everything=True)
    done = upkeep.prune(layered, keep=1)
    assert (done.pruned, done.kept) == ((1, 3, 4, 5, 6), (2, 7))
    assert done.freed_bytes > 0
    assert [(one.number, one.pinned) for one in api.snapshots()] == [(2, "白皮书 2025"), (7, None)]
    assert sorted(p.name for p in layered.place.layers.iterdir()) == ["000001", "000002", "000007.1"]
    upkeep.unpin(layered, 2)
    assert upkeep.prune(layered, keep=1).kept == (7,)


def test_only_a_snapshot_that_exists_can_be_pinned(home, layered):
    with pytest.raises(NotFound, match=r"register\.snapshot_unknown"):
        upkeep.pin(layered, 99, "")


def test_care_and_loads_wait_for_each_other(home, layered):
    with load_lock(layered.place):
        for care in (lambda: upkeep.compact(layered), lambda: upkeep.prune(layered, keep=1)):
            with pytest.raises(Conflict, match=r"register\.load_running"):
                care()


# --- processes --------------------------------------------------------------------------------------------------------

CARER = """
import sys
sys.path.insert(0, {source!r})
import django
django.setup()
from pathlib import Path
from qiantang.corpus.register.methods.frames import FRAMES
from qiantang.corpus.register.selectors.view import Register
from qiantang.corpus.register.services import upkeep
from qiantang.engines.lake.duckdb import DuckdbFrames
from qiantang.corpus.register.tests.factories import Bench, observation
bench = Bench(Path({home!r}))
frames = DuckdbFrames(spec=FRAMES, lake=bench.lake, place=bench.place.frames, options={{}})
register = Register(bench.place, bench.lake, None, frames)
print("ready", flush=True)
for turn in range(1000):
    bench.load((f"turn {{turn}}", [observation(i, f"CN1990{{turn:03d}}{{i:02d}}"[:11]) for i in range(1, 20)]))
    print("published", flush=True)
    upkeep.compact(register, everything=turn % 2 == 0)
    upkeep.prune(register, keep=1)
"""


@pytest.mark.parametrize("attempt", range(3))
def test_killed_at_any_moment_of_compaction_the_register_reads(tmp_path, attempt):
    bench = Bench(tmp_path)
    bench.load(("first", [observation(i, f"CN198{i:06d}") for i in range(1, 11)]))
    script = CARER.format(source=str(SOURCE), home=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0.05, 1.5))
        os.kill(child.pid, signal.SIGKILL)
        acknowledged = child.stdout.read().count("published")
    manifest = bench.manifest()
    assert manifest.snapshot - 1 in (acknowledged, acknowledged + 1)
    assert len(bench.records()) == manifest.patents == 10 + 19 * (manifest.snapshot - 1)
    after, _ = bench.load(("after", [observation(1, "CN197000001")]))
    assert after.patents == manifest.patents + 1


def test_readers_never_see_anything_but_whole_snapshots_while_layers_are_merged(tmp_path):
    bench = Bench(tmp_path)
    bench.load(("first", [observation(i, f"CN198{i:06d}") for i in range(1, 11)]))
    opened = open_register(tmp_path)
    script = CARER.format(source=str(SOURCE), home=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "ready\n"
        end, seen = time.monotonic() + 2.5, set()
        while time.monotonic() < end:
            manifest, view = opened.current()
            found = sum(batch.num_rows for batch in view.scan("records", ["patent_id"]))
            assert found == manifest.patents
            seen.add((manifest.snapshot, manifest.layers))
        os.kill(child.pid, signal.SIGKILL)
    assert len({snapshot for snapshot, _ in seen}) > 1
