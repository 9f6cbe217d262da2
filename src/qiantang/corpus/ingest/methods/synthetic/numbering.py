"""Numbers no office issues, in the form of those it does. Sources: ZC 0006, ZC 0007, ZC 0008 (CNIPA); WIPO ST.10/C, ST.16.

Chinese application serials begin at 9,900,000, publication numbers at CN199…, CN299…, CN399…; foreign serials likewise.
Kind codes of 2010 are used for all years: the city has no documents of the older numbering.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.arrow import Column, pa, pc
from qiantang.corpus.ingest.methods.synthetic.days import NEVER, years_of
from qiantang.corpus.ingest.methods.synthetic.draws import Flags, Ints
from qiantang.corpus.ingest.methods.synthetic.filings import CN, DE, EP, INVENTION, JP, KR, US, WO, Rows
from qiantang.kernel.errors import Invalid

_WEIGHTS = np.array([2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5])
_CHECKS = pa.array(list("0123456789X"))
_FIRST_SERIAL, _SERIALS = 9_900_000, 100_000
_PUBLICATIONS_OF_TYPE = 1_000_000
# Serial blocks abroad: first serial and how many there are (a year), of applications, publications and grants.
_APPLICATIONS = {
    US: (1, 999_999),
    EP: (990_000, 10_000),
    WO: (900_000, 100_000),
    JP: (900_000, 100_000),
    KR: (9_900_000, 100_000),
    DE: (900_000, 100_000),
}
_PUBLICATIONS = {US: (9_900_000, 100_000), WO: (900_000, 100_000), JP: (900_000, 100_000), KR: (9_900_000, 100_000)}
# Six digits of a US serial are all in use; the office has no series 78 and 79.
_US_SERIES, _US_PRIORITY_SERIES = "79", "78"
_GRANTS = {US: 99_000_000, JP: 9_900_000, KR: 9_900_000}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Canonical numbers over rows, and the identity keys the register knows them by (``kernel.numbers``).

    application     with its check digit, null where the serials of a year are used up
    published       of the first document, without kind; ``kind`` beside it
    granted         of the grant, null where there is none; ``grant_kind`` beside it
    """

    application: Column
    application_key: Column
    published: Column
    published_key: Column
    kind: Column
    granted: Column
    granted_key: Column
    grant_kind: Column


def check_digits(bodies: Ints) -> Ints:
    """Check digits of twelve-digit bodies, 10 for X (ZC 0006: weights 2 to 9, 2 to 5, modulo 11)."""
    digits = bodies[:, None] // 10 ** np.arange(11, -1, -1) % 10
    found: Ints = (digits * _WEIGHTS).sum(axis=1) % 11
    return found


def running(groups: Ints, order: Ints) -> Ints:
    """Position of each row inside its group, by ``order`` (smaller first)."""
    by = np.lexsort((order, groups))
    starts = np.flatnonzero(np.r_[True, groups[by][1:] != groups[by][:-1]])
    position = np.arange(len(by)) - np.repeat(starts, np.diff(np.r_[starts, len(by)]))
    found = np.empty(len(by), np.int64)
    found[by] = position
    return found


def _texts(*pieces: str | Ints | Column) -> Column:
    return pc.binary_join_element_wise(
        *(pa.array(p).cast(pa.string()) if isinstance(p, np.ndarray) else p for p in pieces), ""
    )


def _chinese(rows: Rows) -> tuple[Column, Column, Column]:
    """Application, its key and publication number; each type and year counts from the first serial."""
    years = years_of(rows.filed)
    digit = np.where(rows.pct, 8, rows.type + 1)
    serial = running(years * 10 + digit, rows.filed * 4_000_000 + np.arange(len(rows)))
    publication = running(rows.type, np.arange(len(rows)))
    if serial.max(initial=0) >= _SERIALS or publication.max(initial=0) >= _PUBLICATIONS_OF_TYPE:
        raise Invalid("ingest.synthetic_too_large", serials_a_year=_SERIALS, publications=_PUBLICATIONS_OF_TYPE)
    body = (years * 10 + digit) * 10_000_000 + _FIRST_SERIAL + serial
    check = _CHECKS.take(pa.array(check_digits(body)))
    return (
        _texts("CN", body, ".", check),
        _texts("a:CN", body),
        _texts("CN", (rows.type + 1) * 100_000_000 + 99_000_000 + publication),
    )


def _six(numbers: Ints) -> Column:
    """With leading zeros, six digits."""
    return pc.utf8_slice_codeunits(_texts("", 1_000_000 + numbers), 1)


def _two(years: Ints) -> Column:
    """The last two digits of years."""
    return pc.utf8_slice_codeunits(_texts("", years), 2)


