"""Deadlines as a calendar for any calendar program. Source: RFC 5545."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from qiantang.portal.deadlines.types import Deadline

_REMINDS = (timedelta(days=-30), timedelta(days=-7))


def calendar_file(name: str, days: Iterable[tuple[Deadline, str, str]], *, host: str, made_at: datetime) -> bytes:
    """The calendar.

    days    deadline, what it says, address of the patent
    host    of this platform: with it an entry is the same at each reading
    """
    made = Calendar()
    made.add("prodid", "-//Qiantang//Deadlines//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for deadline, words, url in days:
        entry = Event()
        entry.add("uid", f"{deadline.patent_id}-{deadline.kind}-{deadline.year or 0}@{host}")
        entry.add("dtstamp", made_at.astimezone(UTC))
        entry.add("dtstart", deadline.day)
        entry.add("dtend", deadline.day + timedelta(days=1))
        entry.add("summary", f"{deadline.number} {words}")
        entry.add("description", deadline.title)
        entry.add("url", url)
        entry.add("status", "TENTATIVE" if deadline.provisional else "CONFIRMED")
        entry.add("transp", "TRANSPARENT")
        for before in _REMINDS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", words)
            alarm.add("trigger", before)
            entry.add_component(alarm)
        made.add_component(entry)
    content: bytes = made.to_ical()
    return content
