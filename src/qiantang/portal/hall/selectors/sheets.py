"""The page of a matter: its case in words, its parts, notices of what is missing, visits, rating."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qiantang.commons.casework import api as casework
from qiantang.commons.ui.api import Tone
from qiantang.portal.hall.models import Rating
from qiantang.portal.hall.selectors.matters import may_edit, title_of
from qiantang.portal.hall.selectors.ratings import rateable_until

if TYPE_CHECKING:
    from qiantang.commons.casework.types import CaseSheet
    from qiantang.kernel.actor import Actor
    from qiantang.portal.hall.models import Matter

_TONES = {"party": Tone.WAIT, "staff": Tone.ACTION}


def matter_context(actor: Actor, matter: Matter, sheet: CaseSheet) -> dict[str, Any]:
    """What both sides see."""
    promise = next((one for one in sheet.clocks if one.reading.due), None)
    until = rateable_until(matter)
    ratings = list(Rating.objects.filter(matter=matter))
    return {
        "sheet": sheet,
        "name": title_of(matter),
        "matter": matter,
        "tone": Tone.GOOD if sheet.card.final else _TONES.get(sheet.card.waits_for, Tone.PLAIN),
        "clock": promise,
        "editable": may_edit(sheet),
        "supplements": list(matter.supplements.order_by("round")),
        "visits": list(matter.visits.order_by("at")) if sheet.internal else [],
        "visit_count": matter.visits.count(),
        "parts": [_part(actor, one) for one in matter.parts.select_related("case").order_by("stage", "pk")],
        "rateable": until is not None and timezone.localdate() <= until and not ratings and not sheet.internal,
        "rated": ratings,
    }


def _part(actor: Actor, matter: Matter) -> dict[str, Any]:
    """A part of a bundle in its one view of progress."""
    card = casework.case_sheet(actor, matter.case.number).card
    return {"name": title_of(matter), "stage": matter.stage + 1, "card": card}
