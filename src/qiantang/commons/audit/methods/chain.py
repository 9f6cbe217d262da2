"""The hash chain: the canonical text of an entry, its digest, and the search for the first broken link."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qiantang.commons.audit.types import Entry

ORIGIN = "0" * 64


def canonical_text(entry: Entry) -> str:
    """The one text of an entry that is hashed: JSON, keys sorted, no blanks, time in UTC with microseconds."""
    told = {
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": entry.actor_id,
        "actor_name": entry.actor_name,
        "channel": entry.channel,
        "correlation_id": entry.correlation_id,
        "verb": entry.verb,
        "subject": entry.subject,
        "facts": entry.facts,
        "previous_digest": entry.previous_digest,
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest_of(entry: Entry) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits; the entry's own ``digest`` plays no part."""
    return sha256(canonical_text(entry).encode()).hexdigest()


def sealed(entry: Entry) -> Entry:
    """The entry with its digest."""
    return replace(entry, digest=digest_of(entry))


def first_broken(entries: Iterable[Entry], *, head: tuple[int, str]) -> int | None:
    """The sequence number at which the chain first fails, or None.

    entries     those up to the head, in rising sequence, streamed
    head        sequence and digest of the newest entry as remembered apart; (0, ORIGIN) for an empty journal
    """
    expected, previous = 1, ORIGIN
    for entry in entries:
        if entry.sequence != expected:
            return expected
        if entry.previous_digest != previous or entry.digest != digest_of(entry):
            return expected
        expected, previous = expected + 1, entry.digest
    if head == (expected - 1, previous):
        return None
    return max(1, min(expected, head[0]))  # the end is missing, or the newest entry is not the one remembered


def checked_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """A copy of ``facts`` that every database gives back as it was.

    errors  TypeError for anything but text, whole numbers, truth values, None, lists and mappings of them:
            databases spell fractions differently, so they are written as text
    """
    return {key: _checked(value) for key, value in facts.items()}


def _checked(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)  # the text of an enumeration member, not the member
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Mapping):
        return {str(key): _checked(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_checked(inner) for inner in value]
    raise TypeError(f"the journal takes text, whole numbers, truth values, None, lists and mappings, not {value!r}")
