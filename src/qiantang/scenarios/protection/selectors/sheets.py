"""Sheets, alerts and applications as their pages show them: to the right holder, to authorities by its choice, to who audits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import Role, organisations
from qiantang.commons.refdata.api import regions
from qiantang.commons.rulebook import api as rulebook
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods.terms import effective_until, renewal_opens
from qiantang.scenarios.protection.models import (
    ActionApplication,
    AlertCopy,
    Authority,
    ProductSheet,
    SheetShare,
)
from qiantang.scenarios.protection.rules.marks import (
    ALERT_WORDS,
    APPLICATION_WORDS,
    AUTHORITY_WORDS,
    MARKS,
    SHEET_PARTS,
)
from qiantang.scenarios.protection.selectors.telling import right_word
from qiantang.scenarios.protection.types.marks import AlertKind, ApplicationState, AuthorityKind

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor

_READS_TOLD = 50


@dataclass(frozen=True, slots=True)
class SheetOpen:
    """A sheet as somebody may see it. ``authority`` the one for which they read it; none: the right holder, or an auditor."""

    row: ProductSheet
    mine: bool
    authority: Authority | None


def sheet_opened(actor: Actor, key: int) -> SheetOpen:
    """A sheet for its right holder, an authority it is shared with, an auditor. errors: NotFound ``protection.sheet_unknown``"""
    row = ProductSheet.objects.filter(pk=key).first()
    if row is None:
        raise NotFound("protection.sheet_unknown")
    mine = policies.holds_sheet(actor, row)
    authority = None if mine else policies.sheet_open_to(actor, row)
    if not mine and authority is None and not actor.has_role(Role.AUDITOR):
        raise NotFound("protection.sheet_unknown")
    return SheetOpen(row, mine, authority)


def authority_name(row: Authority) -> str:
    return organisations.organisations_named([row.organisation_id])[row.organisation_id].name


def authority_rows() -> list[dict[str, Any]]:
    """The register of authorities, by kind and name."""
    rows = list(Authority.objects.filter(active=True))
    named = organisations.organisations_named([row.organisation_id for row in rows])
    found = [
        {
            "key": row.pk,
            "name": named[row.organisation_id].name,
            "kind": gettext(AUTHORITY_WORDS[AuthorityKind(row.kind)]),
            "district": row.district,
            "source": row.source,
        }
        for row in rows
    ]
    return sorted(found, key=lambda one: (one["kind"], one["name"]))


def holder_name(row: ProductSheet) -> str:
    """Who holds the right, as the sheet was made."""
    if row.organisation_id is not None:
        return organisations.organisations_named([row.organisation_id])[row.organisation_id].name
    return row.person.display_name if row.person else "—"


def sheets_of(actor: Actor) -> QuerySet[ProductSheet]:
    """One's own sheets and those of the organisations one acts for; for an auditor all of them."""
    rows = ProductSheet.objects.order_by("-saved_at", "-pk")
    if actor.has_role(Role.AUDITOR):
        return rows
    if actor.person_id is None:
        return rows.none()
    acting = organisations.organisation_ids(actor, policies.SCOPE)
    return rows.filter(Q(organisation_id__isnull=True, person_id=actor.person_id) | Q(organisation_id__in=acting))


def sheet_list(actor: Actor) -> list[dict[str, Any]]:
    rows = sheets_of(actor).prefetch_related("shares")
    return [
        {
            "row": row,
            "right": right_word(row.right_kind),
            "shared": sum(one.withdrawn_at is None for one in row.shares.all()),
        }
        for row in rows
    ]


def sheet_shown(actor: Actor, key: int) -> dict[str, Any]:
    """All of a sheet's page. errors: NotFound ``protection.sheet_unknown``"""
    opened = sheet_opened(actor, key)
    row = opened.row
    inside = opened.mine or opened.authority is None
    shown = {
        "sheet": row,
        "mine": opened.mine,
        "for_authority": authority_name(opened.authority) if opened.authority else "",
        "holder": holder_name(row),
        "right": right_word(row.right_kind),
        "parts": part_rows(row),
        "alerts": alert_rows(row, opened.authority),
        "applications": application_rows(row.applications.all(), inside=inside, only=opened.authority),
    }
    if inside:
        shown |= _holders_part(row)
    return shown


def _holders_part(row: ProductSheet) -> dict[str, Any]:
    shared = {one.authority_id: one for one in row.shares.filter(withdrawn_at__isnull=True)}
    authorities = authority_rows()
    reads = row.reads.select_related("authority").order_by("-read_at", "-pk")
    names = {one["key"]: one["name"] for one in authorities}
    return {
        "shares": [{**one, "shared_at": shared[one["key"]].shared_at} for one in authorities if one["key"] in shared],
        "others": [one for one in authorities if one["key"] not in shared],
        "reads": [
            {
                "who": names.get(one.authority_id, "") if one.authority_id else gettext("Who audits the platform"),
                "version": one.version,
                "at": one.read_at,
            }
            for one in reads[:_READS_TOLD]
        ],
        "read_count": reads.count(),
        "alert_kinds": [(str(one), gettext(word)) for one, word in ALERT_WORDS.items()],
    }


