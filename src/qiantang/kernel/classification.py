"""Classification symbols: IPC, CPC and Locarno, in the spellings of gazettes, exchange files and people.

IPC and CPC: section, class, subclass, main group, subgroup (G · 06 · F · 16 · 35). Locarno: class and subclass (06 · 04).
Exchange forms: the 14 places of CNIPA files (``B03C0003090000``), the 50 of ST.8 (``A61K  31/00   20060101ALI…``), and the
form of some exports that pads the main group to three digits and leaves the stroke out (``C07D41700``, ``A61K031337``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qiantang.kernel.errors import Invalid


class Scheme(StrEnum):
    """The classification which a symbol belongs to."""

    IPC = "ipc"
    CPC = "cpc"
    LOCARNO = "locarno"


@dataclass(frozen=True, slots=True)
class Symbol:
    """One place in a classification; parts below its level are None. Symbols sort in the order of the scheme.

    section   one letter; None in Locarno, which has no sections
    class_    two digits
    subclass  one letter; two digits in Locarno (``31-00``: class 31 has but one)
    group     main group without leading zeros
    subgroup  two to six digits; ``00`` is the main group itself
    edition   ``2006.01`` (IPC, CPC) or ``11`` (Locarno), None where not told
    """

    scheme: Scheme
    section: str | None
    class_: str | None = None
    subclass: str | None = None
    group: str | None = None
    subgroup: str | None = None
    edition: str | None = None

    @property
    def canonical(self) -> str:
        """The one display spelling, without edition: ``G06F16/35``, ``H10K2102/00``, ``06-04``."""
        if self.scheme is Scheme.LOCARNO:
            return f"{self.class_}-{self.subclass}" if self.subclass else f"{self.class_}"
        stem = f"{self.section}{self.class_ or ''}{self.subclass or ''}{self.group or ''}"
        return f"{stem}/{self.subgroup}" if self.subgroup else stem

    @property
    def level(self) -> str:
        """``section``, ``class``, ``subclass``, ``main_group`` (with or without ``/00``) or ``subgroup``."""
        if self.subgroup is not None and self.subgroup != "00":
            return "subgroup"
        if self.group is not None:
            return "main_group"
        if self.subclass is not None:
            return "subclass"
        return "class" if self.class_ is not None else "section"

    def ancestors(self) -> tuple[str, ...]:
        """Canonical texts from the top down, the symbol itself last: ``G``, ``G06``, ``G06F``, ``G06F16``, ``G06F16/35``.

        A prefix chain: the dots of the scheme (16/35 under 16/30) are not known here.
        """
        if self.scheme is Scheme.LOCARNO:
            return (f"{self.class_}", self.canonical) if self.subclass else (self.canonical,)
        lineage, text = [], ""
        parts = (self.section, self.class_, self.subclass, self.group, self.subgroup and f"/{self.subgroup}")
        for part in parts:
            if part is None:
                break
            text += part
            lineage.append(text)
        return tuple(lineage)

    def __lt__(self, other: Symbol) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[str, str, str, str, int, str]:
        # Subgroups read as decimal fractions: 21/02, 21/027, 21/04.
        group = int(self.group) if self.group else 0
        return self.scheme, self.section or "", self.class_ or "", self.subclass or "", group, self.subgroup or ""


_CPC: Final = Scheme.CPC
_LOCARNO: Final = Scheme.LOCARNO

_QUICK: Final = re.compile(
    r"([A-HY])([0-9]{2})([A-Z]) *([1-9][0-9]{0,3})/([0-9]{2,6}) *(?:\(([0-9]{4}\.[0-9]{2})\))?[AI]?;?"
).fullmatch
_CANONICAL: Final = re.compile(r"[A-HY][0-9]{2}[A-Z][1-9][0-9]{0,3}/[0-9]{2,6}").fullmatch
_QUICK_LOCARNO: Final = re.compile(r"(?!00)([0-9]{2})-([0-9]{2}) *(?:\(([0-9]{1,2})\))? *").fullmatch
# Spaces are gone by then; ST.8 puts the version date, letters and the office behind.
_FOLDED: Final = re.compile(
    r"(?:INT\.?CL\.?[0-9]?:?)?([A-HY])(?:([0-9]{2})(?:([A-Z])(?:0{0,3}([1-9][0-9]{0,3})(?:/([0-9]{2,6}?))?)?)?)?"
    r"(?:\(([0-9]{4}\.[0-9]{2})\)[A-Z]{0,2}|([12][0-9]{3})([0-9]{2})[0-9]{2}[A-Z]{1,3}[0-9]{0,8}[A-Z]{0,4}|[AC]?[IN])?"
).fullmatch
_FOURTEEN_PLACES: Final = re.compile(r"([A-H])([0-9]{2})([A-Z])([0-9]{4})([0-9]{6})").fullmatch
# With four digits behind it, a group that begins with 00 may as well be one of four digits: not read.
_STROKELESS: Final = re.compile(r"([A-H])([0-9]{2})([A-Z])(?!000|00[0-9]{5})([0-9]{3})([0-9]{2,4})").fullmatch
_LOCARNO_FORM: Final = re.compile(
    r"(?:LOC\(([0-9]{1,2})\)CL\.?:?)?([0-9]{1,2})(?:-([0-9]{1,2}))?(?:\(([0-9]{1,2})\))?"
).fullmatch
_LONGEST: Final = 80


def parse(text: str, scheme: Scheme) -> Symbol:
    """The symbol that a text names, whole or partial (``G06F``, ``G06``, ``G``).

    Raises Invalid ``classification.unrecognised`` with the facts ``given`` and ``scheme``.
    """
    if scheme is _LOCARNO:
        found = _QUICK_LOCARNO(text)
        if found is not None:
            return Symbol(scheme, None, found[1], found[2], None, None, found[3])
    else:
        found = _QUICK(text)
        if found is not None and (found[1] != "Y" or scheme is _CPC):
            return Symbol(scheme, *found.groups())
    symbol = _parse_folded(text, scheme) if len(text) <= _LONGEST else None
    if symbol is None:
        raise Invalid("classification.unrecognised", given=text[:_LONGEST], scheme=scheme.value)
    return symbol


def spelled(text: str, scheme: Scheme) -> tuple[str, str | None]:
    """The canonical spelling and the edition of the symbol that a text names, as ``parse``."""
    if scheme is not _LOCARNO and _CANONICAL(text) and (text[0] != "Y" or scheme is _CPC):
        return text, None  # as most texts are
    symbol = parse(text, scheme)
    return symbol.canonical, symbol.edition


def _parse_folded(text: str, scheme: Scheme) -> Symbol | None:
    folded = "".join(unicodedata.normalize("NFKC", text).upper().split()).strip(";,")
    if scheme is _LOCARNO:
        return _locarno(folded)
    if scheme is Scheme.IPC and (found := _FOURTEEN_PLACES(folded)):
        section, class_, subclass, group, subgroup = found.groups()
        if int(group) == 0:
            return None
        return Symbol(scheme, section, class_, subclass, str(int(group)), subgroup.rstrip("0").ljust(2, "0"))
    if scheme is Scheme.IPC and (found := _STROKELESS(folded)):
        section, class_, subclass, group, subgroup = found.groups()
        return Symbol(scheme, section, class_, subclass, str(int(group)), subgroup)
    found = _FOLDED(folded)
    if found is None or (found[1] == "Y" and scheme is Scheme.IPC):
        return None
    edition = found[6] or (f"{found[7]}.{found[8]}" if found[7] else None)
    return Symbol(scheme, found[1], found[2], found[3], found[4], found[5], edition)


def _locarno(folded: str) -> Symbol | None:
    found = _LOCARNO_FORM(folded.replace("−", "-").replace("‐", "-").replace("–", "-"))
    if found is None or int(found[2]) == 0:
        return None
    subclass = found[3].zfill(2) if found[3] else None
    return Symbol(_LOCARNO, None, found[2].zfill(2), subclass, edition=found[1] or found[4])
