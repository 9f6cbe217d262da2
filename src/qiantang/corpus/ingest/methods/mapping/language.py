"""The mapping language, declared once: canonical fields, settings, sections, with their meanings and allowed values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from qiantang.corpus.register.types import PatentType, SourceRank


class Form(StrEnum):
    """What a value may be."""

    TEXT = "text"
    CHOICE = "choice"
    WHOLE_NUMBER = "whole_number"
    DAY = "day"
    YES_OR_NO = "yes_or_no"
    TEXTS = "texts"
    FIELDS = "fields"
    PAIR = "pair"
    FIELD_OR_FIELDS = "field_or_fields"


class Group(StrEnum):
    """Fields that are treated alike."""

    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    PARTY = "party"
    CLASS = "class"
    LINK = "link"
    OTHER = "other"


class Field(NamedTuple):
    """A canonical field. ``several``: a cell may hold several values, and several columns may feed the field."""

    group: Group
    meaning: str
    several: bool = False


class Setting(NamedTuple):
    """A setting of ``[mapping]``; ``choices`` where only these values are allowed, ``groups`` where only these fields."""

    form: Form
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    least: int = 1


class Section(NamedTuple):
    """A further section. Its keys are headers, canonical fields, or words of the table (``keys``); ``form`` is of the values.

    keys     ``column``: a header of the table, or its place counted from 1 where there is no header row; ``field``;
             ``word``: what stands in the cells
    choices  the values allowed; empty: any
    """

    keys: str
    form: Form
    meaning: str
    choices: tuple[str, ...] = ()


_G = Group

FIELDS: Final[Mapping[str, Field]] = {
    "application_number": Field(_G.NUMBER, "(21) application number, with or without check digit"),
    "publication_number": Field(_G.NUMBER, "(11) publication number, with or without kind code"),
    "publication_numbers": Field(_G.NUMBER, "(11) publication numbers of one patent, several in a cell", several=True),
    "kind": Field(_G.OTHER, "(13) kind code of publication_number where it stands in a column of its own"),
    "filing_date": Field(_G.DATE, "(22) filing date"),
    "publication_date": Field(
        _G.DATE, "(43)(45) date of the document that publication_number names, or of the only one"
    ),
    "grant_date": Field(_G.DATE, "(45) date of grant"),
    "publication_year": Field(_G.OTHER, "year of publication: tells the century of dates with a two-digit year"),
    "title": Field(_G.TEXT, "(54) title"),
    "title_en": Field(_G.TEXT, "(54) title in English"),
    "abstract": Field(_G.TEXT, "(57) abstract"),
    "abstract_en": Field(_G.TEXT, "(57) abstract in English"),
    "claims": Field(_G.TEXT, "all claims, numbered"),
    "first_claim": Field(_G.TEXT, "the first claim alone"),
    "applicants": Field(_G.PARTY, "(71) applicants as filed, in order", several=True),
    "holders": Field(_G.PARTY, "(73) present holders, in order", several=True),
    "inventors": Field(_G.PARTY, "(72) inventors, in order", several=True),
    "agency": Field(_G.PARTY, "(74) patent agency"),
    "agents": Field(_G.PARTY, "(74) agents", several=True),
    "address": Field(_G.OTHER, "address of the first applicant, the postcode before it or not"),
    "postcode": Field(_G.OTHER, "postcode of the first applicant"),
    "country": Field(_G.OTHER, "country of the first applicant, ST.3"),
    "type": Field(_G.OTHER, "type of patent, in the table's own words; see [types]"),
    "ipc": Field(_G.CLASS, "(51) IPC symbols", several=True),
    "ipc_main": Field(_G.CLASS, "(51) first IPC symbol"),
    "cpc": Field(_G.CLASS, "CPC symbols", several=True),
    "locarno": Field(_G.CLASS, "(51) Locarno symbols of a design", several=True),
    "page_count": Field(_G.OTHER, "number of pages of the document"),
    "priorities": Field(_G.LINK, "(30) priorities: number, date and country of each in any order", several=True),
    "cited_patents": Field(_G.LINK, "(56) patents cited, by whom is not told", several=True),
    "cited_patents_examiner": Field(_G.LINK, "(56) patents cited by the examiner or in a search report", several=True),
    "cited_patents_applicant": Field(_G.LINK, "(56) patents cited by the applicant", several=True),
    "cited_literature": Field(_G.LINK, "(56) other literature cited, by whom is not told", several=True),
    "cited_literature_examiner": Field(_G.LINK, "(56) other literature cited by the examiner", several=True),
    "cited_literature_applicant": Field(_G.LINK, "(56) other literature cited by the applicant", several=True),
    "events": Field(_G.LINK, "legal events: date, words and country of each in turn; see [events]", several=True),
}

NUMBER_FIELDS: Final = tuple(name for name, one in FIELDS.items() if one.group is Group.NUMBER)
DATE_FIELDS: Final = tuple(name for name, one in FIELDS.items() if one.group is Group.DATE)
SEVERAL: Final = tuple(name for name, one in FIELDS.items() if one.several)

# A single-byte encoding gives a meaning to every byte: it is used only for lines which are not UTF-8.
ENCODINGS: Final = ("utf-8", "gb18030", "big5", "shift_jis", "euc_kr", "cp1252", "mac_roman")

_F = Form

SETTINGS: Final[Mapping[str, Setting]] = {
    "name": Setting(_F.TEXT, "stable name, kept in provenance", required=True),
    "version": Setting(_F.WHOLE_NUMBER, "raise it when the same table would read differently", required=True),
    "rank": Setting(
        _F.CHOICE,
        "whom the table speaks for: decides who is believed where sources disagree",
        required=True,
        choices=tuple(rank.name.lower() for rank in SourceRank),
    ),
    "office": Setting(_F.TEXT, "ST.3 code of the office of numbers which do not name theirs", required=True),
    "language": Setting(
        _F.TEXT, "ISO 639-1, of titles, abstracts and claims in the script of that language; without, zh"
    ),
    "latin_language": Setting(
        _F.TEXT, "ISO 639-1, of texts without a Chinese, Japanese or Korean character; without, as language"
    ),
    "as_of": Setting(_F.DAY, "the day for which the table speaks"),
    "date_forms": Setting(_F.TEXTS, "strptime forms of dates; without, year first in any punctuation"),
    "encoding": Setting(
        _F.CHOICE, "of a text table; without, UTF-8 or GB18030 is found out", required=False, choices=ENCODINGS
    ),
    "delimiter": Setting(_F.TEXT, "of a text table; without, tab where the header has one, else comma"),
    "sheet": Setting(_F.TEXT, "of a workbook; without, the first"),
    "header_row": Setting(
        _F.WHOLE_NUMBER, "the row of the headers, counted from 1; 0: none, columns are named by their places", least=0
    ),
    "absent": Setting(_F.TEXTS, "words that stand for an empty cell, beside an empty cell itself, -, -- and 0"),
    "lost": Setting(_F.TEXTS, "marks that stand where characters were lost; a text with one is noted as damaged"),
    "translated": Setting(
        _F.FIELDS,
        "texts that are machine translations wherever they are not in the language of the patent's office",
        groups=(Group.TEXT,),
    ),
    "ancestors": Setting(
        _F.FIELDS,
        "lists that hold the ancestors of each symbol too (H04N5/64, H04N5/00, H04N5, H04N, H04, H); they are left out",
        groups=(Group.CLASS,),
    ),
    "unordered": Setting(
        _F.FIELDS, "lists whose order says nothing: no symbol of theirs is the first", groups=(Group.CLASS,)
    ),
    "numberless": Setting(
        _F.YES_OR_NO, "the table has no patent number at all: every row is refused with that reason and kept for a look"
    ),
}

SECTIONS: Final[Mapping[str, Section]] = {
    "columns": Section(
        "column",
        _F.FIELD_OR_FIELDS,
        "column = canonical field, or a list of fields where the column holds several, told apart in [between]",
        choices=tuple(FIELDS),
    ),
    "separators": Section("field", _F.TEXT, "what parts several values in one cell; without, a semicolon"),
    "constants": Section("field", _F.TEXT, "the value of every row"),
    "types": Section(
        "word",
        _F.CHOICE,
        "words of the type column = type of patent",
        choices=tuple(PatentType),
    ),
    "between": Section(
        "field",
        _F.PAIR,
        "the value stands between two texts of the cell; an empty text is the cell's beginning or end",
    ),
    "endings": Section("field", _F.TEXTS, "texts that are taken off the end of the value"),
    "events": Section("word", _F.TEXT, "words of the events column = the office's code of that event"),
    "recognise": Section(
        "column", _F.TEXT, "the table is of this form only where most filled cells of the column contain the text"
    ),
}
