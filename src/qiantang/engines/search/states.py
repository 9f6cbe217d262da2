"""What an index is at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class IndexStatus(StrEnum):
    CURRENT = "current"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class IndexState:
    """What the index on disk is: its schema against ours, and the stamp of the last commit (a snapshot number).

    edition     names this very state: while it is held, equal questions have equal pages; changes with each commit, and
                where an engine rearranges what it has
    """

    status: IndexStatus
    stamp: int | None
    documents: int
    edition: str = ""