def _ep_check(years: Ints, serial: Ints) -> Ints:
    """Check digit of a European application: weights 1, 2, 1, 2 … and cross sums, up to the next ten."""
    digits = (years % 100 * 1_000_000 + serial)[:, None] // 10 ** np.arange(7, -1, -1) % 10
    weighted = digits * np.array([1, 2] * 4)
    found: Ints = -(weighted // 10 + weighted % 10).sum(axis=1) % 10
    return found


def _abroad_application(office: int, years: Ints, home: Flags) -> tuple[Column, Column]:
    """Application and key; null where a year has more filings than serials that no office will issue."""
    first, room = _APPLICATIONS[office]
    number = first + (np.arange(len(years)) if office == US else running(years, np.arange(len(years))))
    enough = pa.array(number < first + room)
    receiving = pa.array(["CN", "IB"]).take(pa.array((~home).astype(np.int64)))
    number = np.minimum(number, first + room - 1)
    display, key = {
        US: (("US", _US_SERIES, "/", _six(number)), ("US", _US_SERIES, _six(number))),
        EP: (("EP", _two(years), number, ".", _ep_check(years, number)), ("EP", _two(years), number)),
        WO: (("PCT/", receiving, years, "/", number), ("WO", receiving, years, number)),
        JP: (("特願", years, "-", number), ("JP", years, number)),
        KR: (("KR10-", years, "-", number), ("KR10", years, number)),
        DE: (("DE10", years, number), ("DE10", years, number)),
    }[office]
    null = pa.scalar(None, pa.string())
    return pc.if_else(enough, _texts(*display), null), pc.if_else(enough, _texts("a:", *key), null)


def _abroad_published(office: int, years: Ints, application: Column) -> Column:
    if office == DE:
        return application
    if office == EP:
        return _texts("EP", 9_900_000 + np.arange(len(years)))
    first, _ = _PUBLICATIONS[office]
    number = first + running(years, np.arange(len(years)))
    return _texts({US: "US", WO: "WO", JP: "JP", KR: "KR10"}[office], years, number)


def _abroad_granted(office: int, published: Column, granted: Flags) -> Column:
    if office in _GRANTS:
        number = _texts({US: "US", JP: "JP", KR: "KR10"}[office], _GRANTS[office] + np.cumsum(granted) - 1)
    else:
        number = published
    return pc.if_else(pa.array(granted), number, pa.scalar(None, pa.string()))


# Kinds of the first publication and of the grant, and what the register adds to the key of each.
_ABROAD = {
    US: ("A1", "B2", "", ""),
    EP: ("A1", "B1", "", ""),
    WO: ("A1", None, "", ""),
    JP: ("A", "B2", "/A", "/B"),
    KR: ("A", "B1", "", ""),
    DE: ("A1", "B4", "", ""),
}


def _abroad(rows: Rows, office: int, granted: Flags, home: Flags) -> tuple[Column, ...]:
    null = pa.scalar(None, pa.string())
    first, later, suffix, grant_suffix = _ABROAD[office]
    number, key = _abroad_application(office, years_of(rows.filed), home)
    document = _abroad_published(office, years_of(rows.published), number)
    grant = _abroad_granted(office, document, granted)
    grant_kind = pc.if_else(pc.is_valid(grant), pa.scalar(later, pa.string()), null)
    return (
        number,
        key,
        document,
        _texts("p:", document, suffix),
        pa.repeat(first, len(rows)),
        grant,
        _texts("p:", grant, grant_suffix),
        grant_kind,
    )


def number_rows(rows: Rows, granted: Ints, home: Flags) -> Numbers:
    """All numbers. Rows stand by first publication date; ``home``: the applicant lives in China.

    errors  Invalid ``ingest.synthetic_too_large``: more filings than serials that no office issues
    """
    null = pa.scalar(None, pa.string())
    has_grant = granted < NEVER
    at = np.flatnonzero(rows.office == CN)
    application, key, published = _chinese(rows.take(at))
    kind = pa.array(["A", "U", "S"]).take(pa.array(rows.type[at]))
    second = pa.array(has_grant[at] & (rows.type[at] == INVENTION))
    granted_number = pc.if_else(second, published, null)
    parts: list[tuple[Column, ...]] = [
        (
            application,
            key,
            published,
            _texts("p:", published),
            kind,
            granted_number,
            _texts("p:", granted_number),
            pc.if_else(second, pa.scalar("B"), null),
        )
    ]
    places = [at]
    for office in _ABROAD:
        at = np.flatnonzero(rows.office == office)
        if len(at):
            places.append(at)
            parts.append(_abroad(rows.take(at), office, has_grant[at], home[at]))
    back = np.empty(len(rows), np.int64)
    back[np.concatenate(places)] = np.arange(len(rows))
    return Numbers(*(pa.concat_arrays([part[i] for part in parts]).take(pa.array(back)) for i in range(8)))


def priorities_abroad(rows: Rows, country: Ints, days: Ints) -> Column:
    """Number as printed of the first filing abroad behind each national phase (null elsewhere); the city does not hold them.

    ``country`` is a position in cast.COUNTRIES, ``days`` that of the first filing. The serials are none of a member's.
    """
    at = np.flatnonzero(rows.pct)
    years = years_of(days[at])
    number = running(country[at] * 10_000 + years, np.arange(len(at)))
    forms = (
        _texts(_US_PRIORITY_SERIES, "/", _six(np.arange(len(at)) + 1)),
        _texts("10", years, 800_000 + number),
        _texts(years, "-", 800_000 + number),
        _texts("10-", years, "-", 9_800_000 + number),
    )
    chosen = pa.concat_arrays(forms).take(pa.array((country[at] - 1) * len(at) + np.arange(len(at))))
    place = np.full(len(rows), len(at))
    place[at] = np.arange(len(at))
    return pa.concat_arrays([chosen, pa.nulls(1, pa.string())]).take(pa.array(place))
