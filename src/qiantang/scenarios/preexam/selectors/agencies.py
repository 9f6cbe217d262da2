"""Reads: agencies on the list of a day, registered with the centre, suspended or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.scenarios.preexam.models import Agency, AgencyList, AgencyListed
from qiantang.scenarios.preexam.selectors.credit import Standing, standing

if TYPE_CHECKING:
    from qiantang.commons.accounts.types import Organisation
    from qiantang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class OnList:
    """Whether an agency stands on the list in force. ``since`` None: no list was in force."""

    listed: bool
    since: date | None
    source: str
    article: str
    licence: str


@dataclass(frozen=True, slots=True)
class AgencyShown:
    """A registered agency as it stands today."""

    organisation: Organisation
    attorneys: int
    on_list: OnList
    standing: Standing


def listed_on(uscc: str, day: date) -> OnList:
    """Where an agency stands on the edition in force on a day."""
    edition = AgencyList.objects.filter(effective_date__lte=day).order_by("-effective_date").first()
    if edition is None:
        return OnList(listed=False, since=None, source="", article="", licence="")
    line = AgencyListed.objects.filter(edition=edition, uscc=uscc).first()
    return OnList(
        line is not None, edition.effective_date, edition.source, edition.article, line.licence if line else ""
    )


def editions(actor: Actor) -> tuple[tuple[AgencyList, int], ...]:
    """Every edition with how many agencies it names, newest first: public."""
    del actor
    rows = AgencyList.objects.order_by("-effective_date")
    return tuple((row, row.lines.count()) for row in rows)


def registered_agencies(actor: Actor, day: date | None = None) -> tuple[AgencyShown, ...]:
    """The agencies registered with the centre: public."""
    del actor
    on = day or timezone.localdate()
    rows = list(Agency.objects.order_by("registered_at", "pk"))
    named = organisations.organisations_named([row.organisation_id for row in rows])
    return tuple(
        AgencyShown(
            named[row.organisation_id],
            row.attorneys,
            listed_on(named[row.organisation_id].uscc, on),
            standing(row.organisation_id, on),
        )
        for row in rows
    )


def is_agency(organisation_id: int) -> bool:
    """Whether an organisation is registered as an agency."""
    return Agency.objects.filter(organisation_id=organisation_id).exists()
