"""Applications for action: filed, granted for a term by dated values, renewed within a window, reminded of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.commons.rulebook import api as rulebook
from qiantang.commons.rulebook.methods.judging import version_of
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods.terms import effective_until, renewal_opens, renewed, term_from
from qiantang.scenarios.protection.models import ActionApplication, ProductSheet
from qiantang.scenarios.protection.rules.marks import DECIDED, MARKS, RENEW
from qiantang.scenarios.protection.selectors.sheets import authority_name, window_months
from qiantang.scenarios.protection.services.alerts import tell_people
from qiantang.scenarios.protection.services.sheets import noted, own_sheet
from qiantang.scenarios.protection.types.marks import ApplicationState

if TYPE_CHECKING:
    from datetime import date

    from qiantang.kernel.actor import Actor

_UNDER_WAY = (ApplicationState.FILED, ApplicationState.GRANTED)


@transaction.atomic
def file_application(*, actor: Actor, key: int, authority: int) -> int:
    """Ask an authority to look out for fakes; the sheet has to be shared with it, by which it decides. Returns its key.

    errors  NotFound · Conflict ``protection.not_shared``, ``protection.application_open``
    """
    row = own_sheet(actor, key)
    if not row.shares.filter(authority_id=authority, withdrawn_at__isnull=True).exists():
        raise Conflict("protection.not_shared")
    today = timezone.localdate()
    for one in row.applications.filter(authority_id=authority, state__in=_UNDER_WAY):
        if one.valid_until is None or effective_until(one.valid_until, row.right_until) >= today:
            raise Conflict("protection.application_open")
    made = _filed(row, authority, None)
    noted(actor, row, "apply", {"application": made.pk})
    return made.pk


@transaction.atomic
def renew_application(*, actor: Actor, key: int, application: int) -> int:
    """Ask for the next term, within the window before the end of this one. Returns the key of the renewal.

    errors  NotFound ``protection.application_unknown`` · Conflict ``protection.renewal_early``,
            ``protection.renewal_late``, ``protection.renewal_running``
    """
    row = own_sheet(actor, key)
    old = row.applications.select_for_update().filter(pk=application, state=ApplicationState.GRANTED).first()
    if old is None or old.valid_until is None:
        raise NotFound("protection.application_unknown")
    today = timezone.localdate()
    opens, ends = _window(old, row, today)
    if today < opens:
        raise Conflict("protection.renewal_early", day=opens.isoformat())
    if today > ends:
        raise Conflict("protection.renewal_late", day=ends.isoformat())
    if ActionApplication.objects.filter(renews=old).exists():
        raise Conflict("protection.renewal_running")
    made = _filed(row, old.authority_id, old)
    noted(actor, row, "renew", {"application": made.pk, "renews": old.pk})
    return made.pk


@transaction.atomic
def withdraw_application(*, actor: Actor, key: int, application: int) -> None:
    """Take an application back that is not decided. errors: NotFound ``protection.application_unknown``"""
    row = own_sheet(actor, key)
    waiting = row.applications.filter(pk=application, state=ApplicationState.FILED)
    if not waiting.update(state=ApplicationState.WITHDRAWN, decided_on=timezone.localdate(), renews=None):
        raise NotFound("protection.application_unknown")
    noted(actor, row, "apply_withdraw", {"application": application})


@transaction.atomic
def decide_application(
    *, actor: Actor, application: int, granted: bool, day: date | None = None, reference: str = "", remark: str = ""
) -> None:
    """Grant from a day on, or refuse with a reason: the authority that was asked. A renewal goes on without a gap.

    errors  NotFound ``protection.application_unknown`` · Invalid ``protection.application_decision`` ·
            Conflict ``protection.application_right_ended``
    """
    row = ActionApplication.objects.select_for_update().filter(pk=application, state=ApplicationState.FILED).first()
    if row is None or not policies.may_decide_application(actor, row):
        raise NotFound("protection.application_unknown")
    today = timezone.localdate()
    on = day or today
    if not timezone.localdate(row.filed_at) <= on <= today or (not granted and not remark.strip()):
        raise Invalid("protection.application_decision")
    if granted:
        _grant(row, on)
    row.state = ApplicationState.GRANTED if granted else ApplicationState.REFUSED
    row.decided_on, row.reference, row.remark = on, reference.strip()[:80], remark.strip()[:1000]
    if not granted:
        row.renews = None
    row.save()
    noted(actor, row.sheet, "apply_decide", {"application": row.pk, "state": str(row.state)})
    facts: dict[str, str | int | None] = {"product": row.sheet.product[:80], "authority": authority_name(row.authority)}
    tell_people(
        people_of_sheet(row.sheet),
        kind=DECIDED.code,
        key=f"application:{row.pk}",
        subject=f"sheet:{row.sheet_id}",
        link=f"/protection/sheets/{row.sheet_id}",
        facts=facts,
    )


def _grant(row: ActionApplication, on: date) -> None:
    months = window_months(row.authority, on)[0]
    last = row.renews.valid_until if row.renews else None
    term = renewed(last, months) if last is not None and last >= on else term_from(on, months)
    until = row.sheet.right_until
    if until is not None and until < term.first:
        raise Conflict("protection.application_right_ended", day=until.isoformat())
    row.valid_from, row.valid_until = term.first, term.last
    row.rules = version_of(MARKS, on, rulebook.values_on(MARKS, on))


def _filed(row: ProductSheet, authority: int, renews: ActionApplication | None) -> ActionApplication:
    return ActionApplication.objects.create(
        sheet=row, authority_id=authority, renews=renews, state=ApplicationState.FILED, filed_at=timezone.now()
    )


def _window(old: ActionApplication, row: ProductSheet, today: date) -> tuple[date, date]:
    assert old.valid_until is not None
    opens = renewal_opens(old.valid_until, window_months(old.authority, today)[1])
    return opens, effective_until(old.valid_until, row.right_until)


def people_of_sheet(row: ProductSheet) -> tuple[int, ...]:
    """Whom to tell of a sheet: its person, or who acts for its organisation."""
    if row.organisation_id is not None:
        return organisations.persons_acting_for(row.organisation_id, policies.SCOPE)
    return (row.person_id,) if row.person_id is not None else ()


@transaction.atomic
def remind_of_renewal(*, actor: Actor) -> int:
    """Tell right holders, once, that an application can be renewed; returns how many notices went out."""
    today = timezone.localdate()
    due = ActionApplication.objects.filter(
        state=ApplicationState.GRANTED, reminded_on__isnull=True, valid_until__gte=today, renewed_by__isnull=True
    )
    sent = 0
    for row in due.select_related("sheet", "authority"):
        opens, ends = _window(row, row.sheet, today)
        if not opens <= today <= ends:
            continue
        sent += tell_people(
            people_of_sheet(row.sheet),
            kind=RENEW.code,
            key=f"renewal:{row.pk}",
            subject=f"sheet:{row.sheet_id}",
            link=f"/protection/sheets/{row.sheet_id}",
            facts={"product": row.sheet.product[:80], "authority": authority_name(row.authority)},
            due=ends,
        )
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
        noted(actor, row.sheet, "renewal_remind", {"application": row.pk})
    return sent
