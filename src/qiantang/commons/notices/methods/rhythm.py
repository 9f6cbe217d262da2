"""When something may be sent: quiet hours and digests. Local times in, local times out; no clock is read."""

from __future__ import annotations

from datetime import datetime, timedelta

from qiantang.commons.notices.types import Digest, Rhythm

_DAY = timedelta(days=1)
_WEEK = 7


def sendable_at(moment: datetime, rhythm: Rhythm) -> datetime:
    """The first moment from ``moment`` on that is not within the quiet hours; they may pass midnight.

    moment  aware, in the time of the city
    """
    begin, end = rhythm.quiet_from, rhythm.quiet_until
    if begin is None or end is None or begin == end:
        return moment
    now = moment.time()
    over_midnight = begin > end
    quiet = (now >= begin or now < end) if over_midnight else begin <= now < end
    if not quiet:
        return moment
    day = moment.date() + (_DAY if over_midnight and now >= begin else timedelta())
    return datetime.combine(day, end, moment.tzinfo)


def next_digest(moment: datetime, rhythm: Rhythm) -> datetime:
    """When the next digest goes out, after ``moment``: daily at its hour, weekly on Monday; then outside quiet hours."""
    found = datetime.combine(moment.date(), rhythm.digest_at, moment.tzinfo)
    if rhythm.digest is Digest.WEEKLY:
        found += _DAY * (-moment.weekday() % _WEEK)
    if found <= moment:
        found += _DAY * (_WEEK if rhythm.digest is Digest.WEEKLY else 1)
    return sendable_at(found, rhythm)
