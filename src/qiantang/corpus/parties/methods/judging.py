"""Two names: one party, one a part of the other, a question for a person, or nothing.

The order of identity: credit code, standard name, former name, another name in brackets; then likeness inside a block, which
merges only with something shared (inventor, address, family), and never where the names differ in more than spelling or
legal form. A parent and its subsidiary are never merged; a person is never merged by name.
Likeness after Winkler (1990), and Jaccard over words; the bounds are those of the project's domain text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler, Levenshtein

from qiantang.corpus.parties.methods.forms import LAW_OF_FORM, RENAMED_SORTS
from qiantang.corpus.parties.methods.romanised import same_sound, spells_core, spells_region
from qiantang.corpus.parties.types import Action, PartyKind, PartyName, Rule, Shared, Verdict

LIKE, WORDS_LIKE = 0.92, 0.8
BLOCK = 2  # characters of the core
_FEW_FAMILIES = 2
_TYPING_SLIP = 5  # letters from which one wrong letter is a slip
_SHORTEST_STUMP = 3
_REACH = 2  # characters two names of places may share at either end: 广东 and 广西
_NUMBER = re.compile(
    r"\d+|第?[一二三四五六七八九十百零]{1,4}(?=[所院局处建冶航公集研分附医工])|第[一二三四五六七八九十百零]+"
)
_NOTHING = Verdict(Action.NONE)


class Places(NamedTuple):
    """Names of regions, whole and short, to their codes, as ``RegionTable.codes_by_name`` has them."""

    codes: Mapping[str, str]

    def is_place(self, text: str) -> bool:
        return text in self.codes

    def same(self, one: str, other: str) -> bool:
        return one == other or (one in self.codes and self.codes[one] == self.codes.get(other))

    def relation(self, a: PartyName, b: PartyName) -> str:
        """How the regions stand to each other: ``equal``, ``one`` (one tells less than the other), or ``differ``."""
        shared = [one for one in a.region if any(self.same(one, other) for other in b.region)]
        if len(shared) == len(a.region) == len(b.region):
            return "equal"
        return "one" if len(shared) == min(len(a.region), len(b.region)) else "differ"


def block_of(name: PartyName) -> str:
    """Names of one block are compared: the first two characters of the core (Latin: four)."""
    return name.core[: BLOCK * 2] if name.is_latin else name.core[:BLOCK]


def likeness(a: PartyName, b: PartyName) -> float:
    """Jaro-Winkler of the cores or, for Latin names, Jaccard of their words where that is more; 0 to 1."""
    found = float(JaroWinkler.similarity(a.core, b.core))
    if a.words and b.words:
        found = max(found, _jaccard(a.words, b.words)) if _jaccard(a.words, b.words) >= WORDS_LIKE else found
    return found


def judge(a: PartyName, b: PartyName, shared: Shared, places: Places) -> Verdict:
    """What follows for two different names as filed."""
    if PartyKind.ORGANISATION is not a.kind or PartyKind.ORGANISATION is not b.kind:
        return _NOTHING
    certain = _identity(a, b, shared)
    if certain is not None:
        return certain
    if a.is_latin != b.is_latin:
        return _across(a, b, shared)
    part = _part(a, b)
    if part is not None:
        return part
    return _by_likeness(a, b, shared, places)


def _identity(a: PartyName, b: PartyName, shared: Shared) -> Verdict | None:
    if shared.credit_codes:
        return Verdict(Action.MERGE, Rule.CREDIT_CODE, 1.0)
    if a.standard == b.standard:
        return Verdict(Action.MERGE, Rule.STANDARD_NAME, 1.0)
    if (a.also and a.also == b.standard) or (b.also and b.also == a.standard) or _same_before_brackets(a, b):
        return Verdict(Action.MERGE, Rule.NAME_IN_BRACKETS, 1.0)
    return None


def _same_before_brackets(a: PartyName, b: PartyName) -> bool:
    """浙江树人学院 and 浙江树人学院(浙江树人大学): the second names itself twice."""
    return bool(a.also or b.also) and a.standard.split("(")[0] == b.standard.split("(")[0]


def _across(a: PartyName, b: PartyName, shared: Shared) -> Verdict:
    """A Latin and a Chinese name: a family in common is asked for; the sound alone says nothing.

    Where only the region is spelled, as with a brand, one family may have changed hands: two are asked for.
    """
    if not shared.families:
        return _NOTHING
    latin, han = (a, b) if a.is_latin else (b, a)
    if spells_core(latin, han) or (shared.families >= _FEW_FAMILIES and spells_region(latin, han)):
        return Verdict(Action.MERGE, Rule.CROSS_LANGUAGE, 1.0 if shared.families >= _FEW_FAMILIES else 0.9)
    return Verdict(Action.REVIEW, Rule.CROSS_LANGUAGE, 0.5)


def _part(a: PartyName, b: PartyName) -> Verdict | None:
    """A sub-unit and its body are linked; two sub-units, or one and a stranger, are nothing to each other."""
    if a.owner is None and b.owner is None:
        return None
    if (a.owner and a.standard.startswith(b.standard)) or (b.owner and b.standard.startswith(a.standard)):
        return Verdict(Action.PART, Rule.PART_OF, 1.0)
    return None if a.unit == b.unit else _NOTHING


def _by_likeness(a: PartyName, b: PartyName, shared: Shared, places: Places) -> Verdict:
    score = likeness(a, b)
    if score < LIKE and not (a.words and _jaccard(a.words, b.words) >= WORDS_LIKE):
        return _NOTHING
    if _NUMBER.findall(a.core) != _NUMBER.findall(b.core) or _is_elsewhere(a.core, b.core, places):
        return _NOTHING
    place = places.relation(a, b)
    if place == "differ" or (a.site != b.site and ((a.site and b.site) or not shared.any)):
        return _NOTHING
    rule = _difference(a, b)
    mergeable = rule is not Rule.SIMILAR and a.is_group == b.is_group and a.site == b.site
    proved = shared.any if place == "equal" and _one_law(a.form, b.form) else bool(shared.addresses)
    if mergeable and proved:
        return Verdict(Action.MERGE, rule, score)
    return Verdict(Action.REVIEW, rule, score)


def _is_elsewhere(one: str, other: str, places: Places) -> bool:
    """Whether two cores differ in nothing but the name of a place: branches of one body in two regions."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    if one == other or start + end == 0:
        return False
    for left in range(max(0, start - _REACH), start + 1):
        for right in range(max(0, end - _REACH), end + 1):
            if places.is_place(one[left : len(one) - right]) and places.is_place(other[left : len(other) - right]):
                return True
    return False


