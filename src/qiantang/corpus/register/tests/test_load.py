"""A load is all or nothing, adds each fact once, and comes to the same register in any order."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantang.corpus.register.services.load import load_lock
from qiantang.kernel.errors import Conflict

from .factories import Bench, observation

SOURCE = Path(__file__).resolve().parents[4]


def counts(sources):
    return [(s.kept, s.merged, s.refused) for s in sources]


def test_the_first_load_makes_the_first_snapshot(tmp_path):
    bench = Bench(tmp_path)
    manifest, sources = bench.load(("a", [observation(1, "CN199000001"), observation(2, "CN199000002")]))
    assert (manifest.snapshot, manifest.parent, manifest.patents) == (1, None, 2)
    assert counts(sources) == [(2, 0, 0)]
    record = bench.records()["CN-P199000001"]
    assert record["status"] == "published"
    assert record["first_publication_date"] == date(2019, 7, 12)
    assert [s["source"] for s in record["sources"]] == ["digest of a"]


def test_a_repeated_row_is_merged_and_the_disagreement_stays_visible(tmp_path):
    bench = Bench(tmp_path)
    rows = [
        observation(1, "CN199000001"),
        observation(2, "CN199000001", title="一种装置1"),
        observation(3, "CN199000001", title="一种装置1", names=("别家厂",)),
    ]
    _, sources = bench.load(("a", rows))
    assert counts(sources) == [(1, 2, 0)]
    record = bench.records()["CN-P199000001"]
    assert record["disputed"] == ["applicant"]
    assert len(record["sources"]) == 3


def test_loading_the_same_again_publishes_nothing(tmp_path):
    bench = Bench(tmp_path)
    rows = [
        observation(1, "CN199000001"),
        observation(2, "CN199000001", names=("别家厂",)),
        observation(3, "CN199000009"),
    ]
    bench.load(("a", rows))
    before = bench.records()
    manifest, sources = bench.load(("a", rows))
    assert manifest.snapshot == 1
    assert counts(sources) == [(0, 3, 0)]
    assert bench.records() == before


def test_the_same_words_in_another_file_add_a_source_but_no_fact(tmp_path):
    bench = Bench(tmp_path)
    bench.load(("a", [observation(1, "CN199000001")]))
    manifest, sources = bench.load(("b", [observation(1, "CN199000001")]))
    assert manifest.snapshot == 2
    assert counts(sources) == [(0, 1, 0)]
    assert len(bench.records()["CN-P199000001"]["sources"]) == 2


def test_an_application_number_found_later_renames_the_patent(tmp_path):
    bench = Bench(tmp_path)
    bench.load(("a", [observation(1, "CN199000001"), observation(2, "CN199000002")]))
    later = observation(1, "CN199000001", application_number="CN201899000011.5", filing_date=date(2018, 1, 5))
    manifest, sources = bench.load(("b", [later]))
    assert counts(sources) == [(1, 0, 0)]
    assert set(bench.records()) == {"CN201899000011", "CN-P199000002"}
    assert (manifest.patents, manifest.touched) == (2, 1)
    view = bench.view()
    assert view.lookup("aliases", ["p:CN199000001"])["patent_id"].to_pylist() == ["CN201899000011"]
    assert view.lookup("aliases", ["id:CN-P199000001"]).num_rows == 0
    view.close()


def test_two_known_patents_become_one_when_a_row_names_both(tmp_path):
    bench = Bench(tmp_path)
    bench.load(("a", [observation(1, "CN199000001"), observation(2, None, application_number="CN201899000011.5")]))
    assert len(bench.records()) == 2
    bench.load(("b", [observation(1, "CN199000001", kind="B", application_number="CN201899000011.5")]))
    record = bench.records()["CN201899000011"]
    assert sorted(p["kind"] for p in record["publications"]) == ["A", "B"]
    assert len(record["sources"]) == 3


rows = st.lists(
    st.builds(
        lambda row, publication, application, title, filed: observation(
            row,
            publication,
            application_number=application,
            title=title,
            filing_date=filed,
        ),
        st.integers(1, 99),
        st.sampled_from(["CN199000001", "CN199000002", "CN199000003"]),
        st.sampled_from([None, None, "CN201899000011.5", "CN201899000022.0"]),
        st.sampled_from(["一种甲", "一种乙"]),
        st.sampled_from([None, date(2018, 1, 5), date(2018, 2, 6)]),
    ),
    min_size=2,
    max_size=7,
    unique_by=lambda o: o.row,
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=rows, seed=st.integers(0, 999))
def test_any_order_and_any_split_gives_the_same_register(tmp_path_factory, rows, seed):
    """Rows keep their file and number; only the order of files and their spread over loads changes."""
    whole = Bench(tmp_path_factory.mktemp("whole"))
    whole.load(*((f"file {o.row}", [o]) for o in rows))
    mixed = list(rows)
    random.Random(seed).shuffle(mixed)
    cut = seed % len(mixed)
    split = Bench(tmp_path_factory.mktemp("split"))
    for part in (mixed[:cut], mixed[cut:], mixed[:1]):
        if part:
            split.load(*((f"file {o.row}", [o]) for o in part))
    assert whole.records() == split.records()


def test_one_load_at_a_time(tmp_path):
    bench = Bench(tmp_path)
    with load_lock(bench.place), pytest.raises(Conflict) as raised:
        bench.load(("a", [observation(1, "CN199000001")]))
    assert raised.value.code == "register.load_running"


LOADER = """
import sys
sys.path.insert(0, {source!r})
from pathlib import Path
from qiantang.corpus.register.tests.factories import Bench, observation
bench = Bench(Path({home!r}))
print("ready", flush=True)
for turn in range(1000):
    rows = [observation(i, f"CN1990{{turn:03d}}{{i:02d}}"[:11]) for i in range(1, 60)]
    bench.load((f"turn {{turn}}", rows))
    print("published", flush=True)
