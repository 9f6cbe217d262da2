"""What the register holds: coverage, snapshots, parties; and what a number is."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from django.http import HttpRequest
from pydantic import Field

from qiantang.commons.catalogue.bases import CursorText, Key, Limit, Line
from qiantang.corpus.parties import api as parties
from qiantang.corpus.register.api import coverage, snapshots, telling
from qiantang.corpus.register.rest import shapes
from qiantang.corpus.register.selectors.owners import party_page
from qiantang.kernel import numbers
from qiantang.kernel.errors import NotFound
from qiantang.kernel.paging import page_of

if TYPE_CHECKING:
    from qiantang.corpus.parties.types import PartyLink

NumberText = Annotated[Line, Field(description="A patent number as somebody wrote it.")]
PartyNumber = Annotated[Key, Field(description="Number of a party, or of any of its names.")]
PartyName = Annotated[Line, Field(description="Any name of the party, in any spelling.")]


def read_coverage(request: HttpRequest) -> shapes.Coverage:
    told = asdict(coverage())
    del told["sources"]
    return shapes.Coverage.model_validate(told)


def list_snapshots(
    request: HttpRequest,
    limit: Limit = 50,
    cursor: CursorText | None = None,
) -> shapes.Snapshots:
    found = [telling.snapshot(one) for one in reversed(snapshots())]
    edition = f"snapshot {found[0]['number']}" if found else "nothing"
    page = page_of(found, subject="snapshots", size=limit, cursor=cursor, edition=edition)
    items = [shapes.Snapshot.model_validate(one) for one in page.items]
    return shapes.Snapshots(total=page.total, items=items, next=page.next)


def read_number(request: HttpRequest, text: NumberText) -> shapes.Number:
    return shapes.Number.model_validate(numbers.describe(text))


def find_party(request: HttpRequest, name: PartyName) -> shapes.Party:
    number = parties.party_of(name)
    if number is None:
        raise NotFound("parties.unknown", given=name)
    return read_party(request, number)


def read_party(request: HttpRequest, number: PartyNumber) -> shapes.Party:
    page = party_page(number)
    return shapes.Party(
        party_id=page.card.id,
        name=page.card.name,
        names=[
            shapes.PartyName(
                name=row.member.text, rule=row.member.rule, confidence=row.member.confidence, patents=row.patents
            )
            for row in page.rows
        ],
        above=[_link(one) for one in page.card.above],
        below=[_link(one) for one in page.card.below],
        below_total=page.card.below_total,
        as_filed=page.as_filed,
        harmonised=page.harmonised,
        with_group=page.with_group,
        snapshot=telling.snapshot_now(),
    )


def _link(one: PartyLink) -> shapes.PartyLink:
    return shapes.PartyLink(party_id=one.party, name=one.name, kind=one.kind, since=one.since, until=one.until)
