"""One claim as the rules look at it: its text with places, its reference, its subject and category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from qiantang.kernel.claims import Category, Reference, category_of, leading_reference, parse_claims, split_claims
from qiantang.scenarios.preexam.methods.checks.lists import words
from qiantang.scenarios.preexam.methods.checks.wording import Bare, bare, plain
from qiantang.scenarios.preexam.methods.documents import Section

TURN: Final = re.compile(r"其?特征[是在]于?(?:在于)?|其?特征[为是]|其?改进(?:之处)?在于|其特点[是在]于?")
_HEAD: Final = re.compile(r"\s*((?:\([^()\n]*\)|[^,:;。\n(])+)").match
_MENTION: Final = re.compile(
    r"权利要求书?\s*\d[\d\s、,,或和及与至到\-~]*(?:权利要求\s*\d+\s*)?(?:中?的?任[意何]?一?[项条个]?)?(?:权利要求)?(?:之一)?\s*(?:所(?:述|记载|限定)的?)?"
)


@dataclass(frozen=True)
class ReadClaim:
    """A claim. ``text`` is without its number, lines joined by line feeds; ``pieces`` say where it stands.

    reference  the one it begins with, where it is dependent
    mentions   claims that an independent claim names elsewhere
    """

    number: int
    text: str
    pieces: tuple[tuple[int, int, int], ...]  # (start in text, paragraph, column)
    pictures: int
    reference: Reference | None
    mentions: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """(paragraph, start, end) of a stretch of the text; it is cut at the end of its first paragraph."""
        at, paragraph, column = next(piece for piece in reversed(self.pieces) if piece[0] <= start)
        following = next((piece[0] - 1 for piece in self.pieces if piece[0] > start), len(self.text))
        return paragraph, column + start - at, column + min(end, following) - at

    @property
    def independent(self) -> bool:
        return self.reference is None

    @property
    def parents(self) -> tuple[int, ...]:
        """Claims on which it rests: those its reference names, or those an independent claim mentions."""
        return self.mentions if self.reference is None else self.reference.numbers

    @cached_property
    def even(self) -> str:
        return plain(self.text)

    @cached_property
    def bare(self) -> Bare:
        """Without signs and blanks, without the reference (its subject stays) and without mentions of claims."""
        start = self.reference.subject_start if self.reference else 0
        even = " " * start + self.even[start:]
        for found in _MENTION.finditer(even):
            even = even[: found.start()] + " " * (found.end() - found.start()) + even[found.end() :]
        return bare(even)

    @cached_property
    def head(self) -> str:
        """What it begins with, up to the first mark: 一种水泵."""
        if self.reference is not None:
            return plain(self.reference.subject).strip()
        found = _HEAD(self.even)
        return found[1].strip() if found else ""

    @cached_property
    def subject(self) -> str:
        """The thing claimed: 水泵, without 一种 and without what other claims are named for."""
        head = _MENTION.sub("", self.head)
        head = re.sub(r"\s+", "", TURN.split(head, maxsplit=1)[0])
        head = re.sub(r"\([^()]*\)", "", head)
        return re.sub(r"^(?:一[种类个]|如|根据|制造|制备|用于)+", "", head)

    @cached_property
    def category(self) -> Category | None:
        if self.subject.endswith(words("use_words")):
            return Category.USE
        if self.subject.endswith(words("method_words")):
            return Category.METHOD
        return Category.PRODUCT if self.reference is not None else category_of(self.text)

    @cached_property
    def after_reference(self) -> tuple[str, int]:
        """What a dependent claim adds, and where it begins; an independent claim is all that."""
        start = self.reference.end if self.reference else 0
        return self.text[start:], start

    @cached_property
    def characterising(self) -> tuple[str, int] | None:
        """The text behind the last turn, and where it begins; None where nothing turns."""
        turns = list(TURN.finditer(self.even))
        if not turns:
            return None
        return self.text[turns[-1].end() :], turns[-1].end()


def read_claims(section: Section) -> tuple[ReadClaim, ...]:
    """The claims of a set in the order of the text."""
    lines = [one.text for one in section.paragraphs]
    read = []
    for one in split_claims(lines):
        pieces, said, length = [], [], 0
        for place, column in one.lines:
            line = lines[place][column:].rstrip()
            pieces.append((length, section.paragraphs[place].number, column))
            said.append(line)
            length += len(line) + 1
        pictures = sum(section.paragraphs[place].pictures for place, _ in one.lines)
        read.append(_claim(one.number, "\n".join(said), tuple(pieces), pictures))
    return tuple(_settled(read))


def _claim(number: int, text: str, pieces: tuple[tuple[int, int, int], ...], pictures: int) -> ReadClaim:
    reference = leading_reference(text, number)
    mentions: tuple[int, ...] = ()
    if reference is None:
        told = parse_claims(f"{number}. {text}" if number else text)
        mentions = tuple(sorted(set(told[0].refers_to))) if told else ()
    return ReadClaim(number, text, pieces, pictures, reference, mentions)


def _settled(claims: Sequence[ReadClaim]) -> list[ReadClaim]:
    """A claim that begins 权利要求1所述的水泵的制造方法, without 根据, and is of another category is independent."""
    by_number = {one.number: one for one in reversed(claims)}
    settled = []
    for one in claims:
        reference = one.reference
        if reference is not None and not reference.introduced:
            parent = next((by_number[n] for n in reference.numbers if n in by_number and n < one.number), None)
            if parent is not None and parent.category is not one.category:
                settled.append(ReadClaim(one.number, one.text, one.pieces, one.pictures, None, reference.numbers))
                continue
        settled.append(one)
    return settled


def root_numbers(claims: Sequence[ReadClaim]) -> dict[int, frozenset[int]]:
    """Claim -> the independent claims at the top of its chains."""
    roots: dict[int, frozenset[int]] = {}
    for one in claims:
        above: frozenset[int] = frozenset()
        if one.reference is not None:
            above = frozenset().union(*(roots.get(n, frozenset()) for n in one.reference.numbers if n < one.number))
        roots.setdefault(one.number, above or frozenset({one.number}))
    return roots
