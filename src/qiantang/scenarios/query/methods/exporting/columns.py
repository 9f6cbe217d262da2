"""The columns of an export: what each takes from a record as the register hands it out (RECORD_SCHEMA as plain values).

None is *not known*, and no column has an address. Words (type, status, office, region) are codes here; who writes a table
puts the reader's words in their place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from qiantang.corpus.register.types import Part, Role

Row: TypeAlias = Mapping[str, Any]
Value: TypeAlias = str | int | date | tuple[str, ...] | None
_TITLE, _ABSTRACT, _CLAIMS = Part.TITLE.value, Part.ABSTRACT.value, Part.CLAIMS.value


@dataclass(frozen=True, slots=True)
class Column:
    """One column: key, columns of RECORD_SCHEMA it needs, how it takes its value from them.

    vocabulary  whose words its values are codes of: ``type`` · ``status`` · ``office`` · ``flag`` · ``region``; or empty
    width       of a column in a workbook, in characters
    """

    key: str
    needs: tuple[str, ...]
    take: Callable[[Row], Value]
    vocabulary: str = ""
    width: int = 14


def newest_publication(row: Row) -> Mapping[str, Any] | None:
    """The publication people quote: the newest."""
    return max(row["publications"] or (), key=lambda one: one["date"] or date.min, default=None)


def number(row: Row) -> str | None:
    """(11)(13) Number of the newest publication with its kind code."""
    newest = newest_publication(row)
    return f"{newest['number']}{newest['kind'] or ''}" if newest else None


def names(row: Row, role: Role) -> tuple[str, ...]:
    return tuple(one["name"] for one in row["parties"] or () if one["role"] == role.value and one["name"])


def text(row: Row, part: str, language: str | None = None) -> str | None:
    """The text of a part: in the language asked for, else the original, a human's before a machine's."""
    found = [one for one in row["texts"] or () if one["part"] == part and language in (None, one["language"])]
    return min(found, key=lambda one: bool(one["machine"]))["text"] if found else None


def symbols(row: Row, scheme: str) -> tuple[str, ...]:
    """(51)(52) Symbols of a scheme, the first one first."""
    found = [one for one in row["classifications"] or () if one["scheme"] == scheme]
    return tuple(dict.fromkeys(one["symbol"] for one in sorted(found, key=lambda one: not one["first"])))


def _first_claim(row: Row) -> str | None:
    """From "1." to the line before "2."."""
    whole = text(row, _CLAIMS)
    if whole is None:
        return None
    lines = whole.split("\n")
    end = next((place for place, line in enumerate(lines) if place and line.lstrip().startswith("2.")), len(lines))
    return "\n".join(lines[:end]).strip()


def _publications(row: Row) -> tuple[str, ...]:
    told = sorted(row["publications"] or (), key=lambda one: one["date"] or date.max)
    return tuple(f"{one['number']}{one['kind'] or ''}" for one in told)


def _priorities(row: Row) -> tuple[str, ...]:
    told = ((one["country"], one["number"], one["date"]) for one in row["priorities"] or ())
    return tuple(" ".join(str(part) for part in one if part) for one in told)


def _events(row: Row) -> tuple[str, ...]:
    """Codes and days only: the published text of an event may tell an address."""
    told = sorted((one["date"] or one["gazette_date"] or date.max, one["code"]) for one in row["events"] or ())
    return tuple(code if day == date.max else f"{day.isoformat()} {code}" for day, code in told)


def _cited(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one["cited"] for one in row["citations"] or () if one["cited"]))


def _plain(name: str) -> Callable[[Row], Value]:
    return lambda row: row[name]


def _text(part: str, language: str | None = None) -> Callable[[Row], Value]:
    return lambda row: text(row, part, language)


def _names(role: Role) -> Callable[[Row], Value]:
    return lambda row: names(row, role)


def _symbols(scheme: str) -> Callable[[Row], Value]:
    return lambda row: symbols(row, scheme)


def _single(name: str, *, vocabulary: str = "", width: int = 14) -> Column:
    return Column(name, (name,), _plain(name), vocabulary, width)


COLUMNS: tuple[Column, ...] = (
    Column("number", ("publications",), number, width=18),
    _single("application_number", width=20),
    _single("patent_id", width=18),
    Column("title", ("texts",), _text(_TITLE), width=48),
    Column("title_en", ("texts",), _text(_TITLE, "en"), width=48),
    Column("abstract", ("texts",), _text(_ABSTRACT), width=60),
    Column("abstract_en", ("texts",), _text(_ABSTRACT, "en"), width=60),
    Column("first_claim", ("texts",), _first_claim, width=60),
    Column("claims", ("texts",), _text(_CLAIMS), width=60),
    Column("applicants", ("parties",), _names(Role.APPLICANT), width=36),
    Column("holders", ("parties",), _names(Role.HOLDER), width=36),
    Column("inventors", ("parties",), _names(Role.INVENTOR), width=28),
    Column("agency", ("parties",), _names(Role.AGENCY), width=28),
    _single("filing_date"),
    Column("publication_date", ("publications",), lambda row: (newest_publication(row) or {}).get("date")),
    _single("first_publication_date"),
    _single("grant_date"),
    _single("expiry_date"),
    _single("office", vocabulary="office", width=10),
    _single("type", vocabulary="type", width=12),
    _single("status", vocabulary="status", width=16),
    _single("status_as_of"),
    Column("flags", ("flags",), lambda row: tuple(row["flags"] or ()), vocabulary="flag"),
    Column("ipc_first", ("classifications",), lambda row: next(iter(symbols(row, "ipc")), None)),
    Column("ipc", ("classifications",), _symbols("ipc"), width=30),
    Column("cpc", ("classifications",), _symbols("cpc"), width=30),
    Column("locarno", ("classifications",), _symbols("locarno")),
    _single("region_code", width=10),
    Column("region", ("region_code",), _plain("region_code"), vocabulary="region"),
    Column("publications", ("publications",), _publications, width=28),
    Column("priorities", ("priorities",), _priorities, width=28),
    _single("simple_family_id", width=18),
    _single("extended_family_id", width=18),
    Column("cited", ("citations",), _cited, width=30),
    Column("events", ("events",), _events, width=30),
    _single("claim_count", width=10),
    _single("page_count", width=10),
)
BY_KEY: Mapping[str, Column] = {one.key: one for one in COLUMNS}
PROPOSED = (
    "number",
    "application_number",
    "title",
    "applicants",
    "inventors",
    "filing_date",
    "publication_date",
    "type",
    "status",
    "ipc",
    "region",
)


def needs(columns: Sequence[Column]) -> tuple[str, ...]:
    """The columns of RECORD_SCHEMA that these need together."""
    return tuple(dict.fromkeys(name for one in columns for name in one.needs))
