"""Calendar days as sources write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

_NUMERIC = re.compile(r"(\d{4})(?:[.\-/]|年)(\d{1,2})(?:[.\-/]|月)(\d{1,2})日?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_ABSENT = frozenset({"", "0", "-", "--", "00000000", "无", "—"})


class DayRefused(ValueError):
    """A text which should be a day is none. ``code``: ``date_impossible`` (2019.13.45) or ``date_unrecognised``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@lru_cache(maxsize=32_768)  # the days of a working life: what is cited is of any of them
def parse_day(text: str) -> date | None:
    """A day written year first: 2019.07.12, 2019-7-12, 2019/07/12, 20190712, 2019年7月12日. Absent ("", "0", "-"): None.

    errors  ``DayRefused``
    """
    text = text.strip()
    if text in _ABSENT:
        return None
    found = _NUMERIC.match(text) or _COMPACT.match(text)
    if found is None:
        raise DayRefused("date_unrecognised")
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        raise DayRefused("date_impossible") from None


def parse_day_as(text: str, forms: tuple[str, ...]) -> date | None:
    """A day in one of the ``strptime`` forms given; without forms, written year first.

    errors  ``DayRefused``
    """
    if not forms:
        return parse_day(text)
    text = text.strip()
    if text in _ABSENT:
        return None
    for form in forms:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day has no time zone
        except ValueError:
            continue
    # Digits in the places of a date that is none are told from a text that is no date at all.
    raise DayRefused("date_impossible" if re.fullmatch(r"\d+(?:\D\d+){2}\D?|\d{8}", text) else "date_unrecognised")
