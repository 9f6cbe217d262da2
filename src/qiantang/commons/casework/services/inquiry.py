"""Asking for a status by number and query code; wrong codes are counted, so that nobody tries them all."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from qiantang.commons.casework import policies
from qiantang.commons.casework.models import Case
from qiantang.commons.casework.selectors.cases import case_row
from qiantang.commons.casework.selectors.old_files import keys_by_old_number
from qiantang.commons.casework.selectors.status import code_digest, code_fits, status_of
from qiantang.commons.casework.services.opening import new_code
from qiantang.commons.casework.services.parties import ensure
from qiantang.commons.casework.services.telling import tell
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.kernel.errors import DomainError, Invalid, Limited, NotFound
from qiantang.kernel.identifiers import parse_case_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.commons.casework.types import PublicStatus
    from qiantang.kernel.actor import Actor

_TRIES = 5
_CLOSED_FOR = timedelta(minutes=15)


def status_by_code(*, actor: Actor, number: str, code: str) -> PublicStatus:
    """The status of a case for who holds number and query code.

    errors  Invalid ``identifiers.case_*`` · NotFound ``casework.code_wrong``, also where there is no such case
            Limited ``casework.code_throttled`` after five wrong codes, for fifteen minutes
    """
    del actor  # the code is all that is asked
    outcome = _looked_up(_candidates(number), code)
    if isinstance(outcome, DomainError):
        raise outcome
    return status_of(outcome)


@transaction.atomic
def renew_code(*, actor: Actor, number: str) -> str:
    """A new query code for a receipt that is printed; the one before ends. The office does.

    errors  NotFound · NotPermitted
    """
    case = case_row(actor, number, lock=True)
    ensure(policies.may_handle(actor, CASE_TYPES[case.kind]))
    code = new_code()
    case.code_digest = code_digest(case.number, code)
    case.save(update_fields=["code_digest"])
    tell(case, actor, "renew_code", _("%(who)s gave out a new query code"), internal=True)
    return code


def _candidates(text: str) -> list[str]:
    """The numbers that a text may mean: its own, or those of the cases that had it as an old number.

    What looks like a number of the platform and is none, is told so; of any other text nothing is told.
    """
    try:
        return [parse_case_number(text).compact]
    except Invalid:
        found = list(
            Case.objects.filter(pk__in=keys_by_old_number(text)).order_by("pk").values_list("number", flat=True)
        )
        if not found and text.isascii():
            raise
        return found


@transaction.atomic
def _looked_up(numbers: Sequence[str], code: str) -> Case | DomainError:
    """The case, or why not: handed back rather than raised, since a raised error would undo the count.

    Where several cases had the old number, the code says which is meant; a wrong one counts for each.
    """
    outcomes = [_tried(compact, code) for compact in numbers]
    found = next((one for one in outcomes if isinstance(one, Case)), None)
    if found is not None:
        return found
    limited = [one for one in outcomes if isinstance(one, Limited)]
    return limited[0] if limited else NotFound("casework.code_wrong")


def _tried(compact: str, code: str) -> Case | DomainError:
    case = Case.objects.select_for_update().filter(number=compact).first()
    if case is None:
        return NotFound("casework.code_wrong")
    now = timezone.now()
    if case.code_closed_until is not None and now < case.code_closed_until:
        left = case.code_closed_until - now
        return Limited("casework.code_throttled", minutes=math.ceil(left.total_seconds() / 60))
    fits = code_fits(case, code)
    case.code_failures = 0 if fits else case.code_failures + 1
    case.code_closed_until = now + _CLOSED_FOR if case.code_failures >= _TRIES else None
    if case.code_closed_until is not None:
        case.code_failures = 0
    case.save(update_fields=["code_failures", "code_closed_until"])
    return case if fits else NotFound("casework.code_wrong")
