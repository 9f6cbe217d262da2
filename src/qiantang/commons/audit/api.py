"""The front door of the journal: add to it, read it, prove it whole; uses of personal data and consents."""

from __future__ import annotations

from qiantang.commons.audit.selectors import (
    agreeing_to,
    check_receipt,
    consents_of,
    entries,
    head,
    purposes,
    receipt,
    uses,
    verify,
)
from qiantang.commons.audit.services import give_consent, record, use_data, withdraw_consent
from qiantang.commons.audit.types import Entry

__all__ = [
    "Entry",
    "agreeing_to",
    "check_receipt",
    "consents_of",
    "entries",
    "give_consent",
    "head",
    "purposes",
    "receipt",
    "record",
    "use_data",
    "uses",
    "verify",
    "withdraw_consent",
]
