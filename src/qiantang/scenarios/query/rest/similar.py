"""Patents like a patent, a claim, or a text; the text comes in the body and is kept nowhere."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.bases import Answer, Body, Day, Line
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.rest.search import QueryText
from qiantang.scenarios.query.selectors import similar as reads
from qiantang.scenarios.query.types import SimilarWanted

LongText = Annotated[str, Field(max_length=20_000, pattern=r"^[^\x00]*$")]


class LikenessWanted(Body):
    text: LongText = Field(default="", description="A question or a draft; kept nowhere.")
    patent: Line | None = Field(default=None, description="Instead of a text: a patent by any of its numbers.")
    claim: Annotated[int, Field(ge=1, le=999)] | None = Field(
        default=None, description="Only this claim of the patent."
    )
    query: QueryText = Field(default="", description="Among which patents, in the query language; empty: among all.")
    before: Day | None = Field(default=None, description="Only patents published before this day.")
    with_family: bool = Field(default=False, description="Whether members of its own family may be found.")


class LikeHit(Answer):
    patent_id: str
    number: str
    title: str
    date: Day | None
    passage: str = Field(description="Where it answers.")
    words_place: int | None = Field(description="Its place by words; null: not among the first 200.")
    meaning_place: int | None = Field(description="Its place by meaning; null: not among the first 200.")


class Likeness(Answer):
    canonical: str = Field(description="The restricting query as understood.")
    by_words: int = Field(description="Length of the ranking by words.")
    by_meaning: int = Field(description="Length of the ranking by meaning; 0 where that is not ready.")
    common: int = Field(description="Patents in both.")
    meaning: str = Field(description="`ready`, `preparing`, `off`, `failed` or `empty`.")
    snapshot: int
    hits: list[LikeHit] = Field(description="The best 25 of either ranking, in the order of both together.")


def find_similar(request: HttpRequest, wanted: LikenessWanted) -> Likeness:
    if bool(wanted.text.strip()) == bool(wanted.patent):
        raise Invalid("query.likeness_of_one")
    asked = SimilarWanted(
        text=wanted.text,
        patent=wanted.patent or "",
        claim=wanted.claim,
        query=wanted.query,
        before=wanted.before,
        with_family=wanted.with_family,
    )
    found = reads.similar(actor_of(request), asked)
    hits = [
        LikeHit(
            patent_id=one.card.patent_id,
            number=one.card.number,
            title=one.card.title,
            date=one.card.date,
            passage=one.card.snippet,
            words_place=one.words_place,
            meaning_place=one.meaning_place,
        )
        for one in found.hits
    ]
    return Likeness(
        canonical=found.canonical,
        by_words=found.by_words,
        by_meaning=found.by_meaning,
        common=found.common,
        meaning=found.meaning.status,
        snapshot=found.snapshot,
        hits=hits,
    )
