"""The front door of evidence: deposit, read, prove, hand out. Any room may deposit.

Namespaces: ``reads`` of deposits and ``log``; ``collecting`` and ``collected`` for captures, collections and containers.
"""

from __future__ import annotations

from qiantang.commons.evidence.selectors import collected, log
from qiantang.commons.evidence.selectors import deposits as reads
from qiantang.commons.evidence.selectors.deposits import deposit_told
from qiantang.commons.evidence.services import collecting, custody, witnessing
from qiantang.commons.evidence.services.depositing import deposit, deposit_batch, deposit_file
from qiantang.commons.evidence.services.keys import change_key
from qiantang.commons.evidence.services.packaging import make_certificate, make_package
from qiantang.commons.evidence.services.tending import seal_and_stamp
from qiantang.commons.evidence.types import Asked

__all__ = [
    "Asked",
    "change_key",
    "collected",
    "collecting",
    "custody",
    "deposit",
    "deposit_batch",
    "deposit_file",
    "deposit_told",
    "log",
    "make_certificate",
    "make_package",
    "reads",
    "seal_and_stamp",
    "witnessing",
]
