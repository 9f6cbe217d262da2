"""Reads: the deadlines of an organisation's patents, as a list and as a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from qiantang.commons.accounts.api import organisations, people_by_key
from qiantang.commons.refdata import api as refdata
from qiantang.corpus.register import api as register
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.kernel.legalstatus.vocabulary import Bucket, Status, bucket
from qiantang.portal.deadlines.methods.computing import deadlines
from qiantang.portal.deadlines.methods.feeding import calendar_file
from qiantang.portal.deadlines.models import GrantNotice, PatentFeed
from qiantang.portal.deadlines.types import Deadline, DeadlineKind, PatentFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.corpus.register.types import PatentRecord

MOST = 2_000  # patents of one organisation that are looked at
_BACK = timedelta(days=30)
_AHEAD = timedelta(days=3 * 366)


def organisation_of(actor: Actor) -> int:
    """The organisation whose deadlines are asked for. errors: NotPermitted ``deadlines.act_for_first``"""
    if actor.organisation_id is None or actor.organisation_id not in organisations.organisation_ids(actor):
        raise NotPermitted("deadlines.act_for_first")
    return actor.organisation_id


def deadlines_for(actor: Actor, today: date) -> tuple[Deadline, ...]:
    """What is due for the patents of the organisation the actor acts for: 30 days back and three years ahead."""
    key = organisation_of(actor)
    facts = _facts(key, organisations.organisations_named([key])[key].name)
    return deadlines(facts, since=today - _BACK, until=today + _AHEAD, table=refdata.work_calendar())


def words_of(one: Deadline) -> str:
    """What is due, in the reader's language."""
    texts = {
        DeadlineKind.ANNUITY: _("Annual fee of year %(year)s"),
        DeadlineKind.ANNUITY_LATE: _("Annual fee of year %(year)s: last day with surcharge"),
        DeadlineKind.GRANT_REGISTRATION: _("Formalities after the notice of grant"),
        DeadlineKind.PRIORITY: _("Last day to claim its priority"),
        DeadlineKind.PCT_ENTRY: _("Entry into the national phase (30 months)"),
        DeadlineKind.PCT_ENTRY_LATE: _("Entry into the national phase with surcharge (32 months)"),
    }
    told = texts[one.kind] % {"year": one.year}
    return _("%(what)s (provisional)") % {"what": told} if one.provisional else told


def covering(actor: Actor) -> tuple[str, ...]:
    """Who reads this calendar for the organisation: where it is one person, nobody covers for them."""
    key = organisation_of(actor)
    acting = set(organisations.persons_acting_for(key))
    rows = PatentFeed.objects.filter(organisation_id=key, person_id__in=acting).values_list("person_id", flat=True)
    return tuple(sorted(one.display_name for one in people_by_key(list(rows)).values()))


def has_feed(actor: Actor) -> bool:
    """Whether the person has an address for the organisation they act for."""
    return PatentFeed.objects.filter(organisation_id=organisation_of(actor), person_id=actor.person_id).exists()


def calendar_of(secret: str) -> bytes:
    """The calendar behind a secret address, as whoever made it may see it today.

    errors  NotFound ``deadlines.feed_unknown``: another secret, a closed account, a mandate that has ended
    """
    feed = PatentFeed.objects.filter(digest=digest_of(secret)).first()
    person = people_by_key([feed.person_id]).get(feed.person_id) if feed else None
    if feed is None or person is None or not person.active:
        raise NotFound("deadlines.feed_unknown")
    actor = Actor(person_id=person.id, name=person.display_name, roles=person.roles)
    actor = replace(actor, organisation_id=feed.organisation_id)
    with translation.override(feed.language):
        try:
            found = deadlines_for(actor, timezone.localdate())
        except NotPermitted:
            raise NotFound("deadlines.feed_unknown") from None
        days = [(one, words_of(one), f"{settings.PUBLIC_URL}/patents/{one.patent_id}") for one in found]
        name = organisations.organisations_named([feed.organisation_id])[feed.organisation_id].name
        host = settings.PUBLIC_URL.partition("://")[2].partition("/")[0]
        return calendar_file(name, days, host=host, made_at=timezone.now())


def digest_of(secret: str) -> str:
    """By what the secret of an address is known again."""
    return salted_hmac("qiantang.deadlines.feed", secret, algorithm="sha256").hexdigest()


def _facts(key: int, name: str) -> Iterator[PatentFacts]:
    """Patents whose current owner bears the registered name, and applications filed under it."""
    told = name.replace('"', "")
    snapshot, ids = register.desk.result_ids(f'AW=="{told}" OR PA=="{told}"')
    del snapshot  # of the moment: a feed follows the register
    notices = dict(GrantNotice.objects.filter(organisation_id=key).values_list("patent_id", "received_date"))
    for record in register.get_many(ids[:MOST]).values():
        yield _told(record, notices.get(record.patent_id))


def _told(record: PatentRecord, notice: date | None) -> PatentFacts:
    group = bucket(Status(record.status))
    return PatentFacts(
        patent_id=record.patent_id,
        number=record.number_shown,
        title=record.title or "",
        office=record.office,
        type=record.type,
        filing_date=record.filing_date,
        grant_date=record.grant_date,
        in_force=group is Bucket.IN_FORCE,
        pending=group is Bucket.PENDING,
        priority_dates=tuple(one.date for one in record.priorities if one.date),
        grant_notice_date=notice,
    )
