"""Where a person is written to and what for; the mails that wait; their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from qiantang.commons.audit import api as audit
from qiantang.commons.notices.models import Dispatch, MailAddress, MailWish
from qiantang.commons.notices.rules import BY_MAIL, CONFIRMATION_GOOD_FOR
from qiantang.commons.notices.selectors.inbox import ensure_inbox, shown
from qiantang.commons.notices.types import KINDS, MailSettings, MailState
from qiantang.engines.delivery.port import Mail
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from qiantang.kernel.actor import Actor

_SALT = "qiantang.notices.confirmation"


def mail_settings(actor: Actor) -> MailSettings:
    """What the person who asks has set.

    errors  NotPermitted ``notices.sign_in_first``
    """
    ensure_inbox(actor)
    person = actor.person_id or 0
    row = MailAddress.objects.filter(person_id=person).first()
    wishes = dict(MailWish.objects.filter(person_id=person).values_list("kind", "wanted"))
    return MailSettings(
        address=row.address if row else "",
        state=state_of(row),
        language=row.language if row else translation.get_language() or settings.LANGUAGE_CODE,
        until=_until(actor, person),
        kinds={kind.code: wishes.get(kind.code, True) for kind in KINDS},
    )


def _until(actor: Actor, person: int) -> datetime | None:
    now = timezone.now()
    valid = [
        one.until
        for one in audit.consents_of(actor, person)
        if one.purpose == BY_MAIL.code and one.withdrawn_at is None and one.until > now
    ]
    return max(valid, default=None)


def state_of(row: MailAddress | None) -> MailState:
    """Whether mail may be sent to an address now."""
    if row is None:
        return MailState.NONE
    if row.confirmed_at is None:
        return MailState.WAITING
    return MailState.IN_FORCE if row.person_id in audit.agreeing_to(BY_MAIL.code) else MailState.LAPSED


def address_for(person: int, kind: str) -> MailAddress | None:
    """The address to which notices of a kind go; None where that person wants none by mail."""
    row = MailAddress.objects.filter(person_id=person).first()
    if state_of(row) is not MailState.IN_FORCE:
        return None
    unwanted = MailWish.objects.filter(person_id=person, kind=kind, wanted=False).exists()
    return None if unwanted else row


def due(now: datetime, limit: int) -> Sequence[int]:
    """Keys of the mails whose time has come and which nobody is sending, oldest first."""
    free = Dispatch.objects.filter(state=Dispatch.State.WAITING, next_at__lte=now).exclude(leased_until__gt=now)
    return list(free.order_by("next_at", "id").values_list("id", flat=True)[:limit])


# --- what is written -------------------------------------------------------------------------------------------------


def mail_of(dispatch: Dispatch) -> Mail | None:
    """The mail as it is to be sent now; None where nobody wants it any more."""
    if dispatch.notice is None:
        row = MailAddress.objects.filter(person_id=dispatch.person_id, address=dispatch.confirms).first()
        return _confirmation(dispatch, row) if row and row.confirmed_at is None else None
    found = address_for(dispatch.person_id, dispatch.notice.kind)
    if found is None:
        return None
    with translation.override(found.language):
        told = shown(dispatch.notice)
        context = {"notice": told, "link": _absolute(told.link), "settings_url": _absolute(reverse("notices:settings"))}
        return _mail(dispatch, found, told.title, render_to_string("notices/mail/notice.txt", context))


def _confirmation(dispatch: Dispatch, row: MailAddress) -> Mail:
    with translation.override(row.language):
        token = confirmation_token(row.person_id, row.address)
        link = f"{_absolute(reverse('notices:address-confirm'))}?token={token}"
        context = {"link": link, "hours": CONFIRMATION_GOOD_FOR.total_seconds() // 3600}
        return _mail(
            dispatch, row, gettext("Confirm your address"), render_to_string("notices/mail/confirm.txt", context)
        )


def _mail(dispatch: Dispatch, row: MailAddress, subject: str, text: str) -> Mail:
    host = settings.MAIL_SENDER.rpartition("@")[2].removesuffix(">")
    return Mail(
        message_id=f"{dispatch.mark.hex}@{host}",
        sender=settings.MAIL_SENDER,
        recipient=row.address,
        subject=" ".join(f"{gettext('Qiantang')}: {subject}".split()),
        text=text,
        language=row.language,
        written_at=dispatch.created_at,
    )


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


def confirmation_token(person: int, address: str) -> str:
    """What only the reader of that mailbox is given."""
    return signing.dumps([person, address], salt=_SALT)


def address_confirmed_by(token: str, person: int) -> str:
    """The address which a token confirms for a person.

    errors  Invalid ``notices.confirmation_stale``
    """
    try:
        whose, address = signing.loads(token, salt=_SALT, max_age=CONFIRMATION_GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        raise Invalid("notices.confirmation_stale") from None
    if whose != person:
        raise Invalid("notices.confirmation_stale")
    return str(address)
