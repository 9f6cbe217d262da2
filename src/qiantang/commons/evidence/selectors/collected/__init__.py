"""Reads of what is collected: captures, schedules, collections, leaves to open. A namespace of the front door."""

from __future__ import annotations

from qiantang.commons.evidence.selectors.collected.captures import (
    capture_told,
    captures,
    preview_path,
    preview_shown,
    schedules,
)
from qiantang.commons.evidence.selectors.collected.collections import collection_told, collections
from qiantang.commons.evidence.selectors.collected.containers import container_told

__all__ = [
    "capture_told",
    "captures",
    "collection_told",
    "collections",
    "container_told",
    "preview_path",
    "preview_shown",
    "schedules",
]
