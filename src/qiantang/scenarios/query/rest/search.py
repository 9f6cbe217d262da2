"""Search for programs: the query language, orders, facets and cursors of the search page."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.catalogue.bases import Answer, Body, CursorText, Day, Limit, Line, Text
from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.query_language.remarks import remarks
from qiantang.corpus.register.types import SearchRequest
from qiantang.scenarios.query.selectors.faults import in_words

QueryText = Annotated[Text, Field(description="In the query language; empty: everything.")]
Order = Annotated[
    Line,
    Field(description="`relevance`, or a field of dates, years or counts: `AD`, with `-` before it the newest first."),
]
FacetKeys = Annotated[
    str,
    Field(
        max_length=100,
        pattern=r"^([A-Za-z]{2}(,[A-Za-z]{2})*)?$",
        description="Fields to count by, parted by commas: `PA,AY,IC`.",
    ),
]
FacetSize = Annotated[int, Field(ge=1, le=100, description="Values of each facet at most.")]


class Question(Body):
    """A search whose query does not fit an address, or shall not stand in one."""

    query: QueryText = ""
    sort: Order = "relevance"
    facets: FacetKeys = ""
    facet_size: FacetSize = 10
    limit: Limit = 20
    cursor: CursorText | None = None


class Hit(Answer):
    patent_id: str
    number: str
    title: str
    date: Day | None
    score: float


class FacetValue(Answer):
    value: str = Field(description="Goes into a query as `FIELD==value`.")
    count: int
    label: str = Field(description="For people.")


class Remark(Answer):
    """What was read as it stands, and is likely to mean something else on another platform."""

    position: int = Field(description="In the query, in characters from 0.")
    message: str = Field(description="In words, in the language of the request.")
    instead: str = Field(description="The whole query as it may have been meant. It was not asked.")


class SearchPage(Answer):
    query: str
    canonical: str = Field(description="The query as understood; asked again it gives the same.")
    total: int = Field(description="Exact.")
    snapshot: int = Field(description="From which all pages of this list are read.")
    hits: list[Hit]
    facets: dict[str, list[FacetValue]]
    remarks: list[Remark] = Field(description="Where the query may mean something else than was asked; three at most.")
    next: str | None


def search_patents(
    request: HttpRequest,
    query: QueryText = "",
    sort: Order = "relevance",
    facets: FacetKeys = "",
    facet_size: FacetSize = 10,
    limit: Limit = 20,
    cursor: CursorText | None = None,
) -> SearchPage:
    asked = Question(query=query, sort=sort, facets=facets, facet_size=facet_size, limit=limit, cursor=cursor)
    return ask_patents(request, asked)


def ask_patents(request: HttpRequest, question: Question) -> SearchPage:
    found = register.search(
        SearchRequest(
            query=question.query,
            sort=question.sort,
            facets=tuple(dict.fromkeys(key.upper() for key in question.facets.split(",") if key)),
            facet_size=question.facet_size,
            size=question.limit,
            cursor=question.cursor,
        )
    )
    remarked = [
        Remark(position=one.position, message=in_words(one.message), instead=one.instead)
        for one in remarks(question.query)
    ]
    return SearchPage.model_validate({**register.telling.search_result(found), "remarks": remarked})
