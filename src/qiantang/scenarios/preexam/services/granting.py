"""The owner of a draft lets the centre look before it is handed in, until a day, and may end it at any time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.scenarios.preexam.selectors.drafts import belongs
from qiantang.scenarios.preexam.services.intake import editable_row

if TYPE_CHECKING:
    from datetime import date

    from qiantang.kernel.actor import Actor

MOST_DAYS = 30


@transaction.atomic
def open_to_centre(*, actor: Actor, number: str, until: date | None) -> None:
    """Let the centre read a draft that is not handed in, until a day; None ends it at once. Each reading is noted as ever.

    errors  NotFound · NotPermitted ``preexam.draft_closed_to_you`` · Conflict ``preexam.draft_not_editable``
            Invalid ``preexam.open_day``
    """
    row, card = editable_row(actor, number)
    if card.state != "draft":
        raise Conflict("preexam.draft_not_editable")
    today = timezone.localdate()
    if until is not None and not today <= until <= today + timedelta(days=MOST_DAYS):
        raise Invalid("preexam.open_day", days=MOST_DAYS)
    row.open_until = until
    row.save(update_fields=["open_until"])
    facts = {"until": until.isoformat() if until else None}
    audit.record(actor=actor, verb="preexam.draft.open", subject=belongs(row), facts=facts)
