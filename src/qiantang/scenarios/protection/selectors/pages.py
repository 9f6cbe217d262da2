"""What the pages of evidence show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.methods.admissibility import Facts, checklist
from qiantang.commons.evidence.types import Act, Kind
from qiantang.scenarios.protection.selectors.wording import (
    ACTS,
    CODES,
    KINDS,
    MET,
    POINTS,
    STAGES,
    check_name,
)

if TYPE_CHECKING:
    from qiantang.commons.evidence.methods.verifier.reporting import Report
    from qiantang.commons.evidence.types import DepositTold, PublicTold
    from qiantang.kernel.actor import Actor


def shown(told: DepositTold | PublicTold) -> dict[str, Any]:
    """A deposit with its words."""
    word, tone = STAGES[told.stage]
    stamps = [one for one in told.stamps if one.stamped_at is not None]
    return {
        "told": told,
        "kind": KINDS[told.kind],
        "stage": word,
        "tone": tone,
        "place": None if told.index is None else told.index + 1,
        "stamps": stamps,
        "waiting": [one for one in told.stamps if one.stamped_at is None],
        "only_demo": bool(stamps) and not any(one.legal for one in stamps),
        "ready": bool(stamps),
        "earliest": min((one.stamped_at for one in stamps if one.stamped_at), default=None),
    }


def custody_shown(actor: Actor, number: str) -> list[dict[str, Any]]:
    """The lines of a chain of custody, newest first."""
    lines = [json.loads(text) for text, _ in evidence.reads.custody_of(actor, number)]
    return [{**line, "word": ACTS[Act(line["act"])]} for line in reversed(lines)]


def points(actor: Actor, told: DepositTold) -> list[dict[str, Any]]:
    """The list of what a court looks at, with what this deposit has."""
    stamps = [one for one in told.stamps if one.stamped_at is not None]
    captured = told.kind is Kind.WEB_PAGE
    facts = Facts(
        legal_stamps=sum(one.legal for one in stamps),
        stamps=len(stamps),
        witnessed=bool(evidence.log.log().witnesses),
        custody_whole=evidence.reads.custody_broken(actor, told.number) is None,
        captured_here=captured,
        environment=captured or None,
        collected_at_told=told.collected_at is not None,
        original_there=told.stored,
    )
    found = []
    for one in checklist(facts):
        question, source = POINTS[one.key]
        word, tone = MET[one.met]
        found.append({"rule": one.rule, "question": question, "source": source, "word": word, "tone": tone})
    return found


def report_shown(report: Report) -> list[dict[str, Any]]:
    """The checks of a package with their words."""
    return [
        {"name": check_name(one.name), "passed": one.passed, "word": CODES[one.code], "detail": one.detail}
        for one in report.checks
    ]
