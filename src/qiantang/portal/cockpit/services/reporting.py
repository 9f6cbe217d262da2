"""The regular report: once a month to the inbox of operators and analysts, by mail to those of them who want it so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from qiantang.commons.accounts import api as accounts
from qiantang.commons.notices import api as notices
from qiantang.commons.notices.types import Draft
from qiantang.portal.cockpit.rules import REPORT, TILES
from qiantang.portal.cockpit.services import keeping
from qiantang.scenarios.monitoring import api as monitoring
from qiantang.scenarios.monitoring.types import Asked

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


REPORTED_TO = frozenset({accounts.Role.OPERATOR, accounts.Role.ANALYST})


def send_reports(*, actor: Actor, city: str, today: date) -> int:
    """Tell the figures of the month to every operator and analyst, once; returns how many were told.

    Asked again in the same month it does nothing: the heartbeat may come as often as it likes.
    """
    period = today.strftime("%Y-%m")
    if keeping.reported() == period:
        return 0
    asked = Asked(region=city, today=today)
    year = monitoring.last_year(asked)
    figures = [monitoring.headline(asked, one, year) for one in TILES]
    told = "；".join(f"{one.name} {one.value} {one.unit} ({one.note})" for one in figures if one.value)
    if not told:
        return 0
    facts = {"period": period, "snapshot": monitoring.snapshot_of(asked), "figures": told}
    sent = 0
    with transaction.atomic():
        for person in accounts.people(actor):
            if person.active and REPORTED_TO & set(person.roles):
                draft = Draft(
                    person_id=person.id,
                    kind=REPORT.code,
                    key=f"cockpit.report:{period}",
                    subject="cockpit:report",
                    facts=facts,
                    link=reverse("cockpit:screen"),
                )
                sent += notices.send_notice(actor=actor, draft=draft)
    keeping.note_reported(period)
    return sent
