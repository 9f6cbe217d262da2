"""A name as filed, taken apart into core, legal form, region, sub-unit and what else it says.

The region is taken off for blocks and likeness only; in the standard name, which is the identity, it stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from qiantang.corpus.parties.methods.forms import (
    HAN_FORM_AT_END,
    HAN_FORMS,
    INSTITUTION,
    KK_FIRST,
    LATIN_FORMS,
    LATIN_STUMPS,
    OWN_COMPANY,
    UNIT,
)
from qiantang.corpus.parties.methods.kinds import kind_of
from qiantang.corpus.parties.methods.spelling import latin_words, plain, standard
from qiantang.corpus.parties.types import PartyKind, PartyName

_BRACKET = re.compile(r"\(([^()]*)\)")
_GROUP = re.compile(r"集团|\bGROUP\b")
_LONGEST_PLACE, _SHORTEST_CORE, _MOST_PLACES = 11, 2, 3
_TRUNCATED = 28  # characters from which a Latin name of an exchange format may have lost its end
_NO_SITES = frozenset({"集团", "股份", "控股", "有限合伙", "普通合伙", "特殊普通合伙", ""})
_RANK_ENDS = ("省", "市", "区", "县", "州", "盟", "旗")
_RANK_SIGNS = "省市区县"


class NameReader:
    """Takes names apart; keeps what it read, for names come again and again.

    places   names of regions, whole and short, to their codes, as ``RegionTable.codes_by_name`` has them

    Of counties the short name counts for cities only: 昆山 is a place in a name, 海康 (once a county) is none.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = frozenset(
            name
            for name, code in places.items()
            if not name.isascii() and (code.endswith("00") or name.endswith(_RANK_ENDS) or f"{name}市" in places)
        )
        self.read = lru_cache(maxsize=100_000)(self._read)

    def _read(self, filed: str) -> PartyName:
        """The parts of a name; a name that is nothing but signs has an empty standard name and an unknown kind."""
        kind, confidence = kind_of(filed)
        spelled = standard(filed)
        if spelled.isascii():
            return _latin(filed, spelled, kind, confidence)
        return self._han(filed, spelled, kind, confidence)

    def _han(self, filed: str, spelled: str, kind: PartyKind, confidence: float) -> PartyName:
        if kind is not PartyKind.ORGANISATION:
            return PartyName(filed.strip(), spelled, spelled, kind, confidence)
        owner, unit = _unit(spelled)
        body, remarks = _without_brackets(unit or spelled)
        region, rest = self._region(body)
        form, core = _form(rest)
        site: list[str] = []
        also = None
        for remark in remarks:
            if remark in _NO_SITES:
                continue
            if remark not in self._places and (INSTITUTION.search(remark) or HAN_FORM_AT_END.search(remark)):
                also = remark
            else:
                site.append(remark)  # 中国 and 亚洲 are sites too
        return PartyName(
            filed=filed.strip(),
            standard=spelled,
            core=core,
            kind=kind,
            confidence=confidence,
            form=form,
            region=tuple(region),
            site=tuple(site),
            unit=unit,
            owner=owner,
            also=also,
            is_group=bool(_GROUP.search(spelled)),
        )

    def _region(self, text: str) -> tuple[list[str], str]:
        """The places a name begins with, and the rest; something is always left."""
        found: list[str] = []
        while len(found) < _MOST_PLACES:
            place = self._place(text)
            if place is None:
                break
            found.append(place)
            text = text[len(place) :]
        return found, text

    def _place(self, text: str) -> str | None:
        for length in range(min(_LONGEST_PLACE, len(text) - _SHORTEST_CORE), 1, -1):
            start = text[:length]
            left = HAN_FORM_AT_END.sub("", text[length:])
            if start in self._places and len(left) >= _SHORTEST_CORE and not INSTITUTION.fullmatch(left):
                if (
                    text[length] in _RANK_SIGNS
                    and text[: length + 1] not in self._places
                    and len(left) > _SHORTEST_CORE
                ):
                    return text[: length + 1]  # a county the table does not hold: 邵东县 behind 邵东
                return start
        return None


def _unit(spelled: str) -> tuple[str | None, str | None]:
    """(owner, sub-unit) of a name that says whose part it names; a company of its own is no part."""
    if OWN_COMPANY.search(_BRACKET.sub("", spelled)):
        return None, None
    found = UNIT.match(re.sub(r"\([^()]*\)$", "", spelled))
    if found is None or found["owner"].count("(") != found["owner"].count(")"):
        return None, None
    return found["owner"], found["unit"]


def _without_brackets(text: str) -> tuple[str, list[str]]:
    return _BRACKET.sub("", text).replace("(", "").replace(")", ""), _BRACKET.findall(text)


def _form(text: str) -> tuple[str | None, str]:
    """(legal form or sort of institution, the rest); a name that is nothing else keeps it."""
    if KK_FIRST.match(text):
        return "株式会社", KK_FIRST.sub("", text)
    found = HAN_FORM_AT_END.search(text)
    if found is not None and len(text) - len(found[0]) >= _SHORTEST_CORE:
        core = text[: found.start()]
        return HAN_FORMS[found[0]], core.removesuffix("集团").removesuffix("控股") or core
    found = INSTITUTION.search(text)
    if found is not None and len(text) - len(found[0]) >= _SHORTEST_CORE:
        return found[0], text[: found.start()]
    return None, text


def _latin(filed: str, spelled: str, kind: PartyKind, confidence: float) -> PartyName:
    words = latin_words(filed)
    forms: list[str] = []
    while len(words) > 1 and (form := _latin_form(words, forms, filed)) is not None:
        words.pop()
        forms.insert(0, form)
    core_words = [one for one in words if one != "&"] or words
    core = "".join(core_words)
    return PartyName(
        filed=filed.strip(),
        standard=core + ("-" + "".join(forms) if forms else ""),
        core=core or spelled,
        kind=kind,
        confidence=confidence,
        words=tuple(sorted(set(core_words))),
        form="".join(forms) or None,
        is_group=bool(_GROUP.search(plain(filed))),
    )


def _latin_form(words: list[str], forms: list[str], filed: str) -> str | None:
    """The legal form the last word says, whole or cut short; None where it says none."""
    last = words[-1]
    if last in LATIN_FORMS:
        return LATIN_FORMS[last]
    if forms or last not in LATIN_STUMPS:
        return None
    was_cut = len(last) > 1 or words[-2] in LATIN_FORMS or len(filed.strip()) >= _TRUNCATED
    return LATIN_STUMPS[last] if was_cut else None
