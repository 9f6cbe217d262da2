"""Clues as the office lists them; nobody else sees one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.casework import api as casework
from qiantang.kernel.paging import MAX_PAGE_SIZE, PageRequest
from qiantang.scenarios.protection.workflow import CLUE

if TYPE_CHECKING:
    from qiantang.commons.casework.types import CaseCard
    from qiantang.kernel.actor import Actor


def clue_cards(actor: Actor) -> tuple[CaseCard, ...]:
    """The clues an actor may see, newest first: for all but the office and the auditor there are none."""
    if actor.person_id is None:
        return ()
    return tuple(casework.cases(actor, PageRequest(size=MAX_PAGE_SIZE), kinds=[CLUE.key]).items)