def _difference(a: PartyName, b: PartyName) -> Rule:
    """In what two like names differ: their legal form, their spelling, or more than that."""
    if a.core == b.core:
        return Rule.LEGAL_FORM if _forms_agree(a.form, b.form) else Rule.SIMILAR
    if not _forms_agree(a.form, b.form):
        return Rule.SIMILAR
    spelled = _latin_variant(a, b) if a.words and b.words else _han_variant(a.core, b.core)
    return Rule.SPELLING if spelled else Rule.SIMILAR


def _forms_agree(one: str | None, other: str | None) -> bool:
    """A firm may change its legal form, a college may become a university; a hospital is no institute."""
    if one == other or one is None or other is None:
        return True
    sorts = {one, other}
    if sorts <= RENAMED_SORTS:
        return True
    return all(_is_company(form) for form in sorts)


def _is_company(form: str) -> bool:
    return form.isascii() or form.endswith(("公司", "会社", "合伙"))


def _one_law(one: str | None, other: str | None) -> bool:
    """Whether two legal forms belong to one law: a firm changes its form at home; GmbH and Inc. are two firms of a group."""
    if one == other or one is None or other is None:
        return True
    return LAW_OF_FORM.get(one, one) == LAW_OF_FORM.get(other, other)


def _han_variant(one: str, other: str) -> bool:
    """The same characters in another order, or one character written as another of the same sound."""
    if sorted(one) == sorted(other):
        return True
    if len(one) != len(other):
        return False
    changed = [(x, y) for x, y in zip(one, other, strict=True) if x != y]
    return len(changed) == 1 and same_sound(*changed[0])


def _latin_variant(a: PartyName, b: PartyName) -> bool:
    """Every word has its like in the other name: itself, its abbreviation, a slip of one letter; or all differ in blanks."""
    if a.core == b.core:
        return True
    return len(a.words) == len(b.words) and _jaccard(a.words, b.words) == 1


def _jaccard(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Words in common over all words, where a word meets its abbreviation or a slip of it."""
    left = list(other)
    common = 0
    for word in one:
        match = next((x for x in left if x == word), None) or next((x for x in left if _is_like(word, x)), None)
        if match is not None:
            left.remove(match)
            common += 1
    return common / (len(one) + len(left))


def _is_like(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) >= _SHORTEST_STUMP and long.startswith(short):
        return True
    if (
        len(short) >= _SHORTEST_STUMP
        and short[0] == long[0]
        and len(short) < len(long)
        and _is_contraction(short, long)
    ):
        return True
    return len(short) >= _TYPING_SLIP and Levenshtein.distance(one, other) <= 1


def _is_contraction(short: str, long: str) -> bool:
    """``MFG`` for manufacturing: first letters in order, consonants only."""
    if any(letter in "AEIOU" for letter in short[1:]):
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)
