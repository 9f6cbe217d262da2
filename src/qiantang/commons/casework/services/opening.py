"""Open a case: its number is reserved first, per authority and year, with a check digit, and never given twice."""

from __future__ import annotations

import secrets
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.events import CaseOpened
from qiantang.commons.casework.methods.codes import ALPHABET, CODE_LENGTH
from qiantang.commons.casework.models import Case, NumberSeries
from qiantang.commons.casework.selectors.status import code_digest
from qiantang.commons.casework.services.parties import enter_party
from qiantang.commons.casework.services.telling import set_clocks, tell
from qiantang.commons.casework.types import CASE_TYPES, OpenedCase
from qiantang.commons.events import api as events
from qiantang.kernel.identifiers import CaseNumber, make_case_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantang.commons.casework.types import NewParty
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.calendar import Limit

_TITLE = 200
_AS_DECLARED: Mapping[str, Limit | None] = MappingProxyType({})


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    kind: str,
    title: str,
    parties: Sequence[NewParty],
    limits: Mapping[str, Limit | None] = _AS_DECLARED,
) -> OpenedCase:
    """Open a case in the first state of its workflow. The room that calls has asked its own policy.

    kind        key of ``CASE_TYPES``
    limits      of clocks that are set otherwise than the kind says; None: that clock does not run in this case
    returns     its number, and its query code, which is shown once
    Events      CaseOpened
    """
    declared = CASE_TYPES[kind]
    number = reserve_number(declared.authority)
    code = new_code()
    case = Case.objects.create(
        number=number.compact,
        kind=kind,
        state=declared.workflow.initial,
        title=" ".join(title.split())[:_TITLE],
        opened_at=timezone.now(),
        opened_by_id=actor.person_id,
        code_digest=code_digest(number.compact, code),
        limits={key: limit and {"length": limit.length, "unit": limit.unit.value} for key, limit in limits.items()},
    )
    for party in parties:
        enter_party(case, party)
    set_clocks(case, timezone.localdate())
    tell(case, actor, "open", _("%(who)s opened the case"), moved=("", case.state))
    events.publish(CaseOpened(case.pk, number.compact, kind))
    return OpenedCase(case.pk, str(number), code)


def new_code() -> str:
    """A query code nobody has guessed."""
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


@transaction.atomic
def reserve_number(authority: str) -> CaseNumber:
    """The next number of an authority in this year. It is given once, whatever becomes of the case."""
    year = timezone.localdate().year
    NumberSeries.objects.get_or_create(authority=authority, year=year)
    series = NumberSeries.objects.select_for_update().get(authority=authority, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return make_case_number(authority, year, series.last)
