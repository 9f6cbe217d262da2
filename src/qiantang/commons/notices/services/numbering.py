"""The telephone to which a person wants text messages, confirmed by who reads them there; and when they want to be written to."""

from __future__ import annotations

import hmac
import re
import unicodedata
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.notices.models import Habits, TextNumber
from qiantang.commons.notices.rules import BY_TEXT, WRONG_CODES
from qiantang.commons.notices.selectors.inbox import ensure_inbox
from qiantang.commons.notices.selectors.texts import code_for, number_state
from qiantang.commons.notices.services.addressing import ensure_language, ensure_patience
from qiantang.commons.notices.services.queueing import queue_confirmation
from qiantang.commons.notices.types import Digest, MailState, Rhythm, Way
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_HERE = re.compile(r"1[3-9]\d{9}")  # mobile numbers of the mainland
_ABROAD = re.compile(r"\+[1-9]\d{6,14}")  # E.164


@transaction.atomic
def set_text_number(*, actor: Actor, number: str, language: str) -> MailState:
    """Enter or change one's number; a new one gets one message with a code. Entering one that is confirmed agrees to be written
    to, where the consent has ended.

    number      empty takes it away, and withdraws the consent
    errors      Invalid ``notices.number_malformed`` · ``notices.language_unknown``
                Limited ``notices.too_many_confirmations`` after three a day to one number or for one account
    """
    ensure_inbox(actor)
    person = actor.person_id or 0
    if not number.strip():
        return _take_away(actor, person)
    wanted = number_in(number)
    ensure_language(language)
    row = TextNumber.objects.select_for_update().filter(person_id=person).first()
    if row is not None and row.number == wanted and row.confirmed_at is not None:
        TextNumber.objects.filter(pk=row.pk).update(language=language)
        _agree(actor, row)
        return MailState.IN_FORCE
    ensure_patience(person, wanted, Way.TEXT)
    told = {
        "number": wanted,
        "language": language,
        "entered_at": timezone.now(),
        "confirmed_at": None,
        "failures": 0,
    }
    TextNumber.objects.update_or_create(person_id=person, defaults=told)
    queue_confirmation(person=person, way=Way.TEXT, confirms=wanted)
    audit.record(actor=actor, verb="notices.number.enter", subject=f"account:{person}", facts={})
    return MailState.WAITING


def confirm_text_number(*, actor: Actor, code: str) -> None:
    """Show that one reads the messages to this number; from now on notices come there too.

    errors  Invalid ``notices.code_wrong``, also after five wrong ones
    """
    if not _confirmed(actor, code):
        raise Invalid("notices.code_wrong")


@transaction.atomic
def _confirmed(actor: Actor, code: str) -> bool:
    """A wrong code is counted, so nothing may be raised in here."""
    ensure_inbox(actor)
    row = TextNumber.objects.select_for_update().filter(person_id=actor.person_id, confirmed_at__isnull=True).first()
    if row is None or row.failures >= WRONG_CODES:
        return False
    given = unicodedata.normalize("NFKC", code).strip()
    if not hmac.compare_digest(given.encode(), code_for(row).encode()):
        TextNumber.objects.filter(pk=row.pk).update(failures=row.failures + 1)
        return False
    row.confirmed_at = timezone.now()
    row.save(update_fields=["confirmed_at"])
    _agree(actor, row)
    return True


@transaction.atomic
def set_rhythm(*, actor: Actor, rhythm: Rhythm) -> None:
    """Say when one wants to be written to. What waits already keeps the time it has.

    errors  Invalid ``notices.rhythm_malformed``: half of the quiet hours, or none at all between the two
    """
    ensure_inbox(actor)
    if (rhythm.quiet_from is None) != (rhythm.quiet_until is None):
        raise Invalid("notices.rhythm_malformed")
    if rhythm.quiet_from is not None and rhythm.quiet_from == rhythm.quiet_until:
        raise Invalid("notices.rhythm_malformed")
    told = {
        "quiet_from": rhythm.quiet_from,
        "quiet_until": rhythm.quiet_until,
        "digest": Digest(rhythm.digest),
        "digest_at": rhythm.digest_at,
    }
    Habits.objects.update_or_create(person_id=actor.person_id, defaults=told)


def number_in(text: str) -> str:
    """A number as in E.164. errors: Invalid ``notices.number_malformed``"""
    bare = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    bare = "+" + bare[2:] if bare.startswith("00") else bare
    if _HERE.fullmatch(bare):
        return f"+86{bare}"
    if _ABROAD.fullmatch(bare):
        return bare
    raise Invalid("notices.number_malformed", given=text[:30])


def _agree(actor: Actor, row: TextNumber) -> None:
    if number_state(row) is not MailState.IN_FORCE:
        audit.give_consent(actor=actor, purpose=BY_TEXT.code, person_id=row.person_id)


def _take_away(actor: Actor, person: int) -> MailState:
    if TextNumber.objects.filter(person_id=person).delete()[0]:
        audit.withdraw_consent(actor=actor, purpose=BY_TEXT.code, person_id=person)
        audit.record(actor=actor, verb="notices.number.remove", subject=f"account:{person}", facts={})
    return MailState.NONE
