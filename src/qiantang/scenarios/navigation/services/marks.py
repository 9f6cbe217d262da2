"""Marks: a list brought in, a line taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.navigation.models import PatentMark
from qiantang.scenarios.navigation.selectors import chains
from qiantang.scenarios.navigation.selectors.marks import read_lines

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.types import MarkKind


@transaction.atomic
def bring_marks(*, actor: Actor, kind: MarkKind, text: str, source: str) -> int:
    """Keep a list: all its lines, or none; a line that is there is written anew. Returns how many lines there were.

    errors  NotPermitted ``navigation.analysts_only`` · Invalid ``navigation.mark_*``
    """
    chains.ensure_may_keep(actor)
    lines = read_lines(text, source)
    for one in lines:
        PatentMark.objects.update_or_create(
            patent_id=one.patent_id,
            kind=kind,
            reference=one.reference,
            defaults={"source": one.source, "author_name": actor.name, "at": timezone.now()},
        )
    facts = {"kind": str(kind), "patents": len(lines)}
    audit.record(actor=actor, verb="navigation.marks.bring", subject="marks", facts=facts)
    return len(lines)


@transaction.atomic
def remove_mark(*, actor: Actor, key: int) -> None:
    """Take one line out; editions that were computed with it stay as they are.

    errors  NotPermitted ``navigation.analysts_only`` · NotFound ``navigation.mark_gone``
    """
    chains.ensure_may_keep(actor)
    row = PatentMark.objects.filter(pk=key).first()
    if row is None:
        raise NotFound("navigation.mark_gone")
    facts = {"kind": row.kind, "patent": row.patent_id, "reference": row.reference}
    row.delete()
    audit.record(actor=actor, verb="navigation.marks.remove", subject="marks", facts=facts)
