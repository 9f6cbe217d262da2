"""Entries of different sources that tell of one thing: the same event in the words of a gazette and of a vendor, the same
figure with and without its digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qiantang.kernel.legalstatus import EventKind, event_kind

Entry = Mapping[str, Any]


def _days(event: Entry) -> frozenset[Any]:
    return frozenset((event["date"], event["gazette_date"])) - {None}


def same_event(office: str, one: Entry, other: Entry) -> bool:
    """Whether two sources may mean one event: the same kind, or the same code where the kind is not known, and a day in
    common, be it of effect in one and of announcement in the other.
    """
    kinds = event_kind(office, one["code"]), event_kind(office, other["code"])
    if kinds[0] != kinds[1]:
        return False
    if kinds[0] is EventKind.OTHER and one["code"].casefold() != other["code"].casefold():
        return False
    days = _days(one), _days(other)
    return bool(days[0] & days[1]) or not (days[0] or days[1])


def same_medium(one: Entry, other: Entry) -> bool:
    """Whether two sources may mean one figure: the same content, or the same place where a digest is not known."""
    if one["digest"] and other["digest"]:
        return bool(one["digest"] == other["digest"])
    return bool((one["kind"], one["position"]) == (other["kind"], other["position"]))


class Matcher:
    """Gives each entry of a list the place of the thing it tells of, source by source, the most credible first.

    Two entries of one source are two things, however alike: a source does not repeat itself, it counts.
    """

    def __init__(self, name: str) -> None:
        self._is_event = name == "events"
        self._things: list[Entry] = []

    def places(self, office: str, entries: Iterable[Entry]) -> list[int]:
        taken: set[int] = set()
        return [self._place(office, entry, taken) for entry in entries]

    def _place(self, office: str, entry: Entry, taken: set[int]) -> int:
        open_places = [place for place in range(len(self._things)) if place not in taken]
        found = next((place for place in open_places if self._things[place] == entry), None)
        if found is None:
            found = next((place for place in open_places if self._same(office, self._things[place], entry)), None)
        if found is None:
            found = len(self._things)
            self._things.append(entry)
        taken.add(found)
        return found

    def _same(self, office: str, one: Entry, other: Entry) -> bool:
        return same_event(office, one, other) if self._is_event else same_medium(one, other)
