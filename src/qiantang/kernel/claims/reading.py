"""From the text of a set of claims to numbered claims, their references and their tree.

A claim which begins like a dependent one (根据权利要求1所述的…, The pump of claim 1) is dependent. One of another category
that only mentions a claim (一种使用权利要求1所述方法的装置) is independent and keeps its reference
(Implementing Regulations of the Chinese Patent Law, rules 23 to 25).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.

    number       as printed; numbers may repeat or leave gaps in a faulty set
    text         without the number; continued lines are joined by line feeds
    refers_to    numbers of the claims named, in the order of the text, ranges spelled out, each once;
                 later, missing and own numbers stay in
    independent  True also for a claim of another category that mentions a claim
    """

    number: int
    text: str
    refers_to: tuple[int, ...]
    independent: bool


@dataclass(frozen=True, slots=True)
class ClaimLines:
    """The lines of one claim: (index of the line, where the claim's own words begin in it), without the number."""

    number: int
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ClaimNode:
    """A claim with the claims below it."""

    claim: Claim
    children: tuple[ClaimNode, ...]


# "1.5 mm" at the head of a continued line is no claim number.
_NUMBERED: Final = re.compile(r"\s*(\d{1,4})\s*(?:[.．](?!\d)|、)\s*(.*)", re.DOTALL).fullmatch

# 请求项 and 申請專利範圍第…項 are words of Taiwan's office.
_ZH_CLAIM: Final = "(?:权利要求|權利要求|请求项|請求項)"
_ZH_JOINT: Final = rf"\s*(?:-|‐|‑|－|—|–|~|～|至|到|或者|或|和|以及|及|与|與|、|，|,)\s*(?:{_ZH_CLAIM}\s*)?"
_EN_JOINT: Final = (
    r"\s*(?:(?:,\s*)?(?:and/or|or|and|to|through)\b|,|-|‐|‑|–)\s*(?:any\s+(?:one\s+)?of\s+)?(?:claims?\s+)?"
)
_REFERENCE: Final = re.compile(
    rf"{_ZH_CLAIM}\s*(?P<zh>\d{{1,4}}(?:{_ZH_JOINT}\d{{1,4}})*)"
    rf"|申[请請][专專]利[范範][围圍]第\s*(?P<tw>\d{{1,4}}(?:{_ZH_JOINT}第?\d{{1,4}})*)\s*[项項]"
    rf"|\bclaims?\s+(?P<en>\d{{1,4}}(?:{_EN_JOINT}\d{{1,4}})*)"
    rf"|(?:前述|上述|前面|以上|在前|先前)的?(?:任[一意何]?一?[项个条項個]?的?|各[项項]?的?)?{_ZH_CLAIM}(?!\s*\d)"
    r"|\b(?:preceding|previous|foregoing)\s+claims?\b",
    re.IGNORECASE,
)
_SPAN: Final = re.compile(
    rf"(\d+)(?:\s*(?:-|‐|‑|－|—|–|~|～|至|到|to\b|through\b)\s*(?:{_ZH_CLAIM}\s*|第|claims?\s+)?(\d+))?", re.IGNORECASE
)

# The state of a claim in papers to the USPTO (37 CFR 1.121 (c)): "(Currently Amended) The pump of claim 1".
STATE: Final = re.compile(r"\s*\((?:[A-Za-z-]+ ?){1,3}\)\s*").match
_ZH_INDEPENDENT: Final = re.compile(r"\s*一[种类種類]").match
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]").search
# Before its reference an independent claim in English names another thing: "A plant with the pump of claim 1".
_EN_OTHER_THING: Final = re.compile(r"\b(?:an?|the|said|comprising|including|having|using)\b", re.IGNORECASE).search
_EN_LINK_END: Final = re.compile(
    r"(?:\s*\b(?:any|one|or\s+more|of|the|a|an))*\s*$|(?P<dependent>,\s*(?:according\s+to|as\s+\w+(?:\s+\w+)?\s+in))\s*$",
    re.IGNORECASE,
)
_EN_LINK: Final = re.compile(
    r"[,\s]*\b(?:according\s+to|as\s+(?:\w+\s+){0,2}(?:in|by)|as\s+in|of|in|by)?(?:\s*\b(?:any|one|or\s+more|of|the))*\s*$",
    re.IGNORECASE,
)
_EN_ARTICLE: Final = re.compile(r"\s*(?:an?|the)\s+", re.IGNORECASE)
# The words between the named thing and the number are few; the search need not look further back.
_LINK_REACH: Final = 100
_LONGEST_HEAD: Final = 300


