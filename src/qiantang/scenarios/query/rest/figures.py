"""A whole result in figures, and the rights that have ended, for programs: what the pages of the same names count and list."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.bases import Answer, CursorText, Day, Limit, Text
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import Tally
from qiantang.scenarios.query.methods import free_to_use as free
from qiantang.scenarios.query.rest.search import FacetValue, QueryText
from qiantang.scenarios.query.selectors import free_to_use as reads

FieldKey = Annotated[
    str, Field(max_length=2, pattern=r"^[A-Za-z]{2}$", description="A field to count by: `PA`, `AY`, `IC`.")
]
FieldKeys = Annotated[
    str,
    Field(
        max_length=60,
        pattern=r"^[A-Za-z]{2}(,[A-Za-z]{2})*$",
        description="Fields to count by, parted by commas: `PA,AY,IC`.",
    ),
]
Values = Annotated[int, Field(ge=1, le=100, description="Values of each field at most; years come all.")]


class Counted(Answer):
    field: str
    values: list[FacetValue]
    more: bool = Field(description="Whether there are values beyond these.")
    unknown: int = Field(description="Patents of the result without a value in the field.")
    several: bool = Field(
        description="Whether a patent may have several values, so that counts make more than the total."
    )


class ResultStatistics(Answer):
    canonical: str = Field(description="The query as understood.")
    total: int = Field(description="Exact.")
    snapshot: int
    fields: list[Counted]


class CrossedStatistics(Answer):
    canonical: str = Field(description="The query as understood.")
    total: int = Field(description="Exact.")
    snapshot: int
    rows: Counted
    columns: Counted
    cells: list[list[int]] = Field(description="`cells[row][column]` patents have both values.")


class EndedRight(Answer):
    patent_id: str
    number: str
    title: str
    type: str | None
    status: str
    since: Day | None = Field(description="From which day the status has held.")
    event: str | None = Field(description="Kind of the event that ended it; null: a date did.")
    elsewhere: bool | None = Field(
        description="Whether a member of the family is in force or pending elsewhere; false: all on record have ended; "
        "null: not known."
    )
    given_up_for_twin: bool = Field(
        description="Given up for the invention patent of the same day, which may be in force."
    )


class EndedRights(Answer):
    total: int = Field(description="Exact.")
    snapshot: int
    items: list[EndedRight]
    next: str | None


def _counted(tally: Tally) -> Counted:
    values = [FacetValue(value=one.value, count=one.count, label=one.label) for one in tally.values]
    return Counted(field=tally.key, values=values, more=tally.more, unknown=tally.unknown, several=tally.several)


def count_result(
    request: HttpRequest, query: QueryText = "", fields: FieldKeys = "AY,PA,IC,LS", size: Values = 20
) -> ResultStatistics:
    keys = tuple(dict.fromkeys(key.upper() for key in fields.split(",")))
    found = register.desk.statistics(query, keys, size=size)
    return ResultStatistics(
        canonical=found.canonical,
        total=found.total,
        snapshot=found.snapshot,
        fields=[_counted(one) for one in found.tallies],
    )


def cross_result(
    request: HttpRequest, rows: FieldKey, columns: FieldKey, query: QueryText = "", size: Values = 15
) -> CrossedStatistics:
    found = register.desk.cross_table(query, rows.upper(), columns.upper(), size=size)
    return CrossedStatistics(
        canonical=found.canonical,
        total=found.total,
        snapshot=found.snapshot,
        rows=_counted(found.rows),
        columns=_counted(found.columns),
        cells=[list(row) for row in found.cells],
    )


def list_ended(
    request: HttpRequest,
    words: Annotated[Text, Field(description="In the query language; empty: all.")] = "",
    field: Annotated[int, Field(ge=0, le=35, description="Number of a WIPO field of technology; 0: all.")] = 0,
    year: Annotated[int, Field(ge=0, le=2999, description="In which the right ended; 0: all.")] = 0,
    region: Annotated[
        str, Field(max_length=7, pattern=r"^([0-9]{6}|unknown)?$", description="Code of the region, or `unknown`.")
    ] = "",
    type: Annotated[Literal["", "invention", "utility_model"], Field(description="Of the patent; empty: both.")] = "",  # noqa: A002 - the name of the parameter
    limit: Limit = 20,
    cursor: CursorText | None = None,
) -> EndedRights:
    given = {"words": words, "field": field, "year": year, "region": region, "type": type}
    asked = free.request_from({name: [str(value)] for name, value in given.items() if value})
    found = reads.found(actor_of(request), asked, cursor or "", size=limit)
    return EndedRights(
        total=found.total,
        snapshot=found.snapshot,
        items=[_ended(one) for one in reads.patents(found)],
        next=found.next,
    )


def _ended(one: reads.FreePatent) -> EndedRight:
    ending = one.ending
    return EndedRight(
        patent_id=one.card.patent_id,
        number=one.card.number,
        title=one.card.title,
        type=one.card.type,
        status=one.card.status,
        since=ending.since if ending else None,
        event=ending.kind if ending else None,
        elsewhere=ending.elsewhere if ending else None,
        given_up_for_twin=one.twin,
    )
