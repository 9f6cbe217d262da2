"""A report as JSON and as a table: the same for the command, the page and the API."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

from qiantang.kernel.text import inert
from qiantang.scenarios.preexam.methods.checks.citing import in_chinese
from qiantang.scenarios.preexam.types import Finding, Report, Severity

COLUMNS: Final = (
    *("rule", "severity", "part", "claim", "figure", "paragraph", "start", "end", "excerpt"),
    *("message", "message_en", "suggestion", "suggestion_en", "source", "source_zh", "rule_version"),
)


def described(report: Report) -> dict[str, Any]:
    """The report as the interface describes it; ``message`` and ``suggestion`` are Chinese, English stands beside them."""
    return {
        "type": report.type.value,
        "office": report.office.value,
        "as_of": report.as_of.isoformat(),
        "rules_version": report.rules_version,
        "findings": [finding(one) for one in report.findings],
        "summary": {one.value: report.count(one) for one in Severity},
        "hint": report.hint,
        "not_checked": [
            {"rule": one.rule, "reason": one.reason.zh, "reason_en": one.reason.en} for one in report.not_checked
        ],
    }


def finding(one: Finding) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": one.severity.value,
        "part": one.part.value,
        "claim": one.claim,
        "figure": one.figure,
        "place": {"paragraph": one.place.paragraph, "start": one.place.start, "end": one.place.end},
        "excerpt": one.excerpt,
        "message": one.message.zh,
        "message_en": one.message.en,
        "suggestion": one.suggestion.zh,
        "suggestion_en": one.suggestion.en,
        "source": one.source,
        "source_zh": in_chinese(one.source),
        "rule_version": one.rule_version,
    }


def as_csv(report: Report) -> str:
    """One line a finding, for spreadsheets: with a byte order mark, and no cell begins like a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in report.findings:
        told = finding(one)
        told |= told.pop("place")
        writer.writerow(["" if told[name] is None else inert(str(told[name])) for name in COLUMNS])
    return out.getvalue()
