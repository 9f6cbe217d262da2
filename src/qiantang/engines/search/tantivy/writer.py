"""The writing half of the tantivy adapter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import orjson
import tantivy

from qiantang.engines.search.port import Document, IndexSchema
from qiantang.engines.search.tantivy.translate import CARD, ID
from qiantang.kernel.errors import Unavailable


class TantivyWriter:
    """Feeds one tantivy writer. ``publish(stamp, commit)`` is the engine's: it runs the commit and tells the readers."""

    def __init__(
        self,
        native: tantivy.IndexWriter,
        native_schema: tantivy.Schema,
        schema: IndexSchema,
        publish: Callable[[int, Callable[[], object]], None],
    ) -> None:
        self._native = native
        self._native_schema = native_schema
        self._publish = publish
        self.dirty = False  # whether anything was changed since the last commit
        self._names = {ID, CARD, *(one.name for one in schema.fields)}
        self._facets = [one.name for one in schema.fields if one.facet]

    def add(self, documents: Iterable[Document]) -> None:
        self.dirty = True
        add_json, told = self._native.add_json, self._told
        try:
            for one in documents:
                add_json(told(one))
        except (ValueError, orjson.JSONEncodeError) as error:
            raise Unavailable("search.write_failed", reason=str(error)) from error

    def put(self, documents: Sequence[Document]) -> None:
        newest = {one.id: one for one in documents}
        self.drop(newest)
        self.add(newest.values())

    def _told(self, document: Document) -> str:
        """As JSON: tantivy reads that in less time than it walks a dict."""
        told = {name: value for name, value in document.fields.items() if value is not None}
        told[ID], told[CARD] = document.id, document.card
        if not self._names.issuperset(told):
            raise KeyError(*(told.keys() - self._names))
        for name in self._facets:
            values = told.get(name)
            if isinstance(values, (list, tuple)) and len(values) > 1 and len(set(values)) < len(values):
                told[name] = list(dict.fromkeys(values))  # a value said twice is counted once
        return orjson.dumps(told).decode()

    def drop(self, ids: Iterable[str]) -> None:
        self.dirty = True
        query = tantivy.Query.term_set_query(self._native_schema, ID, list(ids))
        try:
            self._native.delete_documents_by_query(query)
        except ValueError as error:
            raise Unavailable("search.write_failed", reason=str(error)) from error

    def commit(self, stamp: int) -> None:
        self._publish(stamp, self._native.commit)
        self.dirty = False

    def close(self) -> None:
        """Undo what was not committed and wait until segments are merged (undoing would also stop the merges)."""
        if self.dirty:
            self._native.rollback()
        self._native.wait_merging_threads()
