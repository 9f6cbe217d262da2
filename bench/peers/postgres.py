"""PostgreSQL as a peer: tsvector columns made from the same tokens, GIN and B-tree indexes, everything warm."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

from peers.corpus import Corpus, Patent
from peers.parts import Absent, Answer, Ask, Built, facets_told, folder_bytes, in_rounds
from tools.postgres import Cluster, free_port, programs, unprivileged_user

_SETTINGS = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=2GB", "work_mem=256MB",
    "maintenance_work_mem=1GB", "max_wal_size=20GB", "jit=off", "max_parallel_workers_per_gather=0",
    "effective_cache_size=8GB", "random_page_cost=1.1",
)  # fmt: skip
_TABLE = """
CREATE UNLOGGED TABLE patents (
    place int PRIMARY KEY, id text, title tsvector, abstract tsvector, ipc text[], subclasses text[], applicant text,
    day int, year int, card text
)
"""
_INDEXES = (
    "CREATE INDEX ON patents USING gin (abstract)",
    "CREATE INDEX ON patents USING gin (title)",
    "CREATE INDEX ON patents USING gin (ipc)",
    "CREATE INDEX ON patents (day)",
    "CREATE INDEX ON patents (applicant)",
    "VACUUM ANALYZE patents",
)
_MOST_POSITIONS = 255  # of one word in a tsvector

Found = tuple[int, str]
Way = Callable[[psycopg.Connection[Any], Ask], Found]


class Postgres:
    name = "postgresql"

    def __init__(self, place: Path) -> None:
        found = programs()
        if found is None:
            raise Absent("no PostgreSQL on this machine")
        self.place = place
        user = unprivileged_user()
        told = place / "told.json"
        password = json.loads(told.read_text())["password"] if told.exists() else secrets.token_urlsafe(16)
        self._cluster = Cluster(found, place, user, free_port(), password)
        self._running = False
        self._open: psycopg.Connection[Any] | None = None

    def _started(self) -> psycopg.Connection[Any]:
        options = " ".join(
            [f"-h 127.0.0.1 -p {self._cluster.port} -k /tmp", *(f"-c {one}" for one in _SETTINGS)]
        )  # fmt: skip
        self._cluster.control("start", "-l", str(self.place / "log"), "-o", options)
        self._running = True
        self._open = psycopg.connect(self._cluster.url.rpartition("/")[0] + "/postgres", autocommit=True)
        return self._open

    def build(self, corpus: Corpus, patents: int) -> Built:
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir(parents=True)
        started = time.perf_counter()
        self._cluster.create()
        connection = self._started()
        (self.place / "told.json").write_text(json.dumps({"password": self._cluster.password}))
        before, making = _cpu(connection), time.thread_time()
        connection.execute(_TABLE)
        with connection.cursor().copy("COPY patents FROM STDIN") as copy:
            number = 0
            for batch in corpus.batches(patents):
                copy.write("".join(_rows(batch, number)))
                number += len(batch)
        making = time.thread_time() - making
        for one in _INDEXES:
            connection.execute(one)
        spent = _cpu(connection) - before
        connection.execute("CHECKPOINT")
        return Built(time.perf_counter() - started, spent, making, folder_bytes(self.place / "cluster/base"), 0)

    def round(self, kind: str, asks: Sequence[Ask], times: int) -> list[Answer]:
        connection = self._open or self._started()
        return in_rounds(_WAYS[kind], connection, asks, times, lambda found: found)

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None
        if self._running:
            self._cluster.control("stop", "-m", "fast")
            self._running = False


def _cpu(connection: psycopg.Connection[Any]) -> float:
    """CPU seconds of the server's process that serves this connection."""
    answer = connection.execute("SELECT pg_backend_pid()").fetchone()
    assert answer is not None
    spent = Path(f"/proc/{answer[0]}/stat").read_text().rpartition(")")[2].split()
    return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def _rows(batch: Sequence[Patent], first: int) -> Iterator[str]:
    for number, one in enumerate(batch, first):
        parts = (
            str(number), one.id, _vector(one.title_tokens), _vector(one.abstract_tokens), _array(one.ipc),
            _array(one.subclasses), one.applicant, str(one.day), str(one.year), one.card.replace("\\", "\\\\"),
        )  # fmt: skip
        yield "\t".join(parts) + "\n"


def _array(values: Sequence[str]) -> str:
    return "{" + ",".join(values) + "}"