"""


@pytest.mark.parametrize("attempt", range(3))
def test_killed_at_any_moment_the_old_snapshot_stays_and_the_next_load_is_clean(tmp_path, attempt):
    """Each acknowledged load is there after SIGKILL; what was not acknowledged is there whole or not at all."""
    bench = Bench(tmp_path)
    bench.load(("first", [observation(i, f"CN198{i:06d}") for i in range(1, 11)]))
    script = LOADER.format(source=str(SOURCE), home=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0.05, 1.2))
        os.kill(child.pid, signal.SIGKILL)
        acknowledged = child.stdout.read().count("published")
    manifest = bench.manifest()
    assert manifest.snapshot - 1 in (acknowledged, acknowledged + 1)
    assert len(bench.records()) == manifest.patents == 10 + 59 * (manifest.snapshot - 1)
    after, _ = bench.load(("after", [observation(1, "CN197000001")]))
    assert after.patents == manifest.patents + 1
    assert not list(tmp_path.glob("register/staging-*"))
    assert sorted(p.name for p in bench.place.layers.iterdir()) == sorted(after.layers)


READER = """
import sys
sys.path.insert(0, {source!r})
from pathlib import Path
from qiantang.corpus.register.tests.factories import Bench
bench = Bench(Path({home!r}))
print("ready", flush=True)
seen = set()
while True:
    told = sys.stdin.readable() and bench.manifest()
    found = len(bench.records())
    if found not in (10, 40): print("torn", found, flush=True)
    seen.add(found)
    if 40 in seen: print("done", flush=True); break
"""


def test_two_other_processes_read_while_a_load_goes_on(tmp_path):
    bench = Bench(tmp_path)
    bench.load(("first", [observation(i, f"CN198{i:06d}") for i in range(1, 11)]))
    script = READER.format(source=str(SOURCE), home=str(tmp_path))
    readers = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [r.stdout.readline() for r in readers] == ["ready\n"] * 2
    bench.load(("second", [observation(i, f"CN197{i:06d}") for i in range(1, 31)]))
    assert [r.stdout.readline() for r in readers] == ["done\n"] * 2
    for reader in readers:
        reader.communicate(timeout=120)
