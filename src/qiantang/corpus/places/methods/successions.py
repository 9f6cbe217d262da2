"""From what an address names to codes: as of a day, and on today's boundaries."""

from __future__ import annotations

from datetime import date

from qiantang.corpus.places.methods.areas import Area
from qiantang.corpus.places.methods.localities import Locality

TODAY = date.max
"""The day without an end: what is valid still, is valid then."""

Codes = tuple[str, ...]


def heir_on(area: Area, day: date) -> tuple[Area | None, tuple[Area, ...]]:
    """The area that has the whole of ``area``'s ground on ``day``, or else the areas it is divided among, if that is told."""
    went = [(whole, heir) for since, heir, whole in area.heirs if since <= day]
    if not went:
        return (area, ()) if area.at(day) else (None, ())
    whole = [heir for is_whole, heir in went if is_whole]
    if len(went) == len(whole) == 1:
        return (whole[0], ()) if whole[0] is area else heir_on(whole[0], day)
    return None, tuple(dict.fromkeys(heir for _, heir in went))


def moved(area: Area, since: date, day: date) -> tuple[Area | None, tuple[Area, ...]]:
    """As ``heir_on``, with only what happened after ``since`` to ground that was ``area``'s on that day."""
    later = [one for one in area.heirs if since < one[0] <= day]
    if any(not whole for _, _, whole in later):
        return None, tuple(dict.fromkeys(heir for _, heir, _ in later))
    if area.at(day) is not None:
        return area, ()
    return heir_on(area, day)


def own_district(area: Area, day: date) -> tuple[Area | None, tuple[Area, ...]]:
    """The area as of ``day`` for a name that may be older or newer than the day: itself, its heir, its forebear."""
    if area.at(day) is not None:
        return area, ()
    if day < area.begins:
        return (area.forebears[0], ()) if len(area.forebears) == 1 else (None, tuple(area.forebears))
    return heir_on(area, day)


def follows(area: Area, locality: Locality, day: date) -> bool:
    """Whether the locality is, was or will be the area's: then a name that does not fit the day is stale or early, not wrong."""
    return area in locality.ever() or any(heir in locality.at(day) for _, heir, _ in area.heirs)


def codes(areas: tuple[Area, ...], day: date) -> Codes:
    return tuple(sorted(code for area in areas if (code := area.at(day)) is not None))
