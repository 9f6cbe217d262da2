"""A row as a reference: RIS and BibTeX.

Sources: RIS format specification (Research Information Systems), type PAT: A2 issuing organisation, PB assignee, SN patent
number, VL its version, IS application number, SE classification; the ``@patent`` entry of biblatex; TeX's own signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from qiantang.corpus.register.types import Part, Role
from qiantang.scenarios.query.methods.exporting import columns
from qiantang.scenarios.query.methods.exporting.about import About
from qiantang.scenarios.query.methods.exporting.columns import Row

NEEDS = (
    "patent_id",
    "publications",
    "texts",
    "parties",
    "classifications",
    "application_number",
    "office",
    "filing_date",
)
_LONGEST_NOTE = 300  # of the query, in the note of every reference but the first
_TYPES = {
    "CN": "patentcn",
    "US": "patentus",
    "EP": "patenteu",
    "DE": "patentde",
    "FR": "patentfr",
    "GB": "patentuk",
}


def _quoted(row: Row) -> str:
    return columns.number(row) or row["application_number"] or str(row["patent_id"])


def _owners(row: Row) -> tuple[str, ...]:
    return columns.names(row, Role.HOLDER) or columns.names(row, Role.APPLICANT)


def _link(row: Row, about: About) -> str | None:
    return f"{about.place}/patents/{row['patent_id']}" if about.place else None


def _day(row: Row) -> date | None:
    newest = columns.newest_publication(row)
    return newest["date"] if newest else None


def _origin(about: About) -> str:
    invented = "; INVENTED DATA, no real patent" if about.synthetic else ""
    return f"Qiantang, snapshot {about.snapshot}, {about.day.isoformat()}{invented}"


# --- RIS ----------------------------------------------------------------------------------------------------------------


def ris_entry(row: Row, about: About, *, first: bool) -> str:
    """One reference; lines end with CR LF, as the specification has it.

    first   the first of the file tells the whole query, the others no more than its beginning
    """
    told = [("TY", "PAT"), *_ris_fields(row), ("DB", _origin(about)), ("N1", _found_by(about, whole=first))]
    if link := _link(row, about):
        told.append(("UR", link))
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in [*told, ("ER", "")]) + "\r\n"


def _ris_fields(row: Row) -> Iterator[tuple[str, str]]:
    yield "ID", str(row["patent_id"])
    for name in columns.names(row, Role.INVENTOR):
        yield "AU", name
    newest = columns.newest_publication(row)
    day, filed = _day(row), row["filing_date"]
    classes = columns.symbols(row, "ipc")
    single = (
        ("TI", columns.text(row, Part.TITLE.value)),
        ("AB", columns.text(row, Part.ABSTRACT.value)),
        ("A2", row["office"]),
        ("PB", "; ".join(_owners(row))),
        ("SN", _quoted(row)),
        ("VL", newest["kind"] if newest else None),
        ("IS", row["application_number"]),
        ("SE", classes[0] if classes else None),
        ("PY", str(day.year) if day else None),
        ("DA", day.strftime("%Y/%m/%d/") if day else None),
        ("Y2", filed.strftime("%Y/%m/%d/") if filed else None),
    )
    yield from ((tag, value) for tag, value in single if value)
    for symbol in classes:
        yield "KW", symbol


def _found_by(about: About, *, whole: bool) -> str:
    asked = about.canonical or "everything"
    shown = asked if whole or len(asked) <= _LONGEST_NOTE else f"{asked[:_LONGEST_NOTE]}…"
    return f"One of {about.total} hits of: {shown}" + (f" (typed: {about.query})" if whole and about.query else "")


def _line(text: str) -> str:
    return " ".join(text.split())


# --- BibTeX -------------------------------------------------------------------------------------------------------------

_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "{": r"\{", "}": r"\}"}
_TEX |= {one: f"\\{one}" for one in "&%$#_"}
_SPECIAL = re.compile("[" + re.escape("".join(_TEX)) + "]")


def tex(text: str) -> str:
    """Text as TeX sets it."""
    return _SPECIAL.sub(lambda found: _TEX[found[0]], _line(text))


def bibtex_entry(row: Row, about: About) -> str:
    """One ``@patent`` entry; the key is the identity of the patent."""
    told = {name: value for name, value in _bibtex_fields(row, about) if value}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in told.items())
    return f"@patent{{{_key(str(row['patent_id']))},\n{lines}}}\n\n"


def _bibtex_fields(row: Row, about: About) -> Iterator[tuple[str, str | None]]:
    day = _day(row)
    yield "author", _people(columns.names(row, Role.INVENTOR))
    yield "holder", _people(_owners(row))
    yield "title", _braced(columns.text(row, Part.TITLE.value))
    yield "number", tex(_quoted(row))
    yield "type", _TYPES.get(str(row["office"]), "patent")
    yield "location", tex(str(row["office"]))
    yield "date", day.isoformat() if day else None
    yield "year", str(day.year) if day else None
    yield "abstract", tex(columns.text(row, Part.ABSTRACT.value) or "")
    yield "keywords", ", ".join(columns.symbols(row, "ipc"))
    yield "url", _link(row, about)
    yield "note", tex(_origin(about))


def _people(given: tuple[str, ...]) -> str:
    """Names as a list; in braces a name stays whole: the word for a firm is no surname."""
    return " and ".join(f"{{{tex(one)}}}" for one in given)


def _braced(text: str | None) -> str | None:
    return f"{{{tex(text)}}}" if text else None


def _key(patent_id: str) -> str:
    return re.sub(r"[^A-Za-z0-9:.-]", "-", patent_id)


def bibtex_remarks(told: list[tuple[str, str]]) -> str:
    """Lines before the first entry: BibTeX reads nothing outside entries, and an at sign would begin one."""
    return "".join(f"% {name}: {_line(value)}\n".replace("@", "(at)") for name, value in told) + "\n"
