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
from django.utils import timezone, translation

from qiantang.commons.audit import api as audit
from qiantang.commons.notices import policies
from qiantang.commons.notices.models import Attempt, Dispatch
from qiantang.commons.notices.rules import LEASE, PAUSES, REPEATS_IN_DOUBT
from qiantang.commons.notices.selectors.inbox import shown, text_of
from qiantang.commons.notices.selectors.mails import due, folded_notices, mail_of
from qiantang.commons.notices.selectors.texts import text_message_of
from qiantang.commons.notices.services.proving import note_proof
from qiantang.commons.notices.types import Outcome, Step, Way
from qiantang.engines.delivery import port
from qiantang.kernel.errors import DomainError, Invalid, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from qiantang.commons.notices.models import Notice
    from qiantang.engines.delivery.port import Mail, TextMessage
    from qiantang.kernel.actor import Actor

_log = logging.getLogger(__name__)
_AT_ONCE = 50


def post_due_mails(*, actor: Actor) -> int:
    """Send every message whose time has come; returns how many were tried. One that fails does not stop the others."""
    tried = 0
    release_folded()
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
    told = folded_notices(row) if row.is_digest else [row.notice] if row.notice else []
    doubts = _attempts(row).filter(outcome=Outcome.IN_DOUBT).count()
    if doubts > REPEATS_IN_DOUBT:
        _close(actor, row, Dispatch.State.IN_DOUBT, told)
        return None
    message = text_message_of(row) if row.way == Way.TEXT else mail_of(row)
    if message is None:
        _close(actor, row, Dispatch.State.DROPPED)
        return None
    return _attempt(actor, row, message, told)


def _attempts(row: Dispatch) -> QuerySet[Attempt]:
    """The attempts that count: all, or those since it was last sent again by hand."""
    return row.attempts.filter(began_at__gte=row.replayed_at) if row.replayed_at else row.attempts.all()


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


def _attempt(actor: Actor, row: Dispatch, message: Mail | TextMessage, told: list[Notice]) -> Outcome:
    attempt = Attempt.objects.create(dispatch=row, began_at=timezone.now())

    def handing_over() -> None:
        Attempt.objects.filter(pk=attempt.pk).update(handed_over_at=timezone.now())
        _prove(row, Step.SENT, message, told)

    outcome, said = Outcome.TAKEN, ""
    try:
        _send(message, handing_over)
    except DomainError as error:
        outcome, said = _outcome(error), str(error.facts.get("said", ""))
        _log.warning("%s %s was not taken: %s", row.way, row.pk, error.code)
    if outcome is Outcome.TAKEN:
        _prove(row, Step.DELIVERED, message, told)
    _note(actor, row, attempt, outcome, said, told)
    return outcome


def _send(message: Mail | TextMessage, handing_over: Callable[[], None]) -> None:
    if isinstance(message, port.TextMessage):
        texting().send(message, handing_over=handing_over)
    else:
        delivery().send(message, handing_over=handing_over)


def _prove(row: Dispatch, step: Step, message: Mail | TextMessage, told: list[Notice]) -> None:
    """The digest is of what was sent; in a digest, of the words of each notice."""
    for notice in told:
        text = message.text
        if row.is_digest:
            with translation.override(message.language):
                text = text_of(shown(notice))
        note_proof(notice.pk, step, Way(row.way), text, message.language)


def _outcome(error: DomainError) -> Outcome:
    if isinstance(error, Invalid):
        return Outcome.REFUSED
    return Outcome.IN_DOUBT if error.code == "delivery.in_doubt" else Outcome.DEFERRED


@transaction.atomic
def _note(
    actor: Actor, row: Dispatch, attempt: Attempt, outcome: Outcome, said: str, told: Sequence[Notice] = ()
) -> None:
    now = timezone.now()
    Attempt.objects.filter(pk=attempt.pk).update(ended_at=now, outcome=outcome, said=said[:300])
    state = {Outcome.TAKEN: Dispatch.State.TAKEN, Outcome.REFUSED: Dispatch.State.REFUSED}.get(outcome)
    tried = _attempts(row).count()
    if state is None and tried > len(PAUSES):
        state = Dispatch.State.GIVEN_UP
    if state is not None:
        _close(actor, row, state, told)
        return
    Dispatch.objects.filter(pk=row.pk).update(next_at=now + PAUSES[tried - 1], leased_until=None)


@transaction.atomic
def _close(actor: Actor, row: Dispatch, state: Dispatch.State, told: Sequence[Notice] = ()) -> None:
    if Dispatch.objects.filter(pk=row.pk).update(state=state, leased_until=None):
        if row.is_digest:
            _close_folded(row, state, told)
        facts = {"mail": row.pk, "notice": row.notice_id, "way": row.way, "state": str(state)}
        audit.record(actor=actor, verb="notices.mail.close", subject=f"account:{row.person_id}", facts=facts)


def _close_folded(row: Dispatch, state: Dispatch.State, told: Sequence[Notice]) -> None:
    """What stood in a digest has its end; what came while it was being sent goes alone, what nobody wants is dropped."""
    Dispatch.objects.filter(folded_into=row, notice__in=told).update(state=state)
    rest = Dispatch.objects.filter(folded_into=row, state=Dispatch.State.FOLDED)
    rest.update(state=Dispatch.State.WAITING, folded_into=None, next_at=timezone.now())


def release_folded() -> int:
    """What was put into a digest in the moment in which it went out goes alone; returns how many."""
    left = Dispatch.objects.filter(state=Dispatch.State.FOLDED).exclude(folded_into__state=Dispatch.State.WAITING)
    return left.update(state=Dispatch.State.WAITING, folded_into=None, next_at=timezone.now())


def delivery() -> port.Delivery:
    """The adapter which the settings name."""
    return _loaded(settings.DELIVERY_ADAPTER, tuple(sorted(settings.DELIVERY_OPTIONS.items())))


@lru_cache(maxsize=4)
def _loaded(adapter: str, options: tuple[tuple[str, Any], ...]) -> port.Delivery:
    return port.load(adapter, **dict(options))


def texting() -> port.Texting:
    """The adapter for text messages which the settings name."""
    return _texting(settings.TEXTING_ADAPTER, tuple(sorted(settings.TEXTING_OPTIONS.items())))


@lru_cache(maxsize=4)
def _texting(adapter: str, options: tuple[tuple[str, Any], ...]) -> port.Texting:
    return port.load_texting(adapter, **dict(options))
