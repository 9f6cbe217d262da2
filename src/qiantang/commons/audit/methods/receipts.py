"""Receipts of data uses: a journal entry as JSON from which its digest can be computed again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from qiantang.commons.audit.methods.chain import canonical_text, checked_facts
from qiantang.commons.audit.types import Entry
from qiantang.kernel.errors import Invalid

FORMAT = "qiantang-data-use-receipt/1"
_ACT = ("actor_id", "actor_name", "channel", "correlation_id", "verb", "subject")
_CHAIN = ("previous_digest", "digest")


def receipt_from(entry: Entry) -> dict[str, object]:
    """``format``; ``use`` (purpose, basis, scope, counts …); ``act`` (id, time, who); ``journal`` (the link of the chain)."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {
        "format": FORMAT,
        "use": dict(entry.facts),
        "act": {"id": entry.sequence, "at": at, **{name: getattr(entry, name) for name in _ACT}},
        "journal": {name: getattr(entry, name) for name in _CHAIN},
    }


def entry_in(content: bytes) -> Entry:
    """The journal entry a receipt tells, its digest as stated there.

    errors  Invalid ``audit.receipt_malformed`` with the place
    """
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise Invalid("audit.receipt_malformed", place="JSON") from None
    if not isinstance(told, Mapping) or told.get("format") != FORMAT:
        raise Invalid("audit.receipt_malformed", place="format")
    use, act, journal = (_part(told, name) for name in ("use", "act", "journal"))
    try:
        entry = Entry(
            sequence=int(act["id"]),
            at=datetime.fromisoformat(act["at"]),
            facts=checked_facts(use),
            **{name: act[name] for name in _ACT},
            **{name: journal[name] for name in _CHAIN},
        )
        canonical_text(entry).encode()  # what the journal could never hold fails here
    except KeyError as missing:
        raise Invalid("audit.receipt_malformed", place=str(missing.args[0])) from None
    except (TypeError, ValueError):
        raise Invalid("audit.receipt_malformed", place="use, act.id or act.at") from None
    return entry


def _part(told: Mapping[str, object], name: str) -> dict[str, Any]:
    part = told.get(name)
    if not isinstance(part, dict):
        raise Invalid("audit.receipt_malformed", place=name)
    return part
