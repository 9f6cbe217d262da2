"""Sending changes: batches that can be sent twice, several at once, and what was refused with its reason."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, NamedTuple

import orjson

from qiantang.engines.search.opensearch.client import WRITING_PATIENCE, Cluster
from qiantang.kernel.errors import Unavailable

BATCH_BYTES = 2_000_000
_AT_ONCE = 3  # batches under way
_LONGEST_PAUSE = 2.0
_BUSY = 429
_FAULT = 500


class Change(NamedTuple):
    """What becomes of a document: new content, or removal where there is none."""

    id: str
    content: bytes | None

    def lines(self) -> bytes:
        what = "delete" if self.content is None else "index"
        head = orjson.dumps({what: {"_id": self.id}})
        return head + b"\n" if self.content is None else head + b"\n" + self.content + b"\n"


def batches(changes: Iterable[Change]) -> Iterator[dict[str, Change]]:
    """Changes in batches, by id; of one id only the last, so that the order inside a batch does not matter."""
    batch: dict[str, Change] = {}
    size = 0
    for one in changes:
        batch[one.id] = one
        size += len(one.content or b"") + len(one.id)
        if size >= BATCH_BYTES:
            yield batch
            batch, size = {}, 0
    if batch:
        yield batch


class Sender:
    """Sends batches to one index, up to three at once; changes of one document never overtake each other."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="search-bulk")
        self._under_way: dict[Future[None], frozenset[str]] = {}

    def send(self, batch: dict[str, Change]) -> None:
        """errors: Unavailable ``search.write_failed`` of this batch or one before; as ``Cluster.ask``."""
        ids = frozenset(batch)
        if any(ids & others for others in self._under_way.values()):
            self.finish()
        while len(self._under_way) >= _AT_ONCE:
            self._collect(wait(self._under_way, return_when=FIRST_COMPLETED).done)
        self._under_way[self._pool.submit(self._send, list(batch.values()))] = ids

    def finish(self) -> None:
        """Wait until all was taken. Errors as for ``send``."""
        self._collect(wait(self._under_way).done)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _collect(self, done: Iterable[Future[None]]) -> None:
        for one in done:
            del self._under_way[one]
            one.result()

    def _send(self, changes: Sequence[Change]) -> None:
        """Send until every change is taken; those that the cluster had no room or no shard for are sent again."""
        ends, pause = time.monotonic() + WRITING_PATIENCE, 0.05
        while True:
            body = b"".join([one.lines() for one in changes])
            answer = self._cluster.write("POST", f"/{self._index}/_bulk", body)
            again = _again(changes, answer)
            if not again:
                return
            if time.monotonic() > ends:
                raise Unavailable("search.write_failed", reason=_reason(answer))
            changes = again
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - spreads the tries, guards nothing
            pause = min(2 * pause, _LONGEST_PAUSE)


def _again(changes: Sequence[Change], answer: dict[str, Any]) -> list[Change]:
    """The changes to send again. Errors: Unavailable ``search.write_failed`` where one was refused for good."""
    if not answer["errors"]:
        return []
    again = []
    for change, item in zip(changes, answer["items"], strict=True):
        (told,) = item.values()
        if "error" not in told:
            continue
        if told["status"] != _BUSY and told["status"] < _FAULT:
            raise Unavailable("search.write_failed", reason=_told(told))
        again.append(change)
    return again


def _reason(answer: dict[str, Any]) -> str:
    return next((_told(told) for item in answer["items"] for told in item.values() if "error" in told), "")


def _told(item: dict[str, Any]) -> str:
    """Document, kind and reason of a refusal, and what is behind it."""
    error = item["error"]
    behind = error.get("caused_by", {}).get("reason")
    return f"{item['_id']}: {error['type']}: {error['reason']}" + (f" ({behind})" if behind else "")