def part_rows(row: ProductSheet | None) -> list[dict[str, str]]:
    """The parts of a sheet in their order, with what belongs into each."""
    return [
        {
            "key": key,
            "title": gettext(title),
            "hint": gettext(hint),
            "text": str((row.parts if row else {}).get(key, "")),
        }
        for key, (title, hint) in SHEET_PARTS.items()
    ]


def alert_rows(row: ProductSheet, authority: Authority | None) -> list[dict[str, Any]]:
    """The alerts of a sheet, newest first: all of them, or those that one authority has."""
    copies = AlertCopy.objects.filter(alert__sheet=row).select_related("alert", "authority")
    if authority is not None:
        copies = copies.filter(authority=authority, alert__withdrawn_at__isnull=True)
    grouped: dict[int, dict[str, Any]] = {}
    names = {one["key"]: one["name"] for one in authority_rows()}
    for one in copies.order_by("-alert__sent_at", "-alert_id", "pk"):
        entry = grouped.setdefault(
            one.alert_id,
            {
                "alert": one.alert,
                "kind": gettext(ALERT_WORDS[AlertKind(one.alert.kind)]),
                "district": region_word(one.alert.district),
                "copies": [],
            },
        )
        entry["copies"].append({"copy": one, "who": names.get(one.authority_id, "")})
    return list(grouped.values())


def region_word(code: str) -> str:
    """The name of a region; empty where none was told."""
    from django.utils.translation import get_language  # noqa: PLC0415 - beside the call that needs it

    return regions().name(code, "zh" if (get_language() or "").startswith("zh") else "en") if code else ""


def window_months(authority: Authority, day: date) -> tuple[int, int]:
    """(months of the term, months before its end from which it can be renewed) with an authority, by the values of a day."""
    values = rulebook.values_on(MARKS, day)
    kind = "customs" if authority.kind == AuthorityKind.CUSTOMS else "other"
    return values[f"{kind}_months"], values[f"{kind}_window_months"]


def application_rows(
    rows: QuerySet[ActionApplication], *, inside: bool, only: Authority | None
) -> list[dict[str, Any]]:
    """Applications as a register, newest first; for an authority its own alone."""
    found = rows.select_related("authority", "sheet").order_by("-filed_at", "-pk")
    if not inside:
        found = found.filter(authority=only)
    today, names = timezone.localdate(), {one["key"]: one["name"] for one in authority_rows()}
    renewed = set(found.filter(renews__isnull=False).values_list("renews_id", flat=True))
    return [_application_row(one, names.get(one.authority_id, ""), today, one.pk in renewed) for one in found]


def _application_row(row: ActionApplication, name: str, today: date, renewed_already: bool) -> dict[str, Any]:  # noqa: FBT001 - one fact of the row
    word, until, opens = gettext(APPLICATION_WORDS[ApplicationState(row.state)]), None, None
    if row.state == ApplicationState.GRANTED and row.valid_until and row.valid_from:
        until = effective_until(row.valid_until, row.sheet.right_until)
        opens = renewal_opens(row.valid_until, window_months(row.authority, today)[1])
        word = gettext("Ended") if until < today else word
        word = gettext("In force from a day to come") if row.valid_from > today else word
    return {
        "row": row,
        "product": row.sheet.product,
        "who": name,
        "word": word,
        "until": until,
        "cut_short": until is not None and until != row.valid_until,
        "opens": opens,
        "renewable": bool(opens and until and opens <= today <= until and not renewed_already),
        "ours": row.state == ApplicationState.FILED,
    }


def enforcement_shown(actor: Actor) -> dict[str, Any]:
    """What an authority has before it: sheets shared with it, alerts, applications. Empty for who enforces for none."""
    mine = policies.authorities_of(actor)
    if not mine:
        return {"authorities": [], "sheets": [], "alerts": [], "applications": []}
    keys = [one.pk for one in mine]
    open_shares = SheetShare.objects.filter(authority_id__in=keys, withdrawn_at__isnull=True)
    shares = open_shares.select_related("sheet").order_by("-shared_at", "-pk")
    sheets = {one.sheet_id: one.sheet for one in shares}
    applications = ActionApplication.objects.filter(authority_id__in=keys)
    return {
        "authorities": [authority_name(one) for one in mine],
        "sheets": [
            {"row": one, "right": right_word(one.right_kind), "holder": holder_name(one)} for one in sheets.values()
        ],
        "alerts": [{**entry, "sheet": one} for one in sheets.values() for entry in _alerts_of(one, mine)],
        "applications": application_rows(applications, inside=True, only=None),
    }


def _alerts_of(row: ProductSheet, mine: tuple[Authority, ...]) -> list[dict[str, Any]]:
    shared = set(row.shares.filter(withdrawn_at__isnull=True).values_list("authority_id", flat=True))
    return [entry for one in mine if one.pk in shared for entry in alert_rows(row, one)]
