"""The front door of the journal: add to it, read it, prove it whole."""

from __future__ import annotations

from qiantang.commons.audit.selectors import entries, verify
from qiantang.commons.audit.services import record
from qiantang.commons.audit.types import Entry

__all__ = ["Entry", "entries", "record", "verify"]
