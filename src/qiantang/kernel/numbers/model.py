"""What a patent number is once it has been read: the parts, the display spelling and the identity key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, NamedTuple

PatentType = Literal["invention", "utility_model", "design", "plant"]

JOINT_OFFICES: Final = frozenset({"WO", "EP", "EA", "AP", "OA", "GC", "EM"})
"""Offices of several countries (WIPO ST.3): they tell no country, of origin or on a map."""


class NumberRole(StrEnum):
    """What the number names: the application (file number) or a document that the office published."""

    APPLICATION = "application"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class CheckDigit:
    """The verdict on a check character.

    given     as spelled, None where the spelling has none
    expected  by the office's rule; None where we know no rule (DE)
    valid     None where nothing was given, or where the rule is not settled enough to judge (EP)
    """

    given: str | None
    expected: str | None
    valid: bool | None


class PatentNumber(NamedTuple):  # made once or twice a row of every load: five times as fast as a frozen dataclass
    """One reading of one number.

    office       WIPO ST.3 code; international applications and publications have WO
    scheme       stable word for the numbering scheme: ``cn-application-2003``, ``us-grant``
    serial       canonical digits without check digit and kind, with the letters which belong to the number
                 (``D654321``, ``H0531207`` for Heisei 5)
    kind         ST.16 kind code, None where not told; always None for applications
    type         kind of right, None where the number does not tell it
    year         filing year, None where the number does not tell it (publication years are no filing years)
    check_digit  None in schemes without check digits
    """

    office: str
    role: NumberRole
    scheme: str
    serial: str
    kind: str | None = None
    type: PatentType | None = None
    year: int | None = None
    check_digit: CheckDigit | None = None

    @property
    def valid(self) -> bool:
        """False only where a check digit was given and is wrong."""
        return self.check_digit is None or self.check_digit.valid is not False

    @property
    def stem(self) -> str:
        """Canonical spelling without kind and check digit: ``CN110083831``, ``US16/123456``."""
        if self.scheme == "us-application":
            return f"US{self.serial[:2]}/{self.serial[2:]}"
        if self.scheme == "pct-application":
            return f"PCT/{self.serial[:6]}/{self.serial[6:]}"
        if self.scheme == "kr-application":
            return f"KR{self.serial[:2]}-{self.serial[2:6]}-{self.serial[6:]}"
        if self.role is NumberRole.APPLICATION and self.scheme in _JP_WORDS:
            return self._japanese()
        return _STARTS.get(self.scheme, self.office) + self.serial

    @property
    def canonical(self) -> str:
        """The one display spelling. Reading it again gives the same number.

        A check digit that was not given is computed (CN, EP); one that was given stays, also when it is wrong:
        a spelling must not hide the mistake.
        """
        check = self.check_digit
        if check is not None and check.expected is not None:
            return f"{self.stem}.{check.given or check.expected}"
        if self.kind is not None:
            return self.stem + self.kind
        if self.scheme in _JP_WORDS:
            return self._japanese()
        return self.stem

    @property
    def key(self) -> str:
        """Identity key, the same for all spellings of one thing; the kind is left out, for A and B of one case share it.

        Series which use the same digits for different cases (JP, old KR and DE) are told apart by a suffix.
        """
        return f"{self.role.value[0]}:{self.office}{self.serial}{_SERIES.get(self.scheme, '')}"

    def _japanese(self) -> str:
        before, after = _JP_WORDS[self.scheme]
        serial = self.serial
        if serial[0] in _ERAS:
            return f"{before}{_ERAS[serial[0]]}{int(serial[1:3])}-{serial[3:]}{after}"
        if len(serial) == len("2019123456"):
            return f"{before}{serial[:4]}-{serial[4:]}{after}"
        return f"{before}{serial}{after}"


# The letters which tell an old German file number from a document number.
_STARTS: Final = {"de-application-1877": "DEP", "de-application-utility-model": "DEG", "de-application-design": "DEM"}

_ERAS: Final = {"S": "昭", "H": "平"}

# Spellings of the Japanese office for what JP plus digits alone would leave open.
_JP_WORDS: Final = {
    "jp-application": ("特願", ""),
    "jp-application-utility-model": ("実願", ""),
    "jp-application-design": ("意願", ""),
    "jp-examined": ("特公", ""),
    "jp-utility-model-unexamined": ("実開", ""),
    "jp-utility-model-examined": ("実公", ""),
    "jp-utility-model": ("実用新案登録第", "号"),
    "jp-design": ("意匠登録第", "号"),
}

_SERIES: Final = {
    "jp-application-utility-model": "/U",
    "jp-application-design": "/S",
    "jp-unexamined": "/A",
    "jp-examined": "/B",
    "jp-patent": "/B",
    "jp-utility-model-unexamined": "/U",
    "jp-utility-model-examined": "/Y",
    "jp-utility-model": "/U",
    "jp-design": "/S",
    "kr-examined": "/B",
    "kr-utility-model-examined": "/Y",
    "de-application-utility-model": "/U",
    "de-publication-utility-model": "/U",
    "de-application-design": "/S",
    "de-publication-design": "/S",
    "de-publication-translation": "/T",
    "docdb-utility-model": "/U",
    "docdb-design": "/S",
}
