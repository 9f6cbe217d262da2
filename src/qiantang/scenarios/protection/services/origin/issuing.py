"""Codes issued against the ceiling of a plot for a year. The sum never passes it: the database holds the one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.protection.methods.origin import (
    ceiling_grams,
    code_digest,
    new_code,
    packages_left,
    spelled,
)
from qiantang.scenarios.protection.models import OriginBatch, OriginCode, OriginUser, PlotYear
from qiantang.scenarios.protection.services.origin.keeping import kept, noted

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.protection.models import Indication, OriginPlot

MOST_PACKAGES = 20_000
_MOST_GRAMS = 50_000


@transaction.atomic
def issue_codes(*, actor: Actor, key: int, plot: int, year: int, package_grams: int, packages: int) -> tuple[str, ...]:
    """Issue a code for each package, to the user in whose hands the plot is. The codes are handed out now and kept nowhere:
    only digests are.

    errors  NotFound ``protection.plot_unknown`` · NotPermitted ``protection.keeper_only`` · Invalid ``protection.packages``,
            ``protection.origin_year`` · Conflict ``protection.plot_nobody``, ``protection.rate_missing``,
            ``protection.ceiling``
    """
    row = kept(actor, key)
    found = row.plots.filter(pk=plot).first()
    if found is None:
        raise NotFound("protection.plot_unknown")
    if not 1 <= packages <= MOST_PACKAGES or not 1 <= package_grams <= _MOST_GRAMS:
        raise Invalid("protection.packages", most=MOST_PACKAGES)
    if not timezone.localdate().year - 1 <= year <= timezone.localdate().year:
        raise Invalid("protection.origin_year")
    user = _holder(found)
    harvest = _harvest(row, found, year)
    wanted = package_grams * packages
    below = PlotYear.objects.filter(pk=harvest.pk, issued_grams__lte=F("ceiling_grams") - wanted)
    if not below.update(issued_grams=F("issued_grams") + wanted):
        harvest.refresh_from_db()
        left = packages_left(harvest.ceiling_grams, harvest.issued_grams, package_grams)
        raise Conflict("protection.ceiling", left=left, year=year)
    batch = OriginBatch.objects.create(
        plot_year=harvest,
        user=user,
        package_grams=package_grams,
        packages=packages,
        issued_at=timezone.now(),
        issued_by_id=actor.person_id,
    )
    codes = _drawn(batch, packages)
    noted(actor, row, "issue", {"batch": batch.pk, "packages": packages, "grams": wanted})
    return tuple(map(spelled, codes))


def _drawn(batch: OriginBatch, packages: int) -> tuple[str, ...]:
    codes = tuple(new_code() for _place in range(packages))
    rows = [
        OriginCode(batch=batch, place=place, digest=code_digest(code) or "")
        for place, code in enumerate(codes, start=1)
    ]
    OriginCode.objects.bulk_create(rows, batch_size=1000)
    return codes


@transaction.atomic
def void_batch(*, actor: Actor, key: int, batch: int, reason: str) -> None:
    """Say that the codes of a batch are good no more, such as after labels were stolen. Their weight stays counted: the labels
    may be about. errors: NotFound ``protection.batch_unknown`` · Invalid ``protection.origin_facts``
    """
    row = kept(actor, key)
    if not reason.strip():
        raise Invalid("protection.origin_facts")
    open_ones = OriginBatch.objects.filter(pk=batch, plot_year__plot__indication=row, voided_at__isnull=True)
    if not open_ones.update(voided_at=timezone.now(), void_reason=reason.strip()[:500]):
        raise NotFound("protection.batch_unknown")
    noted(actor, row, "void", {"batch": batch})


def _holder(plot: OriginPlot) -> OriginUser:
    today = timezone.localdate()
    holding = plot.holdings.filter(until__isnull=True, since__lte=today).select_related("user").first()
    user = holding.user if holding else None
    if user is None or user.revoked_on is not None or not user.valid_from <= today <= user.valid_until:
        raise Conflict("protection.plot_nobody")
    return user


def _harvest(row: Indication, plot: OriginPlot, year: int) -> PlotYear:
    there = PlotYear.objects.filter(plot=plot, year=year).first()
    if there is not None:
        return there
    rate = row.rates.filter(from_year__lte=year).order_by("-from_year").first()
    if rate is None:
        raise Conflict("protection.rate_missing", year=year)
    told = {"grams_per_mu": rate.grams_per_mu, "ceiling_grams": ceiling_grams(plot.area_mu, rate.grams_per_mu)}
    return PlotYear.objects.get_or_create(plot=plot, year=year, defaults=told)[0]
