"""One patent: the record, what it cites and what cites it, its family, its legal events."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.catalogue.bases import CursorText, Day, Limit, Line
from qiantang.corpus.register.api import citations, family, get, telling
from qiantang.corpus.register.rest import shapes
from qiantang.corpus.register.selectors.relations import citation_counts
from qiantang.kernel.paging import page_of

PatentNumber = Annotated[Line, Field(description="A patent id, or a number in any style, also with a check digit.")]
Direction = Annotated[
    Literal["backward", "forward"],
    Field(description="What it cites (`backward`), or what cites it (`forward`, newest first)."),
]
Scheme = Annotated[Literal["simple", "extended"], Field(description="DOCDB (`simple`) or INPADOC (`extended`).")]
AsOf = Annotated[Day | None, Field(description="The day of the legal status; that of the load unless given.")]


def read_patent(request: HttpRequest, number: PatentNumber, as_of: AsOf = None) -> shapes.Patent:
    return shapes.Patent.model_validate(telling.patent(get(number), as_of))


def list_citations(
    request: HttpRequest,
    number: PatentNumber,
    direction: Direction = "backward",
    limit: Limit = 50,
    cursor: CursorText | None = None,
) -> shapes.Citations:
    record, snapshot = get(number), telling.snapshot_now()
    links = citations(record, direction)
    subject = f"citations|{record.patent_id}|{direction}"
    page = page_of(links, subject=subject, size=limit, cursor=cursor, edition=f"snapshot {snapshot}")
    total = citation_counts(record).forward if direction == "forward" else page.total
    return shapes.Citations(
        patent_id=record.patent_id,
        direction=direction,
        total=total,
        snapshot=snapshot,
        items=[shapes.CitationLink.model_validate(telling.link(one)) for one in page.items],
        next=page.next,
    )


def list_family(
    request: HttpRequest,
    number: PatentNumber,
    scheme: Scheme = "simple",
    limit: Limit = 50,
    cursor: CursorText | None = None,
) -> shapes.Family:
    record, snapshot = get(number), telling.snapshot_now()
    subject = f"family|{record.patent_id}|{scheme}"
    members = family(record, scheme)
    page = page_of(members, subject=subject, size=limit, cursor=cursor, edition=f"snapshot {snapshot}")
    return shapes.Family(
        patent_id=record.patent_id,
        scheme=scheme,
        family_id=record.simple_family_id if scheme == "simple" else record.extended_family_id,
        total=page.total,
        snapshot=snapshot,
        items=[shapes.FamilyMember.model_validate(telling.member(one)) for one in page.items],
        next=page.next,
    )


def list_events(
    request: HttpRequest,
    number: PatentNumber,
    as_of: AsOf = None,
    limit: Limit = 50,
    cursor: CursorText | None = None,
) -> shapes.Events:
    record, snapshot = get(number), telling.snapshot_now()
    told = telling.status(record, as_of)
    subject = f"events|{record.patent_id}"
    page = page_of(told["events"], subject=subject, size=limit, cursor=cursor, edition=f"snapshot {snapshot}")
    return shapes.Events(
        patent_id=record.patent_id,
        status=told["value"],
        as_of=told["as_of"],
        total=page.total,
        snapshot=snapshot,
        items=[shapes.Event.model_validate(one) for one in page.items],
        next=page.next,
    )