def parse_claims(text: str) -> tuple[Claim, ...]:
    """The claims of a set, in the order of the text.

    A claim begins on a new line with its number and ``.``, ``．`` or ``、``; other lines continue the claim before.
    A text without any number is claim 1; lines before number 1 are a heading and left out, before a higher first
    number they are claim 1.
    """
    numbered = _split(text)
    bodies: dict[int, str] = {}
    for number, body in numbered:
        bodies.setdefault(number, body)
    return tuple(_claim(number, body, bodies) for number, body in numbered)


def claim_tree(claims: tuple[Claim, ...]) -> tuple[ClaimNode, ...]:
    """The claims as a forest in their order: each claim once, a dependent one under the first claim it refers to.

    Only a claim that stands before it can be a parent, so later, missing and own numbers make no loop;
    independent claims and those without such a parent are roots.
    """
    places: dict[int, int] = {}
    children: list[list[ClaimNode]] = [[] for _ in claims]
    parents: list[int | None] = []
    for place, claim in enumerate(claims):
        earlier = (places[number] for number in claim.refers_to if number in places)
        parents.append(None if claim.independent else next(earlier, None))
        places.setdefault(claim.number, place)
    roots: list[ClaimNode] = []
    for place in reversed(range(len(claims))):
        node = ClaimNode(claims[place], tuple(reversed(children[place])))
        parent = parents[place]
        (roots if parent is None else children[parent]).append(node)
    return tuple(reversed(roots))


def split_claims(lines: Sequence[str]) -> tuple[ClaimLines, ...]:
    """Which lines of a set of claims belong to which claim, by the rule of ``parse_claims``; empty lines to none."""
    before: list[tuple[int, int]] = []
    claims: list[tuple[int, list[tuple[int, int]]]] = []
    for place, line in enumerate(lines):
        if found := _NUMBERED(line):
            claims.append((int(found[1]), [(place, found.start(2))]))
        elif line.strip():
            (claims[-1][1] if claims else before).append((place, len(line) - len(line.lstrip())))
    if before and (not claims or claims[0][0] > 1):
        claims.insert(0, (1, before))
    return tuple(ClaimLines(number, tuple(places)) for number, places in claims)


def _split(text: str) -> list[tuple[int, str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [
        (one.number, "\n".join(lines[place][begin:].rstrip() for place, begin in one.lines).strip())
        for one in split_claims(lines)
    ]


def _claim(number: int, body: str, bodies: Mapping[int, str]) -> Claim:
    mentioned: dict[int, None] = {}
    first: re.Match[str] | None = None
    for reference in _REFERENCE.finditer(body):
        first = first or reference
        named = reference["zh"] or reference["tw"] or reference["en"]
        found = _expand(named) if named else sorted(other for other in bodies if other < number)
        mentioned.update(dict.fromkeys(found))
    independent = first is None or _only_mentions(body, first.start())
    if independent and first is not None and first["en"]:
        independent = not any(_is_same_thing(body[: first.start()], bodies.get(other, "")) for other in mentioned)
    return Claim(number, body, tuple(mentioned), independent)


def _expand(named: str) -> list[int]:
    numbers: list[int] = []
    for span in _SPAN.finditer(named):
        low, high = int(span[1]), int(span[2] or span[1])
        numbers += range(low, high + 1) if low <= high else (low, high)
    return numbers


def _is_same_thing(head: str, body: str) -> bool:
    """Whether what stands before a reference is how the claim referred to begins: "A binding for a snowboard of claim 1"."""
    if len(head) > _LONGEST_HEAD:
        return False
    mine, its = (
        _EN_ARTICLE.sub("", one, 1).casefold().split() for one in (_EN_LINK.sub("", head), body[:_LONGEST_HEAD])
    )
    return bool(mine) and its[: len(mine)] == mine


def _only_mentions(body: str, reference_start: int) -> bool:
    if _CHINESE(body):
        return _ZH_INDEPENDENT(body) is not None
    state = STATE(body[:reference_start])
    head = body[state.end() if state else 0 : reference_start].lstrip()
    first_word = head.split(maxsplit=1)[:1]
    if not first_word or first_word[0].casefold() == "the":
        return False
    link = _EN_LINK_END.search(head, max(0, len(head) - _LINK_REACH))
    if link is None or link["dependent"]:
        return False
    return _EN_OTHER_THING(head, len(first_word[0]), link.start()) is not None
