"""What the keeper of an indication enters: users with their term, plots and in whose hands they are, the yield of a year."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from qiantang.commons.accounts.api import mandates
from qiantang.commons.audit import api as audit
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import (
    Indication,
    OriginPlot,
    OriginUser,
    PlotHolding,
    PlotYear,
    YieldRate,
)
from qiantang.scenarios.protection.services.authorities import ensure_region
from qiantang.scenarios.protection.services.steps import ensure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

_DAY = timedelta(days=1)
_MOST_GRAMS = 10_000_000
_YEARS = range(2000, 2201)


@transaction.atomic
def add_indication(
    *,
    actor: Actor,
    name: str,
    product: str,
    source: str,
    name_en: str = "",
    number: str = "",
    keeper_uscc: str = "",
    keeper_name: str = "",
) -> int:
    """Enter an indication, with its keeper by credit code where it has one. The office does. Returns its key.

    errors  NotPermitted ``protection.office_only`` · Invalid ``protection.origin_facts``, ``identifiers.uscc_*`` ·
            Conflict ``protection.indication_known``
    """
    ensure(policies.may_keep(actor))
    if not (name.strip() and product.strip() and source.strip()):
        raise Invalid("protection.origin_facts")
    keeper = None
    if keeper_uscc.strip():
        platform = Actor.system("geographical indications")
        keeper = mandates.register_organisation(actor=platform, uscc=keeper_uscc, name=keeper_name or name).id
    if Indication.objects.filter(name=name.strip()).exists():
        raise Conflict("protection.indication_known")
    row = Indication.objects.create(
        name=name.strip()[:100],
        name_en=name_en.strip()[:100],
        product=product.strip()[:100],
        number=number.strip()[:80],
        keeper_id=keeper,
        source=source.strip()[:200],
        added_at=timezone.now(),
    )
    noted(actor, row, "add", {"name": row.name})
    return row.pk


@transaction.atomic
def enter_rate(*, actor: Actor, key: int, from_year: int, grams_per_mu: int, source: str) -> None:
    """Enter the most that a mu yields, from a year on. A year by which codes were issued keeps its rate.

    errors  NotFound · NotPermitted · Invalid ``protection.origin_facts`` · Conflict ``protection.rate_used``
    """
    row = kept(actor, key)
    if not 0 < grams_per_mu <= _MOST_GRAMS or not source.strip() or from_year not in _YEARS:
        raise Invalid("protection.origin_facts")
    used = PlotYear.objects.filter(plot__indication=row, year__gte=from_year).order_by("-year").first()
    if used is not None:
        raise Conflict("protection.rate_used", year=used.year)
    told = {"grams_per_mu": grams_per_mu, "source": source.strip()[:200], "entered_at": timezone.now()}
    YieldRate.objects.update_or_create(indication=row, from_year=from_year, defaults=told)
    noted(actor, row, "rate", {"from_year": from_year, "grams_per_mu": grams_per_mu})


@transaction.atomic
def authorise_user(*, actor: Actor, key: int, name: str, number: str, valid_from: date, valid_until: date) -> int:
    """Authorise somebody for a term. errors: NotFound · NotPermitted · Invalid ``protection.origin_facts`` · Conflict
    ``protection.origin_known``
    """
    row = kept(actor, key)
    if not (name.strip() and number.strip()) or valid_until < valid_from:
        raise Invalid("protection.origin_facts")
    try:
        with transaction.atomic():
            made = OriginUser.objects.create(
                indication=row,
                name=name.strip()[:200],
                number=number.strip()[:80],
                valid_from=valid_from,
                valid_until=valid_until,
                added_at=timezone.now(),
            )
    except IntegrityError:
        raise Conflict("protection.origin_known", number=number.strip()[:80]) from None
    noted(actor, row, "authorise", {"user": made.pk})
    return made.pk


@transaction.atomic
def revoke_user(*, actor: Actor, key: int, user: int, reason: str) -> None:
    """End an authorisation today, with a reason: no codes are issued to the user from now on, those before tell of it.

    errors  NotFound ``protection.origin_user_unknown`` · Invalid ``protection.origin_facts``
    """
    row = kept(actor, key)
    if not reason.strip():
        raise Invalid("protection.origin_facts")
    standing = row.users.filter(pk=user, revoked_on__isnull=True)
    if not standing.update(revoked_on=timezone.localdate(), reason=reason.strip()[:500]):
        raise NotFound("protection.origin_user_unknown")
    noted(actor, row, "revoke", {"user": user})


@transaction.atomic
def add_plot(
    *,
    actor: Actor,
    key: int,
    number: str,
    district: str,
    village: str,
    area_mu: Decimal,
    source: str,
    user: int,
) -> int:
    """Enter a plot by number, place and area, and in whose hands it is from today. No outline is kept.

    errors  NotFound ``protection.origin_user_unknown`` · NotPermitted · Invalid ``protection.origin_facts``,
            ``protection.authority_district`` · Conflict ``protection.origin_known``
    """
    row = kept(actor, key)
    ensure_region(district)
    if not (number.strip() and district and village.strip() and source.strip()) or area_mu <= 0:
        raise Invalid("protection.origin_facts")
    holder = _user(row, user)
    try:
        with transaction.atomic():
            plot = OriginPlot.objects.create(
                indication=row,
                number=number.strip()[:40],
                district=district,
                village=village.strip()[:100],
                area_mu=area_mu,
                source=source.strip()[:200],
                added_at=timezone.now(),
            )
    except IntegrityError:
        raise Conflict("protection.origin_known", number=number.strip()[:40]) from None
    PlotHolding.objects.create(plot=plot, user=holder, since=timezone.localdate())
    noted(actor, row, "plot", {"plot": plot.pk, "user": holder.pk})
    return plot.pk


@transaction.atomic
def hand_over(*, actor: Actor, key: int, plot: int, user: int, day: date) -> None:
    """Hand a plot to another user from a day on; its ceiling and what was issued against it go along.

    errors  NotFound ``protection.plot_unknown``, ``protection.origin_user_unknown`` · Invalid ``protection.origin_facts``
    """
    row = kept(actor, key)
    found = row.plots.select_for_update().filter(pk=plot).first()
    if found is None:
        raise NotFound("protection.plot_unknown")
    holder = _user(row, user)
    now = found.holdings.filter(until__isnull=True).first()
    if day > timezone.localdate() or (now is not None and day <= now.since):
        raise Invalid("protection.origin_facts")
    if now is not None:
        now.until = day - _DAY
        now.save(update_fields=["until"])
    PlotHolding.objects.create(plot=found, user=holder, since=day)
    noted(actor, row, "hand_over", {"plot": plot, "user": holder.pk})


def kept(actor: Actor, key: int) -> Indication:
    """An indication that the actor keeps. errors: NotFound ``protection.indication_unknown`` · NotPermitted"""
    row = Indication.objects.filter(pk=key).first()
    if row is None:
        raise NotFound("protection.indication_unknown")
    ensure(policies.may_keep_indication(actor, row))
    return row


def _user(row: Indication, user: int) -> OriginUser:
    found = row.users.filter(pk=user, revoked_on__isnull=True).first()
    if found is None:
        raise NotFound("protection.origin_user_unknown")
    return found


def noted(actor: Actor, row: Indication, act: str, facts: Mapping[str, str | int | None]) -> None:
    """An entry of the journal upon an indication."""
    audit.record(actor=actor, verb=f"protection.origin.{act}", subject=f"indication:{row.pk}", facts=dict(facts))
