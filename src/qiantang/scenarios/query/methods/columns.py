"""The columns that a list of hits can have, and how a reader's choice is kept in a cookie."""

from __future__ import annotations

from qiantang.scenarios.query.types import Layout

# key -> the fact of ``PageFacts`` that it needs beside the card of a hit, or none; in the order of the list to choose from
COLUMNS: dict[str, str] = {
    "number": "",
    "applicant": "",
    "inventor": "inventors",
    "filing": "",
    "publication": "",
    "grant": "grant_date",
    "status": "",
    "since": "status_date",
    "expiry": "expiry_date",
    "type": "",
    "office": "office",
    "ipc": "",
    "region": "region_code",
    "claims": "claim_count",
    "cited": "cited_by",
    "family": "family_size",
    "text": "",
}
TABLE_COLUMNS = ("number", "applicant", "filing", "status", "ipc")
COOKIE = "qt_list"


def columns_of(layout: Layout) -> tuple[str, ...]:
    """The columns in the order of the list; of cards without a choice none: they have a form of their own."""
    chosen = layout.columns or (TABLE_COLUMNS if layout.table else ())
    return tuple(key for key in COLUMNS if key in chosen)


def facts_needed(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fact for key in columns if (fact := COLUMNS[key]))


def to_cookie(layout: Layout) -> str:
    """A choice as a cookie's value."""
    return ".".join(("table" if layout.table else "cards", *layout.columns))


def from_cookie(value: str) -> Layout:
    """The choice in a cookie; the usual layout where it is damaged: nobody is to be locked out by a cookie."""
    view, *columns = value.split(".")
    if view not in ("table", "cards") or not set(columns) <= COLUMNS.keys():
        return Layout()
    return Layout(view == "table", tuple(columns))
