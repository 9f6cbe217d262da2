"""What is asked of an export, and where one stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FileFormat(StrEnum):
    """What kind of file an export is.

    CSV      UTF-8 with byte order mark; what the file is stands in lines that begin with ``#``, before the head
    XLSX     a workbook: as many sheets as the rows need, and one that says what the file is
    JSON     one document: ``about``, and ``patents`` with one patent a line
    RIS      references for Zotero, EndNote and the like
    BIBTEX   references for LaTeX
    NUMBERS  a number a line in a chosen spelling
    """

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    RIS = "ris"
    BIBTEX = "bib"
    NUMBERS = "txt"


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """What is to be written: all hits of a query.

    query     in the query language, refinements included
    sort      as in ``SearchRequest``; relevance, which is no order for all hits, becomes that of the identities
    columns   keys of ``methods.exporting.columns``, in order; for CSV, XLSX and JSON
    spelling  of NUMBERS, a key of ``methods.exporting.numbers.Spelling``
    language  of heads and words, a key of LANGUAGES
    day       on which it was asked for
    """

    query: str
    sort: str
    format: FileFormat
    columns: tuple[str, ...]
    spelling: str
    language: str
    day: date


class Stage(StrEnum):
    """What an export is at: finding the hits, writing their rows, making a workbook of them."""

    FINDING = "finding"
    WRITING = "writing"
    BINDING = "binding"


class ExportState(StrEnum):
    """Where an export stands. QUEUED and RUNNING are under way; the others are final; EXPIRED: its file is gone."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
