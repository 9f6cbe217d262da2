"""The writing half of the tantivy adapter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import tantivy

from qiantang.engines.search.port import Document, FieldKind, IndexSchema
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
        self._many = {one.name: one.kind is FieldKind.KEYWORD for one in schema.fields}

    def put(self, documents: Sequence[Document]) -> None:
        newest = {one.id: one for one in documents}
        self.drop(newest)
        native, schema = self._native, self._native_schema
        try:
            for one in newest.values():
                native.add_document(tantivy.Document.from_dict(self._told(one), schema))
        except ValueError as error:
            raise Unavailable("search.write_failed", reason=str(error)) from error

    def _told(self, document: Document) -> dict[str, object]:
        told: dict[str, object] = {ID: document.id, CARD: document.card}
        many = self._many
        for name, value in document.fields.items():
            if many[name] and isinstance(value, (list, tuple)) and len(value) > 1:
                told[name] = list(dict.fromkeys(value))  # a value said twice is one value, in facets too
            elif value is not None:
                told[name] = value
        return told

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
