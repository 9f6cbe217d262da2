"""Lists of what was looked up of patents: standards, court cases."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.scenarios.navigation import rules
from qiantang.scenarios.navigation.models import PatentMark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor

_CELLS = 3  # of a line: number, reference, source


class MarkLine(NamedTuple):
    """A line that was read: whose, what it refers to, where that is written."""

    patent_id: str
    reference: str
    source: str


class MarkShown(NamedTuple):
    mark: PatentMark
    number: str
    title: str


def read_lines(text: str, source: str) -> tuple[MarkLine, ...]:
    """A list, one patent a line: number, reference and, where it is another than ``source``, where it is written; parted
    by tabs, commas or semicolons.

    errors  Invalid ``navigation.mark_line`` with the number of the line · ``navigation.mark_unknown`` · ``navigation.mark_most``
    """
    lines = [one for one in enumerate(text.splitlines(), 1) if one[1].strip()]
    if not lines or len(lines) > rules.MOST_MARKS:
        raise Invalid("navigation.mark_most", most=rules.MOST_MARKS)
    found = []
    for at, line in lines:
        for sign in "，；;,":
            line = line.replace(sign, "\t")  # noqa: PLW2901 - the same line, its signs made one
        number, reference, *rest = [*(cell.strip() for cell in line.split("\t")), "", ""]
        where = rest[0] or source.strip()
        if not (number and reference and where) or len([one for one in rest if one]) > _CELLS - 2:
            raise Invalid("navigation.mark_line", line=at)
        try:
            found.append(MarkLine(register.get(number).patent_id, reference[:200], where[:200]))
        except (Invalid, NotFound) as error:
            raise Invalid("navigation.mark_unknown", line=at, given=number[:40]) from error
    return tuple(dict.fromkeys(found))


def marks_shown(_actor: Actor, kind: str = "") -> tuple[MarkShown, ...]:
    """Every mark with its patent."""
    rows = list(PatentMark.objects.filter(kind=kind) if kind else PatentMark.objects.all())
    records = register.get_many(sorted({one.patent_id for one in rows}))
    return tuple(
        MarkShown(one, record.number_shown if record else one.patent_id, (record.title or "") if record else "")
        for one in rows
        for record in [records.get(one.patent_id)]
    )


def marked() -> dict[str, tuple[str, ...]]:
    """Patent -> the kinds of marks it has."""
    found: dict[str, set[str]] = defaultdict(set)
    for patent_id, kind in PatentMark.objects.values_list("patent_id", "kind"):
        found[patent_id].add(kind)
    return {patent_id: tuple(sorted(kinds)) for patent_id, kinds in found.items()}


def references(patent_ids: Sequence[str]) -> dict[str, list[str]]:
    """Patent -> what its marks refer to: numbers of standards and cases."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = PatentMark.objects.filter(patent_id__in=patent_ids).values_list("patent_id", "reference")
    for patent_id, reference in rows:
        found[patent_id].append(reference)
    return dict(found)
