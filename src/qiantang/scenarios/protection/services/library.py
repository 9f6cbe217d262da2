"""The library: a closed proceeding told on without names, written by one person of the office and published by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods.anonymous import telltales
from qiantang.scenarios.protection.models import LibraryCase
from qiantang.scenarios.protection.selectors.disputes import intake_of, proceeding_row
from qiantang.scenarios.protection.selectors.mediators import names_in
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.workflow import CLUE

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@transaction.atomic
def write_library_case(*, actor: Actor, number: str, title: str, facts: str, points: str, result: str) -> int:
    """Tell a closed proceeding without names; it waits to be published. Written again it waits again. Returns its key.

    errors  NotFound · NotPermitted · Conflict ``protection.library_open`` · Invalid ``protection.library_names`` with what was
            found, ``casework.note_missing``
    """
    ensure(policies.may_keep(actor))
    row = proceeding_row(actor, number)
    if row.concluded_at is None or row.case.kind == CLUE.key:
        raise Conflict("protection.library_open")
    texts = {"title": title.strip(), "facts": facts.strip(), "points": points.strip(), "result": result.strip()}
    if not all(texts.values()):
        raise Invalid("casework.note_missing")
    told = intake_of(row.dispute)
    names = [name for name in (*names_in(row.dispute), told.respondent, told.right_number) if name]
    found = sorted({kind for text in texts.values() for kind in telltales(text, names)})
    if found:
        raise Invalid("protection.library_names", found=", ".join(found))
    made, _new = LibraryCase.objects.update_or_create(
        proceeding=row,
        defaults={
            **texts,
            "title": texts["title"][:200],
            "written_by_id": actor.person_id,
            "written_at": timezone.now(),
            "published_at": None,
        },
    )
    audit.record(actor=actor, verb="protection.library.write", subject=f"library:{made.pk}", facts={})
    return made.pk


@transaction.atomic
def publish_library_case(*, actor: Actor, key: int) -> None:
    """Publish it: another person than who wrote it, who has read it for names that no list knows.

    errors  NotFound ``protection.library_unknown`` · NotPermitted ``protection.office_only``, ``casework.four_eyes``
    """
    ensure(policies.may_keep(actor))
    row = LibraryCase.objects.select_for_update().filter(pk=key, published_at=None).first()
    if row is None:
        raise NotFound("protection.library_unknown")
    if row.written_by_id == actor.person_id:
        raise NotPermitted("casework.four_eyes")
    row.published_at = timezone.now()
    row.save(update_fields=["published_at"])
    audit.record(actor=actor, verb="protection.library.publish", subject=f"library:{row.pk}", facts={})
