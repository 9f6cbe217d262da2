"""Claim charts as they are read, with what the all-elements rule says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from qiantang.scenarios.protection.methods.charting import Covered, Verdict, covered
from qiantang.scenarios.protection.models import ClaimChart, Exhibit
from qiantang.scenarios.protection.rules.words import COVERED_WORDS, VERDICT_WORDS
from qiantang.scenarios.protection.selectors.disputes import dispute_row

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_TONES = {Covered.UNDECIDED: "wait", Covered.LITERALLY: "harm", Covered.BY_EQUIVALENTS: "harm", Covered.NOT: "good"}


def charts(actor: Actor, number: str) -> list[dict[str, Any]]:
    """The charts of a dispute, newest first. errors: NotFound ``casework.unknown``"""
    row = dispute_row(actor, number)
    rows = ClaimChart.objects.filter(dispute=row).prefetch_related("elements").order_by("-made_at", "-pk")
    return [_chart(one) for one in rows]


def _chart(row: ClaimChart) -> dict[str, Any]:
    elements = sorted(row.elements.all(), key=lambda one: one.place)
    result = covered([Verdict(one.verdict) for one in elements])
    decided = sum(one.verdict != Verdict.UNDECIDED for one in elements)
    return {
        "row": row,
        "elements": [{"row": one, "word": gettext(VERDICT_WORDS[Verdict(one.verdict)])} for one in elements],
        "result": gettext(COVERED_WORDS[result]),
        "tone": _TONES[result],
        "decided": decided,
        "count": len(elements),
    }


def pinnable(actor: Actor, number: str) -> list[tuple[str, str]]:
    """(number, name) of the evidence that may be pinned. errors: NotFound ``casework.unknown``"""
    row = dispute_row(actor, number)
    return list(Exhibit.objects.filter(dispute=row).order_by("added_at", "pk").values_list("number", "name"))


def verdict_words() -> list[tuple[str, str]]:
    return [(str(one), gettext(word)) for one, word in VERDICT_WORDS.items()]
