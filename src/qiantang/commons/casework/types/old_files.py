"""Old files as they come in: a row of a list or a form at the window, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Field -> heads of columns that mean it, without blanks, in any width and case.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("原编号", "旧编号", "原案号", "旧案号", "案号", "编号", "卷号", "oldnumber", "number"),
    "title": ("标题", "案由", "事项", "名称", "title", "subject"),
    "date": ("日期", "立案日期", "受理日期", "收文日期", "date", "opened"),
    "applicant": ("申请人", "当事人", "单位名称", "applicant", "party"),
    "uscc": ("统一社会信用代码", "信用代码", "uscc", "creditcode"),
    "case": ("平台编号", "现编号", "新案号", "case", "casenumber"),
    "shelf": ("档案位置", "存放位置", "架号", "shelf"),
    "outcome": ("结果", "办理结果", "处理结果", "outcome"),
    "open": ("是否在办", "在办", "open"),
}
YES = frozenset({"是", "在办", "y", "yes", "true", "1", "open"})
MOST_ROWS = 2_000
MOST_BYTES = 20 * 2**20
LONGEST = {"number": 80, "title": 200, "applicant": 200, "shelf": 100, "outcome": 1000}


class Verdict(StrEnum):
    """What became of a row: it added something, it said what was known, or it was refused."""

    KEPT = "kept"
    MERGED = "merged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldFile:
    """One old file as it was told. ``old_date`` None: not known; ``case``: it is a case of the platform already."""

    number: str
    title: str = ""
    old_date: date | None = None
    applicant: str = ""
    uscc: str = ""
    case: str = ""
    shelf: str = ""
    outcome: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class OldRow:
    """A row of a list: as the file numbers it, cells by the heads of their columns, values by field."""

    row: int
    raw: Mapping[str, str]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OldTable:
    """A list that was read: its rows, and the heads that mean nothing here."""

    rows: Sequence[OldRow]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a list. read = kept + merged + refused; ``reasons``: code -> how many rows."""

    id: int
    name: str
    origin: str
    read: int
    kept: int
    merged: int
    refused: int
    reasons: Mapping[str, int]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AliasShown:
    """An old number of a case, as it is read."""

    written: str
    origin: str
    old_date: date | None
    shelf: str
