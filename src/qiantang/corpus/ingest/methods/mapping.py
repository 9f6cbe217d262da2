"""Mapping files: how an operator tells which column of a table is which canonical field, without code.

A mapping is TOML::

    [mapping]
    name = "office-export"              # stable; kept in provenance
    version = 1                         # raise it when the same table would read differently
    rank = "vendor_export"              # official_full_text · official_gazette · office_data_service · vendor_export · crawl
    office = "CN"                       # ST.3 office of numbers which do not name theirs
    language = "zh"                     # ISO 639-1, of title, abstract and claims
    as_of = 2024-04-01                  # optional: the day for which the table speaks
    date_forms = ["%Y-%m-%d"]           # optional: strptime forms; without, year first in any punctuation
    encoding = "gb18030"                # optional: of a text table; without, UTF-8 or GB18030 is found out
    delimiter = ","                     # optional: of a text table; without, tab where the header has one, else comma
    sheet = "Sheet1"                    # optional: of a workbook; without, the first
    header_row = 1                      # optional: the row of the headers, counted from 1

    [columns]                           # header = canonical field; every header must be in the table
    "申请号" = "application_number"
    "公开（公告）号" = "publication_numbers"

    [separators]                        # canonical field = what parts several values in one cell; without, ";"
    applicants = "|"

    [constants]                         # canonical field = the value of every row
    country = "CN"

    [types]                             # words of the type column = invention, utility_model, design, plant, other
    "发明申请" = "invention"

Canonical fields: application_number, publication_number, publication_numbers (several in a cell), kind, filing_date,
publication_date (of the publication number), grant_date, title, title_en, abstract, abstract_en, claims, applicants,
inventors, agency, agents, ipc, ipc_main, cpc, locarno, address, postcode, country, type.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qiantang.corpus.register.types import PatentType, SourceRank
from qiantang.kernel.errors import Invalid

NUMBER_FIELDS = ("application_number", "publication_number", "publication_numbers")
DATE_FIELDS = ("filing_date", "publication_date", "grant_date")
SEVERAL = ("publication_numbers", "applicants", "inventors", "agents", "ipc", "cpc", "locarno")
FIELDS = frozenset(
    {
        *NUMBER_FIELDS,
        *DATE_FIELDS,
        *SEVERAL,
        *(
            "kind",
            "title",
            "title_en",
            "abstract",
            "abstract_en",
            "claims",
            "agency",
            "ipc_main",
            "address",
            "postcode",
        ),
        *("country", "type"),
    }
)
_SETTINGS = frozenset(
    {
        *("name", "version", "rank", "office", "language", "as_of", "date_forms", "encoding", "delimiter", "sheet"),
        "header_row",
    }
)
_SECTIONS = frozenset({"mapping", "columns", "separators", "constants", "types"})


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, checked. ``columns`` is header to field; see the module for the rest."""

    name: str
    version: int
    rank: SourceRank
    office: str
    columns: Table[str, str]
    language: str = "zh"
    as_of: date | None = None
    date_forms: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int = 1
    separators: Table[str, str] = field(default_factory=dict)
    constants: Table[str, str] = field(default_factory=dict)
    types: Table[str, str] = field(default_factory=dict)


def load_mapping(text: str) -> Mapping:
    """Read a mapping file.

    errors  ``Invalid``: mapping.not_toml · mapping.section_unknown · mapping.setting_missing · mapping.setting_unknown ·
            mapping.setting_wrong · mapping.field_unknown · mapping.field_twice · mapping.number_missing ·
            mapping.type_unknown; facts name the place, as ``[columns] "申请号"``
    """
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Invalid("mapping.not_toml", said=str(problem)) from problem
    for section in read:
        if section not in _SECTIONS or not isinstance(read[section], dict):
            raise Invalid("mapping.section_unknown", place=f"[{section}]", known=sorted(_SECTIONS))
    settings = _settings(read.get("mapping", {}))
    columns = _words(read, "columns")
    for header, name in columns.items():
        _known(name, f'[columns] "{header}"')
    doubled = sorted({name for name in columns.values() if list(columns.values()).count(name) > 1})
    if doubled:
        raise Invalid("mapping.field_twice", place="[columns]", fields=doubled)
    if not set(NUMBER_FIELDS) & set(columns.values()):
        raise Invalid("mapping.number_missing", place="[columns]", one_of=list(NUMBER_FIELDS))
    separators, constants, types = (_words(read, section) for section in ("separators", "constants", "types"))
    for section, table in (("separators", separators), ("constants", constants)):
        for name in table:
            _known(name, f"[{section}] {name}")
    for word, kind in types.items():
        if kind not in set(PatentType):
            raise Invalid("mapping.type_unknown", place=f'[types] "{word}"', given=kind, known=sorted(PatentType))
    return Mapping(**settings, columns=columns, separators=separators, constants=constants, types=types)


def _settings(given: dict[str, Any]) -> dict[str, Any]:
    for name in ("name", "version", "rank", "office"):
        if name not in given:
            raise Invalid("mapping.setting_missing", place=f"[mapping] {name}")
    for name in given:
        if name not in _SETTINGS:
            raise Invalid("mapping.setting_unknown", place=f"[mapping] {name}", known=sorted(_SETTINGS))
    expected: dict[str, type] = {"version": int, "header_row": int, "as_of": date, "date_forms": list}
    for name, value in given.items():
        if not isinstance(value, expected.get(name, str)):
            raise Invalid("mapping.setting_wrong", place=f"[mapping] {name}", given=str(value))
    ranks = {rank.name.lower(): rank for rank in SourceRank}
    if given["rank"] not in ranks:
        raise Invalid("mapping.setting_wrong", place="[mapping] rank", given=given["rank"], known=list(ranks))
    return {**given, "rank": ranks[given["rank"]], "date_forms": tuple(given.get("date_forms", ()))}


def _words(read: dict[str, Any], section: str) -> dict[str, str]:
    table: dict[str, Any] = read.get(section, {})
    for key, value in table.items():
        if not isinstance(value, str):
            raise Invalid("mapping.setting_wrong", place=f'[{section}] "{key}"', given=str(value))
    return table


def _known(name: str, place: str) -> None:
    if name not in FIELDS:
        raise Invalid("mapping.field_unknown", place=place, given=name, known=sorted(FIELDS))
