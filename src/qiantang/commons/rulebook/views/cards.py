"""Cards of rules and models, for everybody to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from qiantang.commons.rulebook import selectors
from qiantang.commons.rulebook.types import RULE_SETS
from qiantang.commons.rulebook.types.cards import CardKind
from qiantang.commons.ui.api import render

if TYPE_CHECKING:
    from qiantang.commons.rulebook.types.cards import ModelCard


@require_GET
def card_list(request: HttpRequest) -> HttpResponse:
    """Every card: those that take part in decisions about people first, then those of figures."""
    rows = [_row(one) for one in selectors.cards()]
    groups = [
        {"title": gettext("Take part in decisions"), "rows": [row for row in rows if row["person_decides"]]},
        {
            "title": gettext("Take part in figures and lists"),
            "rows": [row for row in rows if not row["person_decides"]],
        },
    ]
    return render(request, "rulebook/card_list.html", {"groups": [one for one in groups if one["rows"]]})


@require_GET
def card_show(request: HttpRequest, key: str) -> HttpResponse:
    """One card whole."""
    told = selectors.card(key)
    names = ("purpose", "used_in", "data", "limits", "owner", "person_decides")
    words = {name: gettext(text) if (text := getattr(told, name)) else "" for name in names}
    rules_url = reverse("rulebook:rules-show", kwargs={"key": key}) if key in RULE_SETS else ""
    figures = [{"told": one, "measure": gettext(one.measure)} for one in told.evaluation]
    context = {
        **_row(told),
        **words,
        "version": selectors.version_today(told),
        "rules_url": rules_url,
        "figures": figures,
    }
    return render(request, "rulebook/card_show.html", context)


def _row(told: ModelCard) -> dict[str, object]:
    kinds = {
        CardKind.RULES: gettext("Rules written by people"),
        CardKind.SCORED: gettext("Formula"),
        CardKind.LEARNED: gettext("Learnt from data"),
    }
    return {
        "key": told.key,
        "title": gettext(told.title),
        "kind": kinds[told.kind],
        "used_in": gettext(told.used_in),
        "evaluated": bool(told.evaluation),
        "person_decides": bool(told.person_decides),
        "url": reverse("rulebook:card-show", kwargs={"key": told.key}),
    }
