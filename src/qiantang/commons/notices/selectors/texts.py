"""Where a person is reached by text message, and what such a message says."""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from qiantang.commons.audit import api as audit
from qiantang.commons.notices.models import Dispatch, MailWish, TextNumber
from qiantang.commons.notices.rules import BY_TEXT
from qiantang.commons.notices.selectors.inbox import ensure_inbox, shown
from qiantang.commons.notices.types import KINDS, MailSettings, MailState, Way
from qiantang.engines.delivery.port import TextMessage

if TYPE_CHECKING:
    from qiantang.commons.notices.types import NoticeShown
    from qiantang.kernel.actor import Actor

_DIGITS = 1_000_000
_LONGEST = 200  # characters of a notice in a message, before the link


def text_settings(actor: Actor) -> MailSettings:
    """What the person who asks has set; ``address`` is the number.

    errors  NotPermitted ``notices.sign_in_first``
    """
    ensure_inbox(actor)
    person = actor.person_id or 0
    row = TextNumber.objects.filter(person_id=person).first()
    wishes = dict(MailWish.objects.filter(person_id=person, way=Way.TEXT).values_list("kind", "wanted"))
    now = timezone.now()
    until = [
        one.until
        for one in audit.consents_of(actor, person)
        if one.purpose == BY_TEXT.code and one.withdrawn_at is None and one.until > now
    ]
    return MailSettings(
        address=row.number if row else "",
        state=number_state(row),
        language=row.language if row else translation.get_language() or settings.LANGUAGE_CODE,
        until=max(until, default=None),
        kinds={kind.code: wishes.get(kind.code, kind.legal) for kind in KINDS},
    )


def number_state(row: TextNumber | None) -> MailState:
    """Whether messages may be sent to a number now."""
    if row is None:
        return MailState.NONE
    if row.confirmed_at is None:
        return MailState.WAITING
    return MailState.IN_FORCE if row.person_id in audit.agreeing_to(BY_TEXT.code) else MailState.LAPSED


def number_for(person: int, kind: str, *, any_kind: bool = False) -> TextNumber | None:
    """The number to which notices of a kind go; None where that person wants none by text message.

    any_kind    whatever kinds the person wants there
    """
    row = TextNumber.objects.filter(person_id=person).first()
    if number_state(row) is not MailState.IN_FORCE:
        return None
    wish = MailWish.objects.filter(person_id=person, kind=kind, way=Way.TEXT).values_list("wanted", flat=True).first()
    wanted = KINDS[kind].legal if wish is None else wish
    return row if wanted or any_kind else None


def code_for(row: TextNumber) -> str:
    """The six digits that who reads the number is told; they follow from the number and when it was entered."""
    told = f"qiantang.notices.number|{row.person_id}|{row.number}|{row.entered_at.isoformat()}"
    digest = hmac.new(settings.SECRET_KEY.encode(), told.encode(), sha256).hexdigest()
    return f"{int(digest, 16) % _DIGITS:06d}"


def text_message_of(dispatch: Dispatch) -> TextMessage | None:
    """The message as it is to be sent now; None where nobody wants it any more."""
    if dispatch.notice is None:
        row = TextNumber.objects.filter(person_id=dispatch.person_id, number=dispatch.confirms).first()
        if row is None or row.confirmed_at is not None:
            return None
        with translation.override(row.language):
            said = gettext("[Qiantang] %(code)s is the code that confirms your number. Give it to nobody.")
            return _message(dispatch, row, said % {"code": code_for(row)})
    found = number_for(dispatch.person_id, dispatch.notice.kind, any_kind=dispatch.round > 0)
    if found is None:
        return None
    with translation.override(found.language):
        return _message(dispatch, found, short_text(shown(dispatch.notice), dispatch.round))


def short_text(notice: NoticeShown, round_: int = 0) -> str:
    """What a text message says of a notice: what it is, by when, and where it stands; no more."""
    parts = [notice.title if notice.title.endswith(("。", ".", "!")) else notice.title + gettext(". "), notice.deadline]
    said = "".join(one for one in parts if one).strip()
    if len(said) > _LONGEST:
        said = said[: _LONGEST - 1] + "…"
    if round_:
        again = ngettext("Sent again, not read yet: ", "Sent again %(times)s times, not read yet: ", round_)
        said = again % {"times": round_} + said
    link = f"{settings.PUBLIC_URL.rstrip('/')}/inbox"
    return gettext("[Qiantang] %(said)s In your inbox: %(link)s") % {"said": said, "link": link}


def _message(dispatch: Dispatch, row: TextNumber, text: str) -> TextMessage:
    return TextMessage(message_id=dispatch.mark.hex, recipient=row.number, text=text, language=row.language)
