"""Opening what is confidential: every time a line of who, as what and why, which the parties see."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.commons.files.api import vault
from qiantang.kernel.decision import Decision
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.preexam.methods import reports
from qiantang.scenarios.preexam.methods.documents import Draft, read_draft
from qiantang.scenarios.preexam.models import DefectItem, DraftVersion
from qiantang.scenarios.preexam.selectors.drafts import belongs, draft_row, paper_rows, part_of, sees_all
from qiantang.scenarios.preexam.types import Report

if TYPE_CHECKING:
    from qiantang.commons.files.types import Opened
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.preexam.models import DraftRequest

_CLOSED = "preexam.draft_closed_to_you"


@dataclass(frozen=True, slots=True)
class OpenedVersion:
    """A version with its text as a tree, and what the engine said of it when it was handed in."""

    number: int
    name: str
    draft: Draft
    report: Report
    content: bytes


@dataclass(frozen=True, slots=True)
class OpenedItem:
    """An item with its words. ``round`` 0: not sent yet."""

    number: int
    round: int
    part: str
    claim: int | None
    paragraph: int | None
    rule: str
    said: str
    answer: str
    settled: bool | None


def open_version(*, actor: Actor, number: str, version: int | None = None, why: str = "") -> OpenedVersion:
    """A version, the newest by default.

    errors  NotFound ``casework.unknown``, ``preexam.version_missing`` · NotPermitted ``preexam.draft_closed_to_you``
    """
    row, card = draft_row(actor, number)
    read_as = part_of(actor, row, card)
    rows = DraftVersion.objects.filter(request=row)
    if read_as and not sees_all(read_as):
        rows = rows.filter(handed_in_at__isnull=False)
    found = (rows.filter(number=version) if version else rows.order_by("-number")).first()
    if found is None:
        raise NotFound("preexam.version_missing")
    opened = vault.read(
        actor=actor, sealed_id=found.sealed_id, allowed=_allowed(read_as), read_as=read_as, why=why or card.state
    )
    report, content = reports.unpacked(opened.content)
    return OpenedVersion(
        found.number, opened.name, read_draft(io.BytesIO(content), opened.name), reports.read(report), content
    )


def open_paper(*, actor: Actor, number: str, sealed_id: int) -> Opened:
    """A document beside the draft. errors: as ``open_version``; NotFound ``preexam.paper_slot``"""
    row, card = draft_row(actor, number)
    read_as = part_of(actor, row, card)
    seen = paper_rows(row, all_of_them=not read_as or sees_all(read_as))
    if not seen.filter(sealed_id=sealed_id).exists():
        raise NotFound("preexam.paper_slot")
    return vault.read(actor=actor, sealed_id=sealed_id, allowed=_allowed(read_as), read_as=read_as, why=card.state)


def items_of(actor: Actor, row: DraftRequest, *, sent_only: bool) -> tuple[OpenedItem, ...]:
    """The items of a request with their words, for who may open the content; the caller has asked."""
    del actor
    rows = DefectItem.objects.filter(request=row).order_by("number")
    if sent_only:
        rows = rows.filter(round__gt=0)
    mark = belongs(row)
    return tuple(
        OpenedItem(
            one.number,
            one.round,
            one.part,
            one.claim,
            one.paragraph,
            one.rule,
            vault.shown(one.said, mark),
            vault.shown(one.answer, mark),
            one.settled,
        )
        for one in rows
    )


def _allowed(read_as: str) -> Decision:
    return Decision.allow() if read_as else Decision.refuse(_CLOSED)
