"""A journal entry as a value: what the chain is computed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

REFUSALS = {
    "audit.append_only": ("The journal can only be added to.", "Record a new entry which corrects the old one."),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One act.

    sequence         1, 2, 3 … without gaps
    at               aware, UTC
    actor_id         key of the account; None for the public and for the platform
    actor_name       as shown at the time
    channel          web, api, job, command
    correlation_id   of the request or job
    verb             ``app.noun.verb``
    subject          what was acted upon, ``kind:key``
    facts            what the verb needs to be understood; JSON without fractions
    previous_digest  of the entry before; 64 zeros for the first
    digest           SHA-256 over all the other fields, 64 hexadecimal digits
    """

    sequence: int
    at: datetime
    actor_id: int | None
    actor_name: str
    channel: str
    correlation_id: str
    verb: str
    subject: str
    facts: Mapping[str, object]
    previous_digest: str
    digest: str
