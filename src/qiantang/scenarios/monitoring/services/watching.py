"""After a load: look with every rule, keep what fired, and tell the operators once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from qiantang.commons.accounts import api as accounts
from qiantang.commons.audit import api as audit
from qiantang.commons.notices import api as notices
from qiantang.commons.notices.types import Draft
from qiantang.corpus.register import api as register
from qiantang.scenarios.monitoring.models import AlertFinding
from qiantang.scenarios.monitoring.rules import ALERTED, ALERTS, CITY
from qiantang.scenarios.monitoring.selectors import asking
from qiantang.scenarios.monitoring.selectors.detecting import found_by_rules
from qiantang.scenarios.monitoring.services.keeping import keep_movements
from qiantang.scenarios.monitoring.types import Asked

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.monitoring.selectors.detecting import Found

_TITLES_TOLD = 5


def check_rules(*, actor: Actor) -> int:
    """Keep what the rules find on the newest snapshot, and tell it; returns how much of it is new.

    A finding within the cool-down of the same rule for the same thing is not told again; the same snapshot tells nothing
    twice.
    """
    told = register.current_snapshot()
    today = timezone.localdate()
    reached = asking.reached(Asked(region=CITY, today=today))
    if told is None or reached is None:
        return 0
    keep_movements(actor=actor, wait=True)  # the rules read the rights one by one
    found = found_by_rules(None, reached)
    with transaction.atomic():
        new = [one for one in found if _kept(one, told.number)]
        if new:
            audit.record(
                actor=actor,
                verb="monitoring.alerts.find",
                subject=f"snapshot:{told.number}",
                facts={"found": len(found), "new": len(new)},
            )
            _tell(actor, new, told.number)
    return len(new)


def _kept(found: Found, snapshot: int) -> bool:
    """Whether it is new: kept now for the first time, and not within the cool-down of its rule."""
    rule = next(one for one in ALERTS if one.key == found.rule)
    today = timezone.localdate()
    warm = AlertFinding.objects.filter(
        rule=found.rule, subject=found.subject, found_on__gt=today - timedelta(days=rule.cool_down)
    )
    if warm.exists():
        return False
    facts = {**found._asdict(), "snapshot": snapshot, "found_on": today}
    keys = {name: facts.pop(name) for name in ("rule", "subject", "period")}
    return AlertFinding.objects.get_or_create(**keys, defaults=facts)[1]


def _tell(actor: Actor, new: list[Found], snapshot: int) -> None:
    titles = {rule.key: rule.title for rule in ALERTS}
    with override("zh-hans"):
        words = [f"{_(titles[one.rule])} {one.subject}".strip() for one in new[:_TITLES_TOLD]]
    for person in accounts.people(actor):
        if person.active and {accounts.Role.OPERATOR, accounts.Role.ANALYST} & set(person.roles):
            draft = Draft(
                person_id=person.id,
                kind=ALERTED.code,
                key=f"monitoring.alert:{snapshot}",
                subject=f"snapshot:{snapshot}",
                facts={"count": len(new), "snapshot": snapshot, "found": "；".join(words)},
                link=reverse("monitoring:alerts"),
            )
            notices.send_notice(actor=actor, draft=draft)
