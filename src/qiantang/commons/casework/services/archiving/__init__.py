"""Keeping and letting go of cases: holds, packages, proposals, disposal by two people."""

from __future__ import annotations

from qiantang.commons.casework.selectors.records import record_counts, record_told
from qiantang.commons.casework.services.archiving.disposing import agree, decline, dispose, propose_due
from qiantang.commons.casework.services.archiving.holding import lift_hold, place_hold
from qiantang.commons.casework.services.archiving.packing import make_package

__all__ = [
    "agree",
    "decline",
    "dispose",
    "lift_hold",
    "make_package",
    "place_hold",
    "propose_due",
    "record_counts",
    "record_told",
]
