"""What the tantivy adapter must do beside the common suite: exact facets of many values, other processes, crashes."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from random import Random
from textwrap import dedent

import pytest

from qiantang.engines.search.memory import MemoryEngine
from qiantang.engines.search.port import (
    Document,
    Everything,
    FacetRequest,
    FieldKind,
    IndexField,
    IndexSchema,
    IndexStatus,
    Phrase,
    Range,
    Sort,
    Term,
)
from qiantang.engines.search.tantivy import TantivyEngine, scanning
from qiantang.kernel.errors import Conflict, Limited, Unavailable
from qiantang.kernel.paging import PageRequest

SCHEMA = IndexSchema(
    version=1,
    fields=(
        IndexField("title", FieldKind.TEXT),
        IndexField("name", FieldKind.KEYWORD, facet=True),
        IndexField("year", FieldKind.INTEGER, facet=True, sortable=True),
    ),
)


def _names(random: Random, segment: int) -> list[str]:
    """Half from names this segment alone knows and likes, some from a few that all know, some from very many."""
    kind = random.random()
    if kind < 0.5:
        return [f"local {segment} {random.randrange(300)}"]
    if kind < 0.6:
        return [f"everywhere {random.randrange(40)}", f"name {random.randrange(60_000)}"]
    return [f"name {random.randrange(60_000)}", f"name {random.randrange(60_000)}"]


@pytest.mark.feature("S3-05")
def test_facet_counts_are_exact_over_many_segments_and_more_than_fifty_thousand_values(tmp_path):
    random = Random(3)
    engine = TantivyEngine(SCHEMA, tmp_path, writer_threads=1)
    counted = {year: Counter() for year in range(3)}
    for segment in range(7):
        documents = []
        for number in range(17_000):
            names, year = _names(random, segment), random.randrange(3)
            counted[year].update(set(names))
            documents.append(Document(f"{segment} {number}", {"name": names, "year": year}))
        with engine.writer() as writer:
            writer.put(documents)
            writer.commit(stamp=segment)
    assert engine._searcher().num_segments > 3
    everything = sum(counted.values(), Counter())
    assert len(everything) > 50_000
    for query, expected in [
        (Everything(), everything),
        (Term("year", 1), counted[1]),
        (Range("year", 1, 2), counted[1] + counted[2]),
    ]:
        ordered = sorted(expected.items(), key=lambda pair: (-pair[1], pair[0]))
        for size in (1, 10, 45, 300, 3000):
            found = engine.search(query, page=PageRequest(), facets=[FacetRequest("name", size)]).facets["name"]
            assert [(one.value, one.count) for one in found] == ordered[:size]


def test_facets_of_values_all_met_once_are_cut_by_value(tmp_path):
    engine = TantivyEngine(SCHEMA, None)
    with engine.writer() as writer:
        for first in range(0, 70_000, 10_000):
            writer.put([Document(f"{n}", {"name": [f"name {n:06d}"]}) for n in range(first, first + 10_000)])
            writer.commit(stamp=first)
    found = engine.search(Everything(), page=PageRequest(), facets=[FacetRequest("name", 5)]).facets["name"]
    assert [one.value for one in found] == [f"name {n:06d}" for n in range(5)]


def test_an_open_end_counts_every_word_or_refuses(tmp_path):
    engine = TantivyEngine(SCHEMA, None, writer_threads=1)  # one segment: the bound is one of a segment
    with engine.writer() as writer:
        writer.put([Document(f"{n}", {"title": f"a5 石{chr(0x4E00 + n)}"}) for n in range(9_000)])
        writer.put([Document(f"w{n}", {"title": f"a5 w{n}"}) for n in range(17_000)])
        writer.commit(stamp=1)
    assert engine.count(Phrase("title", ("a5", "石"), open_end=True)) == 9_000
    with pytest.raises(Limited) as refusal:
        engine.count(Phrase("title", ("a5", "w"), open_end=True))
    assert refusal.value.code == "search.too_many_words"


def test_an_index_is_found_again_with_its_stamp(tmp_path):
    with TantivyEngine(SCHEMA, tmp_path).writer() as writer:
        writer.put([Document("d1", {"title": "wolf"}, card="{}")])
        writer.commit(stamp=42)
    engine = TantivyEngine(SCHEMA, tmp_path)
    assert engine.state().status is IndexStatus.CURRENT
    assert (engine.state().stamp, engine.state().documents) == (42, 1)
    assert engine.search(Term("title", "wolf"), page=PageRequest()).hits[0].card == "{}"


@pytest.mark.parametrize(
    "schema", [replace(SCHEMA, version=2), replace(SCHEMA, fields=SCHEMA.fields[:2])], ids=["version", "fields"]
)
def test_an_index_of_another_schema_is_stale_and_refuses_until_it_is_built_afresh(tmp_path, schema):
    with TantivyEngine(SCHEMA, tmp_path).writer() as writer:
        writer.put([Document("d1", {"title": "wolf"})])
        writer.commit(stamp=1)
    engine = TantivyEngine(schema, tmp_path)
    assert engine.state().status is IndexStatus.STALE
    with pytest.raises(Unavailable) as refusal:
        engine.count(Everything())
    assert refusal.value.code == "search.index_stale"
    with pytest.raises(Conflict), engine.writer():
        pass
    with engine.writer(fresh=True) as writer:
        writer.put([Document("d2", {"title": "wolf"})])
        writer.commit(stamp=2)
    assert engine.state().status is IndexStatus.CURRENT
    assert engine.ids(Everything()) == {"d2"}


def test_many_small_commits_are_merged_into_few_segments(tmp_path):
    engine = TantivyEngine(SCHEMA, tmp_path, writer_threads=1)
    for number in range(30):
        with engine.writer() as writer:
            writer.put([Document(f"d{number}", {"title": "wolf"})])
            writer.commit(stamp=number)
    assert engine._searcher().num_segments < 12
    assert engine.count(Term("title", "wolf")) == 30


def test_refresh_opens_nothing_where_nothing_changed(tmp_path):
    engine = TantivyEngine(SCHEMA, tmp_path)
    with engine.writer() as writer:
        writer.commit(stamp=1)
    searcher = engine._searcher()
    engine.refresh()
    assert engine._searcher() is searcher


# --- scans ---


@pytest.mark.feature("S3-15")
@pytest.mark.parametrize(("at_once", "values"), [(1, 2), (7, 3), (40, 1)])
@pytest.mark.parametrize(
    "sort", [None, Sort("year"), Sort("year", descending=False), Sort("day"), Sort("day", descending=False)]
)
def test_a_scan_of_more_than_is_held_at_once_is_merged_from_its_parts(monkeypatch, tmp_path, at_once, values, sort):
    monkeypatch.setattr(scanning, "_AT_ONCE", at_once)
    monkeypatch.setattr(scanning, "_VALUES_AT_ONCE", values)
    monkeypatch.setattr(scanning, "_READ_BYTES", 11)
    schema = replace(SCHEMA, fields=(*SCHEMA.fields, IndexField("day", FieldKind.INTEGER, sortable=True)))
    random = Random(5)
    days = [None, -(2**62), 2**63 - 1, -(2**63), 3, 4, 5]
    engine, oracle = TantivyEngine(schema, tmp_path), MemoryEngine(schema)
    for one in (engine, oracle):
        random.seed(5)
        for first in range(0, 120, 40):
            with one.writer() as writer:
                writer.put(
                    [
                        Document(
                            f"石{n}\n{random.random()}",
                            {"year": random.choice([None, 1, 2]), "day": random.choice(days), "title": "a b"[n % 2 :]},
                        )
                        for n in range(first, first + 40)
                    ]
                )
                writer.commit(stamp=first)
    for query in (Everything(), Term("title", "a"), Range("day", 3, 4)):
        whole = list(oracle.scan(query, sort=sort).hits)
        assert list(engine.scan(query, sort=sort).hits) == whole
        for after in whole[:: len(whole) // 7]:
            assert list(engine.scan(query, sort=sort, after=after).hits) == whole[whole.index(after) + 1 :]


@pytest.mark.feature("S3-15")
def test_a_scan_looks_at_each_hit_a_bounded_number_of_times(monkeypatch, tmp_path):
    """Not the square of the hits: what the windows ask for adds up to the hits."""
    monkeypatch.setattr(scanning, "_AT_ONCE", 50)
    asked = []
    addresses = scanning.Scanner._addresses
    monkeypatch.setattr(
        scanning.Scanner, "_addresses", lambda self, part, size: asked.append(size) or addresses(self, part, size)
    )
    engine = TantivyEngine(SCHEMA, tmp_path)
    with engine.writer() as writer:
        writer.put([Document(f"{n:05d}", {"year": n % 180}) for n in range(3_600)])
        writer.commit(stamp=1)
    for sort in (None, Sort("year")):
        asked.clear()
        assert len(list(engine.scan(Everything(), sort=sort).hits)) == sum(asked) == 3_600
        assert max(asked) <= 50
        assert len(asked) <= 2 * 3_600 // 40


def test_a_scan_without_room_for_its_parts_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(scanning, "_AT_ONCE", 1)

    def full():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scanning, "TemporaryFile", full)
    engine = TantivyEngine(SCHEMA, tmp_path)
    with engine.writer() as writer:
        writer.put([Document(f"{n}", {"year": n}) for n in range(3)])
        writer.commit(stamp=1)
    with pytest.raises(Unavailable) as refusal:
        list(engine.scan(Everything()).hits)
    assert refusal.value.code == "search.failed"


# --- other processes ---

PROGRAM = dedent(
    """
    import os, sys
    from pathlib import Path
    from qiantang.engines.search.port import *
    from qiantang.engines.search.tantivy import TantivyEngine, store
    from qiantang.kernel.errors import DomainError
    from qiantang.kernel.paging import PageRequest
    SCHEMA = IndexSchema(version=1, fields=(
        IndexField("title", FieldKind.TEXT),
        IndexField("name", FieldKind.KEYWORD, facet=True),
        IndexField("year", FieldKind.INTEGER, facet=True, sortable=True),
    ))
    engine = TantivyEngine(SCHEMA, Path(sys.argv[1]))
    """
)


class _Other:
    """Another process that runs the lines it is given and prints what they evaluate to."""

    def __init__(self, place):
        loop = "for line in sys.stdin:\n    print(eval(line), flush=True)\n"
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM + loop, str(place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": ":".join(sys.path)},
        )

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


def _run(program, place):
    return subprocess.run(
        [sys.executable, "-c", PROGRAM + dedent(program), str(place)],
        check=False,
        timeout=60,
        env={"PYTHONPATH": ":".join(sys.path)},
    ).returncode


def test_a_reader_elsewhere_goes_on_with_what_it_has_and_sees_the_new_after_refresh(tmp_path):
    engine = TantivyEngine(SCHEMA, tmp_path)
    with engine.writer() as writer:
        writer.put([Document(f"d{n}", {"title": "wolf", "name": ["a"]}, card="x" * 2000) for n in range(500)])
        writer.commit(stamp=1)
    everything = "len(engine.ids(Everything()))"
    with _Other(tmp_path) as other:
        assert other.ask(everything) == "500"
        with engine.writer() as writer:
            writer.drop([f"d{n}" for n in range(100)])
            writer.commit(stamp=2)
        assert other.ask(everything) == "500"
        assert other.ask("engine.refresh() or engine.state().stamp") == "2"
        assert other.ask(everything) == "400"
        with engine.writer(fresh=True) as writer:
            writer.put([Document("new", {"title": "石墨"})])
            writer.commit(stamp=3)
        assert [one.name for one in tmp_path.glob("g*")] == ["g2"]  # the old generation is gone from the folder
        assert other.ask(everything) == "400"
        assert other.ask("len(engine.search(Term('title', 'wolf'), page=PageRequest(300, 50)).hits)") == "50"
        assert other.ask("engine.refresh() or engine.state().stamp") == "3"
        assert other.ask("engine.ids(Everything())") == "frozenset({'new'})"


def test_a_second_process_may_not_write_at_the_same_time(tmp_path):
    engine = TantivyEngine(SCHEMA, tmp_path)
    attempt = """
    try:
        with engine.writer(fresh=%s) as writer:
            writer.commit(stamp=9)
    except DomainError as error:
        sys.exit(7 if error.code == "search.writer_busy" else 1)
    """
    with engine.writer() as writer:
        writer.commit(stamp=1)
        assert _run(attempt % False, tmp_path) == 7
        assert _run(attempt % True, tmp_path) == 7
    assert _run(attempt % False, tmp_path) == 0
    engine.refresh()
    assert engine.state().stamp == 9


@pytest.mark.parametrize("fresh", [False, True])
def test_a_writer_killed_before_commit_leaves_the_last_commit_and_no_lock(tmp_path, fresh):
    engine = TantivyEngine(SCHEMA, tmp_path)
    with engine.writer() as writer:
        writer.put([Document("d1", {"title": "wolf"})])
        writer.commit(stamp=1)
    killed = f"""
    with engine.writer(fresh={fresh}) as writer:
        writer.put([Document(f"k{{n}}", {{"title": "wolf"}}) for n in range(3000)])
        writer.drop(["d1"])
        os.kill(os.getpid(), 9)
    """
    assert _run(killed, tmp_path) == -9
    engine = TantivyEngine(SCHEMA, tmp_path)
    assert (engine.state().stamp, engine.ids(Everything())) == (1, {"d1"})
    with engine.writer(fresh=fresh) as writer:
        writer.put([Document("d2", {"title": "wolf"})])
        writer.commit(stamp=2)
    assert "d2" in engine.ids(Everything())


@pytest.mark.parametrize("fresh", [False, True])
def test_a_crash_between_commit_and_stamp_shows_the_older_stamp_and_the_changes_can_come_again(tmp_path, fresh):
    engine = TantivyEngine(SCHEMA, tmp_path)
    with engine.writer() as writer:
        writer.put([Document("d1", {"title": "wolf"}), Document("d2", {"title": "wolf"})])
        writer.commit(stamp=1)
    changes = """
    with engine.writer(fresh=%s) as writer:
        writer.drop(["d1"])
        writer.put([Document("d2", {"title": "石墨"}), Document("d3", {"title": "石墨"})])
        writer.commit(stamp=2)
    """
    crash = "\nstore.FolderStore.write = lambda *_: os._exit(5)\n"
    assert _run(crash + dedent(changes % fresh), tmp_path) == 5
    engine = TantivyEngine(SCHEMA, tmp_path)
    assert engine.state().stamp == 1
    assert _run(changes % fresh, tmp_path) == 0
    engine.refresh()
    assert engine.state().stamp == 2
    assert engine.ids(Everything()) == {"d2", "d3"}
    assert engine.count(Term("title", "wolf")) == 0
