"""Numbers with a check character: the unified social credit code, ISO 7064, and the number of a case.

Sources: GB 32100-2015 (credit code); ISO/IEC 7064 MOD 11,10.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from qiantang.kernel.errors import Invalid

_USCC_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_USCC_LENGTH: Final = 18
_USCC_FORM: Final = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}")
_SHOWN: Final = 40


def uscc_check_character(body: str) -> str:
    """The 18th character of a credit code for its first 17. errors: ValueError for what cannot be in a code"""
    if len(body) != _USCC_LENGTH - 1:
        raise ValueError(f"17 characters, not {len(body)}")
    total = sum(weight * _USCC_ALPHABET.index(sign) for weight, sign in zip(_USCC_WEIGHTS, body, strict=True))
    return _USCC_ALPHABET[(31 - total % 31) % 31]


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A unified social credit code whose check character is right.

    text    18 characters, capitals
    """

    text: str

    @property
    def region_code(self) -> str:
        """Characters 3 to 8: where it was registered, GB/T 2260."""
        return self.text[2:8]

    @property
    def organisation_code(self) -> str:
        """Characters 9 to 17: the organisation code of GB 11714."""
        return self.text[8:17]


def parse_credit_code(text: str) -> CreditCode:
    """The code that a text gives, in any width and with blanks or hyphens between.

    errors  Invalid ``identifiers.uscc_malformed`` · ``identifiers.uscc_check`` with the fact ``expected``
    """
    folded = re.sub(r"[\s\-·]", "", unicodedata.normalize("NFKC", text)).upper()
    if not _USCC_FORM.fullmatch(folded):
        raise Invalid("identifiers.uscc_malformed", given=text[:_SHOWN])
    expected = uscc_check_character(folded[:-1])
    if folded[-1] != expected:
        raise Invalid("identifiers.uscc_check", given=text[:_SHOWN], expected=expected)
    return CreditCode(folded)


def mod_11_10(digits: str) -> int:
    """The check digit of ISO 7064 MOD 11,10. errors: ValueError for anything but ASCII digits"""
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("digits only")
    carried = 10
    for digit in digits:
        carried = (carried + int(digit)) % 10 or 10
        carried = carried * 2 % 11
    return (11 - carried) % 10


_CASE: Final = re.compile(r"([A-Z]{2,6})([0-9]{4})([0-9]{6})([0-9])")
_LONGEST_SERIAL: Final = 999_999


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """The number of a case: authority, year of reservation, serial, check digit over year and serial with the authority.

    Written ``HZYS-2026-000123-4``; found in any punctuation, width and case. It says nothing else.
    """

    authority: str
    year: int
    serial: int

    @property
    def check(self) -> int:
        letters = "".join(f"{ord(letter) - ord('A') + 10}" for letter in self.authority)
        return mod_11_10(f"{letters}{self.year:04d}{self.serial:06d}")

    @property
    def compact(self) -> str:
        """As kept: no punctuation."""
        return f"{self.authority}{self.year:04d}{self.serial:06d}{self.check}"

    def __str__(self) -> str:
        return f"{self.authority}-{self.year:04d}-{self.serial:06d}-{self.check}"


def make_case_number(authority: str, year: int, serial: int) -> CaseNumber:
    """errors: ValueError for an authority that is not two to six capitals, or a serial beyond six digits"""
    if not re.fullmatch(r"[A-Z]{2,6}", authority) or not 1 <= serial <= _LONGEST_SERIAL:
        raise ValueError(f"no number of a case: {authority} {year} {serial}")
    return CaseNumber(authority, year, serial)


def parse_case_number(text: str) -> CaseNumber:
    """The number that a text gives, however it is punctuated.

    errors  Invalid ``identifiers.case_malformed`` · ``identifiers.case_check``: a slip of the pen
    """
    folded = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()
    found = _CASE.fullmatch(folded)
    if found is None:
        raise Invalid("identifiers.case_malformed", given=text[:_SHOWN])
    number = CaseNumber(found[1], int(found[2]), int(found[3]))
    if str(number.check) != found[4]:
        raise Invalid("identifiers.case_check", given=text[:_SHOWN])
    return number
