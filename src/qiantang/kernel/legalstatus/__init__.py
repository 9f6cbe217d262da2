"""Legal status: events and a day give a status; terms, compensation and annuities beside it.

Status is a function of events and a day. Nothing here reads a clock, a file or a fee table.
"""

from __future__ import annotations

from qiantang.kernel.legalstatus.events import EVENT_NAMES, EventKind, EventName, LegalEvent, event_kind
from qiantang.kernel.legalstatus.names import event_name
from qiantang.kernel.legalstatus.publications import events_from_publications
from qiantang.kernel.legalstatus.status import LegalStatus, status_asof
from qiantang.kernel.legalstatus.vocabulary import Basis, Bucket, Flag, Status, bucket

__all__ = [
    "EVENT_NAMES",
    "Basis",
    "Bucket",
    "EventKind",
    "EventName",
    "Flag",
    "LegalEvent",
    "LegalStatus",
    "Status",
    "bucket",
    "event_kind",
    "event_name",
    "events_from_publications",
    "status_asof",
]
