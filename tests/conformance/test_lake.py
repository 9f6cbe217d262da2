"""Every lake adapter answers alike: layers hide older rows of the owners they touch, whatever the adapter."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantang.engines.lake.arrow import ArrowLake
from qiantang.engines.lake.memory import MemoryLake
from qiantang.engines.lake.port import TableSpec
from qiantang.engines.lake.rows import key_digests
from qiantang.kernel.errors import Unavailable

SPECS = {
    "records": TableSpec("records.parquet", key="n"),
    "aliases": TableSpec("aliases.parquet", key="key"),
}
RECORDS = pa.schema(
    [("n", pa.int64()), ("patent_id", pa.string()), ("title", pa.string()), ("kinds", pa.list_(pa.string()))]
)
ALIASES = pa.schema([("key", pa.string()), ("patent_id", pa.string()), ("n", pa.int64())])
ADAPTERS = [MemoryLake, ArrowLake]


def write_layer(lake, folder: Path, rows: list[dict], first: int, retired: list[str] = ()) -> int:
    folder.mkdir(parents=True)
    numbered = [{"n": first + i, **row} for i, row in enumerate(rows)]
    pq.write_table(pa.Table.from_pylist(numbered, RECORDS), folder / "records.parquet", store_schema=False)
    aliases = [{"key": f"id:{r['patent_id']}", "patent_id": r["patent_id"], "n": r["n"]} for r in numbered]
    pq.write_table(pa.Table.from_pylist(aliases, ALIASES), folder / "aliases.parquet", store_schema=False)
    owners = sorted({r["patent_id"] for r in rows} | set(retired))
    pq.write_table(pa.table({"patent_id": pa.array(owners, pa.string())}), folder / "touched.parquet")
    lake.seal(folder)
    return first + len(rows)


def row(owner: str, title: str | None, kinds=("A",)) -> dict:
    return {"patent_id": owner, "title": title, "kinds": list(kinds)}


@pytest.fixture(params=ADAPTERS, ids=lambda a: a.__name__)
def lake(request):
    return request.param(specs=SPECS)


def test_the_newest_layer_wins_and_retired_owners_are_gone(lake, tmp_path):
    at = write_layer(lake, tmp_path / "1", [row("A", "old"), row("B", "b"), row("C", None, ())], 0)
    write_layer(lake, tmp_path / "2", [row("A", "new")], at, retired=["B"])
    view = lake.open([tmp_path / "1", tmp_path / "2"])
    assert sorted(r["title"] or "" for b in view.scan("records") for r in b.to_pylist()) == ["", "new"]
    assert view.lookup("aliases", ["id:A"]).to_pylist() == [{"key": "id:A", "patent_id": "A", "n": 3}]
    assert view.lookup("aliases", ["id:B", "id:?"]).num_rows == 0
    assert view.lookup("records", [3], ["title"]).to_pylist() == [{"title": "new"}]
    assert view.lookup("records", [0]).num_rows == 0
    assert view.lookup("records", []).num_rows == 0
    assert view.count("records") == 2
    assert view.filled("records", ["title", "kinds"]) == {"title": 1, "kinds": 1}
    unfinished = view.scan("records")
    next(unfinished)
    assert view.lookup("records", [3], ["title"]).num_rows == 1  # neither a count nor a scan under way blocks a look-up
    view.close()


def test_an_older_set_of_layers_stays_readable(lake, tmp_path):
    at = write_layer(lake, tmp_path / "1", [row("A", "old")], 0)
    old = lake.open([tmp_path / "1"])
    write_layer(lake, tmp_path / "2", [row("A", "new")], at)
    assert old.lookup("records", [0], ["title"]).to_pylist() == [{"title": "old"}]
    old.close()


def test_a_missing_layer_is_said(lake, tmp_path):
    with pytest.raises(Unavailable) as raised:
        lake.open([tmp_path / "nowhere"])
    assert raised.value.code == "lake.layer_unreadable"


@pytest.mark.parametrize("lost", [".rows", ".keys", ".places"])
@pytest.mark.parametrize("table", ["records", "aliases", "touched"])
def test_what_was_made_of_parquet_files_is_made_again_where_it_is_missing(tmp_path, table, lost):
    lake = ArrowLake(specs=SPECS)
    at = write_layer(lake, tmp_path / "1", [row("A", "old"), row("B", "b")], 0)
    write_layer(lake, tmp_path / "2", [row("A", "new")], at)
    missing = tmp_path / "2" / f"{table}{lost}"
    before = missing.read_bytes()
    missing.unlink()
    view = lake.open([tmp_path / "1", tmp_path / "2"])
    assert view.lookup("aliases", ["id:A", "id:B"], ["n"])["n"].to_pylist() == [1, 2]
    assert view.lookup("records", [0, 1, 2], ["title"])["title"].to_pylist() == ["b", "new"]
    assert missing.read_bytes() == before
    assert not [*tmp_path.glob("*/mending-*")]
    missing.unlink()
    missing.with_suffix(".parquet").unlink()
    with pytest.raises(Unavailable, match=r"lake\.layer_unreadable"):
        lake.open([tmp_path / "1", tmp_path / "2"])


layers = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from("ABCDE"), st.sampled_from(["x", "y", None]), max_size=4),
        st.lists(st.sampled_from("ABCDE"), max_size=2),
    ),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(layers)
def test_all_adapters_agree(tmp_path_factory, told):
    place = tmp_path_factory.mktemp("lake")
    views = []
    for adapter in ADAPTERS:
        lake, at, folders = adapter(specs=SPECS), 0, []
        for index, (rows, retired) in enumerate(told):
            folder = place / adapter.__name__ / str(index)
            gone = [r for r in retired if r not in rows]
            at = write_layer(lake, folder, [row(o, t) for o, t in sorted(rows.items())], at, gone)
            folders.append(folder)
        views.append(lake.open(folders))
    memory, other = views
    everything = [f"id:{owner}" for owner in "ABCDE"] * 20  # more than a list of constants, so that it joins
    for values in (everything, everything[:3]):
        mine = memory.lookup("aliases", values).to_pylist()
        assert sorted(map(str, mine)) == sorted(map(str, other.lookup("aliases", values).to_pylist()))
    scans = [sorted(str(r) for b in v.scan("records") for r in b.to_pylist()) for v in views]
    assert scans[0] == scans[1]
    tallies = [sorted(map(str, v.tally("records", ["title"]).to_pylist())) for v in views]
    assert tallies[0] == tallies[1]
    for view in views:
        view.close()


@given(st.lists(st.text(max_size=90), max_size=30))
def test_a_key_has_one_digest_wherever_it_stands(texts):
    together = key_digests(pa.array(["before", *texts], pa.string())[1:])
    alone = [int(key_digests(pa.array([text], pa.string()))[0]) for text in texts]
    assert together.tolist() == alone
    by_beginning = {(text.encode()[:64], len(text.encode())) for text in texts}
    assert len(set(alone)) == len(by_beginning)


def test_digests_keep_their_values_over_versions():
    told = key_digests(pa.array(["", "id:CN201899000011", "钱塘"]))
    assert [f"{int(one):016x}" for one in told] == [
        "e220a8397b1dcdaf",
        "b011e3cf4b6f1aa7",
        "e2a4cda52d3815b8",
    ]


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda a: a.__name__)
def test_keys_of_one_digest_are_told_apart(adapter, tmp_path):
    """Digests cover the first 64 bytes and the length."""
    lake = adapter(specs=SPECS)
    owners = ["x" * 70 + letter for letter in "ABC"]
    at = write_layer(lake, tmp_path / "1", [row(owner, owner[-1]) for owner in owners], 0)
    write_layer(lake, tmp_path / "2", [row(owners[0], "new")], at)
    view = lake.open([tmp_path / "1", tmp_path / "2"])
    found = view.lookup("aliases", [f"id:{owner}" for owner in owners[:2]]).to_pylist()
    assert sorted((one["patent_id"], one["n"]) for one in found) == [(owners[0], 3), (owners[1], 1)]
    view.close()


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda a: a.__name__)
def test_a_table_of_many_row_groups_is_one_table(adapter, tmp_path):
    """Layers are written piece by piece, and no piece is as long as a block."""
    lake = adapter(specs=SPECS)
    write_layer(lake, tmp_path / "1", [row(f"P{i}", f"t{i}") for i in range(1_300)], 0)
    for name in ("records", "aliases"):
        table = pq.read_table(tmp_path / "1" / f"{name}.parquet")
        pq.write_table(table, tmp_path / "1" / f"{name}.parquet", row_group_size=300, store_schema=False)
    lake.seal(tmp_path / "1")
    view = lake.open([tmp_path / "1"])
    asked = [0, 299, 300, 700, 701, 702, 1_299]
    assert sorted(view.lookup("records", asked, ["title"])["title"].to_pylist()) == sorted(f"t{i}" for i in asked)
    found = view.lookup("aliases", [f"id:P{i}" for i in asked], ["n"])["n"].to_pylist()
    assert sorted(found) == asked
    view.close()
