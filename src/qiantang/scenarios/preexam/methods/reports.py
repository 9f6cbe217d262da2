"""A report kept as JSON, and read again as it was: the findings of a version do not follow later rules."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from qiantang.scenarios.preexam.methods.telling import described
from qiantang.scenarios.preexam.types import (
    DraftType,
    Finding,
    Office,
    Part,
    Place,
    Report,
    Severity,
    Unchecked,
    Words,
)


def kept(report: Report) -> bytes:
    """The report for the vault."""
    return json.dumps(described(report), ensure_ascii=False, separators=(",", ":")).encode()


def read(content: bytes) -> Report:
    """The report out of the vault."""
    told: dict[str, Any] = json.loads(content)
    return Report(
        type=DraftType(told["type"]),
        office=Office(told["office"]),
        as_of=date.fromisoformat(told["as_of"]),
        rules_version=told["rules_version"],
        findings=tuple(_finding(one) for one in told["findings"]),
        not_checked=tuple(
            Unchecked(one["rule"], Words(one["reason"], one["reason_en"])) for one in told["not_checked"]
        ),
    )


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(
        rule=told["rule"],
        severity=Severity(told["severity"]),
        part=Part(told["part"]),
        claim=told["claim"],
        figure=told["figure"],
        place=Place(told["place"]["paragraph"], told["place"]["start"], told["place"]["end"]),
        excerpt=told["excerpt"],
        message=Words(told["message"], told["message_en"]),
        suggestion=Words(told["suggestion"], told["suggestion_en"]),
        source=told["source"],
        rule_version=told["rule_version"],
    )


def packed(report: bytes, file: bytes) -> bytes:
    """What was handed in and what was found then, as one object: neither is read without the other."""
    return len(report).to_bytes(8, "big") + report + file


def unpacked(content: bytes) -> tuple[bytes, bytes]:
    """(report, file) of ``packed``."""
    length = int.from_bytes(content[:8], "big")
    return content[8 : 8 + length], content[8 + length :]
