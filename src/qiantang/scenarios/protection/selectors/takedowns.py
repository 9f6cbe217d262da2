"""Letters to platforms as their page shows them, with what became of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Takedown
from qiantang.scenarios.protection.rules.words import ANSWER_WORDS
from qiantang.scenarios.protection.selectors.disputes import dispute_row
from qiantang.scenarios.protection.types import Answer

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def takedowns(actor: Actor, number: str) -> dict[str, Any]:
    """The letters of a dispute, oldest first, and how many had which outcome. errors: NotFound ``casework.unknown``"""
    row = dispute_row(actor, number)
    rows = list(Takedown.objects.filter(dispute=row).order_by("made_at", "pk"))
    counted = Counter(one.outcome for one in rows if one.outcome)
    return {
        "rows": [{"row": one, "word": _word(one)} for one in rows],
        "counted": [(gettext(ANSWER_WORDS[Answer(key)]), n) for key, n in sorted(counted.items())],
        "mine": bool(policies.may_conduct(actor, row)),
        "filed": row.filed_at is not None,
        "answers": [(str(one), gettext(word)) for one, word in ANSWER_WORDS.items()],
    }


def _word(row: Takedown) -> str:
    if row.outcome:
        return gettext(ANSWER_WORDS[Answer(row.outcome)])
    return gettext("Sent, no answer yet") if row.sent_on else gettext("Not sent yet")
