"""The queue of doubtful pairs, for operators: what is shared comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.parties import policies
from qiantang.corpus.parties.models import LearningState, ReviewItem
from qiantang.corpus.parties.types import ReviewPair
from qiantang.kernel.errors import NotPermitted
from qiantang.kernel.paging import Page, PageRequest

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def open_pairs(actor: Actor, page: PageRequest) -> Page[ReviewPair]:
    """Pairs not yet decided, the weightiest first.

    errors  NotPermitted ``parties.operators_only``
    """
    decision = policies.may_look(actor)
    if not decision:
        raise NotPermitted(decision.code)
    waiting = ReviewItem.objects.filter(state=ReviewItem.State.OPEN)
    total = waiting.count()
    rows = waiting.select_related("first", "second").order_by("-weight", "id")
    items = [_pair(row) for row in rows[page.offset : page.offset + page.size]]
    return Page(items=items, total=total, next=page.cursor_after(subject="parties-queue", total=total))


def _pair(row: ReviewItem) -> ReviewPair:
    return ReviewPair(
        id=row.pk,
        first=row.first.text,
        second=row.second.text,
        first_party=row.first.party,
        second_party=row.second.party,
        rule=row.rule,
        score=row.score,
        evidence=row.evidence,
    )


def learnt_snapshot() -> int:
    """The snapshot of the register up to which names were learnt; 0 before the first."""
    state = LearningState.objects.first()
    return state.snapshot if state else 0
