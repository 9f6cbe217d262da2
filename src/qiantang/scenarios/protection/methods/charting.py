"""A claim held against a product: element by element, and what follows by the all-elements rule.

A product falls under a claim when it has every element of it, the same or an equivalent one; where one is missing, it does
not (Supreme People's Court, interpretation of 2009 on patent infringement, art. 7). What is undecided stays undecided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from qiantang.kernel.claims import split_elements

MOST_ELEMENTS = 60
_EDGES = re.compile(r"^(?:以及|并且|和|及|and)\s*|[。.]\s*$").sub


class Verdict(StrEnum):
    """One element of a claim in a product."""

    UNDECIDED = "undecided"
    SAME = "same"
    EQUIVALENT = "equivalent"
    ABSENT = "absent"


class Covered(StrEnum):
    """What the whole chart says."""

    UNDECIDED = "undecided"
    LITERALLY = "literally"
    BY_EQUIVALENTS = "by_equivalents"
    NOT = "not"


def elements_of(claim: str) -> tuple[str, ...]:
    """The elements of an independent claim: what it is about, then each feature; the whole claim where it shows no parts."""
    text = " ".join(claim.split())
    parts = split_elements(claim.strip())
    if parts is None:
        return (text,) if text else ()
    features = (_EDGES("", one).strip() for one in parts.elements)
    return (parts.preamble.strip(" ，,"), *(one for one in features if one))[:MOST_ELEMENTS]


def covered(verdicts: Sequence[Verdict]) -> Covered:
    """The all-elements rule. One absent element is enough for *not*, whatever is undecided beside it."""
    if Verdict.ABSENT in verdicts:
        return Covered.NOT
    if not verdicts or Verdict.UNDECIDED in verdicts:
        return Covered.UNDECIDED
    return Covered.BY_EQUIVALENTS if Verdict.EQUIVALENT in verdicts else Covered.LITERALLY
