"""What an export says of its columns: meaning, unit, and what null means. One line a column of the canonical tables.

Terms: WIPO ST.9 (INID codes in brackets), ST.3, ST.16.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import pyarrow as pa


class Described(NamedTuple):
    """Meaning, unit (empty: none), and what null means (empty: never null)."""

    meaning: str
    unit: str = ""
    null: str = "not known"


_SHARED: Final[Mapping[str, Described]] = {
    "patent_id": Described(
        "identity of the patent: office and application number without check digit, else publication", null=""
    ),
    "office": Described("(19) office, ST.3", null=""),
    "type": Described("invention, utility_model, design, plant or other"),
    "application_number": Described("(21) application number, canonical, with check digit"),
    "filing_date": Described("(22) filing date", "calendar day"),
    "filing_year": Described("year of filing", "calendar year"),
    "first_publication_date": Described("date of the first publication", "calendar day"),
    "grant_date": Described("date of grant", "calendar day", "not granted, or not known"),
    "region_code": Described(
        "GB/T 2260 code of the first holder's or applicant's place, valid on the day of the address, to the district",
        null="place not known, or not in China",
    ),
    "region_confidence": Described("how sure the region is, 0 to 1", "share", "no region"),
    "region_rule": Described("what in the address told the region", null="no address"),
    "region_today": Described("the district on today's boundaries", null="not known, or the district was divided"),
    "simple_family_id": Described("DOCDB simple family, by priorities or as stated", null="none but itself"),
    "extended_family_id": Described("INPADOC extended family, by priorities or as stated", null="none but itself"),
    "status": Described("legal status on status_as_of; unknown where it does not follow from the events", null=""),
    "status_date": Described("since when the status holds", "calendar day"),
    "status_as_of": Described("the day for which the status is told", "calendar day", ""),
    "expiry_date": Described("end of the term", "calendar day"),
    "claim_count": Described("number of claims", "claims"),
    "page_count": Described("number of pages", "pages"),
    "number": Described("number of the document or claim of priority, canonical where it could be read"),
    "kind": Described("(13) kind code, ST.16; in media what the picture is"),
    "date": Described("date of the document, the priority or the event's effect", "calendar day"),
    "gazette_date": Described("date of the gazette that told the event", "calendar day"),
    "part": Described("title, abstract, claims or description", null=""),
    "language": Described("language of the text, ISO 639-1", null=""),
    "machine": Described("whether the text is a machine translation", null=""),
    "scheme": Described("ipc, cpc or locarno; in family_members simple or extended", null=""),
    "symbol": Described("(51)(52) class symbol, canonical", null=""),
    "edition": Described("edition of the scheme, as printed", null="not printed"),
    "first": Described("whether the symbol is the first one", null=""),
    "role": Described("applicant, holder, inventor, agency or agent", null=""),
    "position": Described("place in its list, from 1", null=""),
    "name": Described("name as filed", null=""),
    "country": Described("country, ST.3"),
    "cited": Described("(56) publication number cited, without kind", null="literature, see text"),
    "origin": Described("who cites: applicant, examiner or other"),
    "category": Described("category of the citation, X, Y, A and so on", null="not told"),
    "code": Described("the office's code of the event", null=""),
    "digest": Described("digest of the content: of a figure, or of what the source row says"),
    "place": Described("where the figure is kept, inside the platform"),
    "licence": Described("licence of the figure", null="not told"),
    "source": Described("SHA-256 of the source file", null=""),
    "row": Described("row of the source, from 1", null=""),
    "reader": Described("format under which the source was read", null=""),
    "rank": Described("1 official full text, 2 gazette, 3 office data service, 4 vendor export, 5 crawl", null=""),
    "as_of": Described("the day for which the source speaks", "calendar day"),
    "family": Described("identifier of the family", null=""),
    "key": Described("number under which the patent was seen: a: application, p: publication, id: patent_id", null=""),
    "text": Described("text", null="none"),
}
_OWN: Final[Mapping[tuple[str, str], Described]] = {
    ("texts", "text"): Described("the text; one claim a line group", null=""),
    ("citations", "key"): Described(
        "identity key of what is cited", null="literature, or a number that cannot be read"
    ),
    ("family_links", "key"): Described("priority or stated family (s:, x:) that ties the patent to others", null=""),
    ("citations", "text"): Described("literature as printed", null="a patent, see cited"),
    ("legal_events", "text"): Described("the event as published", null="none, or left out because it holds an address"),
}
# Columns that no export has: addresses, which may be those of private persons, and places inside our own files.
LEFT_OUT: Final = frozenset({"address", "postcode", "n"})


def described(table: str, column: str) -> Described:
    """errors: KeyError for a column that nobody has described"""
    return _OWN.get((table, column)) or _SHARED[column]


def field_of(table: str, field: pa.Field[pa.DataType]) -> dict[str, object]:
    """A field as a data package describes it. Source: Data Package standard, Table Schema."""
    told = described(table, field.name)
    return {
        "name": field.name,
        "type": _type_of(field.type),
        "description": told.meaning,
        **({"unit": told.unit} if told.unit else {}),
        **({"nullMeaning": told.null} if told.null else {"constraints": {"required": True}}),
    }


def _type_of(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind):
        return "number"
    if pa.types.is_date(kind):
        return "date"
    return "array" if pa.types.is_list(kind) else "string"
