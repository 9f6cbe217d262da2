"""After loads, in the background: small layers become one, and snapshots beyond the policy go."""

from __future__ import annotations

import logging

from django.conf import settings

from qiantang.corpus.register.api import register, upkeep
from qiantang.kernel.errors import Conflict

_log = logging.getLogger(__name__)


def tidy_register() -> None:
    """Compact and prune where it is worth it; where a load runs meanwhile, its own end will do it."""
    try:
        upkeep.compact(register())
        upkeep.prune(register(), keep=settings.SNAPSHOTS_KEPT)
    except Conflict:
        _log.info("the register is being loaded: it is tidied after that")
    upkeep.remember_coverage(register())  # of the layers that stand now
