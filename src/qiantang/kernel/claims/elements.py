"""The parts of an independent claim, and whether it claims a product, a method or a use.

An independent claim in two parts has a preamble, the words that mark the turn (其特征在于; characterised in that), and what
characterises it (Implementing Regulations of the Chinese Patent Law, rule 22 (1); EPC, rule 43 (1)). One in a single part
turns where it begins to list what the thing has (包括：; comprising). What shows neither is not taken apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qiantang.kernel.claims.reading import STATE


class Category(StrEnum):
    """What is claimed (Patent Law art. 11; a use is a kind of method, Guidelines for Patent Examination II.2 §3.2.2)."""

    PRODUCT = "product"
    METHOD = "method"
    USE = "use"


@dataclass(frozen=True, slots=True)
class ClaimElements:
    """An independent claim taken apart: ``preamble + transition + body`` is its text.

    elements  the features of the body as its own marks part them (；, ; or lines), without those marks; one, where none does
    """

    preamble: str
    transition: str
    body: str
    elements: tuple[str, ...]

    @property
    def turn(self) -> str:
        """The transition without the signs around it."""
        return self.transition.strip(" \n，,：:。；;")


_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]").search
_ZH_NAMED: Final = r"(?:所述[^，,；;：:。]{1,40}?|[它其该該][^，,；;：:。]{0,20}?)?"
_ZH_LISTS: Final = (
    r"(?:包括|包含|含有|具备|具備|具有|由[^，,；;：:。]{0,30}?(?:[组組构構]成|制[成备備]|配制而成)(?=[：:]))"
)
_ZH_AFTER: Final = r"(?:有|了|[以如]下(?:步骤|步驟|部分|[组組]分)?|下列(?:步骤|步驟)?)?\s*[：:，,]?"
# The strongest sign first; of one sign the first place counts.
_TURNS_ZH: Final = tuple(
    re.compile(pattern).search
    for pattern in (
        (
            r"[，,：:。；;]?\s*其?(?:特[征徵点點]|改[进進](?:之[处處])?)\s*(?:在于|在於|是|为|為)\s*[：:，,]?"
            r"(?:\s*[它其]?(?:包括|包含)[^，,；;：:。]{0,8}[：:])?"
        ),
        rf"[，,：:]\s*{_ZH_NAMED}{_ZH_LISTS}{_ZH_AFTER}",
        r"(?:包括|包含|具有)[^，,；;：:。]{0,10}[：:]",
    )
)
_EN_STEPS: Final = r"(?:\s+the\s+(?:following\s+)?(?:steps?|acts?)(?:\s+of)?)?(?:\s*:)?"
_TURNS_EN: Final = tuple(
    re.compile(pattern, re.IGNORECASE).search
    for pattern in (
        r",?\s*\bcharacteri[sz]ed\s+(?:in\s+that|by)\b(?:\s*:)?",
        r",?\s*\b(?:where|in\s+which)(?:in|by)?\s+(?:the|an)\s+improvement\s+(?:compris(?:es|ing)|is)\b(?:\s*:)?",
        rf",?\s*\b(?:which\s+|that\s+)?(?:compris(?:es|ing)|consist(?:s|ing)\s+(?:essentially\s+)?of)\b{_EN_STEPS}",
        r",\s*(?:the\s+)?includ(?:es|ing)\b(?:\s*:)?|\b(?:includ(?:es|ing)|having)\s*:",
        r"\bincluding\b",
    )
)
_PARTING: Final = re.compile(r"[；;\n]").split
_JOINING: Final = re.compile(r"(?:and|or|以及|并且|及|和)\s*$|^(?:and|or)\s+", re.IGNORECASE)


def split_elements(text: str) -> ClaimElements | None:
    """The parts of an independent claim (without its number); None where no known sign shows where it turns.

    Of several signs the one that stands for two parts counts before one that only lists.
    """
    turns = _TURNS_ZH if _CHINESE(text) else _TURNS_EN
    found = next((sign for turn in turns if (sign := turn(text)) and text[: sign.start()].strip()), None)
    if found is None or not text[found.end() :].strip(" 。.,，；;\n"):
        return None
    body = text[found.end() :]
    parts = (_JOINING.sub("", one.strip()).strip(" ，,") for one in _PARTING(body))
    elements = tuple(one for one in parts if one and one not in "。.")
    return ClaimElements(text[: found.start()], found[0], body, elements)


# --- category ---

_ZH_SUBJECT: Final = re.compile(r"\s*(?:[0-9]+[.．、]\s*)?([^，,：:；;。\n]+)").match
_ZH_METHOD: Final = re.compile(r"(?:方法|工[艺藝]|[制製]法|流程|[过過]程)\s*$").search
_ZH_USE: Final = re.compile(r"(?:用途|[应應]用)\s*$").search
_ZH_TWO: Final = re.compile(r"(?:及|和|与|與|、|或)其?[^及和与與、或]{0,12}$").search
_ZH_THING: Final = re.compile(r"一[种种類类個个]|一種").match
_EN_SUBJECT_ENDS: Final = re.compile(
    r"[,:;\n]|\b(?:of|for|to|in|on|with|by|from|that|which|having|wherein|using|comprising|comprises|consisting"
    r"|including|characteri[sz]ed|according|performed|implemented\s+by|executed)\b",
    re.IGNORECASE,
).split
_EN_ARTICLE: Final = re.compile(r"(?:an?|the|one\s+or\s+more)\b", re.IGNORECASE).match
_METHODS: Final = frozenset({"method", "methods", "process", "processes", "procedure"})
_NEITHER: Final = frozenset({"design", "variety"})  # designs, and varieties of plants


def category_of(text: str) -> Category | None:
    """What an independent claim is directed to, by the head of its subject; None where that does not tell, or two are named."""
    return _category_zh(text) if _CHINESE(text) else _category_en(text)


def _category_zh(text: str) -> Category | None:
    found = _ZH_SUBJECT(text)
    if found is None:
        return None
    subject = re.sub(r"[（(\[][^）)\]]*[）)\]]\s*$", "", found[1]).strip()
    if _ZH_USE(subject):
        return Category.USE
    if _ZH_METHOD(subject):
        # 一种饲料及其制备方法: a thing and its method stand side by side
        two = _ZH_TWO(subject)
        return None if two and not _ZH_METHOD(subject[: two.start()]) and "及其" in subject else Category.METHOD
    return Category.PRODUCT if _ZH_THING(subject) else None


def _category_en(claim: str) -> Category | None:
    state = STATE(claim)
    text = claim[state.end() if state else 0 :]
    head = _EN_SUBJECT_ENDS(text.strip(), maxsplit=1)[0].casefold().split()
    if not head:
        return None
    if head[-1] == "use":
        return Category.USE
    if head[-1] in _METHODS:
        return Category.METHOD
    named = _EN_ARTICLE(text.strip()) is not None or text.strip()[:1].isupper()
    return Category.PRODUCT if named and head[-1] not in _NEITHER else None
