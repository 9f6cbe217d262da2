"""Text files of a crawl of Google Patents, one patent each: named sections, their lines indented.

``ID``, ``citation_infor`` and ``citedBy_infor`` (tables whose cells are joined by commas that may also stand in names and
titles: only the cells before those are taken), ``abstract``, ``title``, ``legal_event``, ``classfication_items`` (symbols spelled
letter by letter, each class under the ones above it). The spelling of the section names is the crawler's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.languages import UNDETERMINED, language_of
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder
from qiantang.corpus.ingest.methods.readers.google_facts import (
    Page,
    Reference,
    citation,
    event,
    page_batches,
    priorities,
)
from qiantang.corpus.ingest.methods.text_lines import text_lines
from qiantang.corpus.ingest.types import Batch, FileRefused, Refusal
from qiantang.corpus.register.types import Classification, Event, Observation, Publication, SourceRank, Text

_OURS = re.compile(rb"(?:\xef\xbb\xbf)?ID\r?\n[ \t]+\S+\r?\ncitation_exist\r?\n")
_SECTION = re.compile(r"[A-Za-z_]+$")
_CITED = re.compile(r"([A-Z]{2}\w+)\s*(\*?),([\d-]*),([\d-]*),")
_EVENT = re.compile(r"([\d-]+),(\w+),(.*)$")
_CLAIMED = re.compile(r"(.+),(\d{4}-\d{2}-\d{2}),")
_FAMILY = "Family To Family Citations"
_LINES = 50_000


class GoogleCitationReader:
    """The reader of these files. Row 1 is the patent of the file, then each document which cites it."""

    name = "google-citation-text"
    version = 1
    rank: SourceRank = SourceRank.CRAWL
    looks_for = "a text that begins with the sections ID and citation_exist"
    cannot_know: tuple[str, ...] = (
        *("application_number", "filing_date", "parties", "claims", "description", "simple_family", "extended_family"),
        *("ipc", "locarno", "page_count"),
    )
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return _OURS.match(head) is not None

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the name tells nothing
        sections = _sections(stream)
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="")
        yield from page_batches(builder, cells, lambda: _page(sections, cells))


def _sections(stream: BinaryIO) -> dict[str, list[str]]:
    """The lines of each section. errors ``FileRefused`` file_too_large · encoding_damaged · line_too_long"""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text_lines(stream):
        if line.place > _LINES:
            raise FileRefused(Refusal(line.place, "file_too_large", facts={"limit": _LINES}))
        if line.code:
            raise FileRefused(line.refusal(line.place))
        if _SECTION.match(line.text):
            lines = sections.setdefault(line.text, [])
        elif line.text[:1].isspace():
            lines.append(line.text.strip())
    return sections


def _page(sections: dict[str, list[str]], cells: Cells) -> Page:
    number = cells.publication(next(iter(sections.get("ID", [])), "") or _missing())
    notes: list[str] = []
    cited, of_family = _references(sections.get("citation_infor", []))
    citing, by_family = _references(sections.get("citedBy_infor", []))
    notes += ["family_citations_left_out"] if of_family or by_family else []
    notes += ["related_applications_left_out"] if _claimed(sections, "patent_application") else []
    claimed = _claimed(sections, "patent_application_claiming_priority")
    patent = Observation(
        row=1,
        office=number.office,
        type=number.type,
        publications=[Publication(number.stem, number.kind, None)],
        texts=_texts(sections),
        classifications=_classes(sections.get("classfication_items", []), cells, notes),
        priorities=priorities(claimed, None, cells),
        citations=[citation(one, cells) for one in cited],
        events=_events(sections.get("legal_event", []), cells),
        notes=notes,
    )
    return Page(patent, citing)


def _missing() -> str:
    raise CellRefused("ID", "number_missing")


def _references(lines: list[str]) -> tuple[list[Reference], bool]:
    """The documents of a table before those that only members of the family cite, and whether there are such."""
    found: list[Reference] = []
    for place, line in enumerate(lines):
        if line.startswith(_FAMILY):
            return found, len(lines) > place + 1
        if cells := _CITED.match(line):
            found.append(Reference(cells[1], bool(cells[2]), cells[4]))
    return found, False


def _claimed(sections: dict[str, list[str]], name: str) -> list[tuple[str, str]]:
    return [(found[1], found[2]) for line in sections.get(name, []) if (found := _CLAIMED.match(line))]


def _texts(sections: dict[str, list[str]]) -> list[Text]:
    abstract = " ".join(sections.get("abstract", [])).strip()
    title = " ".join(sections.get("title", [])).strip()
    language = language_of(title)
    if language == UNDETERMINED:
        language = language_of(abstract)
    texts = [Text("title", language, title), Text("abstract", language_of(abstract), abstract)]
    return [text for text in texts if text.text]


def _classes(lines: list[str], cells: Cells, notes: list[str]) -> list[Classification]:
    """The last class of each chain that begins again with a section letter."""
    symbols = [line.replace(",", "") for line in lines]
    leaves = [symbol for symbol, after in zip(symbols, [*symbols[1:], "-"], strict=True) if len(after) == 1]
    return cells.classes(";".join(leaves), "cpc", notes)


def _events(lines: list[str], cells: Cells) -> list[Event]:
    """Title and details stand in one text, as the comma between them may also stand in either."""
    found = [read for line in lines if (read := _EVENT.match(line))]
    return [event(day, code, "", text, cells) for day, code, text in (read.groups() for read in found)]
