"""Looking into the inbox of an organisation: who does has a copy of their own from then on, on which reading is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qiantang.commons.notices.models import Notice
from qiantang.commons.notices.selectors.shared import visible_in
from qiantang.commons.notices.services.issuing import copy_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor


@transaction.atomic
def take_copies(*, actor: Actor, organisation: int, keys: Sequence[int]) -> int:
    """Copies of notices to the organisation for who looks at them and has none; returns how many were made.

    errors  NotFound ``notices.no_such_inbox``
    """
    rows = list(visible_in(actor, organisation).filter(pk__in=keys))
    mine = Notice.objects.filter(person_id=actor.person_id, shared__in=rows)
    there = set(mine.values_list("shared_id", flat=True))
    return sum(copy_for(row, actor.person_id or 0)[1] for row in rows if row.pk not in there)
