"""What the pages of captures show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from qiantang.commons.evidence.types import CaptureState
from qiantang.engines.capture.port import STEPS, Reason
from qiantang.scenarios.protection.selectors.wording import (
    CAPTURE_FACTS,
    CAPTURE_FILES,
    CAPTURE_STATES,
    CAPTURE_STEPS,
    REASONS,
)

if TYPE_CHECKING:
    from qiantang.commons.evidence.types import CaptureTold

_LISTED = 200


def shown(told: CaptureTold) -> dict[str, Any]:
    """A capture with its words."""
    word, tone = CAPTURE_STATES[told.state]
    return {
        "told": told,
        "host": urlsplit(told.url).hostname or told.url,
        "state": word,
        "tone": tone,
        "reasons": [{"word": REASONS[Reason(reason)], "detail": detail} for reason, detail in told.reasons],
    }


def whole(told: CaptureTold) -> dict[str, Any]:
    """Everything that the page of one capture shows."""
    row = shown(told)
    step = STEPS.index(told.step) if told.step in STEPS else 0
    return {
        "row": row,
        "ended": told.state.ended,
        "failed": told.state is CaptureState.FAILED,
        "step_word": CAPTURE_STEPS.get(told.step, ""),
        "step_done": step,
        "steps": len(STEPS),
        "files": [
            {"name": name, "size": size, "word": CAPTURE_FILES.get(name.rpartition(".")[2], name)}
            for name, size in told.files
        ],
        "facts": _facts(told.facts),
        "difference": _difference(told),
        "how": _how(told.record),
    }


def _facts(facts: Any) -> list[dict[str, Any]]:
    found = []
    for name, word in CAPTURE_FACTS.items():
        value = facts.get(name)
        if isinstance(value, list):
            found.append({"word": word, "values": [str(one)[:400] for one in value[:_LISTED]], "count": len(value)})
        elif value:
            found.append({"word": word, "values": [str(value)[:400]], "count": 1})
    return found


def _difference(told: CaptureTold) -> dict[str, Any] | None:
    if told.difference is None:
        return None
    facts = told.difference.get("facts", {})
    assert isinstance(facts, dict)
    changed = [
        {"word": CAPTURE_FACTS.get(name, name), "before": before, "after": after}
        for name, (before, after) in facts.items()
        if not isinstance(before, list) and not isinstance(after, list)
    ]
    return {**told.difference, "told_facts": changed}


def _how(record: Any) -> dict[str, Any]:
    """How it was done, in the order of the protocol (W1 to W9); what was not recorded is not known."""
    environment, network = record.get("environment", {}), record.get("network", {})
    browser = environment.get("browser", {})
    return {
        "begun_at": record.get("begun_at"),
        "ended_at": record.get("ended_at"),
        "software": record.get("software"),
        "system": environment.get("system"),
        "browser": browser.get("version"),
        "program": browser.get("program_sha256"),
        "region": environment.get("region"),
        "clocks": environment.get("clocks", []),
        "names": [{"host": host, "addresses": at} for host, at in network.get("resolved", {}).items()],
        "redirects": network.get("redirects", []),
        "refused": network.get("refused", []),
        "exchanges": network.get("exchanges"),
        "tls": network.get("tls"),
        "certificates": network.get("certificates", {}),
        "script_errors": len(record.get("document", {}).get("script_errors", [])),
    }
