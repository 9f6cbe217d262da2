"""Where the index lives in the cluster, and what is in force.

    <name>               an alias: it names the generation in force
    <name>-g<time>-<id>  one index each; ``fresh`` builds the next beside the one in force
    <name>-writer        one document: who writes, and until when that holds

What was committed last stands in the mapping of the generation (``_meta``), that is in the state of the cluster: every
node has it, and it changes in one piece. A crash in the middle of a commit leaves the older stamp: the same changes come
again and, put and drop being repeatable, change nothing.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qiantang.engines.search.opensearch.client import WRITING_PATIENCE, Cluster
from qiantang.engines.search.opensearch.layout import mapping, settings
from qiantang.engines.search.port import IndexSchema
from qiantang.kernel.errors import Conflict, Unavailable

_META = {"filter_path": "*.mappings._meta", "local": "true"}
_COPIES_WITHIN = "50s"  # for which a new generation waits for its replicas before it comes into force
_READ_ON = 3_600  # seconds for which a generation that was replaced can still be read
_MANY_CLAUSES = 100_000  # of one query: a span holds every word that a pattern stands for
_CLAUSES = "indices.query.bool.max_clause_count"


@dataclass(frozen=True, slots=True)
class Stored:
    """What was committed last.

    generation  the index it is in
    number      of the commit, counted in its generation
    stamp       the snapshot that it brought the index to
    owner       the installation that it belongs to
    changing    a commit is under way, or was when its writer died
    """

    generation: str
    number: int
    stamp: int
    shape: str
    documents: int
    owner: str
    changing: bool = False

    @property
    def age(self) -> tuple[int, int]:
        """Greater the later it was committed."""
        begun = self.generation.rpartition("-g")[2].partition("-")[0]
        return int(begun), self.number

    @property
    def edition(self) -> str:
        return "-".join(f"{part:x}" for part in self.age)


class Store:
    """The generations of one name.

    owner  which installation asks: two that share a cluster by mistake must not read or write each other's index
    """

    def __init__(self, cluster: Cluster, name: str, owner: str) -> None:
        self._cluster = cluster
        self.name = name
        self.owner = owner

    def read(self, *, of_the_leader: bool = False) -> Stored | None:
        """What is in force; None where nothing was committed.

        of_the_leader  ask the node that leads, which knows first; the others know a moment later
        errors  Unavailable ``search.index_foreign``; as ``Cluster.ask``
        """
        params = _META | ({"local": "false"} if of_the_leader else {})
        answer = self._cluster.ask("GET", f"/{self.name}/_mapping", params=params, ignore=(404,))
        for stored in _stored(answer):
            if stored.owner != self.owner:
                raise Unavailable("search.index_foreign", name=self.name)
            return stored
        return None

    def create(self, schema: IndexSchema, shards: int, replicas: int) -> str:
        """A new empty generation, not in force yet."""
        self._allow_many_clauses()
        generation = f"{self.name}-g{time.time_ns()}-{secrets.token_hex(4)}"
        meta = {"owner": self.owner}
        body = {"settings": {"index": settings(shards, replicas)}, "mappings": mapping(schema, meta)}
        _create(self._cluster, generation, body)
        return generation

    def _allow_many_clauses(self) -> None:
        """Raise the limit of the cluster where it is lower and we may; where we may not, some queries are refused."""
        params = {"include_defaults": "true", "flat_settings": "true", "filter_path": f"*.{_CLAUSES}"}
        try:
            answer = self._cluster.ask("GET", "/_cluster/settings", params=params)
            known = {name: value for part in answer.values() for name, value in part.items()}
            if int(known.get(_CLAUSES, 0)) < _MANY_CLAUSES:
                self._cluster.ask("PUT", "/_cluster/settings", {"persistent": {_CLAUSES: _MANY_CLAUSES}})
        except Unavailable as refused:
            if refused.code == "search.failed" or " 403" in f" {refused.facts['reason']}":
                return
            raise

    def show(self, generation: str) -> None:
        """Make what was written visible to searches, on every copy of every shard."""
        ends = time.monotonic() + WRITING_PATIENCE
        while True:
            answer = self._cluster.write("POST", f"/{generation}/_refresh")
            if not answer["_shards"]["failed"]:
                return
            if time.monotonic() > ends:
                raise Unavailable("search.write_failed", reason="a shard could not be refreshed")
            time.sleep(0.2)

    def write(self, stored: Stored) -> None:
        """Tell all nodes what is committed; when this returns, they know."""
        meta = {name: value for name, value in asdict(stored).items() if name != "generation"}
        self._cluster.write("PUT", f"/{stored.generation}/_mapping", {"_meta": meta})

    def put_in_force(self, generation: str, before: str | None) -> None:
        """Let the name mean this generation, in one step. The one before stays for a while: somebody may be reading it."""
        health = f"/_cluster/health/{generation}"
        wait = {"wait_for_status": "green", "timeout": _COPIES_WITHIN}
        self._cluster.write("GET", health, params=wait, ignore=(408,))
        actions: list[dict[str, Any]] = [{"add": {"index": generation, "alias": self.name}}]
        if before is not None:
            actions.append({"remove": {"index": before, "alias": self.name, "must_exist": False}})
        self._cluster.write("POST", "/_aliases", {"actions": actions})
        if before is not None:
            meta = {"_meta": {"owner": self.owner, "replaced_at": time.time()}}
            self._cluster.write("PUT", f"/{before}/_mapping", meta, ignore=(404,))

    def remove(self, generation: str) -> None:
        self._cluster.write("DELETE", f"/{generation}", ignore=(404,))

    def sweep(self, keep: str | None) -> None:
        """Remove our generations that are not in force: of writers that were killed, and those replaced a while ago."""
        answer = self._cluster.ask("GET", f"/{self.name}-g*/_mapping", params=_META, ignore=(404,))
        ours = re.compile(re.escape(self.name) + r"-g\d+-[0-9a-f]{8}")
        for index, told in answer.items():
            meta = told.get("mappings", {}).get("_meta", {}) if ours.fullmatch(index) else {}
            if (
                index != keep
                and meta.get("owner") == self.owner
                and meta.get("replaced_at", 0) < time.time() - _READ_ON
            ):
                self.remove(index)


def _create(cluster: Cluster, index: str, body: dict[str, Any]) -> None:
    """Make an index; that it is there already is no error: the answer to an earlier try may have been lost."""
    answer = cluster.write("PUT", f"/{index}", body, ignore=(400,))
    error = answer.get("error")
    if error and error["type"] != "resource_already_exists_exception":
        raise Unavailable("search.write_failed", reason=f"{error['type']}: {error['reason']}")


def _stored(answer: dict[str, Any]) -> Iterator[Stored]:
    for index, told in answer.items():
        if isinstance(told, dict) and "mappings" in told:
            yield Stored(generation=index, **told["mappings"]["_meta"])


def known_owner(place: Path | None) -> str:
    """The name of this installation, kept in its folder; made when it is first asked for. It is no secret."""
    if place is None:
        return "memory"
    file = place / "cluster-owner"
    if not file.exists():
        place.mkdir(parents=True, exist_ok=True)
        draft = place / f"cluster-owner.{secrets.token_hex(8)}"
        draft.write_text(secrets.token_hex(16), encoding="ascii")
        try:
            file.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was first
        finally:
            draft.unlink()
    return file.read_text(encoding="ascii")


class Lease:
    """The right to write, held by one writer in the whole cluster.

    It lapses unless it is renewed, so that a writer that was killed does not block the next for long. The clocks of the
    machines that write must agree to some seconds.
    """

    SECONDS = 30.0
    RENEWED_EVERY = 8.0

    def __init__(self, cluster: Cluster, name: str) -> None:
        self._cluster = cluster
        self._index = f"{name}-writer"
        self._holder = secrets.token_hex(16)
        self._version: dict[str, str | int] = {}

    def take(self) -> None:
        """errors: Conflict ``search.writer_busy``."""
        body = {"settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}}}
        if "error" in self._cluster.ask("GET", f"/{self._index}/_settings", ignore=(404,)):
            _create(self._cluster, self._index, body)
        if self._written("PUT", f"/{self._index}/_create/writer", {}):
            return
        held = self._cluster.ask("GET", f"/{self._index}/_doc/writer", ignore=(404,))
        told = held.get("_source", {"holder": "", "until": 0.0})
        if told["holder"] != self._holder and told["until"] > time.time():
            raise Conflict("search.writer_busy")
        where = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]} if "_seq_no" in held else {}
        path = f"/{self._index}/_doc/writer" if where else f"/{self._index}/_create/writer"
        if not self._written("PUT", path, where):
            raise Conflict("search.writer_busy")

    def renew(self) -> None:
        """errors: Unavailable ``search.write_failed`` where another took it."""
        if not self._written("PUT", f"/{self._index}/_doc/writer", self._version):
            held = self._cluster.ask("GET", f"/{self._index}/_doc/writer", ignore=(404,))
            if held.get("_source", {}).get("holder") != self._holder:
                raise Unavailable("search.write_failed", reason="another writer has taken over")
            self._remember(held)  # a renewal of ours whose answer was lost

    def give_back(self) -> None:
        self._cluster.ask("DELETE", f"/{self._index}/_doc/writer", params=self._version, ignore=(404, 409))

    def _written(self, method: str, path: str, params: dict[str, str | int]) -> bool:
        body = {"holder": self._holder, "until": time.time() + self.SECONDS}
        answer = self._cluster.write(method, path, body, params=params, ignore=(409,), patience=self.SECONDS)
        if "error" in answer:
            return False
        self._remember(answer)
        return True

    def _remember(self, told: dict[str, Any]) -> None:
        self._version = {"if_seq_no": told["_seq_no"], "if_primary_term": told["_primary_term"]}
