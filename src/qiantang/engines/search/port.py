"""The search port: what every search engine of the house can do, and the words in which it is asked.

A query reaches an engine as a small tree over index fields and index tokens. Engines never see user text:
``corpus.register`` parses, folds and tokenises; the engine matches. So all engines mean the same by a query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from math import inf
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from qiantang.engines.search.scans import Scan, ScanHit
from qiantang.engines.search.states import IndexState, IndexStatus
from qiantang.engines.search.tree import (
    MOST_EXPANSIONS,
    And,
    Everything,
    Exists,
    How,
    Leaf,
    Not,
    Or,
    Phrase,
    Places,
    Prefix,
    Query,
    Range,
    Slot,
    Term,
    Weighted,
    Wild,
    patterns,
    wild_regex,
)
from qiantang.kernel.paging import PageRequest

__all__ = [
    "EDITIONS_HELD",
    "MOST_EXPANSIONS",
    "MOST_GROUPED",
    "And",
    "Document",
    "Everything",
    "Exists",
    "FacetCount",
    "FacetRequest",
    "FieldKind",
    "Group",
    "Groups",
    "Hit",
    "Hits",
    "How",
    "IndexField",
    "IndexSchema",
    "IndexState",
    "IndexStatus",
    "Leaf",
    "Not",
    "Or",
    "Phrase",
    "Places",
    "Prefix",
    "Query",
    "Range",
    "Scan",
    "ScanHit",
    "SearchEngine",
    "Slot",
    "Sort",
    "Term",
    "Weighted",
    "Wild",
    "Writer",
    "check",
    "check_page",
    "check_reachable",
    "load",
    "patterns",
    "wild_regex",
]

# states of an index that stay open beside the newest: a load makes two, one more when parts are merged
EDITIONS_HELD = 2
MOST_GROUPED = 500_000  # documents that are put into groups: beyond, it is an error and never a part


class FieldKind(StrEnum):
    """How a field is indexed.

    TEXT     tokens parted by one blank, each at its position: phrases work. They are those of ``kernel.text``: behind a
             pair of Chinese characters stands a token that begins with the second
    CHARS    a set of tokens parted by one blank, no positions
    KEYWORD  whole values, many a document; matched exactly; can be a facet
    INTEGER  signed 64-bit numbers, at most one a document; ranges, sorting; can be a facet

    A token or a whole value has at most 65,000 bytes in UTF-8.
    """

    TEXT = "text"
    CHARS = "chars"
    KEYWORD = "keyword"
    INTEGER = "integer"


_TEXT, _INTEGER = FieldKind.TEXT, FieldKind.INTEGER  # asked for at each part of each query: an Enum takes its time


@dataclass(frozen=True, slots=True)
class IndexField:
    name: str
    kind: FieldKind
    facet: bool = False
    sortable: bool = False


@dataclass(frozen=True, slots=True)
class IndexSchema:
    """The fields of an index and the version of their meaning: a change of either makes old indexes stale."""

    version: int
    fields: tuple[IndexField, ...]
    _by_name: dict[str, IndexField] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {one.name: one for one in self.fields})

    def __getitem__(self, name: str) -> IndexField:
        found = self._by_name.get(name)
        if found is None:
            raise KeyError(f"the index has no field {name!r}")
        return found


# --- what a query must be ----------------------------------------------------------------------------------------------


def check(query: Query, schema: IndexSchema) -> None:
    """That the query fits the schema: a mistake of the program that built it, so no ``DomainError``.

    errors  KeyError (no such field) · ValueError (the field cannot be asked so)
    """
    match query:
        case Phrase(name, tokens) if len(tokens) > 1 and schema[name].kind is _TEXT:
            return
        case And(parts) | Or(parts):
            for part in parts:
                check(part, schema)
        case Everything():
            return
        case Not(part):
            check(part, schema)
        case Weighted(part, weight):
            if not 0 < weight < inf:
                raise ValueError(f"{weight!r} does not fit: a weight is above 0")
            check(part, schema)
        case _:
            _check_leaf(query, schema[query.field])


def check_page(sort: Sort | None, facets: Sequence[FacetRequest], schema: IndexSchema, groups: str = "") -> None:
    """That the order, the facets and the field of groups fit the schema. Errors as for ``check``."""
    for name in filter(None, (sort.field if sort else "", groups)):
        if not schema[name].sortable:
            raise ValueError(f"{name!r} does not fit: it is not sortable")
    for one in facets:
        field = schema[one.field]
        if not field.facet or (one.contains and field.kind is FieldKind.INTEGER):
            raise ValueError(f"{one.field!r} does not fit: it is no facet, or a number has no letters")


def _check_leaf(query: Leaf, field: IndexField) -> None:
    match query:
        case Term(_, value):
            sound = isinstance(value, int) == (field.kind is _INTEGER)
        case Phrase(_, tokens):
            sound = field.kind is _TEXT and len(tokens) > 1
        case Places(_, slots):
            sound = field.kind is FieldKind.TEXT and bool(slots) and min(slots).offset == slots[0].offset == 0
        case Wild(_, pattern):
            sound = field.kind is FieldKind.KEYWORD and pattern != ""
        case Prefix(_, start):
            sound = field.kind is FieldKind.KEYWORD and start != ""
        case Range():
            sound = field.kind is FieldKind.INTEGER
        case Exists():
            sound = field.facet or field.sortable
    if not sound:
        raise ValueError(f"{query!r} does not fit the {field.kind} field {field.name!r}")


# --- what is indexed, what comes back --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """One document to index.

    fields  by index field name: text for TEXT and CHARS, a list of texts for KEYWORD, an int for INTEGER; a missing
            or None value is *not known*
    card    an opaque text kept beside the document and given back with each hit
    """

    id: str
    fields: Mapping[str, str | int | Sequence[str] | None]
    card: str = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """Order by an INTEGER field that is sortable; documents without a value come last in either direction.
    Equal values are ordered by ascending id.
    """

    field: str
    descending: bool = True


@dataclass(frozen=True, slots=True)
class FacetRequest:
    """The most frequent values of a facet field, ``size`` at most; equal counts by ascending value.

    contains  of a KEYWORD field only the values in which this text stands, letter by letter
    only      only these values; what no document has is left out
    """

    field: str
    size: int = 10
    contains: str = ""
    only: tuple[str | int, ...] | None = None


@dataclass(frozen=True, slots=True)
class FacetCount:
    value: str | int
    count: int


class Hit(NamedTuple):
    id: str
    score: float
    card: str


@dataclass(frozen=True, slots=True)
class Hits:
    """``total`` and facet counts are exact. Facet counts are counts of documents, never of values."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that share a number, the first of them as a hit; a document without one (None) stands alone."""

    value: int | None
    count: int
    first: Hit


