"""What number and query code tell without signing in."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.casework.methods.codes import folded, keyed_digest
from qiantang.commons.casework.selectors.cases import goes_on_in, shown_number
from qiantang.commons.casework.selectors.clocks import clocks_of, first_due
from qiantang.commons.casework.types import CASE_TYPES, ClockKind, PublicStatus
from qiantang.kernel.workflow import Audience

if TYPE_CHECKING:
    from qiantang.commons.casework.models import Case


def code_digest(number: str, code: str) -> str:
    """What is kept of a query code. A new secret key of the house ends all codes."""
    return keyed_digest(settings.SECRET_KEY, "query code", number, folded(code))


def code_fits(case: Case, code: str) -> bool:
    """Whether a query code, in any spelling, belongs to a case."""
    return compare_digest(case.code_digest, code_digest(case.number, code))


def status_of(case: Case) -> PublicStatus:
    """The status of a case for somebody who has its code; of a merged one, that of the case in which it goes on."""
    number, opened_at = shown_number(case.number), case.opened_at
    goes_on = goes_on_in(case)
    case = goes_on or case
    kind = CASE_TYPES[case.kind]
    state = kind.workflow.state(case.state)
    promises = [
        one for one in clocks_of([case.pk], timezone.localdate()).get(case.pk, ()) if one.kind is ClockKind.PROMISE
    ]
    clock = first_due(promises)
    due = clock.reading.due if clock else None
    return PublicStatus(
        number=number,
        kind_title=gettext(kind.title),
        state_label=gettext(state.label(Audience.PUBLIC)),
        waits_for=str(state.waits_for) if state.waits_for and not state.final else "",
        final=state.final,
        opened_on=timezone.localdate(opened_at),
        due=due.day if due else None,
        provisional=bool(due and due.provisional),
        goes_on_in=shown_number(case.number) if goes_on else "",
    )
