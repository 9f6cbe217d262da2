"""Who keeps records, asked before every act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.casework import policies
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.kernel.errors import NotPermitted

if TYPE_CHECKING:
    from qiantang.commons.casework.models import Case
    from qiantang.kernel.actor import Actor


def ensure_keeper(actor: Actor, case: Case) -> None:
    """errors: NotPermitted ``casework.records_refused``"""
    decision = policies.may_keep_records(actor, CASE_TYPES[case.kind])
    if not decision:
        raise NotPermitted(decision.code)