def _vector(tokens: str) -> str:
    places: dict[str, list[str]] = {}
    for place, token in enumerate(tokens.split(), 1):
        places.setdefault(token, []).append(str(place))
    return " ".join(f"'{token}':{','.join(own[:_MOST_POSITIONS])}" for token, own in places.items())


# --- how each kind of question is asked -------------------------------------------------------------------------------

_BEST = "SELECT id, card FROM patents WHERE {where} ORDER BY ts_rank(abstract, %(said)s::tsquery) DESC LIMIT 10"
_SAID = "abstract @@ %(said)s::tsquery"
_FILED = " AND day BETWEEN %(first)s AND %(last)s"
_FACETS = {
    "year": "SELECT year::text, count(*) FROM patents WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10",
    "subclass": (
        "SELECT one, count(*) FROM patents, unnest(subclasses) AS one WHERE {where} GROUP BY 1"
        " ORDER BY 2 DESC, 1 LIMIT 10"
    ),
    "applicant": (
        'SELECT applicant COLLATE "C", count(*) FROM patents WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10'
    ),
}


def _word(word: str) -> str:
    return f"'{word}'"


def _rows_of(connection: psycopg.Connection[Any], how: str, where: str, given: dict[str, Any]) -> list[Any]:
    return connection.execute(how.format(where=where), given).fetchall()  # type: ignore[arg-type]  # the text is our own


def _page(said: Callable[[Ask], str], offset: int = 0) -> Way:
    def ask_page(connection: psycopg.Connection[Any], ask: Ask) -> Found:
        given = {"said": said(ask)}
        _rows_of(connection, f"{_BEST} OFFSET {offset}", _SAID, given)
        return _rows_of(connection, "SELECT count(*) FROM patents WHERE {where}", _SAID, given)[0][0], ""

    return ask_page


def _narrowed(where: str, given: Callable[[Ask], dict[str, Any]], how: str = _BEST) -> Way:
    def ask_narrowed(connection: psycopg.Connection[Any], ask: Ask) -> Found:
        values = given(ask) | {"first": int(ask[-2]), "last": int(ask[-1])}
        _rows_of(connection, how, where + _FILED, values)
        return _rows_of(connection, "SELECT count(*) FROM patents WHERE {where}", where + _FILED, values)[0][0], ""

    return ask_narrowed


_BOOLEAN = (
    "(title @@ %(title)s::tsquery OR abstract @@ %(said)s::tsquery) AND ipc @> ARRAY[%(symbol)s]"
    " AND NOT abstract @@ %(but)s::tsquery"
)


def _boolean(ask: Ask) -> dict[str, Any]:
    title, one, other, but, symbol, _, _ = ask
    return {"title": _word(title), "said": f"{_word(one)} | {_word(other)}", "but": _word(but), "symbol": symbol}


def _near(ask: Ask) -> str:
    pairs = [(a, b, n) for a, b in (ask, ask[::-1]) for n in range(1, 6)]
    return " | ".join(f"{_word(a)} <{n}> {_word(b)}" for a, b, n in pairs)


def _facets(connection: psycopg.Connection[Any], ask: Ask) -> Found:
    total, _ = _page(_one)(connection, ask)
    given = {"said": _one(ask)}
    counted = {name: _rows_of(connection, how, _SAID, given) for name, how in _FACETS.items()}
    return total, facets_told(counted)


def _by_day(connection: psycopg.Connection[Any], ask: Ask) -> Found:
    given = {"said": _one(ask)}
    _rows_of(connection, "SELECT id, card FROM patents WHERE {where} ORDER BY day DESC LIMIT 10", _SAID, given)
    return _rows_of(connection, "SELECT count(*) FROM patents WHERE {where}", _SAID, given)[0][0], ""


def _one(ask: Ask) -> str:
    return _word(ask[0])


def _phrase(ask: Ask) -> str:
    return " <-> ".join(map(_word, ask))


_WAYS: dict[str, Way] = {
    "rare term": _page(_one),
    "common term": _page(_one),
    "AND of 3": _page(lambda ask: " & ".join(map(_word, ask))),
    "OR of 3": _page(lambda ask: " | ".join(map(_word, ask))),
    "phrase": _page(_phrase),
    "zh 2 characters": _page(_one),
    "zh 4+ characters": _page(_phrase),
    "proximity": _page(_near),
    "boolean + IPC + date": _narrowed(_BOOLEAN, _boolean),
    "prefix": _page(lambda ask: f"{_word(ask[0])}:*"),
    "facets": _facets,
    "sort by date": _by_day,
    "deep page": _page(_one, 10_000),
}
