"""The operations."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.catalogue.bases import CursorText, Day, Key, Limit, Line, Text
from qiantang.commons.metrics import api
from qiantang.corpus.measures.rest.shapes import (
    Change,
    Definition,
    Definitions,
    FrozenComparison,
    FrozenValue,
    FrozenValues,
    Measurement,
    Records,
    StatedFigure,
    StatedFigures,
)
from qiantang.kernel.paging import page_of

MetricId = Annotated[Line, Field(description="Id of a metric, such as RB-01.")]
Region = Annotated[Line, Field(description="Region: code after GB/T 2260, or its name. Without: everything on record.")]
Year = Annotated[int, Field(ge=1500, le=2999, description="A year.")]
Words = Annotated[Text, Field(description="Words parted by commas.")]

_MOST_CHANGES = 1_000


def list_metrics(request: HttpRequest, limit: Limit = 100, cursor: CursorText | None = None) -> Definitions:
    found = [api.telling.definition(one) for one in api.metrics()]
    page = page_of(found, subject="metrics", size=limit, cursor=cursor)
    items = [Definition.model_validate(one) for one in page.items]
    return Definitions(total=page.total, items=items, next=page.next)


def read_metric(  # noqa: PLR0913 the parameters of the address
    request: HttpRequest,
    *,
    id: MetricId,  # noqa: A002 the word of the address
    region: Region | None = None,
    first: Year | None = None,
    last: Year | None = None,
    day: Annotated[Day | None, Field(description="Of a stock, instead of the end of `last`.")] = None,
    by: Words = "",
    only: Words = "",
    address: Words = "",
    sharing: Words = "",
    boundaries: Words = "",
    classes: Words = "",
    basis: Words = "",
    scheme: Words = "",
    snapshot: Annotated[Key | None, Field(description="Of the register; without: the newest.")] = None,
) -> Measurement:
    asked = {"metric": id, "region": region, "from": first, "to": last, "day": day, "by": by, "only": only}
    choices = {"address": address, "sharing": sharing, "boundaries": boundaries, "classes": classes, "basis": basis}
    told = api.measure(api.question_from(asked | choices | {"scheme": scheme, "snapshot": snapshot}))
    return Measurement.model_validate(api.telling.measurement(told, flat=False))


def list_metric_records(  # noqa: PLR0913 the parameters of the address
    request: HttpRequest,
    *,
    id: MetricId,  # noqa: A002 the word of the address
    region: Region | None = None,
    first: Year | None = None,
    last: Year | None = None,
    day: Annotated[Day | None, Field(description="Of a stock, instead of the end of `last`.")] = None,
    only: Words = "",
    address: Words = "",
    sharing: Words = "",
    boundaries: Words = "",
    basis: Words = "",
    scheme: Words = "",
    snapshot: Annotated[Key | None, Field(description="Of the register; without: the newest.")] = None,
    limit: Limit = 50,
    cursor: CursorText | None = None,
) -> Records:
    asked = {"metric": id, "region": region, "from": first, "to": last, "day": day, "only": only}
    choices = {"address": address, "sharing": sharing, "boundaries": boundaries, "basis": basis}
    question = api.question_from(asked | choices | {"scheme": scheme, "snapshot": snapshot})
    page = api.records(question, size=limit, cursor=cursor)
    one = api.metric(id)
    return Records(id=one.id, snapshot=page.snapshot, total=page.total, items=list(page.ids), next=page.next)


def list_figures(
    request: HttpRequest,
    series: Annotated[Line, Field(description="What is stated, such as population.")],
    region: Region | None = None,
    limit: Limit = 100,
    cursor: CursorText | None = None,
) -> StatedFigures:
    found = api.figures.stated_figures(series, region)
    page = page_of(found, subject=f"figures {series} {region}", size=limit, cursor=cursor)
    items = [StatedFigure.model_validate(one, from_attributes=True) for one in page.items]
    return StatedFigures(total=page.total, items=items, next=page.next)


def list_frozen_values(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> FrozenValues:
    page = page_of(api.frozen.frozen_values(), subject="frozen values", size=limit, cursor=cursor)
    items = [FrozenValue.model_validate(one, from_attributes=True) for one in page.items]
    return FrozenValues(total=page.total, items=items, next=page.next)


def compare_frozen_value(
    request: HttpRequest, number: Annotated[Key, Field(description="Number of a published number.")]
) -> FrozenComparison:
    told = api.frozen.compare_frozen(number)
    return FrozenComparison(
        frozen=FrozenValue.model_validate(told.frozen, from_attributes=True),
        now=Measurement.model_validate(api.telling.measurement(told.now, flat=False)),
        sound=told.sound,
        same=told.same,
        redefined=told.redefined,
        complete=told.complete and len(told.changes) <= _MOST_CHANGES,
        why=told.why,
        changes=[Change(record=one.record, came=one.came, why=one.why) for one in told.changes[:_MOST_CHANGES]],
    )
