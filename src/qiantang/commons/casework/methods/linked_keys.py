"""One spelling for each key by which entities are compared, what is shown of it, and how long a flag may last: ``flags.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qiantang.commons.casework.types.linked import FlagBound, KeyKind

if TYPE_CHECKING:
    from datetime import date

_FILE: Final = Path(__file__).resolve().parent / "flags.toml"
_MOBILE = re.compile(r"1\d{10}")
_EMAIL = re.compile(r"[^@]+@[^@.]+(\.[^@.]+)+")
_NUMBERS = {  # letters and digits that a number of this kind may have
    KeyKind.LEGAL_REPRESENTATIVE: range(6, 31),
    KeyKind.ACCOUNT: range(8, 35),
    KeyKind.AGENT: range(4, 31),
}
_PHONE = range(7, 16)
_ADDRESS = range(6, 201)
_LONGEST_EMAIL = 254
_SHOWN = 4


def folded_key(kind: KeyKind, text: str) -> str:
    """A value as typed, in the one spelling in which it is compared; empty for what is no value of the kind.

    Width, capitals and blanks make no difference, nor does punctuation in numbers and addresses; a telephone number is
    the same with and without the code of the country.
    """
    plain = "".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())
    if kind is KeyKind.EMAIL:
        return plain if len(plain) <= _LONGEST_EMAIL and _EMAIL.fullmatch(plain) else ""
    if kind is KeyKind.PHONE:
        return _phone(plain)
    kept = "".join(sign for sign in plain if sign.isalnum())
    if kind is KeyKind.ADDRESS:
        return kept if len(kept) in _ADDRESS else ""
    upper = kept.upper()
    return upper if upper.isascii() and len(upper) in _NUMBERS[kind] else ""


def _phone(plain: str) -> str:
    digits = "".join(sign for sign in plain if sign in "0123456789")
    abroad = plain.startswith(("+", "00"))
    if abroad:
        digits = digits.removeprefix("00")
        if not digits.startswith("86"):
            return f"+{digits}" if len(digits) in _PHONE else ""
        digits = digits[2:]
        if not _MOBILE.fullmatch(digits) and not digits.startswith("0"):
            digits = f"0{digits}"
    elif digits.startswith("86") and _MOBILE.fullmatch(digits[2:]):
        digits = digits[2:]
    return digits if len(digits) in _PHONE else ""


def masked_key(kind: KeyKind, folded: str) -> str:
    """What is shown of a value: enough to recognise it beside the paper, too little to use it."""
    if kind is KeyKind.EMAIL:
        name, _, house = folded.partition("@")
        return f"{name[:1]}***@{house}"
    if kind is KeyKind.ADDRESS:
        return f"{folded[: min(6, len(folded) // 2)]}***"
    return f"***{folded[-_SHOWN:]}" if len(folded) > 2 * _SHOWN else f"***{folded[-2:]}"


@cache
def flag_bounds() -> tuple[FlagBound, ...]:
    """The whole table, the oldest first. errors: ValueError for a bound below a day"""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["bound"]
    found = tuple(sorted((FlagBound(**row) for row in rows), key=lambda one: one.since))
    if any(one.days < 1 for one in found):
        raise ValueError("a flag lasts a day at least")
    return found


def flag_bound(day: date) -> FlagBound:
    """What holds for a flag raised on a day. errors: LookupError before the first block"""
    holding = [one for one in flag_bounds() if one.since <= day]
    if not holding:
        raise LookupError(f"no bound of flags holds on {day}")
    return holding[-1]
