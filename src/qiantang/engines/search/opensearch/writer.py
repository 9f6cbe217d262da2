"""The writing half of the OpenSearch adapter.

A cluster has no transactions. A fresh generation is not in force before its first commit, so changes go there at once;
a generation in force gets them only at commit, and until then they wait in a file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any

import orjson

from qiantang.engines.search.opensearch.bulk import BATCH_BYTES, Change, Sender, batches
from qiantang.engines.search.opensearch.committing import Committing
from qiantang.engines.search.opensearch.layout import CARD, ID, fitting, fitting_text
from qiantang.engines.search.port import Document, FieldKind, IndexSchema
from qiantang.kernel.errors import Unavailable

_IN_MEMORY = 16_000_000  # bytes of waiting changes; more of them wait on disk


class Waiting:
    """Changes that wait for the commit, in the order in which they were said."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by ``close``

    def keep(self, change: Change) -> None:
        try:
            self._file.write(change.lines())
        except OSError as error:
            raise Unavailable("search.write_failed", reason=str(error)) from error

    def __iter__(self) -> Iterator[Change]:
        self._file.seek(0)
        for line in self._file:
            ((what, told),) = orjson.loads(line).items()
            content = None if what == "delete" else next(self._file).rstrip(b"\n")
            yield Change(told["_id"], content)

    def clear(self) -> None:
        self._file.seek(0)
        self._file.truncate()

    def close(self) -> None:
        self._file.close()


class OpenSearchWriter:
    """Turns documents into changes.

    seen        called after each commit: this process sees it then
    in_force    whether searches see the generation already
    """

    def __init__(
        self,
        schema: IndexSchema,
        sender: Sender,
        committing: Committing,
        *,
        seen: Callable[[], None],
        in_force: bool,
    ) -> None:
        self._kinds = {one.name: one.kind for one in schema.fields}
        self._sender = sender
        self._committing = committing
        self._seen = seen
        self._in_force = in_force
        self._waiting = Waiting()
        self._batch: dict[str, Change] = {}
        self._size = 0

    def add(self, documents: Iterable[Document]) -> None:
        for one in documents:
            self._change(Change(one.id, orjson.dumps(self._told(one))))

    def put(self, documents: Sequence[Document]) -> None:
        self.add({one.id: one for one in documents}.values())

    def drop(self, ids: Sequence[str]) -> None:
        for one in ids:
            self._change(Change(one, None))

    def _told(self, document: Document) -> dict[str, Any]:
        told: dict[str, Any] = {ID: document.id, CARD: document.card}
        for name, value in document.fields.items():
            kind = self._kinds[name]
            if isinstance(value, str):
                told[name] = fitting(value) if kind is FieldKind.KEYWORD else fitting_text(value)
            elif isinstance(value, int):
                told[name] = value
            elif value is not None:
                told[name] = [fitting(one) for one in value]
        return told

    def _change(self, change: Change) -> None:
        if self._in_force:
            self._waiting.keep(change)
            return
        self._batch[change.id] = change
        self._size += len(change.content or b"") + len(change.id)
        if self._size >= BATCH_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._batch:
            self._sender.send(self._batch)
        self._batch, self._size = {}, 0

    def commit(self, stamp: int) -> None:
        if self._in_force:
            self._committing.announce()
        self._flush()
        for batch in batches(self._waiting):
            self._sender.send(batch)
        self._sender.finish()
        self._committing.publish(stamp)
        self._waiting.clear()
        self._in_force = True
        self._seen()

    def close(self) -> None:
        """Forget what was not committed."""
        self._sender.close()
        self._waiting.close()
