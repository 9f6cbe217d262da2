"""Collecting evidence: captures and their schedules, guided collections, sealed containers. A namespace of the front door."""

from __future__ import annotations

from qiantang.commons.evidence.services.collecting.captures import (
    ensure_capturing,
    make_capture,
    open_product,
    request_capture,
    tend_captures,
)
from qiantang.commons.evidence.services.collecting.collections import (
    add_to_collection,
    begin_collection,
    close_collection,
)
from qiantang.commons.evidence.services.collecting.containers import (
    deposit_container,
    grant_opening,
    open_container,
    revoke_opening,
)
from qiantang.commons.evidence.services.collecting.schedules import (
    queue_due_captures,
    schedule_capture,
    stop_schedule,
)

__all__ = [
    "add_to_collection",
    "begin_collection",
    "close_collection",
    "deposit_container",
    "ensure_capturing",
    "grant_opening",
    "make_capture",
    "open_container",
    "open_product",
    "queue_due_captures",
    "request_capture",
    "revoke_opening",
    "schedule_capture",
    "stop_schedule",
    "tend_captures",
]
