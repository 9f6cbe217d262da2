"""Where a person is written to and what for; the mails that wait; their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from qiantang.commons.audit import api as audit
from qiantang.commons.notices.models import Dispatch, MailAddress, MailWish, Notice
from qiantang.commons.notices.rules import BY_MAIL, CONFIRMATION_GOOD_FOR
from qiantang.commons.notices.selectors.inbox import ensure_inbox, shown
from qiantang.commons.notices.types import KINDS, MailSettings, MailState, Way
from qiantang.engines.delivery.port import Mail
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from qiantang.commons.notices.types import NoticeShown
    from qiantang.kernel.actor import Actor

_SALT = "qiantang.notices.confirmation"


def mail_settings(actor: Actor) -> MailSettings:
    """What the person who asks has set.

    errors  NotPermitted ``notices.sign_in_first``
    """
    ensure_inbox(actor)
    person = actor.person_id or 0
    row = MailAddress.objects.filter(person_id=person).first()
    wishes = dict(MailWish.objects.filter(person_id=person, way=Way.MAIL).values_list("kind", "wanted"))
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


def address_for(person: int, kind: str, *, any_kind: bool = False) -> MailAddress | None:
    """The address to which notices of a kind go; None where that person wants none by mail.

    any_kind    whatever kinds the person wants there
    """
    row = MailAddress.objects.filter(person_id=person).first()
    if state_of(row) is not MailState.IN_FORCE:
        return None
    unwanted = MailWish.objects.filter(person_id=person, kind=kind, way=Way.MAIL, wanted=False).exists()
    return None if unwanted and not any_kind else row


def due(now: datetime, limit: int) -> Sequence[int]:
    """Keys of the mails whose time has come and which nobody is sending, oldest first."""
    free = Dispatch.objects.filter(state=Dispatch.State.WAITING, next_at__lte=now).exclude(leased_until__gt=now)
    return list(free.order_by("next_at", "id").values_list("id", flat=True)[:limit])


# --- what is written -------------------------------------------------------------------------------------------------


def mail_of(dispatch: Dispatch) -> Mail | None:
    """The mail as it is to be sent now; None where nobody wants it any more."""
    if dispatch.is_digest:
        return _digest(dispatch)
    if dispatch.notice is None:
        row = MailAddress.objects.filter(person_id=dispatch.person_id, address=dispatch.confirms).first()
        return _confirmation(dispatch, row) if row and row.confirmed_at is None else None
    found = address_for(dispatch.person_id, dispatch.notice.kind, any_kind=dispatch.round > 0)
    if found is None:
        return None
    with translation.override(found.language):
        return _mail(dispatch, found, *letter_of(shown(dispatch.notice), dispatch.round))


def letter_of(notice: NoticeShown, round_: int = 0) -> tuple[str, str]:
    """Subject and text of the mail of a notice, in the active language."""
    context = {
        "notice": notice,
        "round": round_,
        "link": _absolute(notice.link),
        "settings_url": _absolute(reverse("notices:settings")),
    }
    subject = gettext("Sent again: %(title)s") % {"title": notice.title} if round_ else notice.title
    return subject, render_to_string("notices/mail/notice.txt", context)


def folded_notices(dispatch: Dispatch) -> list[Notice]:
    """What a digest tells: what was put into it and is still wanted by mail, oldest first."""
    rows = Notice.objects.filter(dispatches__folded_into=dispatch).order_by("created_at", "pk")
    return [row for row in rows if address_for(dispatch.person_id, row.kind) is not None]


def _digest(dispatch: Dispatch) -> Mail | None:
    notices = folded_notices(dispatch)
    row = MailAddress.objects.filter(person_id=dispatch.person_id).first()
    if not notices or row is None:
        return None
    with translation.override(row.language):
        told = [{"notice": one, "link": _absolute(one.link)} for one in map(shown, notices)]
        context = {"told": told, "settings_url": _absolute(reverse("notices:settings"))}
        title = ngettext("%(count)s notice", "%(count)s notices", len(notices)) % {"count": len(notices)}
        return _mail(dispatch, row, title, render_to_string("notices/mail/digest.txt", context))


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
