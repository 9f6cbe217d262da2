"""The file of a proceeding as its page shows it: papers, their service, what is still to be served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from qiantang.scenarios.protection.models import Paper
from qiantang.scenarios.protection.rules.words import METHOD_WORDS, PAPER_WORDS, SIDE_WORDS
from qiantang.scenarios.protection.selectors.disputes import proceeding_row
from qiantang.scenarios.protection.selectors.packages import messages_of
from qiantang.scenarios.protection.types import CLUE_PAPERS, Method, PaperKind, Side

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def papers_of(actor: Actor, number: str, side: Side) -> list[dict[str, Any]]:
    """The papers that a side may see, oldest first; what the office has proposed is for the office.

    errors  NotFound ``casework.unknown``
    """
    row = proceeding_row(actor, number)
    rows = Paper.objects.filter(proceeding=row).prefetch_related("services").order_by("made_at", "pk")
    if side is not Side.OFFICE:
        rows = rows.filter(open_to_sides=True)
    return [
        {
            "row": one,
            "kind": gettext(PAPER_WORDS[PaperKind(one.kind)]),
            "side": gettext(SIDE_WORDS[Side(one.side)]),
            "stops": one.kind == PaperKind.PROPOSAL and one.title == "stop",
            "document": one.title if one.kind in (PaperKind.DECISION, PaperKind.TRANSFER) else "",
            "services": [
                {
                    "row": made,
                    "side": gettext(SIDE_WORDS[Side(made.side)]),
                    "method": gettext(METHOD_WORDS[Method(made.method)]),
                    "open": made.delivered_at is None and not made.failed,
                }
                for made in one.services.all()
            ],
        }
        for one in rows
    ]


def clue_kinds() -> list[tuple[str, str]]:
    return [(str(one), gettext(PAPER_WORDS[one])) for one in CLUE_PAPERS]


def methods() -> list[tuple[str, str]]:
    return [(str(one), gettext(word)) for one, word in METHOD_WORDS.items()]


def exchanged(actor: Actor, number: str) -> list[dict[str, Any]]:
    """The messages to and from another body. errors: NotFound ``casework.unknown``"""
    return messages_of(proceeding_row(actor, number))