@dataclass(frozen=True, slots=True)
class Groups:
    """How many documents match, how many groups they make, the groups of one page. Both totals are exact."""

    documents: int
    total: int
    groups: tuple[Group, ...]


class Writer(Protocol):
    """One at a time. What it did is seen by searches after ``commit``; leaving the context without it undoes all."""

    def add(self, documents: Iterable[Document]) -> None:
        """Add documents of ids that the index does not hold, which the caller answers for: nothing is looked for."""

    def put(self, documents: Sequence[Document]) -> None:
        """Add documents, replacing those of the same id."""

    def drop(self, ids: Sequence[str]) -> None:
        """Remove documents; unknown ids are no error."""

    def commit(self, stamp: int) -> None:
        """Make the changes lasting and visible, and remember the stamp with them."""


class SearchEngine(Protocol):
    """What an adapter does. All methods may be called from several threads.

    A search sees the last commit that the engine knows of; what another process committed is seen after ``refresh``.

    errors of ``search``, ``count`` and ``ids``
            Unavailable ``search.index_missing`` (nothing was ever committed) · ``search.index_stale`` (made for another
            schema: build it afresh) · ``search.failed``; Limited ``search.too_many_words`` (an open end of a phrase that
            stands for more words than the engine can look at: never a part of the hits)
    """

    schema: IndexSchema

    def search(
        self,
        query: Query,
        *,
        page: PageRequest,
        sort: Sort | None = None,
        facets: Sequence[FacetRequest] = (),
        edition: str | None = None,
    ) -> Hits:
        """Hits of the page, best first or in the order of ``sort``; equal scores by ascending id where the engine can.

        edition     read from this state, which ``state`` has named; None: the last commit. An engine holds the newest
                    and ``EDITIONS_HELD`` before it as far as it can, each process its own
        errors      Conflict ``search.edition_gone``
        """

    def best(self, query: Query, *, size: int) -> tuple[Hit, ...]:
        """The hits of the first page of ``search`` and no total, so that the engine may pass over what cannot be among
        them: of a long OR nearly everything. Of hits with equal scores at the end any may be those that are shown.
        """

    def groups(
        self,
        query: Query,
        *,
        field: str,
        page: PageRequest,
        sort: Sort | None = None,
        most: int = MOST_GROUPED,
        edition: str | None = None,
    ) -> Groups:
        """Hits by a sortable INTEGER field, each group where its first document stands in the order of ``search``.

        errors  beside those of ``search``: Limited ``search.too_many_to_group`` beyond ``most`` documents
        """

    def count(self, query: Query) -> int: ...

    def ids(self, query: Query) -> frozenset[str]:
        """All ids that match."""

    def frequencies(self, field: str, tokens: Sequence[str]) -> tuple[int, ...]:
        """For each token the number of documents whose TEXT field holds it, to weigh tokens by how rare they are.

        Documents that were replaced or dropped may still be counted until the engine has merged them away.
        """

    def scan(self, query: Query, *, sort: Sort | None = None, after: ScanHit | None = None) -> Scan:
        """All hits in the order of ``sort``, as ``search`` has it, or by ascending id; ``after`` need be no hit (any more).

        One commit is read to the end whatever is committed meanwhile. Time grows as the hits do, memory does not. The
        errors of ``search`` may also come while the hits are read.
        """

    def writer(self, *, fresh: bool = False) -> AbstractContextManager[Writer]:
        """The single writer; ``fresh`` begins an empty index and swaps it in at commit.

        errors  Conflict ``search.writer_busy`` where another process or thread writes · ``search.index_stale`` where the
                index was made for another schema and ``fresh`` is not asked; Unavailable ``search.write_failed``
        """

    def state(self) -> IndexState: ...

    def refresh(self) -> None:
        """See what other processes have committed."""


def load(
    dotted_path: str, *, schema: IndexSchema, place: Path | None, options: Mapping[str, Any] | None = None
) -> SearchEngine:
    """The adapter named in settings, e.g. ``qiantang.engines.search.tantivy.TantivyEngine``.

    place    its folder; None keeps it in memory
    options  what this adapter alone wants to know, by name
    """
    engine: SearchEngine = _adapter(dotted_path)(schema=schema, place=place, **(options or {}))
    return engine


def check_reachable(dotted_path: str, options: Mapping[str, Any]) -> None:
    """That the adapter's machine answers, soon or not at all; nothing to ask where it runs in this process.

    errors  Unavailable, with a code as those of ``search``
    """
    check: Callable[..., None] | None = getattr(_adapter(dotted_path), "check_reachable", None)
    if check is not None:
        check(**options)


def _adapter(dotted_path: str) -> Any:
    module, _, name = dotted_path.rpartition(".")
    return getattr(import_module(module), name)
