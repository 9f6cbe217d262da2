"""Reads. Nothing of a draft is kept: what is handed in is checked, shown, and forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qiantang.kernel.errors import NotPermitted
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods import field_gate
from qiantang.scenarios.preexam.methods.checks import check, rulebook
from qiantang.scenarios.preexam.methods.checks.citing import cited, in_chinese
from qiantang.scenarios.preexam.methods.claim_trees import ClaimDrawn, drawn_claims
from qiantang.scenarios.preexam.methods.documents import Draft, read_draft, read_text
from qiantang.scenarios.preexam.methods.marking import Stretch, marked
from qiantang.scenarios.preexam.models import WrongFinding
from qiantang.scenarios.preexam.types import DraftType, Finding, Office, Part, Report, Severity, Wanted, Words

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

PART_NAMES = {
    Part.REQUEST: _("Request form"),
    Part.ABSTRACT: _("Abstract"),
    Part.CLAIMS: _("Claims"),
    Part.DESCRIPTION: _("Description"),
    Part.DRAWINGS: _("Drawings"),
    Part.DESIGN: _("Design views and brief explanation"),
}
SEVERITIES = {
    Severity.ERROR: (_("Error"), "harm"),
    Severity.WARNING: (_("Warning"), "wait"),
    Severity.INFORMATION: (_("Information"), "plain"),
}
TYPE_NAMES = {
    DraftType.INVENTION: _("Invention"),
    DraftType.UTILITY_MODEL: _("Utility model"),
    DraftType.DESIGN: _("Design"),
}


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding in the reader's language; ``number`` ties it to its mark in the text."""

    number: int
    rule: str
    severity: object
    tone: str
    where: str
    message: str
    suggestion: str
    excerpt: str
    source: str
    has_mark: bool
    told: Finding


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part of the draft: its findings, and its text with places marked. ``paragraphs`` is None where it was not delivered."""

    key: str
    name: object
    findings: tuple[FindingShown, ...]
    paragraphs: tuple[tuple[int, tuple[Stretch, ...]], ...] | None


@dataclass(frozen=True, slots=True)
class Checked:
    """All that the page of a check shows."""

    report: Report
    type_name: object
    parts: tuple[PartShown, ...]
    claims: tuple[ClaimDrawn, ...]
    not_checked: tuple[tuple[str, str], ...]
    counts: tuple[tuple[object, str, int], ...]


@dataclass(frozen=True, slots=True)
class RuleShown:
    id: str
    office: str
    severity: object
    tone: str
    applies: str
    source: str
    title: str
    advice: str
    on: bool
    disputed: int


def said(words: Words) -> str:
    return words.zh if (get_language() or "").startswith("zh") else words.en


def source_said(source: str) -> str:
    """What something rests on, in the reader's language."""
    return in_chinese(gettext(source)) if (get_language() or "").startswith("zh") else source


def _allowed(actor: Actor) -> None:
    decision = policies.may_check(actor)
    if not decision:
        raise NotPermitted(decision.code or "preexam.closed")


def draft_of(actor: Actor, source: tuple[BinaryIO, str] | str) -> Draft:
    """A draft from a file with its name, or from a text.

    errors  ``Invalid`` with a code of ``types.REFUSALS``
    """
    _allowed(actor)
    return read_text(source) if isinstance(source, str) else read_draft(*source)


def report_on(actor: Actor, draft: Draft, wanted: Wanted) -> Report:
    """What the rules say of a draft."""
    _allowed(actor)
    return check(draft, wanted)


def checked(actor: Actor, draft: Draft, wanted: Wanted) -> Checked:
    """The report beside the text."""
    return laid_out(draft, report_on(actor, draft, wanted))


def laid_out(draft: Draft, report: Report) -> Checked:
    """A report beside the text it is about."""
    shown = [_shown(number, one) for number, one in enumerate(report.findings, 1)]
    by_part = {part: tuple(found) for part, found in groupby(shown, key=lambda one: one.told.part)}
    parts = tuple(
        PartShown(part.value, PART_NAMES[part], by_part.get(part, ()), _paragraphs(draft, part, by_part.get(part, ())))
        for part in Part
        if part in draft.sections or part in by_part
    )
    return Checked(
        report,
        TYPE_NAMES[report.type],
        parts,
        drawn_claims(draft, report) if report.office is Office.CN else (),
        tuple((one.rule, said(one.reason)) for one in report.not_checked),
        tuple((name, tone, report.count(severity)) for severity, (name, tone) in SEVERITIES.items()),
    )


def _shown(number: int, one: Finding) -> FindingShown:
    name, tone = SEVERITIES[one.severity]
    return FindingShown(
        number=number,
        rule=one.rule,
        severity=name,
        tone=tone,
        where=str(one.claim) if one.claim is not None else one.figure or "",
        message=said(one.message),
        suggestion=said(one.suggestion),
        excerpt=one.excerpt,
        source=source_said(one.source),
        has_mark=one.place.paragraph is not None and one.place.end > one.place.start,
        told=one,
    )


def _paragraphs(
    draft: Draft, part: Part, findings: Sequence[FindingShown]
) -> tuple[tuple[int, tuple[Stretch, ...]], ...] | None:
    section = draft.section(part)
    if section is None:
        return None
    return tuple(
        (
            one.number,
            marked(
                one.text,
                [
                    (found.number, found.told.place.start, found.told.place.end, found.tone)
                    for found in findings
                    if found.told.place.paragraph == one.number
                ],
            ),
        )
        for one in section.paragraphs
    )


def rules_in_force(actor: Actor, day: date, office: Office) -> tuple[RuleShown, ...]:
    """The rules of a day with their sources as numbered on that day."""
    _allowed(actor)
    disputed = Counter(WrongFinding.objects.values_list("rule", flat=True))
    return tuple(
        RuleShown(
            one.id,
            one.office.value,
            *SEVERITIES[one.severity],
            one.applies,
            source_said(cited(one.source, day)),
            said(one.title),
            said(one.advice),
            one.on,
            disputed[one.id],
        )
        for one in rulebook().values()
        if one.office is office and (one.since is None or one.since <= day)
    )


def approved_list(actor: Actor, day: date) -> field_gate.ApprovedList | None:
    """The classes approved for the centre on a day."""
    _allowed(actor)
    return field_gate.list_of(day)


def gate(actor: Actor, symbol: str, listed: field_gate.ApprovedList) -> field_gate.GateVerdict:
    """Whether a symbol is in the list.

    errors  ``Invalid`` preexam.symbol
    """
    _allowed(actor)
    return field_gate.gate(symbol, listed.entries(symbol.strip()))
