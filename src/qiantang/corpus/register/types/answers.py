"""What the register answers: hits, coverage, disagreements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from qiantang.corpus.register.types.observed import Day
from qiantang.corpus.register.types.record import SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked: text in the query language (empty: everything), sort key, facets wanted, page.

    sort    ``relevance``, or a field of ``SORTS`` with ``-`` before it for descending: ``-AD``, ``PD`` …
    cursor  of the page before, or None
    facet_sizes  how many values are wanted of single facets, where that is not ``facet_size``
    """

    query: str
    sort: str = "relevance"
    facets: tuple[str, ...] = ()
    facet_size: int = 10
    size: int = 20
    cursor: str | None = None
    facet_sizes: tuple[tuple[str, int], ...] = ()


class Mark(NamedTuple):
    """A highlighted stretch of a text: start and end offsets, end excluded."""

    start: int
    end: int


class PatentCard(NamedTuple):  # made for each hit of each search: a frozen dataclass takes five times as long
    """A hit as lists show it. ``snippet`` is a stretch of the abstract or claims around the first mark."""

    patent_id: str
    number: str
    title: str
    title_marks: tuple[Mark, ...]
    snippet: str
    snippet_marks: tuple[Mark, ...]
    applicants: tuple[str, ...]
    date: Day | None
    filing_date: Day | None
    type: str | None
    status: str
    ipc: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: ``value`` goes into a query as ``FIELD==value``; ``label`` is for people where it differs."""

    value: str
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``canonical`` is the query as understood; it parses to itself. ``total`` and facet counts are exact.

    offset  hits before the first of this page
    """

    query: str
    canonical: str
    total: int
    snapshot: int
    hits: tuple[PatentCard, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    next: str | None
    stale: bool = False
    offset: int = 0


class ScanBatch(NamedTuple):
    """Some hits of a scan by their ids, in its order; ``after`` is the place behind the last of them, to go on from."""

    patent_ids: tuple[str, ...]
    after: str


@dataclass(frozen=True, slots=True)
class ResultScan:
    """All hits of a query. ``total`` counts them all, exactly, wherever the scan begins; it equals that of ``search``.

    sort       the order: a field as in ``SearchRequest``, or ``id`` where no field was asked for
    snapshot   what is read, from the first hit to the last, whatever is loaded meanwhile
    begun_in   the snapshot in which the place to go on from was handed out; None for a scan from the beginning
    """

    query: str
    canonical: str
    sort: str
    total: int
    snapshot: int
    begun_in: int | None
    batches: Iterator[ScanBatch]


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """One snapshot: number, parent (None for the first), when published (aware UTC, ISO 8601), patents in it.

    synthetic   whether it is made of the demo city's synthetic sources; real and synthetic never mix
    layers      how many layers it is read from; compaction makes them fewer
    pinned      why it is kept whatever the policy of pruning says, None where it is not pinned
    """

    number: int
    parent: int | None
    published_at: str
    patents: int
    touched: int
    loads: tuple[int, ...]
    synthetic: bool
    layers: int
    pinned: str | None = None


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """One file that was loaded. ``read`` = ``kept`` + ``merged`` + ``refused``; ``reasons`` counts refusals by code.

    rank    whom the file speaks for, as ``SourceRank``; None: loaded before that was kept
    licence     licence or terms under which it came, in the words of whoever loaded it; empty: not told
    """

    digest: str
    name: str
    format: str
    reader_version: int
    synthetic: bool
    size_bytes: int
    loaded_at: str
    load: int
    read: int
    kept: int
    merged: int
    refused: int
    reasons: dict[str, int]
    rank: int | None = None
    licence: str = ""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How many patents one cell of the coverage table holds."""

    office: str
    type: str
    year: int | None
    patents: int


@dataclass(frozen=True, slots=True)
class FormatCoverage:
    """All files of one format together: how many, how many rows read and refused, when the last of them was loaded."""

    format: str
    rank: int | None
    files: int
    read: int
    refused: int
    last_load_at: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is loaded: cells by office, type and filing year; fill rate per field as patents that have it.

    formats     sources put together by format, the most credible first
    """

    snapshot: int
    patents: int
    cells: tuple[CoverageRow, ...]
    filled: dict[str, int]
    sources: tuple[SourceInfo, ...]
    formats: tuple[FormatCoverage, ...]
    last_load_at: str | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field in which sources disagree: what the register holds, and what else was said, by whom."""

    field: str
    value: str
    source: SourceRow
    held: bool


class CitationCounts(NamedTuple):
    """Patents of the register that a patent cites, what it cites beside them, and patents that cite it."""

    backward: int
    backward_unknown: int
    forward: int


@dataclass(frozen=True, slots=True)
class CitationLink:
    """One end of a citation: the number as cited and, where the register has it, the patent and its title.

    self_citation   whether both have an applicant or holder in common (OECD Patent Statistics Manual); None: not known
    """

    number: str | None
    patent_id: str | None
    title: str | None
    origin: str | None
    category: str | None
    date: Day | None
    text: str | None
    self_citation: bool | None = None


@dataclass(frozen=True, slots=True)
class FamilyMember:
    patent_id: str
    number: str
    office: str
    title: str | None
    filing_date: Day | None
    status: str
