"""What is asked by likeness, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qiantang.corpus.register.types.answers import PatentCard


class MeaningStatus(StrEnum):
    """How far the search by meaning is.

    READY       as new as the search index, or a load behind
    PREPARING   words or vectors are being made; an older state may be in use meanwhile
    OFF         no model is set
    FAILED      the model cannot be used on this machine
    EMPTY       nothing is loaded
    """

    READY = "ready"
    PREPARING = "preparing"
    OFF = "off"
    FAILED = "failed"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class MeaningState:
    """``percent`` of the preparing that is done; ``snapshot`` that can be searched by meaning, None: none can."""

    status: MeaningStatus
    percent: int
    snapshot: int | None
    patents: int = 0


@dataclass(frozen=True, slots=True)
class SimilarRequest:
    """Find patents like a text.

    query       in the query language: only among these; empty: among all
    without     a patent left out together with its family
    size        how many of the best of each ranking are shown
    """

    text: str
    query: str = ""
    without: str | None = None
    size: int = 25


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """A patent like the text: its card with the passage that answers, and its place in each of the two rankings."""

    card: PatentCard
    words_place: int | None
    meaning_place: int | None


@dataclass(frozen=True, slots=True)
class SimilarResult:
    """``hits`` of both rankings made one.

    by_words, by_meaning    how long the rankings are that were made one, at most 200 each
    tokens                  by which the text was looked for, the most telling first
    canonical               the restricting query as understood
    """

    hits: tuple[SimilarHit, ...]
    by_words: int
    by_meaning: int
    common: int
    tokens: tuple[str, ...]
    canonical: str
    snapshot: int
    meaning: MeaningState
