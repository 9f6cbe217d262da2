"""The public checks codes and reports fakes, so and so often from one network address: codes are not to be tried out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import access
from qiantang.commons.accounts.types import Quota
from qiantang.commons.audit import api as audit
from qiantang.commons.casework.methods.codes import keyed_digest
from qiantang.commons.rulebook import api as rulebook
from qiantang.kernel.errors import Invalid, Limited, NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods.origin import code_digest
from qiantang.scenarios.protection.models import FakeReport, Indication, OriginCode, Proceeding
from qiantang.scenarios.protection.rules.marks import MARKS
from qiantang.scenarios.protection.services.authorities import ensure_region
from qiantang.scenarios.protection.services.clues import note_clue
from qiantang.scenarios.protection.services.steps import ensure
from qiantang.scenarios.protection.types import Intake, Matter, RightKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from qiantang.kernel.actor import Actor

_HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Checked:
    """What a code says, and how often it was looked at before.

    before      looks before this one; ``first_at`` the first of them
    copied      the looks are more than one package is likely to have: it may be a copy
    voided      the keeper said that codes of its batch are good no more
    user_ended  the authorisation of its user ended since: the last day
    """

    indication: Indication
    user: str
    plot: str
    village: str
    district: str
    year: int
    package_grams: int
    issued_at: datetime
    before: int
    first_at: datetime | None
    copied: bool
    voided: bool
    user_ended: date | None


def check_code(*, actor: Actor, code: str, address: str | None) -> Checked:
    """Check a code as it stands on a package. Each look is counted with the code; nothing is kept of who looked.

    errors  Limited ``protection.origin_throttled`` · NotFound ``protection.origin_unknown``, also for what is no code
    """
    _spend("check", "checks_an_hour", address)
    digest = code_digest(code)
    row = OriginCode.objects.filter(digest=digest).first() if digest else None
    if row is None:
        raise NotFound("protection.origin_unknown")
    return _looked(actor, row.pk)


@transaction.atomic
def _looked(actor: Actor, key: int) -> Checked:
    now = timezone.now()
    OriginCode.objects.filter(pk=key, first_scan_at__isnull=True).update(first_scan_at=now)
    OriginCode.objects.filter(pk=key).update(scans=F("scans") + 1, last_scan_at=now)
    related = ("batch__user", "batch__plot_year__plot__indication")
    row = OriginCode.objects.select_related(*related).get(pk=key)
    batch, plot = row.batch, row.batch.plot_year.plot
    told = rulebook.judgement(actor, MARKS.key, {"scans": rulebook.Fact(row.scans)})
    ends = min(filter(None, (batch.user.revoked_on, batch.user.valid_until)))
    return Checked(
        indication=plot.indication,
        user=batch.user.name,
        plot=plot.number,
        village=plot.village,
        district=plot.district,
        year=batch.plot_year.year,
        package_grams=batch.package_grams,
        issued_at=batch.issued_at,
        before=row.scans - 1,
        first_at=row.first_scan_at if row.scans > 1 else None,
        copied=told.met is False,
        voided=batch.voided_at is not None,
        user_ended=ends if ends < timezone.localdate(now) or batch.user.revoked_on else None,
    )


@transaction.atomic
def report_fake(  # noqa: PLR0913 - the fields of the form
    *,
    actor: Actor,
    indication: int,
    place: str,
    description: str,
    address: str | None,
    code: str = "",
    seller: str = "",
    district: str = "",
    seen_on: date | None = None,
    contact: str = "",
) -> int:
    """Report a fake, without an account. Returns the key of the report.

    errors  Limited ``protection.origin_throttled`` · NotFound ``protection.indication_unknown`` ·
            Invalid ``protection.fake_facts``, ``protection.authority_district``
    """
    _spend("report", "reports_an_hour", address)
    if not Indication.objects.filter(pk=indication).exists():
        raise NotFound("protection.indication_unknown")
    ensure_region(district)
    if not (place.strip() and description.strip()) or (seen_on is not None and seen_on > timezone.localdate()):
        raise Invalid("protection.fake_facts")
    digest = code_digest(code)
    row = FakeReport.objects.create(
        indication_id=indication,
        code=OriginCode.objects.filter(digest=digest).first() if digest else None,
        seller=seller.strip()[:200],
        place=place.strip()[:200],
        district=district,
        seen_on=seen_on,
        description=description.strip()[:4000],
        contact=contact.strip()[:200],
        made_at=timezone.now(),
    )
    _noted(actor, row, "report")
    return row.pk


@transaction.atomic
def make_clue(*, actor: Actor, key: int) -> str:
    """Make a report a clue, which goes the way of clues to the police; returns the number of its case. The contact moves into the
    clue, which no party sees. errors: NotPermitted ``protection.office_only`` · NotFound ``protection.fake_unknown``
    """
    row = _open_report(actor, key)
    contact = gettext("Contact of who reported it: %(contact)s") % {"contact": row.contact} if row.contact else ""
    told = Intake(
        right_kind=RightKind.GEOGRAPHICAL,
        right_number=row.indication.number,
        right_title=row.indication.name,
        matter=Matter.GI_MISUSE,
        respondent=row.seller or gettext("Seller not known"),
        place=row.place,
        happened_on=row.seen_on,
        goods=row.indication.product,
        description="\n".join(filter(None, (row.description, contact))),
    )
    number = note_clue(actor=actor, told=told)
    if row.indication.synthetic:
        dispute = Proceeding.objects.select_related("dispute").get(case__number=number.replace("-", "")).dispute
        dispute.synthetic = True
        dispute.save(update_fields=["synthetic"])
    _settled(actor, row, "clue", clue=number)
    return number


@transaction.atomic
def close_report(*, actor: Actor, key: int, reason: str) -> None:
    """Close a report of which nothing follows. errors: NotPermitted · NotFound · Invalid ``protection.fake_reason``"""
    row = _open_report(actor, key)
    if not reason.strip():
        raise Invalid("protection.fake_reason")
    _settled(actor, row, "close", closed_reason=reason.strip()[:500])


def _settled(actor: Actor, row: FakeReport, act: str, *, clue: str = "", closed_reason: str = "") -> None:
    row.clue, row.closed_reason, row.contact, row.settled_at = clue, closed_reason, "", timezone.now()
    row.save(update_fields=["clue", "closed_reason", "contact", "settled_at"])
    _noted(actor, row, act)


def _open_report(actor: Actor, key: int) -> FakeReport:
    ensure(policies.may_keep(actor))
    open_ones = FakeReport.objects.select_for_update(of=("self",)).select_related("indication")
    row = open_ones.filter(pk=key, settled_at__isnull=True).first()
    if row is None:
        raise NotFound("protection.fake_unknown")
    return row


def _noted(actor: Actor, row: FakeReport, act: str) -> None:
    audit.record(actor=actor, verb=f"protection.fake.{act}", subject=f"fake:{row.pk}", facts={})


def _spend(what: str, setting: str, address: str | None) -> None:
    """Count one question of a network address, of which a keyed digest is kept for as long as quotas are: about an hour."""
    quota = Quota(f"origin-{what}", rulebook.values_on(MARKS, timezone.localdate())[setting], _HOUR)
    caller = keyed_digest(settings.SECRET_KEY, f"origin {what}", _network(address))[:40]
    spent = access.spend(quota=quota, token=caller, address=None)
    if spent is not None and spent.exceeded:
        raise Limited("protection.origin_throttled", minutes=math.ceil(spent.resets_in / 60))


def _network(address: str | None) -> str:
    """An address; of IPv6 the first 64 bits, for the rest is the caller's own choice."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(int(parsed) >> 64 if parsed.version == 6 else parsed)  # noqa: PLR2004 - the version of the protocol
