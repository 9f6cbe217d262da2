"""SQLite FTS5 as a peer: a table without content of its own for the words, a plain table with indexes for the rest."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from peers.corpus import Corpus, Patent
from peers.parts import Answer, Ask, Built, facets_told, in_rounds, peak_memory_mb

_TABLES = """
CREATE VIRTUAL TABLE words USING fts5(
    title, abstract, ipc, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '/'"
);
CREATE TABLE patents (
    place INTEGER PRIMARY KEY, id TEXT, applicant TEXT, day INTEGER, year INTEGER, card TEXT
);
CREATE TABLE subclasses (place INTEGER, subclass TEXT);
"""
_INDEXES = """
CREATE INDEX by_day ON patents (day);
CREATE INDEX by_applicant ON patents (applicant);
CREATE INDEX by_year ON patents (year);
CREATE INDEX by_subclass ON subclasses (subclass, place);
CREATE INDEX by_place ON subclasses (place, subclass);
INSERT INTO words (words) VALUES ('optimize');
ANALYZE;
"""
_PAGE = """
SELECT id, card FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 10 OFFSET ?) AS found
JOIN patents ON place = found.rowid
"""
_COUNT = "SELECT count(*) FROM words WHERE words MATCH ?"
_JOINED = "FROM words JOIN patents ON place = words.rowid WHERE words MATCH ?"
_FILED = f"{_JOINED} AND day BETWEEN ? AND ?"
_FACETS = {
    "year": "SELECT year, count(*) AS n FROM patents WHERE place IN found GROUP BY year ORDER BY n DESC, year LIMIT 10",
    "subclass": (
        "SELECT subclass, count(*) AS n FROM subclasses WHERE place IN found GROUP BY subclass"
        " ORDER BY n DESC, subclass LIMIT 10"
    ),
    "applicant": (
        "SELECT applicant, count(*) AS n FROM patents WHERE place IN found GROUP BY applicant"
        " ORDER BY n DESC, applicant LIMIT 10"
    ),
}

Found = tuple[int, str]


class Fts5:
    name = "fts5"

    def __init__(self, place: Path) -> None:
        self.place = place
        place.parent.mkdir(parents=True, exist_ok=True)
        self._open: sqlite3.Connection | None = None

    def build(self, corpus: Corpus, patents: int) -> Built:
        self.place.unlink(missing_ok=True)
        started, cpu, making = time.perf_counter(), time.process_time(), 0.0
        connection = sqlite3.connect(self.place)
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000;")
        connection.executescript(_TABLES)
        batches, number = corpus.batches(patents), 0
        while True:
            begun = time.thread_time()
            batch = next(batches, None)
            making += time.thread_time() - begun
            if batch is None:
                break
            _insert(connection, batch, number)
            number += len(batch)
        connection.executescript(_INDEXES)
        connection.commit()
        connection.close()
        spent = time.process_time() - cpu - making
        return Built(
            time.perf_counter() - started, spent, making, self.place.stat().st_size, peak_memory_mb()
        )  # fmt: skip

    def round(self, kind: str, asks: Sequence[Ask], times: int) -> list[Answer]:
        if self._open is None:
            self._open = sqlite3.connect(self.place)
            self._open.executescript("PRAGMA cache_size = -500000; PRAGMA mmap_size = 8000000000;")
        return in_rounds(_WAYS[kind], self._open, asks, times, lambda found: found)

    def close(self) -> None:
        if self._open is not None:
            self._open.close()


def _insert(connection: sqlite3.Connection, batch: Sequence[Patent], first: int) -> None:
    rows = list(enumerate(batch, first))
    connection.executemany(
        "INSERT INTO words (rowid, title, abstract, ipc) VALUES (?, ?, ?, ?)",
        ((n, one.title_tokens, one.abstract_tokens, " ".join(one.ipc)) for n, one in rows),
    )
    connection.executemany(
        "INSERT INTO patents VALUES (?, ?, ?, ?, ?, ?)",
        ((n, one.id, one.applicant, one.day, one.year, one.card) for n, one in rows),
    )
    connection.executemany("INSERT INTO subclasses VALUES (?, ?)", ((n, s) for n, one in rows for s in one.subclasses))


# --- how each kind of question is asked -------------------------------------------------------------------------------


def _word(field: str, word: str) -> str:
    return f'{field} : "{word}"'


def _page(match: Callable[[Ask], str], offset: int = 0) -> Callable[[sqlite3.Connection, Ask], Found]:
    def ask_page(connection: sqlite3.Connection, ask: Ask) -> Found:
        found = match(ask)
        connection.execute(_PAGE, (found, offset)).fetchall()
        return connection.execute(_COUNT, (found,)).fetchone()[0], ""

    return ask_page


def _filed(match: Callable[[Ask], str]) -> Callable[[sqlite3.Connection, Ask], Found]:
    """The last two parts of the question are days."""

    def ask_filed(connection: sqlite3.Connection, ask: Ask) -> Found:
        given: tuple[Any, ...] = (match(ask), int(ask[-2]), int(ask[-1]))
        connection.execute(f"SELECT id, card {_FILED} ORDER BY rank LIMIT 10", given).fetchall()
        return connection.execute(f"SELECT count(*) {_FILED}", given).fetchone()[0], ""

    return ask_filed


def _boolean(ask: Ask) -> str:
    title, one, other, but, symbol, _, _ = ask
    words = " OR ".join((_word("title", title), _word("abstract", one), _word("abstract", other)))
    return f"({words}) AND {_word('ipc', symbol)} NOT {_word('abstract', but)}"


def _facets(connection: sqlite3.Connection, ask: Ask) -> Found:
    total, _ = _page(lambda ask: _word("abstract", ask[0]))(connection, ask)
    connection.execute("DROP TABLE IF EXISTS temp.found")
    connection.execute("CREATE TEMP TABLE found (place INTEGER PRIMARY KEY)")
    connection.execute(
        "INSERT INTO found SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", (_word("abstract", ask[0]),)
    )
    counted = {
        name: [(str(value), count) for value, count in connection.execute(how).fetchall()]
        for name, how in _FACETS.items()
    }
    connection.rollback()
    return total, facets_told(counted)


def _by_day(connection: sqlite3.Connection, ask: Ask) -> Found:
    found = (_word("abstract", ask[0]),)
    connection.execute(f"SELECT id, card {_JOINED} ORDER BY day DESC LIMIT 10", found).fetchall()
    return connection.execute(_COUNT, found).fetchone()[0], ""


def _one(ask: Ask) -> str:
    return _word("abstract", ask[0])


def _phrase(ask: Ask) -> str:
    return _word("abstract", " ".join(ask))


_WAYS: dict[str, Callable[[sqlite3.Connection, Ask], Found]] = {
    "rare term": _page(_one),
    "common term": _page(_one),
    "AND of 3": _page(lambda ask: " AND ".join(_word("abstract", one) for one in ask)),
    "OR of 3": _page(lambda ask: " OR ".join(_word("abstract", one) for one in ask)),
    "phrase": _page(_phrase),
    "zh 2 characters": _page(_one),
    "zh 4+ characters": _page(_phrase),
    "proximity": _page(lambda ask: f'abstract : NEAR("{ask[0]}" "{ask[1]}", 4)'),
    "boolean + IPC + date": _filed(_boolean),
    "prefix": _page(lambda ask: f'abstract : "{ask[0]}" *'),
    "IPC + date": _filed(lambda ask: f'ipc : "{ask[0]}" *'),
    "facets": _facets,
    "sort by date": _by_day,
    "deep page": _page(_one, 10_000),
}
