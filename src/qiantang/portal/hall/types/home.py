"""What the first page tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """Live figures, each with the page that opens its records.

    patents       in the newest snapshot
    offices       countries and regions they come from
    last_load_at  when that snapshot was published: aware UTC, ISO 8601
    coverage_url  what is loaded; load_url: from which files (the imports, for those who may see them)
    """

    patents: int
    offices: int
    last_load_at: str
    coverage_url: str
    load_url: str


@dataclass(frozen=True, slots=True)
class DemoBuild:
    """How far the demonstration city is: state (queued, running, failed), stage, units done of ``total`` (None: unknown)."""

    state: str
    stage: str
    done: int
    total: int | None
    started: datetime | None


class Example(NamedTuple):
    """A query worth trying: what stands on the chip, and the address's query string."""

    text: str
    query: str
