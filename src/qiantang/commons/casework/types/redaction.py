"""Public versions as they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from qiantang.commons.documents.methods.redaction import Piece, Reason, Wanted

MOST_MB = 20
LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class RedactionTold:
    """A public version on a list. ``bars``: label -> how many, once it is confirmed."""

    id: int
    title: str
    passages: int
    begun_by: str
    begun_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    original_sha256: str
    public_sha256: str
    bars: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Preview:
    """A public version as it is looked at before it is confirmed. ``digest``: of what was marked, handed back when confirming."""

    told: RedactionTold
    wanted: Sequence[Wanted]
    counts: Sequence[int]
    bars: Mapping[str, int]
    pages: Sequence[Sequence[Sequence[Piece]]]
    reasons: Sequence[Reason]
    digest: str
    marked_by_me: bool
