"""The year of the TISC, public; and its words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiantang.portal.hall.methods.tisc import Served, Year, year_of
from qiantang.portal.hall.models import TiscService

KIND_NAMES = {
    "access": _("Access to sources"),
    "training": _("Training"),
    "search": _("Search"),
    "monitoring": _("Monitoring"),
    "advice": _("Basic advice"),
    "landscape": _("Landscape"),
    "commercial": _("Help with commercial use"),
}
USER_NAMES = {
    "firm": _("Enterprise"),
    "small_firm": _("Small or micro enterprise"),
    "university": _("University or institute"),
    "person": _("Private person"),
    "office": _("Public office"),
}
OUTCOME_NAMES = {
    "report": _("Report delivered"),
    "answered": _("Question answered"),
    "referred": _("Referred to others"),
    "no_result": _("Without result"),
    "taught": _("Training held"),
}
LEVEL_NAMES = {
    1: _("Level 1: opens sources and teaches to search"),
    2: _("Level 2: searches, watches, gives basic advice"),
    3: _("Level 3: landscapes, help with commercial use"),
}


def tisc_year(year: int) -> Year:
    """What was done in a year."""
    rows = TiscService.objects.filter(served_on__year=year)
    fields = ("kind", "user_type", "user", "people", "minutes", "outcome")
    return year_of(Served(*row) for row in rows.values_list(*fields))


def years() -> list[int]:
    """Years of which there is something, newest first."""
    return sorted({day.year for day in TiscService.objects.dates("served_on", "year")}, reverse=True)


def rows_of(year: Year) -> list[dict[str, object]]:
    """Services by kind as they are read, with their level."""
    return [{"name": KIND_NAMES[kind], "count": year.by_kind.get(kind, 0)} for kind in KIND_NAMES]
