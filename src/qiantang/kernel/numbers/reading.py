"""From any spelling to its readings: folding, the choice of the office, refusals that say what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from qiantang.kernel.errors import Invalid
from qiantang.kernel.numbers import cn, de, elsewhere, ep, jp, kr, tw, us, wo
from qiantang.kernel.numbers.model import NumberRole, PatentNumber

HINT_COUNTRY: Final = "Write the number with its country code, as in CN110083831A or US10123456B2."
HINT_ROLE: Final = "This is the number of a publication where one of an application is needed, or the reverse."
HINT_TYPE_DIGIT: Final = "The digit after the year of a Chinese application number is 1, 2, 3, 8 or 9."
HINT_KIND: Final = "The kind code does not fit the first digit of the number."
HINT_DAMAGED: Final = "A spreadsheet or a wrong encoding has changed the number; take it from the source again."

_Reader = Callable[[str], tuple[PatentNumber, ...]]

_LONGEST: Final = 80
_FOLDS: Final = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−ー_", "-"),
        **dict.fromkeys("。·•‧・", "."),
        **dict.fromkeys("\\", "/"),
        **dict.fromkeys("()[]{}, \u200b\u200c\u200d\u2060\ufeff\u00ad", None),
    }
)
_LABEL: Final = re.compile(r"(?:专利|授权|申请|国际|公开|公布|公告)+号码?:?")
_PREFIX: Final = re.compile(r"(CN|ZL|US|EP|WO|PCT|JP|KR|DE|TW)[-./:]*(.+)").fullmatch
_ELSEWHERE: Final = re.compile(r"([A-Z]{2})[-./:]*(.+)").fullmatch
_GROUPED_US: Final = re.compile(r"[1-9][0-9]?,[0-9]{3},[0-9]{3}(?: [AB][1-9]?)?").fullmatch
_GROUPED_DE: Final = re.compile(
    r"(?:[1-6][0-2] 20[0-9]{2} [0-9]{3} [0-9]{3}|[1-6][0-9]{2} [0-9]{2} [0-9]{3}|[PGM] [0-9]{2} [0-9]{2} [0-9]{3})"
    r"(?:\.[0-9])?"
).fullmatch
_SCIENTIFIC: Final = re.compile(r"(?:[A-Z]{2})?[0-9](?:\.[0-9]+)?E[-+]?[0-9]{1,3}").fullmatch
_DECIMAL: Final = re.compile(r"(?:[0-9]{13}|[0-9]{9})\.0+").fullmatch
_KIND: Final = re.compile(r"[A-Z][0-9]?").fullmatch
_CN_APPLICATION_LIKE: Final = re.compile(r"(?:CN|ZL)?\.?20[0-9]{2}[04567][0-9]{7}\.?[0-9X]?").fullmatch
_CN_PUBLICATION_LIKE: Final = re.compile(r"CN[-.]?[123][0-9]{6}(?:[0-9]{2})?[-.]?[A-Z][0-9]?").fullmatch


def _read_named_cn(body: str) -> tuple[PatentNumber, ...]:
    return cn.read(body, named=True)


_OFFICES: Final[dict[str, _Reader]] = {
    "CN": _read_named_cn,
    "ZL": cn.read_patent,
    "US": us.read,
    "EP": ep.read,
    "WO": wo.read,
    "PCT": wo.read_application,
    "JP": jp.read,
    "KR": kr.read,
    "DE": de.read,
    "TW": tw.read,
}
_TELLTALES: Final[tuple[_Reader, ...]] = (wo.read_docdb, jp.read_own, us.read_own, kr.read_own, tw.read_own)


def parse(text: str, *, office: str | None = None, role: NumberRole | None = None) -> PatentNumber:
    """The best reading of a number in any spelling.

    office  ST.3 code of the office for numbers which name none; without it bare digits are tried as Chinese
    role    what is wanted, where the source says it

    A wrong check digit gives a number with ``valid`` False. Raises Invalid ``number.unrecognised`` or
    ``number.damaged`` with the facts ``given`` and ``hint``.
    """
    if office is None or office == "CN":
        quick = cn.read_quick(text)
        if quick is not None and (role is None or quick.role is role):
            return quick
    readings = candidates(text, office=office)
    for number in readings:
        if role is None or number.role is role:
            return number
    raise _refusal(text, readings)


def candidates(text: str, *, office: str | None = None) -> tuple[PatentNumber, ...]:
    """All readings of a text, best first; empty where there is none. ``office`` as for ``parse``."""
    if not text or len(text) > _LONGEST:
        return ()
    folded = _fold(text)
    body = _LABEL.sub("", folded, count=1) if _LABEL.match(folded) else folded
    if docdb := wo.read_docdb(body):
        return docdb
    if found := _PREFIX(body):
        return _OFFICES[found[1]](found[2])
    if (found := _ELSEWHERE(body)) and found[1] in elsewhere.OFFICES and (named := elsewhere.read(*found.groups())):
        return named
    if office is not None and (hinted := _read_of(office.strip().upper(), body)):
        return hinted
    return tuple(_unnamed(text, body, guess=office is None))


def _read_of(office: str, body: str) -> tuple[PatentNumber, ...]:
    """Readings of a text of which the source says whose number it is."""
    if office in elsewhere.OFFICES:
        return elsewhere.read(office, body)
    reader = _OFFICES.get(office)
    return reader(body) if reader else ()


def _unnamed(text: str, body: str, *, guess: bool) -> list[PatentNumber]:
    """Readings of a text that names no office: first what its form gives away, then the guess that it is Chinese."""
    readings = [number for reader in _TELLTALES for number in reader(body)]
    grouped = unicodedata.normalize("NFKC", text).upper().strip()
    if _GROUPED_DE(grouped):
        readings += de.read(body)
    if _GROUPED_US(grouped):
        readings += us.read(body)
    if guess:
        readings += cn.read(body, named=False)
    return readings


def canonical_kind(text: str) -> str:
    """A kind code (ST.16) as one capital letter and at most one digit; raises Invalid ``number.kind_unrecognised``."""
    kind = _fold(text[:_LONGEST])
    if _KIND(kind) is None:
        raise Invalid("number.kind_unrecognised", given=text[:_LONGEST])
    return kind


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).upper().translate(_FOLDS)
    return "".join(folded.split()).strip("'\"=;:.*-/")


def _refusal(text: str, readings: tuple[PatentNumber, ...]) -> Invalid:
    given = text[:_LONGEST]
    folded = _fold(given)
    if readings:
        return Invalid("number.unrecognised", given=given, hint=HINT_ROLE)
    if _SCIENTIFIC(folded) or _DECIMAL(folded) or folded.startswith("#") or {"?", "\ufffd"} & set(folded):
        return Invalid("number.damaged", given=given, hint=HINT_DAMAGED)
    if _CN_APPLICATION_LIKE(folded):
        return Invalid("number.unrecognised", given=given, hint=HINT_TYPE_DIGIT)
    if _CN_PUBLICATION_LIKE(folded):
        return Invalid("number.unrecognised", given=given, hint=HINT_KIND)
    return Invalid("number.unrecognised", given=given, hint=HINT_COUNTRY)
