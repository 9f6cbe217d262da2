"""Writes: a value of a parameter from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.rulebook import policies
from qiantang.commons.rulebook.models import ParameterValue
from qiantang.commons.rulebook.selectors import rule_set
from qiantang.kernel.errors import Invalid, NotPermitted

if TYPE_CHECKING:
    from datetime import date

    from qiantang.kernel.actor import Actor

_SOURCE = range(4, 301)


@transaction.atomic
def set_value(*, actor: Actor, key: str, parameter: str, value: int, valid_from: date, source: str) -> None:
    """Let a parameter have another value from a day to come; what was judged before keeps what it was judged by.

    errors  NotFound · NotPermitted ``rulebook.keeping_refused`` · Invalid ``rulebook.parameter_unknown``,
            ``rulebook.parameter_value``, ``rulebook.parameter_day``, ``rulebook.source_missing``
    """
    decision = policies.may_keep_values(actor)
    if not decision:
        raise NotPermitted(decision.code)
    settings = {one.key: one for one in rule_set(key).settings}
    if parameter not in settings:
        raise Invalid("rulebook.parameter_unknown", key=parameter[:60], known=", ".join(settings))
    bounds = settings[parameter]
    if not bounds.least <= value <= bounds.most:
        raise Invalid("rulebook.parameter_value", given=value, key=parameter, least=bounds.least, most=bounds.most)
    today = timezone.localdate()
    if valid_from <= today:
        raise Invalid("rulebook.parameter_day", day=today.isoformat())
    named = " ".join(source.split())
    if len(named) not in _SOURCE:
        raise Invalid("rulebook.source_missing")
    ParameterValue.objects.create(
        rule_set=key,
        key=parameter,
        value=value,
        valid_from=valid_from,
        source=named,
        entered_at=timezone.now(),
        entered_by_id=actor.person_id,
    )
    facts = {"parameter": parameter, "value": value, "from": valid_from.isoformat(), "source": named}
    audit.record(actor=actor, verb="rulebook.value.set", subject=f"rules:{key}", facts=facts)
