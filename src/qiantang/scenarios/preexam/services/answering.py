"""The applicant answers: item by item, with a new version whose changes are laid beside what was asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.casework import api as casework
from qiantang.commons.files.api import vault
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.scenarios.preexam.methods.changes import ItemPlace, TextChange, changes
from qiantang.scenarios.preexam.models import DefectItem, DraftVersion
from qiantang.scenarios.preexam.selectors.drafts import belongs, newest_version
from qiantang.scenarios.preexam.services.intake import editable_row
from qiantang.scenarios.preexam.services.reading import open_version
from qiantang.scenarios.preexam.services.screening import screen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.preexam.methods.documents import Draft
    from qiantang.scenarios.preexam.models import DraftRequest

_LONGEST = 2000


@transaction.atomic
def answer_items(*, actor: Actor, number: str, answers: Mapping[int, str]) -> None:
    """Keep answers to the items of the open round, by the number of the item; they need not be complete.

    errors  NotFound · NotPermitted ``preexam.draft_closed_to_you`` · Conflict ``preexam.draft_not_editable``
    """
    row, _card = editable_row(actor, number)
    for item in DefectItem.objects.filter(request=row, round=row.rounds, number__in=list(answers)):
        said = answers[item.number].strip()[:_LONGEST]
        item.answer = vault.hide(said, belongs(row))
        item.answered_at = timezone.now() if said else None
        item.save(update_fields=["answer", "answered_at"])


@transaction.atomic
def compare_versions(*, actor: Actor, number: str) -> tuple[TextChange, ...]:
    """Lay the newest version beside the last that was handed in; what answers no item is told before it is handed in.

    errors  as ``answer_items``; Conflict ``preexam.version_missing``
    """
    row, _card = editable_row(actor, number)
    return _compared(actor, number, row, _new_version(row))


@transaction.atomic
def declare_changes(*, actor: Actor, number: str, places: Collection[int], why: str) -> None:
    """Declare changes that answer no item, by their place in the list, with the reason.

    errors  as ``compare_versions``; Invalid ``casework.note_missing``
    """
    row, _card = editable_row(actor, number)
    version = _new_version(row)
    if places and not why.strip():
        raise Invalid("casework.note_missing")
    found = _compared(actor, number, row, version)
    told = [replace(one, declared=at in places).told() for at, one in enumerate(found)]
    version.changes, version.declared = told, vault.hide(why.strip()[:_LONGEST], belongs(row))
    version.save(update_fields=["changes", "declared"])


@transaction.atomic
def resubmit_draft(*, actor: Actor, number: str, note: str = "") -> str:
    """Hand the answer in: every item answered, a new version, or the statement that the text stays.

    errors  as ``compare_versions``; Conflict ``preexam.answers_missing``
    """
    row, _card = editable_row(actor, number)
    open_items = DefectItem.objects.filter(request=row, round=row.rounds, answered_at__isnull=True)
    missing = list(open_items.order_by("number").values_list("number", flat=True))
    if missing:
        raise Conflict("preexam.answers_missing", items=", ".join(map(str, missing)))
    newest = newest_version(row)
    if newest is not None and newest.handed_in_at is None:
        said = [TextChange.read(one) for one in newest.changes]
        declared = {(one.part, one.old, one.new) for one in said if one.declared}
        found = _compared(actor, number, row, newest)
        newest.changes = [replace(one, declared=(one.part, one.old, one.new) in declared).told() for one in found]
        newest.handed_in_at = timezone.now()
        newest.save(update_fields=["changes", "handed_in_at"])
        screen(actor=actor, row=row)
    facts = {"complete": 1, "version": newest.number if newest else None}
    return casework.advance(actor=actor, number=number, action="resubmit", note=note, facts=facts)


def _new_version(row: DraftRequest) -> DraftVersion:
    newest = newest_version(row)
    if newest is None or newest.handed_in_at is not None or newest.number == 1:
        raise Conflict("preexam.version_missing")
    return newest


def _compared(actor: Actor, number: str, row: DraftRequest, version: DraftVersion) -> tuple[TextChange, ...]:
    """Every change against the last version handed in, with the items of the open round that asked for it."""
    before = DraftVersion.objects.filter(request=row, handed_in_at__isnull=False).exclude(pk=version.pk)
    old = before.order_by("-number").first()
    if old is None:
        raise Conflict("preexam.version_missing")
    former, newer = (
        open_version(actor=actor, number=number, version=one, why="comparison").draft
        for one in (old.number, version.number)
    )
    return changes_between(actor, row, former, newer)


def changes_between(actor: Actor, row: DraftRequest, former: Draft, newer: Draft) -> tuple[TextChange, ...]:
    """Every change between two versions that the caller has opened, with the items of the open round that asked for it."""
    del actor
    items = DefectItem.objects.filter(request=row, round=row.rounds).order_by("number")
    return changes(former, newer, [ItemPlace(one.number, one.part, one.claim, one.paragraph) for one in items])
