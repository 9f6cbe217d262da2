"""Rows of the table ``publications`` of Google Patents Public Data, as BigQuery exports them: one JSON object a line.

A result saved in the console as one JSON list is read too. Whole numbers stand as texts, as BigQuery writes them; 0 is no
date, "-1" no family. Names as filed are taken before harmonised ones; of these the country is taken where all share it.
Source: the field descriptions of that table; phases and categories of citations are those of EPO DOCDB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from qiantang.corpus.ingest.methods.cells import CellRefused, Cells
from qiantang.corpus.ingest.methods.json_lines import json_lines
from qiantang.corpus.ingest.methods.languages import language_of
from qiantang.corpus.ingest.methods.readers.batching import BatchBuilder, collected
from qiantang.corpus.ingest.methods.readers.epo.words import claims_text, numbered_lines
from qiantang.corpus.ingest.methods.readers.google_facts import priorities
from qiantang.corpus.ingest.methods.streams import read_head
from qiantang.corpus.ingest.methods.whole_files import json_file
from qiantang.corpus.ingest.types import Batch, Refusal
from qiantang.corpus.register.types import (
    Citation,
    Classification,
    Observation,
    Party,
    Publication,
    SourceRank,
    Text,
)

if TYPE_CHECKING:
    from qiantang.kernel.numbers import PatentNumber

# A description holds up to nine megabytes in each language.
_LINE_BYTES = 64 * 2**20
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_NUMBER = re.compile(rb'"publication_number"\s*:\s*"[A-Z]{2}-[^"\s-]+-[A-Z]\w?"')
_MARKS = (b'_localized"', b'_harmonized"', b'"application_number_formatted"', b'"application_kind"', b'"country_code"')
_PHASES = {
    "APP": "applicant",
    **dict.fromkeys(("SEA", "ISR", "SUP", "EXA", "CH2", "PRS"), "examiner"),
    **dict.fromkeys(("OPP", "FOP", "APL", "115"), "other"),
}
_TYPES = {"F": "design", "U": "utility_model"}
_PARTS = (("title", "title_localized"), ("abstract", "abstract_localized"), ("description", "description_localized"))
_CHINESE_DESIGN = re.compile(r"(CN-\d+)-F$")

Element = Mapping[str, Any]


class BigQueryReader:
    """The reader of these rows. A row is a line, or a member of the list, counted from 1."""

    name = "google-bigquery-lines"
    version = 1
    rank: SourceRank = SourceRank.VENDOR_EXPORT
    looks_for = 'lines of JSON with "publication_number": "CN-110083831-A" and other columns of patents.publications'
    cannot_know: tuple[str, ...] = ("address", "agency", "agents", "events", "media", "page_count", "extended_family")
    synthetic = False
    as_filed = False

    def recognises(self, head: bytes, name: str) -> bool:  # noqa: ARG002 - the content is enough
        return bool(_BEGINS.match(head) and _NUMBER.search(head) and any(mark in head for mark in _MARKS))

    def read(self, stream: BinaryIO, name: str) -> Iterator[Batch]:  # noqa: ARG002 - the content is enough
        """Errors  ``FileRefused`` file_too_large · json_damaged, of a list"""
        builder = BatchBuilder()
        cells = Cells(builder.numbers, office="")
        yield from collected(builder, _rows(stream), lambda row, one: _Row(one, cells).observation(row), _said)


def _rows(stream: BinaryIO) -> Iterator[Element | Refusal]:
    head, whole = read_head(stream)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        listed = json_file(whole)
        for row, one in enumerate(listed if isinstance(listed, list) else (), 1):
            yield one if isinstance(one, dict) else Refusal(row, "number_missing")
        return
    told = (one for one in json_lines(whole, _LINE_BYTES) if one is not None)
    for row, one in enumerate(told, 1):
        yield replace(one, row=row) if isinstance(one, Refusal) else one  # blank lines are no rows


def _said(row: Element) -> str:
    return orjson.dumps(row).decode()


class _Row:
    def __init__(self, row: Element, cells: Cells) -> None:
        self._row = row
        self._cells = cells
        self._notes: list[str] = []

    def observation(self, row: int) -> Observation:
        number = self._cells.publication(self._word("publication_number") or _missing())
        filing = self._filing(number.office)
        claims, count = self._claims()
        return Observation(
            row=row,
            office=number.office,
            type=number.type or (filing.type if filing else None) or _TYPES.get(self._word("application_kind")),
            application_number=filing.canonical if filing else None,
            filing_date=self._cells.day(_plain(self._row.get("filing_date")), "filing_date"),
            claim_count=count,
            simple_family=self._family(),
            publications=[
                Publication(
                    number.stem,
                    number.kind,
                    self._cells.day(_plain(self._row.get("publication_date")), "publication_date"),
                )
            ],
            texts=[*self._texts(), *claims],
            classifications=[one for scheme in ("ipc", "cpc", "locarno") for one in self._classes(scheme)],
            parties=[*self._parties("applicant", "assignee"), *self._parties("inventor", "inventor")],
            priorities=priorities(self._claimed(), filing, self._cells),
            citations=list(self._citations()),
            notes=self._notes,
        )

    def _word(self, name: str) -> str:
        return _plain(self._row.get(name)).strip()

    def _filing(self, office: str) -> PatentNumber | None:
        """By the DOCDB form of the number, else by that of the office."""
        spelled = _CHINESE_DESIGN.sub(r"\1", self._word("application_number"))
        notes: list[str] = []
        found = self._cells.application(spelled, notes)
        formatted = self._word("application_number_formatted")
        if found is None and formatted:
            notes = []
            found = self._cells.application(formatted if formatted.startswith(office) else office + formatted, notes)
        self._notes += notes
        return found

    def _family(self) -> str | None:
        family = self._word("family_id")
        return f"docdb:{family}" if family.isdecimal() and family != "0" else None

    def _localized(self, name: str) -> Iterator[tuple[str, str]]:
        """(language, text), the first of each language; a text that was cut is noted."""
        seen: set[str] = set()
        for one in _objects(self._row.get(name)):
            text = str(one.get("text") or "").strip()
            language = str(one.get("language") or "").strip().lower() or language_of(text)
            if text and language not in seen:
                seen.add(language)
                if one.get("truncated") in (True, "true") and "text_truncated" not in self._notes:
                    self._notes.append("text_truncated")
                yield language, text

    def _texts(self) -> Iterator[Text]:
        for part, name in _PARTS:
            for language, text in self._localized(name):
                lines = [" ".join(line.split()) for line in text.splitlines()]
                said = "\n".join(line for line in lines if line)
                yield Text(part, language, said.replace("\n", " ") if part == "title" else said)

    def _claims(self) -> tuple[list[Text], int | None]:
        found, most = [], None
        for language, text in self._localized("claims_localized"):
            lines = [said for line in text.splitlines() if (said := " ".join(line.split()))]
            whole, count = claims_text(numbered_lines(lines))
            if whole:
                found.append(Text("claims", language, whole))
                most = most or count
        return found, None if "text_truncated" in self._notes else most

    def _classes(self, scheme: str) -> list[Classification]:
        """The one called first before the others."""
        coded = sorted(_objects(self._row.get(scheme)), key=lambda one: one.get("first") not in (True, "true"))
        return self._cells.classes(";".join(str(one.get("code") or "") for one in coded), scheme, self._notes)

    def _parties(self, role: str, name: str) -> list[Party]:
        harmonised = [one for one in _objects(self._row.get(f"{name}_harmonized")) if one.get("name")]
        filed = [text for one in _listed(self._row.get(name)) if (text := _plain(one).strip())]
        countries = {str(one.get("country_code") or "").strip() for one in harmonised}
        shared = countries.pop() if len(countries) == 1 else ""
        if filed:
            named = [(text, shared) for text in dict.fromkeys(filed)]
        else:
            named = [(str(one["name"]).strip(), str(one.get("country_code") or "").strip()) for one in harmonised]
        return [Party(role, place, text, country or None) for place, (text, country) in enumerate(named, 1)]

    def _claimed(self) -> list[tuple[str, str]]:
        claims = _objects(self._row.get("priority_claim"))
        told = [(_plain(one.get("application_number")), _plain(one.get("filing_date"))) for one in claims]
        return [(number, day) for number, day in told if number]

    def _citations(self) -> Iterator[Citation]:
        for one in _objects(self._row.get("citation")):
            origin = _PHASES.get(str(one.get("category") or "").strip())
            category = "".join(dict.fromkeys(str(one.get("type") or "").replace(" ", ""))) or None
            number, application = _plain(one.get("publication_number")), _plain(one.get("application_number"))
            literature = " ".join(str(one.get("npl_text") or "").split())
            if number:
                yield self._cited(number, origin, category)
            elif application or literature:
                yield Citation(None, origin, category, None, literature or application)

    def _cited(self, number: str, origin: str | None, category: str | None) -> Citation:
        """A number no rule knows is kept as text."""
        try:
            return Citation(self._cells.publication(number).stem, origin, category)
        except CellRefused:
            return Citation(None, origin, category, None, number)


def _missing() -> str:
    raise CellRefused("publication_number", "number_missing")


def _plain(value: object) -> str:
    """A value as a cell; nothing, and the 0 that stands for no date, are empty."""
    return "" if value in (None, 0, "0") or isinstance(value, dict | list) else str(value)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[Element]:
    return [one for one in _listed(value) if isinstance(one, dict)]
