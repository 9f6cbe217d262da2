"""Every engine for questions over whole snapshots answers alike, and as plain Python does over the rows of the register."""

from __future__ import annotations

import multiprocessing
import os

import pytest

from qiantang.corpus.register.methods.frames import FRAMES
from qiantang.engines.lake.compiling import Texts, compiled
from qiantang.engines.lake.duckdb import DuckdbFrames
from qiantang.engines.lake.port import Indicator, load_frames
from qiantang.kernel.errors import Unavailable

from .frames.answers import Answers
from .frames.oracle import expected_frames, frames_in_rows, rows_of
from .frames.questions import GIVEN, QUESTIONS
from .frames.shelf import layered

DUCKDB = "qiantang.engines.lake.duckdb.DuckdbFrames"
SPARK = "qiantang.engines.lake.spark.SparkFrames"
MASTER = os.environ.get("QIANTANG_TEST_SPARK", "")  # the address of a master, set by ``tools.spark``
ENGINES = [DUCKDB, *([SPARK] if MASTER else [])]
# PySpark's bridge leaves its sockets to the garbage collector; that is told of whichever test runs then.
SOCKETS = ("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
pytestmark = [pytest.mark.filterwarnings(one) for one in SOCKETS if MASTER]
LOOPBACK = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
}
OPTIONS = {SPARK: {"url": MASTER, "settings": {**LOOPBACK, "spark.executor.memory": "512m"}}}
ROWS = {
    name: Indicator(f"rows.{name}", lambda t, _, name=name: getattr(t, name)) for name in [*FRAMES.tables, FRAMES.links]
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """A register of four layers: new patents, corrections, a merge of two patents, patents that point back and forth."""
    return layered(tmp_path_factory.mktemp("layered"))


def engine(shelf, place):
    return DuckdbFrames(spec=FRAMES, lake=shelf.lake, place=place, options={})


@pytest.mark.parametrize("at_once", [6_000_000, 20], ids=["whole", "in parts"])
def test_the_tables_of_every_snapshot_are_what_the_register_holds(shelf, tmp_path, monkeypatch, at_once):
    monkeypatch.setattr("qiantang.engines.lake.duckdb._PATENTS_AT_ONCE", at_once)
    monkeypatch.setattr("qiantang.engines.lake.duckdb._SEEN", 2)
    frames = engine(shelf, tmp_path)
    for snapshot in shelf.place.snapshots():
        folders = shelf.folders(snapshot)
        expected = expected_frames(shelf.lake, folders)
        view = frames.open(folders)
        for name, indicator in ROWS.items():
            answer = view.run(indicator)
            assert answer.schema == FRAMES.schemas()[name]
            assert rows_of(answer) == expected[name], (snapshot, name)
        view.close()
    assert len(expected["links"]) > len(expected["patents"]) > 0
    assert len(list(tmp_path.glob("*.duckdb"))) == len(shelf.place.snapshots())


def test_files_are_made_once_and_forgotten_with_their_layers(shelf, tmp_path):
    frames = engine(shelf, tmp_path)
    folders = shelf.folders(shelf.place.snapshots()[-1])
    frames.open(folders).close()
    made = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.duckdb")}
    frames.open(folders).close()
    assert made == {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.duckdb")}
    view = frames.open(folders)
    frames.sweep([folders[0].name])
    assert [path.name.partition("-")[0] for path in tmp_path.glob("*.duckdb")] == [folders[0].name]
    assert view.run(ROWS["patents"]).num_rows  # who has them open reads on
    view.close()


def test_a_missing_layer_is_said(shelf, tmp_path):
    with pytest.raises(Unavailable, match=r"lake\.layer_unreadable"):
        engine(shelf, tmp_path).open([tmp_path / "nowhere"])


def _read(shelf, place, told):
    view = engine(shelf, place).open(shelf.folders(shelf.place.snapshots()[-1]))
    told.put(view.run(ROWS["patents"]).num_rows)


def test_several_processes_make_and_read_the_same_files(shelf, tmp_path):
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    readers = [context.Process(target=_read, args=(shelf, tmp_path, told)) for _ in range(2)]
    for one in readers:
        one.start()
    counts = [told.get(timeout=60) for _ in readers]
    for one in readers:
        one.join()
    assert (
        counts[0]
        == counts[1]
        == len(expected_frames(shelf.lake, shelf.folders(shelf.place.snapshots()[-1]))["patents"])
    )


def test_a_text_is_compiled_once_and_kept_for_the_next_process(tmp_path, monkeypatch):
    asked = []

    def build(t, q):
        asked.append(1)
        return t.patents.filter(t.patents.office == q.office).select("patent_id")

    indicator = Indicator("some.thing", build, {"office": "string", "unused": "int64"})
    first = Texts("duckdb", FRAMES.schemas(), tmp_path).of(indicator)
    assert "$office" in first.sql
    assert first.parameters == ("office",)
    assert Texts("duckdb", FRAMES.schemas(), tmp_path).of(indicator) == first
    assert asked == [1]
    monkeypatch.setattr("qiantang.engines.lake.compiling.code_stamp", lambda: "another")
    assert Texts("duckdb", FRAMES.schemas(), tmp_path).of(indicator) == first
    assert asked == [1, 1]
    assert ":office" in compiled(indicator, "pyspark", FRAMES.schemas()).sql


# --- the seventeen questions -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answers(shelf):
    """By question, what plain Python gives over the newest snapshot."""
    rows = frames_in_rows(shelf.lake, shelf.folders(shelf.place.snapshots()[-1]))
    by_hand = Answers(rows, {name: table.to_pylist() for name, table in GIVEN.items()})
    return {key: getattr(by_hand, one.build.__name__)(**asked) for key, (one, asked) in QUESTIONS.items()}


@pytest.fixture(scope="module", params=ENGINES)
def frames(request, shelf, tmp_path_factory):
    """The newest snapshot on one engine after the other."""
    place = tmp_path_factory.mktemp("frames")
    opened = load_frames(request.param, spec=FRAMES, lake=shelf.lake, place=place, options=OPTIONS.get(request.param))
    view = opened.open(shelf.folders(shelf.place.snapshots()[-1]))
    yield view
    view.close()


@pytest.mark.parametrize("key", QUESTIONS)
def test_seventeen_questions_have_one_answer(frames, answers, key):
    indicator, asked = QUESTIONS[key]
    answer = frames.run(indicator, asked, **{name: GIVEN[name] for name in indicator.given})
    told = [{k: round(v, 9) if isinstance(v, float) else v for k, v in row.items()} for row in answer.to_pylist()]
    expected = [{k: round(v, 9) if isinstance(v, float) else v for k, v in row.items()} for row in answers[key]]
    assert told == expected
    assert told


def test_an_empty_list_and_a_value_nobody_has_are_answers(frames):
    indicator, asked = QUESTIONS["07"]
    assert frames.run(indicator, {**asked, "cities": []}).num_rows == 0
    indicator, asked = QUESTIONS["12"]
    assert frames.run(indicator, {**asked, "city": "'; --"}).num_rows == 0


def test_a_beginning_of_a_text_is_compiled_without_its_length():
    """Ibis asks for the length of every text in case the place is counted from the end; known places need no such thing."""

    def build(t, _):
        code = t.patents.region_code
        return t.patents.select(
            city=code.left(4), rest=code.substr(2, 2), last=code.substr(-2, 2), all_but=code.substr(1)
        )

    for dialect in ("duckdb", "pyspark"):
        sql = compiled(Indicator("parts.of_text", build), dialect, FRAMES.schemas()).sql
        assert sql.count("LENGTH") == 2, sql  # of the last two alone
        assert ", 1, 4)" in sql
        assert ", 3, 2)" in sql
