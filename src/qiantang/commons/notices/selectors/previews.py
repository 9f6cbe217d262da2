"""How a kind of notice reads, in every language and by every channel, before one is sent."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from qiantang.commons.notices import policies
from qiantang.commons.notices.models import Notice
from qiantang.commons.notices.selectors.inbox import shown
from qiantang.commons.notices.selectors.mails import letter_of
from qiantang.commons.notices.selectors.texts import short_text
from qiantang.commons.notices.types import KINDS, Preview
from qiantang.kernel.errors import NotFound, NotPermitted

if TYPE_CHECKING:
    from qiantang.commons.notices.types import NoticeKind
    from qiantang.kernel.actor import Actor

_PLACE = re.compile(r"%\((\w+)\)([sd])")
_DAY = date(2030, 1, 31)


def kinds_told(actor: Actor) -> tuple[tuple[str, str, bool], ...]:
    """Code, label in the reader's language, and whether it is a legal notice, by code.

    errors  NotPermitted ``notices.office_only``
    """
    _ensure(actor)
    return tuple(sorted((kind.code, gettext(kind.label), kind.legal) for kind in KINDS))


def previews(actor: Actor, code: str) -> tuple[Preview, ...]:
    """A kind as it reads in each language. A fact stands as its name in angle brackets, a number as 7, a day as 2030-01-31.

    errors  NotPermitted ``notices.office_only`` · NotFound ``notices.kind_unknown``
    """
    _ensure(actor)
    if code not in KINDS:
        raise NotFound("notices.kind_unknown", given=code[:80])
    return tuple(_preview(KINDS[code], language, name) for language, name in settings.LANGUAGES)


def _preview(kind: NoticeKind, language: str, name: str) -> Preview:
    row = Notice(kind=kind.code, facts=_places(kind), link="/", created_at=_moment())
    row.due_date = _DAY if kind.deadline else None
    with translation.override(language):
        told = shown(row)
        subject, text = letter_of(told)
        return Preview(language, str(name), told, subject, text, short_text(told))


def _places(kind: NoticeKind) -> dict[str, str | int]:
    texts = [kind.title, kind.happened, kind.advice, kind.deadline, kind.follows, kind.link_label]
    texts += [text for _, text in kind.details]
    found: dict[str, str | int] = {fact: f"⟨{fact}⟩" for fact, _ in kind.details}
    for text in texts:
        for fact, form in _PLACE.findall(text):
            found[fact] = 7 if form == "d" else f"⟨{fact}⟩"
    return found


def _moment() -> datetime:
    return timezone.make_aware(datetime(_DAY.year, _DAY.month, _DAY.day, 9))  # noqa: DTZ001 - made aware here


def _ensure(actor: Actor) -> None:
    decision = policies.may_see_templates(actor)
    if not decision:
        raise NotPermitted(decision.code)
