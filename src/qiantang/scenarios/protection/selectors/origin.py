"""Geographical indications as the public and their keepers see them, and reports of fakes as the office does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import Role, organisations
from qiantang.commons.refdata.api import regions
from qiantang.commons.rulebook import api as rulebook
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import FakeReport, Indication, OriginBatch, OriginCode, OriginUser, PlotYear
from qiantang.scenarios.protection.rules.marks import MARKS
from qiantang.scenarios.protection.rules.origin import CAMPAIGNS, NOT_PROVED
from qiantang.scenarios.protection.selectors.sheets import region_word

if TYPE_CHECKING:
    from datetime import date

    from qiantang.kernel.actor import Actor

_SHOWN = 200


def indication_rows() -> list[dict[str, Any]]:
    """All indications, by name, with how many users and plots each has."""
    rows = Indication.objects.annotate(
        users_n=Count("users", filter=Q(users__revoked_on__isnull=True), distinct=True),
        plots_n=Count("plots", distinct=True),
    )
    return [{"row": row, "users": row.users_n, "plots": row.plots_n} for row in rows.order_by("name")]


def indication_shown(actor: Actor, key: int) -> dict[str, Any]:
    """An indication: for everybody its users, areas and sums; for its keeper and the auditor also plots, batches, flagged codes.

    errors  NotFound ``protection.indication_unknown``
    """
    row = Indication.objects.filter(pk=key).first()
    if row is None:
        raise NotFound("protection.indication_unknown")
    today = timezone.localdate()
    keeps = policies.keeps_indication(actor, row)
    shown = {
        "indication": row,
        "keeper": organisations.organisations_named([row.keeper_id])[row.keeper_id].name if row.keeper_id else "",
        "users": [{"row": one, "state": _state(one, today)} for one in row.users.order_by("name", "pk")],
        "plots_n": row.plots.count(),
        "area": row.plots.aggregate(sum=Sum("area_mu"))["sum"],
        "years": _years(row),
        "rates": row.rates.order_by("-from_year"),
        "campaign": _campaign(row.name),
        "keeps": keeps,
        "today": today,
    }
    if keeps or actor.has_role(Role.AUDITOR):
        shown |= _keepers_part(row, today)
    return shown


def _state(row: OriginUser, today: date) -> str:
    if row.revoked_on is not None:
        return gettext("Revoked")
    if today < row.valid_from:
        return gettext("In force from a day to come")
    return gettext("Ended") if today > row.valid_until else gettext("In force")


def _years(row: Indication) -> list[dict[str, Any]]:
    """For each harvest the ceilings of the plots for which codes were issued, and what was issued: sums of the same rows."""
    rows = PlotYear.objects.filter(plot__indication=row).values("year")
    sums = rows.annotate(ceiling=Sum("ceiling_grams"), issued=Sum("issued_grams"), plots=Count("pk")).order_by("-year")
    packages = dict(
        OriginBatch.objects.filter(plot_year__plot__indication=row)
        .values_list("plot_year__year")
        .annotate(n=Sum("packages"))
    )
    return [
        {
            "year": one["year"],
            "plots": one["plots"],
            "ceiling_kg": one["ceiling"] / 1000,
            "issued_kg": one["issued"] / 1000,
            "packages": packages.get(one["year"], 0),
        }
        for one in sums
    ]


def _campaign(name: str) -> dict[str, Any] | None:
    for known, (source, figures) in CAMPAIGNS.items():
        if name.startswith(known):
            return {"source": gettext(source), "figures": [(gettext(one.text), one.value) for one in figures]}
    return None


def _keepers_part(row: Indication, today: date) -> dict[str, Any]:
    plots = row.plots.prefetch_related("holdings__user", "years").order_by("number")
    batches = OriginBatch.objects.filter(plot_year__plot__indication=row).select_related("plot_year__plot", "user")
    told = rulebook.values_on(MARKS, today)["scans_told"]
    flagged = OriginCode.objects.filter(batch__plot_year__plot__indication=row, scans__gt=told)
    return {
        "inside": True,
        "plots": [_plot(one) for one in plots],
        "batches": batches.order_by("-issued_at", "-pk")[:_SHOWN],
        "flagged": flagged.select_related("batch__user").order_by("-scans", "pk")[:_SHOWN],
        "flagged_n": flagged.count(),
        "scans_told": told,
        "districts": [(code, region_word(code)) for code in regions().children(settings.CITY_CODE, today)],
        "standing": [one for one in row.users.order_by("name") if one.revoked_on is None],
    }


def _plot(row: Any) -> dict[str, Any]:
    holder = next((one for one in row.holdings.all() if one.until is None), None)
    years = sorted(row.years.all(), key=lambda one: -one.year)
    return {
        "row": row,
        "district": region_word(row.district),
        "holder": holder.user.name if holder else "",
        "since": holder.since if holder else None,
        "years": [
            {
                "year": one.year,
                "ceiling_kg": one.ceiling_grams / 1000,
                "issued_kg": one.issued_grams / 1000,
                "left_kg": (one.ceiling_grams - one.issued_grams) / 1000,
            }
            for one in years
        ],
    }


def not_proved() -> list[str]:
    """What no code proves, in the reader's language."""
    return [gettext(one) for one in NOT_PROVED]


def fake_rows(actor: Actor) -> dict[str, Any]:
    """Reports of fakes, open ones first: for the office and the auditor; for others none. Counts equal their rows."""
    if not (policies.is_office(actor) or actor.has_role(Role.AUDITOR)):
        return {"rows": [], "open_n": None, "clues_n": None}
    rows = FakeReport.objects.select_related("indication", "code__batch").order_by("settled_at", "-made_at", "-pk")
    found = sorted(rows, key=lambda one: one.settled_at is not None)
    return {
        "rows": [{"row": one, "district": region_word(one.district)} for one in found[:_SHOWN]],
        "open_n": sum(one.settled_at is None for one in found),
        "clues_n": sum(bool(one.clue) for one in found),
    }
