"""What two captures of a page tell differently: lines of text that came and went, and facts of a shop."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINES_MOST = 5_000  # compared of each; beyond, a page is no page of text
_TOLD_MOST = 100
_LONGEST = 300


def differences(
    before: str, after: str, *, facts: tuple[Mapping[str, Any], Mapping[str, Any]] = ({}, {})
) -> dict[str, Any]:
    """Lines added and removed in the order of the page, facts with both values, and whether anything changed at all.

    Blank lines and the blanks around a line say nothing; everything else does.
    """
    old, new = _lines(before), _lines(after)
    added: list[str] = []
    removed: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            removed += old[i1:i2]
            added += new[j1:j2]
    told = {
        name: [facts[0].get(name), facts[1].get(name)]
        for name in sorted({*facts[0], *facts[1]})
        if facts[0].get(name) != facts[1].get(name)
    }
    return {
        "changed": bool(added or removed or told),
        "added": [one[:_LONGEST] for one in added[:_TOLD_MOST]],
        "removed": [one[:_LONGEST] for one in removed[:_TOLD_MOST]],
        "added_count": len(added),
        "removed_count": len(removed),
        "facts": told,
    }


def _lines(text: str) -> list[str]:
    found = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in found if line][:_LINES_MOST]
