"""Where a person wants to be written to, confirmed by who reads there; and for what."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.notices.models import Dispatch, MailAddress, MailWish
from qiantang.commons.notices.rules import BY_MAIL, CONFIRMATIONS_A_DAY
from qiantang.commons.notices.selectors.inbox import ensure_inbox
from qiantang.commons.notices.selectors.mails import address_confirmed_by, state_of
from qiantang.commons.notices.services.queueing import queue_confirmation
from qiantang.commons.notices.types import KINDS, MailState, Way
from qiantang.kernel.errors import Invalid, Limited

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.kernel.actor import Actor

_LONGEST = 254  # RFC 5321, 4.5.3.1.3
_DAY = timedelta(days=1)


@transaction.atomic
def set_mail_address(*, actor: Actor, address: str, language: str) -> MailState:
    """Enter or change one's address; a new one is written to once, to be confirmed by who reads there. Entering one that is
    confirmed agrees to be written to, where the consent has ended.

    address     empty takes it away, and withdraws the consent
    errors      Invalid ``notices.address_malformed`` · ``notices.language_unknown``
                Limited ``notices.too_many_confirmations`` after three a day to one address or for one account
    """
    ensure_inbox(actor)
    person = actor.person_id or 0
    wanted = address.strip()
    if not wanted:
        return _take_away(actor, person)
    ensure_language(language)
    _ensure_address(wanted)
    row = MailAddress.objects.select_for_update().filter(person_id=person).first()
    if row is not None and row.address == wanted and row.confirmed_at is not None:
        MailAddress.objects.filter(pk=row.pk).update(language=language)
        _agree(actor, row)
        return MailState.IN_FORCE
    ensure_patience(person, wanted, Way.MAIL)
    told = {"address": wanted, "language": language, "entered_at": timezone.now(), "confirmed_at": None}
    MailAddress.objects.update_or_create(person_id=person, defaults=told)
    queue_confirmation(person=person, way=Way.MAIL, confirms=wanted)
    audit.record(actor=actor, verb="notices.address.enter", subject=f"account:{person}", facts={})
    return MailState.WAITING


@transaction.atomic
def confirm_mail_address(*, actor: Actor, token: str) -> str:
    """Show that one reads the mailbox; from now on notices come there too. Returns the address.

    errors  Invalid ``notices.confirmation_stale``: too old, of another account, or another address was entered since
    """
    ensure_inbox(actor)
    person = actor.person_id or 0
    address = address_confirmed_by(token, person)
    row = MailAddress.objects.select_for_update().filter(person_id=person, address=address).first()
    if row is None:
        raise Invalid("notices.confirmation_stale")
    if row.confirmed_at is None:
        MailAddress.objects.filter(pk=row.pk).update(confirmed_at=timezone.now())
        row.refresh_from_db()
    _agree(actor, row)
    return row.address


def _agree(actor: Actor, row: MailAddress) -> None:
    if state_of(row) is not MailState.IN_FORCE:
        audit.give_consent(actor=actor, purpose=BY_MAIL.code, person_id=row.person_id)


@transaction.atomic
def set_mail_wishes(*, actor: Actor, wanted: Mapping[str, bool], way: Way = Way.MAIL) -> None:
    """For which kinds of notices one wants mail or text messages; kinds not named stay as they are.

    errors  Invalid ``notices.kind_unknown``
    """
    ensure_inbox(actor)
    for kind, one in wanted.items():
        if kind not in KINDS:
            raise Invalid("notices.kind_unknown", given=kind[:80])
        MailWish.objects.update_or_create(person_id=actor.person_id or 0, kind=kind, way=way, defaults={"wanted": one})


def _take_away(actor: Actor, person: int) -> MailState:
    if MailAddress.objects.filter(person_id=person).delete()[0]:
        audit.withdraw_consent(actor=actor, purpose=BY_MAIL.code, person_id=person)
        audit.record(actor=actor, verb="notices.address.remove", subject=f"account:{person}", facts={})
    return MailState.NONE


def ensure_language(language: str) -> None:
    """errors: Invalid ``notices.language_unknown``"""
    known = [key for key, _ in settings.LANGUAGES]
    if language not in known:
        raise Invalid("notices.language_unknown", given=language[:20], known=", ".join(known))


def _ensure_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid("notices.address_malformed", given=address[:80]) from None
    if len(address) > _LONGEST or not address.rpartition("@")[0].isascii():
        raise Invalid("notices.address_malformed", given=address[:80])


def ensure_patience(person: int, address: str, way: Way) -> None:
    """Nobody can have us write to a stranger again and again."""
    since = timezone.now() - _DAY
    asked = Dispatch.objects.filter(Q(person_id=person) | Q(confirms=address), way=way, created_at__gt=since)
    asked = asked.exclude(confirms="")
    if asked.count() >= CONFIRMATIONS_A_DAY:
        raise Limited("notices.too_many_confirmations", times=CONFIRMATIONS_A_DAY)
