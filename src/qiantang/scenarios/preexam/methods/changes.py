"""What changed between two versions of a draft, paragraph by paragraph, and which item of a notice asked for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Final

from qiantang.scenarios.preexam.methods.documents import Draft, Paragraph
from qiantang.scenarios.preexam.methods.fingerprints import even
from qiantang.scenarios.preexam.types import Part

_CLAIM: Final = re.compile(r"\s*(\d{1,3})\s*[.．、](?!\d)").match


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """Where an item of a notice points. Without claim and paragraph it points to the part as a whole."""

    number: int
    part: str
    claim: int | None
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class TextChange:
    """A stretch of paragraphs that differs. Numbers count from 1; an empty side: inserted, or deleted.

    claims    claims concerned, of either version
    items     numbers of the items that asked for it
    declared  the applicant said so, where no item asked
    """

    part: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    claims: tuple[int, ...]
    items: tuple[int, ...] = ()
    declared: bool = False

    @property
    def undeclared(self) -> bool:
        """It answers no item and was not declared."""
        return not self.items and not self.declared

    def told(self) -> dict[str, Any]:
        """For a column: places, never text."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> TextChange:
        """Back from a column."""
        lists = {name: tuple(told[name]) for name in ("old", "new", "claims", "items")}
        return cls(part=told["part"], declared=told["declared"], **lists)


def changes(old: Draft, new: Draft, items: Sequence[ItemPlace]) -> tuple[TextChange, ...]:
    """Every change in the order of the parts; each paragraph that was rewritten is a change of its own."""
    found: list[TextChange] = []
    for part in Part:
        before, after = _paragraphs(old, part), _paragraphs(new, part)
        found += [_asked(one, items) for one in _changed(part, before, after)]
    return tuple(found)


def _paragraphs(draft: Draft, part: Part) -> tuple[Paragraph, ...]:
    section = draft.section(part)
    return tuple(one for one in section.paragraphs if even(one.text)) if section else ()


def _changed(part: Part, before: Sequence[Paragraph], after: Sequence[Paragraph]) -> Iterable[TextChange]:
    claims_before, claims_after = (_claims(part, one) for one in (before, after))
    matcher = SequenceMatcher(
        None, [even(one.text) for one in before], [even(one.text) for one in after], autojunk=False
    )
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        for old, new in _paired(range(i, j), range(k, m)):
            claims = {claims_before[at] for at in old} | {claims_after[at] for at in new}
            yield TextChange(
                part.value,
                tuple(before[at].number for at in old),
                tuple(after[at].number for at in new),
                tuple(sorted(one for one in claims if one is not None)),
            )


def _paired(old: range, new: range) -> Iterable[tuple[range, range]]:
    """One by one as far as both go; what is left over together."""
    shared = min(len(old), len(new))
    yield from ((old[at : at + 1], new[at : at + 1]) for at in range(shared))
    if len(old) != len(new):
        yield old[shared:], new[shared:]


def _claims(part: Part, paragraphs: Sequence[Paragraph]) -> list[int | None]:
    current: int | None = None
    found: list[int | None] = []
    for one in paragraphs:
        if part is Part.CLAIMS and (told := _CLAIM(one.text)):
            current = int(told[1])
        found.append(current)
    return found


def _asked(change: TextChange, items: Sequence[ItemPlace]) -> TextChange:
    return replace(change, items=tuple(one.number for one in items if _concerns(one, change)))


def _concerns(item: ItemPlace, change: TextChange) -> bool:
    if item.part != change.part:
        return False
    if item.claim is not None:
        return item.claim in change.claims
    if item.paragraph is not None:
        return item.paragraph in change.old or (not change.old and item.paragraph in (change.new[0], change.new[0] - 1))
    return True
