"""Quality indicators beside the register: computed of what is on record, read by id and in bulk, following every load."""

from __future__ import annotations

import fcntl
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qiantang.commons.events.api import SUBSCRIPTIONS
from qiantang.corpus.measures.handlers import let_quality_follow
from qiantang.corpus.measures.methods.quality.assembling import RegisterColumns, assembled, last_whole_year
from qiantang.corpus.measures.methods.quality.columns import COLUMNS
from qiantang.corpus.measures.selectors import quality as kept
from qiantang.corpus.measures.services import quality as services
from qiantang.corpus.measures.tasks import follow_quality
from qiantang.corpus.register.tests.shelf import File, seen, stock
from qiantang.corpus.register.types import Citation


@pytest.fixture
def home(tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path / "home"
    return settings.QIANTANG_HOME


def citing(row, number, day, *cited, **more):
    made = seen(row, (number, "A", day), **more)
    made.citations += [Citation(one) if one else Citation(None, text="a book") for one in cited]
    return made


def patents():
    """A is cited by B (2013), by C and D of one family (2014, 2019), and by E (2020) by its grant's number;
    B cites it by both of its numbers."""
    a = seen(
        1,
        ("CN100000001", "A", "2012-03-01"),
        ("CN100000002", "B", "2013-09-01"),
        classes=("H01M10/613", "H01M10/625", "F28D15/02"),
        application_number="CN201110000001.7",
        filing_date=date(2011, 9, 1),
        claim_count=8,
    )
    return [
        a,
        citing(2, "CN100000011", "2013-05-01", "CN100000001", "CN100000002", classes=("H01M10/613",)),
        citing(3, "CN100000012", "2014-05-01", "CN100000001", classes=("B60L50/64", "H01M2/10"), simple_family="F9"),
        citing(4, "CN100000013", "2019-05-01", "CN100000001", None, office="CN", simple_family="F9"),
        citing(5, "CN100000014", "2020-12-31", "CN100000002", "CN199999999", classes=("G06F3/01",)),
        seen(6, ("CN300000015", "S", "2020-01-01"), type="design"),
    ]


@pytest.fixture
def loaded(home):
    return stock(home, File("first.csv", patents()), index=False, synthetic=True)


def by_number(register, snapshot=None):
    """Publication number -> indicators, of all patents."""
    _, view = register.current()
    rows = [row for batch in view.scan("records", ["patent_id", "publications"]) for row in batch.to_pylist()]
    found = kept.quality_of([row["patent_id"] for row in rows], snapshot)
    return {row["publications"][0]["number"]: found[row["patent_id"]] for row in rows}


def test_what_is_on_record_is_measured_and_what_is_not_is_not_known(loaded):
    assert services.prepare_quality(loaded)
    found = by_number(loaded)
    a, b, e = found["CN100000001"], found["CN100000011"], found["CN100000014"]
    assert (a.forward, a.cit5, a.cit7) == (3, 2, 2)  # C and D are one family; of 2019 and 2020 none within the span
    # B: H01M 1; C: B60L, H01M 1/2 each; E: G06F 1; D has no symbols.
    assert a.generality == pytest.approx(1 - (0.5**2 + (1 / 6) ** 2 + (1 / 3) ** 2))
    assert (a.scope, a.family, a.claims) == (2, 1, 8)
    assert a.lag_days == (date(2013, 9, 1) - date(2011, 9, 1)).days
    assert a.backward is a.literature is a.originality is a.radicalness is None
    assert (b.backward, b.literature, b.forward) == (1, 0, 0)
    assert b.originality == pytest.approx(1 - (4 + 1) / 9)
    assert b.radicalness == pytest.approx(1 / 3)
    assert b.generality is b.claims is b.lag_days is b.q4 is None
    assert (e.backward, e.cit5, e.cit7) == (2, None, None)
    assert (found["CN100000013"].backward, found["CN100000013"].literature) == (1, 1)
    assert found["CN100000013"].radicalness is None
    assert (found["CN100000012"].family, found["CN300000015"].scope) == (1, None)
    assert (a.cohort_size, a.cohort_width, found["CN300000015"].cohort_size) == (1, 2, None)
    assert a.breakthrough is False
    assert a.page_rank > 1 > b.page_rank


def test_in_bulk_in_the_order_of_ids(loaded):
    services.prepare_quality(loaded)
    table = kept.quality_columns(["patent_id", "cit5"])
    ids = table["patent_id"].to_pylist()
    assert ids == sorted(ids)
    assert len(ids) == 6
    assert table["cit5"].null_count == 3  # published in 2019 or later: the five years are not over
    assert kept.quality_columns().column_names == list(COLUMNS)
    with pytest.raises(pa.ArrowInvalid):
        kept.quality_columns(["price"])
    assert kept.quality_of([]) == {}
    assert kept.quality_of(["CN000"]) == {}


def test_h_index_of_owners(loaded):
    services.prepare_quality(loaded)
    found = by_number(loaded)
    a, b = found["CN100000001"].patent_id, found["CN100000011"].patent_id
    assert kept.h_index_of({"jia": [a, b, a], "yi": [b], "bing": ["gone"], "ding": []}) == {
        "jia": 1,
        "yi": 0,
        "bing": 0,
        "ding": 0,
    }


def test_before_they_are_there_nothing_is_said(loaded):
    assert kept.quality_state() is kept.quality_of(["x"]) is kept.quality_columns() is kept.h_index_of({}) is None
    services.prepare_quality(loaded)
    state = kept.quality_state()
    assert (state.snapshot, state.data_end, state.synthetic) == (1, 2020, True)
    assert not services.prepare_quality(loaded)


def test_an_empty_home_has_nothing_to_do(home):
    follow_quality.enqueue()
    assert kept.quality_state() is None


def test_the_job_follows_a_load_and_older_snapshots_stay_readable(loaded, home):
    follow_quality.enqueue()
    more = citing(1, "CN100000021", "2016-05-01", "CN100000001")
    register = stock(home, File("second.csv", [more]), index=False)
    assert kept.quality_state() is None
    assert kept.quality_state(1) is not None
    follow_quality.enqueue()
    assert kept.quality_state().snapshot == 2
    assert by_number(register)["CN100000001"].cit5 == 3
    first = kept.quality_columns(["cit5"], snapshot=1)["cit5"].to_pylist()
    assert sorted(one for one in first if one is not None) == [0, 0, 2]


def test_only_the_newest_snapshots_are_kept(loaded, home, monkeypatch):
    monkeypatch.setattr(services, "_KEPT", 1)
    services.prepare_quality(loaded)
    register = stock(home, File("second.csv", [citing(1, "CN100000021", "2016-05-01")]), index=False)
    services.prepare_quality(register)
    assert [path.name for path in sorted((home / "measures").glob("*.parquet"))] == ["quality-000002.parquet"]


def test_after_a_removal_or_by_another_definition_they_are_made_anew(loaded, home, monkeypatch):
    services.prepare_quality(loaded)
    (home / "register" / "suppressed.json").write_bytes(b"{}")
    assert kept.quality_state() is None
    assert services.prepare_quality(loaded)
    assert kept.quality_state().removals
    monkeypatch.setattr(kept, "VERSION", 99)
    monkeypatch.setattr(services, "VERSION", 99)
    assert kept.quality_state() is None
    assert services.prepare_quality(loaded)
    kept.quality_path(home, 1).write_bytes(b"cut off")
    assert kept.quality_state() is None


def test_two_at_once_do_no_work_twice(loaded, home):
    (home / "measures").mkdir()
    with (home / "measures" / "quality.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not services.prepare_quality(loaded)
    assert services.prepare_quality(loaded)


def test_the_file_says_what_it_was_made_of(loaded, home):
    services.prepare_quality(loaded)
    metadata = pq.read_schema(kept.quality_path(home, 1)).metadata
    assert set(metadata) == {kept.MADE_OF}


def test_the_field_is_that_of_the_main_symbol_wherever_it_stands():
    patents = {
        "patent_id": ["CN1", "CN2", "CN3"],
        "office": ["CN", "CN", "WO"],
        "type": ["invention"] * 3,
        "filing_date": pa.array([date(2010, 1, 1)] * 3),
        "first_publication_date": pa.array([date(2011, 1, 1)] * 3),
        "grant_date": pa.array([None, date(2009, 1, 1), None], pa.date32()),
        "claim_count": pa.array([None, 3, -7], pa.int32()),
        "simple_family_id": ["F", None, "F"],
    }
    symbols = [
        ("CN1", "A61P9/00", False),
        ("CN1", "A61P9/00", True),
        ("CN1", "H01M10/613", False),
        ("CN2", "A61P1/00", None),
    ]
    facts = assembled(
        RegisterColumns(
            pa.table(patents),
            pa.Table.from_pylist([dict(zip(("patent_id", "symbol", "first"), one, strict=True)) for one in symbols]),
            pa.table(
                {
                    "patent_id": pa.array([], pa.string()),
                    "cited": pa.array([], pa.string()),
                    "target": pa.array([], pa.string()),
                }
            ),
        )
    )
    assert facts.cohorts.of.tolist() == [0, 0, -1]
    assert facts.classes.lengths.tolist() == [2, 1, 0]
    assert facts.offices.lengths[facts.families].tolist() == [1, 1, 1]  # WO is none
    assert facts.claims.tolist() == [-1, 3, -1]
    assert facts.lag.tolist() == [-1, -1, -1]  # granted before it was filed: not known


@pytest.mark.parametrize(("day", "year"), [(date(2020, 12, 31), 2020), (date(2020, 12, 30), 2019), (None, 0)])
def test_a_year_is_whole_on_its_last_day(day, year):
    assert last_whole_year(day) == year


def test_a_load_leaves_a_job(loaded, db, django_capture_on_commit_callbacks):
    listening = [one for one in SUBSCRIPTIONS if one.handle is let_quality_follow]
    assert [one.event_name for one in listening] == ["ingest.snapshot.published"]
    with django_capture_on_commit_callbacks(execute=True):
        let_quality_follow(None)
    assert kept.quality_state().snapshot == 1
