"""Legal holds: nothing of a case is disposed of while one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.casework.models import LegalHold
from qiantang.commons.casework.selectors.records import belongings, is_held, record_row
from qiantang.commons.casework.services.archiving.keepers import ensure_keeper
from qiantang.commons.files.api import custody
from qiantang.kernel.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from datetime import date

    from qiantang.commons.casework.models import Case
    from qiantang.kernel.actor import Actor

_WHY = range(2, 501)


@transaction.atomic
def place_hold(*, actor: Actor, number: str, why: str, until: date | None = None) -> int:
    """Nothing of the case may be disposed of until that day, or until the hold is lifted. The storage hears of it too.

    why     on what it rests: an order of a court, an audit, an appeal
    errors  NotPermitted · NotFound · Invalid ``casework.hold_why``, ``casework.hold_until`` · Conflict ``casework.disposed_already``
    """
    case = record_row(actor, number, lock=True)
    ensure_keeper(actor, case)
    said = " ".join(why.split())
    if len(said) not in _WHY:
        raise Invalid("casework.hold_why")
    if until is not None and until < timezone.localdate():
        raise Invalid("casework.hold_until")
    if case.disposed_at is not None:
        raise Conflict("casework.disposed_already")
    row = LegalHold.objects.create(
        case=case, why=said, placed_by_id=actor.person_id, placed_at=timezone.now(), until=until
    )
    custody.set_hold(actor=actor, belongs=belongings(case), held=True)
    facts = {"hold": row.pk, "why": said, "until": until.isoformat() if until else None}
    audit.record(actor=actor, verb="casework.hold.place", subject=f"case:{case.number}", facts=facts)
    return row.pk


@transaction.atomic
def lift_hold(*, actor: Actor, number: str, hold: int) -> None:
    """End a hold; others on the same case stand.

    errors  NotPermitted · NotFound ``casework.hold_unknown``
    """
    case = record_row(actor, number, lock=True)
    ensure_keeper(actor, case)
    row = LegalHold.objects.select_for_update().filter(case=case, pk=hold, lifted_at__isnull=True).first()
    if row is None:
        raise NotFound("casework.hold_unknown")
    row.lifted_at, row.lifted_by_id = timezone.now(), actor.person_id
    row.save(update_fields=["lifted_at", "lifted_by"])
    audit.record(actor=actor, verb="casework.hold.lift", subject=f"case:{case.number}", facts={"hold": row.pk})
    _tell_storage(actor, case)


def release_ended(actor: Actor) -> int:
    """Tell the storage of holds whose last day has passed; returns how many cases."""
    ended = LegalHold.objects.filter(lifted_at__isnull=True, until__lt=timezone.localdate()).select_related("case")
    count = 0
    for row in ended:
        with transaction.atomic():
            LegalHold.objects.filter(pk=row.pk).update(lifted_at=timezone.now())
            facts = {"hold": row.pk, "ended": True}
            audit.record(actor=actor, verb="casework.hold.lift", subject=f"case:{row.case.number}", facts=facts)
            _tell_storage(actor, row.case)
            count += 1
    return count


def _tell_storage(actor: Actor, case: Case) -> None:
    if not is_held(case):
        custody.set_hold(actor=actor, belongs=belongings(case), held=False)
