"""Sending what waits. Nothing is lost, and nothing is sent twice as far as SMTP allows.

Before each attempt a row says that it begins; directly before the message goes out another write says that it does; after
the answer a third says what came of it. A process that dies leaves a row without an end: where nothing had gone out, the
mail is sent as if nothing had happened; where the message had gone out and no answer was noted, it may have arrived, and it
is repeated once, with the same Message-ID, by which a mailbox can tell the second from the first.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.notices import policies
from qiantang.commons.notices.models import Attempt, Dispatch
from qiantang.commons.notices.rules import LEASE, PAUSES, REPEATS_IN_DOUBT
from qiantang.commons.notices.selectors.mails import due, mail_of
from qiantang.commons.notices.services.proving import note_proof
from qiantang.commons.notices.types import Outcome, Step, Way
from qiantang.engines.delivery import port
from qiantang.kernel.errors import DomainError, Invalid, NotPermitted

if TYPE_CHECKING:
    from datetime import datetime

    from qiantang.engines.delivery.port import Mail
    from qiantang.kernel.actor import Actor

_log = logging.getLogger(__name__)
_AT_ONCE = 50


def post_due_mails(*, actor: Actor) -> int:
    """Send every mail whose time has come; returns how many were tried. One that fails does not stop the others."""
    tried = 0
    while keys := due(timezone.now(), _AT_ONCE):
        taken = [key for key in keys if post_mail(actor=actor, dispatch=key)]
        if not taken:
            break
        tried += len(taken)
    return tried


def post_mail(*, actor: Actor, dispatch: int) -> Outcome | None:
    """Try once to send a mail; None where it is not due, is being sent by somebody else, or nobody wants it any more.

    errors  NotPermitted for anybody but the platform
    """
    if not policies.may_post(actor):
        raise NotPermitted("notices.sign_in_first")
    now = timezone.now()
    row = _taken(dispatch, now)
    if row is None:
        return None
    _settle_broken_off(row)
    doubts = row.attempts.filter(outcome=Outcome.IN_DOUBT).count()
    if doubts > REPEATS_IN_DOUBT:
        _close(actor, row, Dispatch.State.IN_DOUBT)
        return None
    mail = mail_of(row)
    if mail is None:
        _close(actor, row, Dispatch.State.DROPPED)
        return None
    return _attempt(actor, row, mail)


def _taken(dispatch: int, now: datetime) -> Dispatch | None:
    """The mail, taken for ourselves for the length of a lease: of two workers one gets it."""
    waiting = Dispatch.objects.filter(pk=dispatch, state=Dispatch.State.WAITING, next_at__lte=now)
    if not waiting.exclude(leased_until__gt=now).update(leased_until=now + LEASE):
        return None
    return Dispatch.objects.select_related("notice").filter(pk=dispatch).first()


def _settle_broken_off(row: Dispatch) -> None:
    """Say what became of attempts whose process died: the lease is ours, so nobody is at it any more."""
    open_ones = row.attempts.filter(ended_at__isnull=True)
    told = {"ended_at": timezone.now(), "said": "broken off"}
    open_ones.filter(handed_over_at__isnull=False).update(outcome=Outcome.IN_DOUBT, **told)
    open_ones.filter(handed_over_at__isnull=True).update(outcome=Outcome.DEFERRED, **told)


def _attempt(actor: Actor, row: Dispatch, mail: Mail) -> Outcome:
    attempt = Attempt.objects.create(dispatch=row, began_at=timezone.now())

    def handing_over() -> None:
        Attempt.objects.filter(pk=attempt.pk).update(handed_over_at=timezone.now())
        if row.notice_id is not None:
            note_proof(row.notice_id, Step.SENT, Way.MAIL, mail.text, mail.language)

    outcome, said = Outcome.TAKEN, ""
    try:
        delivery().send(mail, handing_over=handing_over)
    except DomainError as error:
        outcome, said = _outcome(error), str(error.facts.get("said", ""))
        _log.warning("mail %s was not taken: %s", row.pk, error.code)
    if outcome is Outcome.TAKEN and row.notice_id is not None:
        note_proof(row.notice_id, Step.DELIVERED, Way.MAIL, mail.text, mail.language)
    _note(actor, row, attempt, outcome, said)
    return outcome


def _outcome(error: DomainError) -> Outcome:
    if isinstance(error, Invalid):
        return Outcome.REFUSED
    return Outcome.IN_DOUBT if error.code == "delivery.in_doubt" else Outcome.DEFERRED


@transaction.atomic
def _note(actor: Actor, row: Dispatch, attempt: Attempt, outcome: Outcome, said: str) -> None:
    now = timezone.now()
    Attempt.objects.filter(pk=attempt.pk).update(ended_at=now, outcome=outcome, said=said[:300])
    state = {Outcome.TAKEN: Dispatch.State.TAKEN, Outcome.REFUSED: Dispatch.State.REFUSED}.get(outcome)
    tried = row.attempts.count()
    if state is None and tried > len(PAUSES):
        state = Dispatch.State.GIVEN_UP
    if state is not None:
        _close(actor, row, state)
        return
    Dispatch.objects.filter(pk=row.pk).update(next_at=now + PAUSES[tried - 1], leased_until=None)


@transaction.atomic
def _close(actor: Actor, row: Dispatch, state: Dispatch.State) -> None:
    if Dispatch.objects.filter(pk=row.pk).update(state=state, leased_until=None):
        facts = {"mail": row.pk, "notice": row.notice_id, "state": str(state)}
        audit.record(actor=actor, verb="notices.mail.close", subject=f"account:{row.person_id}", facts=facts)


def delivery() -> port.Delivery:
    """The adapter which the settings name."""
    return _loaded(settings.DELIVERY_ADAPTER, tuple(sorted(settings.DELIVERY_OPTIONS.items())))


@lru_cache(maxsize=4)
def _loaded(adapter: str, options: tuple[tuple[str, Any], ...]) -> port.Delivery:
    return port.load(adapter, **dict(options))
