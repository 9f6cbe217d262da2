"""The register as open data: what is written reads back and counts as the register does; addresses stay behind."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256

import pyarrow.parquet as pq
import pytest

from qiantang.corpus.register import api
from qiantang.corpus.register.methods.descriptions import LEFT_OUT, described
from qiantang.corpus.register.methods.tables import CANONICAL_TABLES, schema_of
from qiantang.corpus.register.selectors import dumps
from qiantang.corpus.register.services import export, upkeep
from qiantang.corpus.register.types import Event, Party
from qiantang.kernel.errors import Conflict, NotFound

from .shelf import everything, seen, stock

STREET = "杭州市西湖区凤起路七号三单元"


@pytest.fixture
def opened(home):
    """The shelf in two layers, and a private person with an address, in a party and in an event."""
    first, second = everything()
    private = seen(40, ("CN215000040", "U", "2021-12-17"), type="utility_model", names=())
    private.parties = [Party("applicant", 1, "章湖墅", "CN", STREET, "310012")]
    private.events = [
        Event("CB02", date(2022, 1, 4), date(2022, 1, 4), f"变更事项：地址；变更后：{STREET}"),
        Event("GR01", date(2021, 12, 17), date(2021, 12, 17), "授权"),
    ]
    stock(home, first._replace(rows=[*first.rows, private]), index=False)
    return stock(home, second, index=False)


def read(folder, table):
    return pq.read_table(folder / f"{table}.parquet").to_pylist()


def test_every_column_of_every_table_is_described():
    for table in CANONICAL_TABLES:
        for name in schema_of(table).names:
            if name not in LEFT_OUT:
                assert described(table, name).meaning
    with pytest.raises(KeyError):
        described("patents", "colour")


@pytest.mark.feature("X-29")
def test_an_export_reads_back_and_counts_as_the_register_does(home, opened, tmp_path):
    folder = tmp_path / "open" / "data"
    done = upkeep.export_register(opened, folder)
    manifest, view = api.register().current()
    assert (done.snapshot, done.resumed) == (2, 0)
    assert {one.name: one.rows for one in done.files}["patents"] == manifest.patents == view.count("patents")
    record = api.get("CN107000001A")
    assert [c for c in read(folder, "citations") if c["patent_id"] == record.patent_id] == [
        {"patent_id": record.patent_id, **citation._asdict(), "key": citation.cited and f"p:{citation.cited}"}
        for citation in record.citations
    ]
    (patent,) = [p for p in read(folder, "patents") if p["patent_id"] == record.patent_id]
    assert (patent["filing_date"], patent["status"], patent["region_code"]) == (
        record.filing_date,
        record.status,
        "330106",
    )
    keys = [row["key"] for row in read(folder, "aliases")]
    assert not any(key.startswith("x:") for key in keys)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["version"] == "2"
    assert [s["title"] for s in package["sources"]] == ["gazette.csv", "crawl.csv"]
    for told in package["resources"]:
        content = (folder / told["path"]).read_bytes()
        assert (told["bytes"], told["hash"]) == (len(content), f"sha256:{sha256(content).hexdigest()}")
        assert told["rowCount"] == pq.read_metadata(folder / told["path"]).num_rows
        assert [f["name"] for f in told["schema"]["fields"]] == pq.read_schema(folder / told["path"]).names
        for field in told["schema"]["fields"]:
            if field.get("constraints"):
                assert pq.read_table(folder / told["path"], columns=[field["name"]])[0].null_count == 0


@pytest.mark.feature("X-31")
def test_no_street_of_anybody_leaves_the_house(home, opened, tmp_path):
    upkeep.export_register(opened, tmp_path / "out")
    for path in sorted((tmp_path / "out").iterdir()):
        told = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_text("utf-8")
        assert STREET not in told, path.name
        assert "310012" not in told, path.name
    texts = {e["code"]: e["text"] for e in read(tmp_path / "out", "legal_events") if e["patent_id"] == "CN-P215000040"}
    assert texts == {"CB02": None, "GR01": "授权"}


def test_an_export_that_stopped_goes_on_with_what_is_missing(home, opened, tmp_path, monkeypatch):
    folder, tables = tmp_path / "out", []
    whole = export._table

    def stops_at_the_fourth(register, snapshot, table, out):
        tables.append(table)
        if len(tables) == 4:
            raise OSError("disk full")
        return whole(register, snapshot, table, out)

    with monkeypatch.context() as patched:
        patched.setattr(export, "_table", stops_at_the_fourth)
        with pytest.raises(OSError, match="disk full"):
            upkeep.export_register(opened, folder)
    assert not (folder / "datapackage.json").exists()
    (folder / f"{tables[0]}.parquet").write_bytes(b"damaged since")
    stock(home, everything()[0]._replace(name="later"), index=False)  # a newer snapshot does not mix in
    done = upkeep.export_register(opened, folder)
    assert (done.snapshot, done.resumed, len(done.files)) == (2, 2, len(CANONICAL_TABLES))
    assert upkeep.export_register(opened, folder).resumed == len(CANONICAL_TABLES)


def test_a_folder_that_holds_something_else_is_left_alone(home, opened, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(Conflict, match=r"register\.export_folder"):
        upkeep.export_register(opened, tmp_path / "mine")
    upkeep.export_register(opened, tmp_path / "out", snapshot=1)
    with pytest.raises(Conflict, match=r"register\.export_folder"):
        upkeep.export_register(opened, tmp_path / "out", snapshot=2)
    with pytest.raises(NotFound, match=r"register\.snapshot_unknown"):
        upkeep.export_register(opened, tmp_path / "new", snapshot=9)


@pytest.mark.feature("S3-16")
def test_coverage_tells_kinds_of_sources_by_rank(home, opened):
    told = api.coverage()
    assert [(one.format, one.rank, one.files, one.refused) for one in told.formats] == [
        ("test", 2, 1, 2),
        ("test", 5, 1, 0),
    ]
    assert sum(one.read for one in told.formats) == sum(source.read for source in told.sources)


# --- dumps that are handed out ---------------------------------------------------------------------------------------


@pytest.fixture
def dump(home, opened):
    """A finished dump in the place from which dumps are handed out."""
    folder = upkeep.dump_folder(opened)
    upkeep.export_register(opened, folder)
    (folder / dumps.RECEIPT).write_text("{}")
    return folder


@pytest.mark.feature("S3-24")
def test_a_dump_is_listed_with_digests_that_hold(opened, dump):
    (told,) = dumps.open_dumps(opened)
    assert (told.name, told.snapshot, told.current, told.synthetic) == ("snapshot-000002", 2, True, False)
    assert {one.name for one in told.files if one.rows is not None} == {f"{name}.parquet" for name in CANONICAL_TABLES}
    for one in told.files:
        held, path = dumps.dump_file(opened, told.name, one.name)
        assert held.size_bytes == path.stat().st_size
        assert held.sha256 in (None, sha256(path.read_bytes()).hexdigest())


@pytest.mark.parametrize("missing", [dumps.PACKAGE, dumps.STATE, dumps.RECEIPT])
def test_what_is_not_finished_is_no_dump(opened, dump, missing):
    (dump / missing).unlink()
    assert dumps.open_dumps(opened) == ()


@pytest.mark.parametrize("asked", [("..", "manifest-000001.json"), ("snapshot-000002", "../../secret-key"), ("x", "y")])
def test_nothing_else_is_given_out(opened, dump, asked):
    with pytest.raises(NotFound, match="dump_unknown"):
        dumps.dump_file(opened, *asked)


@pytest.mark.feature("X-31")
def test_a_removal_withdraws_the_dumps_made_before_and_the_next_export_is_clean(opened, dump):
    name = "沈文晖"
    assert any(row["name"] == name for row in read(dump, "parties"))
    upkeep.erase(opened, ["CN201710601862"], name=name)
    assert [one.current for one in dumps.open_dumps(opened)] == [False]
    with pytest.raises(Conflict, match="dump_withdrawn"):
        dumps.dump_file(opened, dump.name, "parties.parquet")
    done = upkeep.export_register(opened, dump)  # goes on in the folder of the earlier run, and takes nothing over
    assert done.resumed == 0
    assert not any(row["name"] == name for row in read(dump, "parties"))
    assert [one.current for one in dumps.open_dumps(opened)] == [True]


def test_a_removal_while_an_export_runs_begins_it_anew(opened, tmp_path):
    name, folder = "沈文晖", tmp_path / "out"

    def meanwhile(_stage, done, _total, seen=[]):  # noqa: B006 - remembers that it was called
        if done == len(CANONICAL_TABLES) - 1 and not seen:
            seen.append(upkeep.erase(opened, ["CN201710601862"], name=name))

    upkeep.export_register(opened, folder, progress=meanwhile)
    assert not any(row["name"] == name for row in read(folder, "parties"))
