"""The calendar of a case behind its secret address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from qiantang.commons.accounts.api import people_by_key
from qiantang.commons.casework.methods.codes import keyed_digest
from qiantang.commons.casework.methods.icalendar import CalendarDay, icalendar
from qiantang.commons.casework.models import CalendarFeed
from qiantang.commons.casework.selectors.cases import cards, visible_cases
from qiantang.commons.casework.selectors.clocks import clocks_of
from qiantang.kernel.actor import Actor
from qiantang.kernel.calendar import Lamp
from qiantang.kernel.errors import NotFound

PURPOSE = "calendar of a case"

if TYPE_CHECKING:
    from qiantang.commons.casework.types import CaseCard, ClockShown


def calendar_of(secret: str) -> str:
    """The days of a case, as the person who made the address may see it today.

    errors  NotFound ``casework.feed_unknown``: another secret, or no longer to be seen by that person
    """
    digest = keyed_digest(settings.SECRET_KEY, PURPOSE, secret)
    feed = CalendarFeed.objects.filter(digest=digest).first()
    person = people_by_key([feed.person_id]).get(feed.person_id) if feed else None
    if feed is None or person is None or not person.active:
        raise NotFound("casework.feed_unknown")
    actor = Actor(person_id=person.id, name=person.display_name, roles=person.roles)
    case = visible_cases(actor).filter(pk=feed.case_id).first()
    if case is None:
        raise NotFound("casework.feed_unknown")
    card = cards(actor, [case])[0]
    clocks = clocks_of([case.pk], timezone.localdate()).get(case.pk, ())
    days = [_day(card, one) for one in clocks if one.reading.due and one.reading.lamp is not Lamp.DONE]
    return icalendar(f"{card.number} {card.kind_title}", days, timezone.now())


def _day(card: CaseCard, clock: ClockShown) -> CalendarDay:
    assert clock.reading.due is not None
    provisional = clock.reading.due.provisional
    summary = _("%(clock)s (provisional)") % {"clock": clock.title} if provisional else clock.title
    return CalendarDay(
        uid=f"{card.number}-{clock.id}@{settings.PUBLIC_URL.partition('://')[2].partition('/')[0]}",
        day=clock.reading.due.day,
        summary=f"{card.number} {summary}",
        description=f"{card.kind_title}: {card.state_label}",
        url=f"{settings.PUBLIC_URL}{card.url}",
        tentative=provisional,
    )
