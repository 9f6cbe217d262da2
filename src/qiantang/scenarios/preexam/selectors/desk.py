"""Reads for the office: what is to be done in a case, look-alikes, second readings, who is suggested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.commons.rulebook.types import Judgement
from qiantang.kernel.errors import NotPermitted
from qiantang.kernel.identifiers import parse_case_number
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.sampling import agreement
from qiantang.scenarios.preexam.models import FilingAttempt, LookAlike, SecondReading
from qiantang.scenarios.preexam.selectors.gaps import entry_judgements

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.preexam.models import DraftRequest


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier draft that is alike. ``harmless`` None: nobody has judged yet."""

    number: str
    percent: int
    why: str
    harmless: bool | None


@dataclass(frozen=True, slots=True)
class OfficeView:
    """What the office sees of a case beside what all see.

    second      ``""`` none, ``waiting``, ``mine``, ``taken``, ``agrees`` or ``differs``
    acts        it takes steps; an auditor only reads
    differing   parts in which the last filed text differed; None: none was compared
    """

    attention: Judgement
    alike: tuple[Alike, ...]
    second: str
    differing: tuple[str, ...] | None
    leads: bool
    acts: bool


def office_of(actor: Actor, row: DraftRequest) -> OfficeView:
    """Of a request that the actor may see. errors: NotPermitted ``preexam.office_only``"""
    if not policies.may_look_in(actor):
        raise NotPermitted(policies.OFFICE_ONLY)
    pairs = LookAlike.objects.filter(newer=row).select_related("older__case").order_by("-percent", "pk")
    attempt = FilingAttempt.objects.filter(request=row).order_by("-pk").first()
    return OfficeView(
        attention=entry_judgements(actor, row, row.accepted_on or row.saved_at.date())[1],
        alike=tuple(
            Alike(str(parse_case_number(one.older.case.number)), one.percent, one.why, one.harmless) for one in pairs
        ),
        second=_second(actor, SecondReading.objects.filter(request=row).order_by("-pk").first()),
        differing=tuple(attempt.differing) if attempt else None,
        leads=bool(policies.may_keep_ledgers(actor)),
        acts=bool(policies.may_find(actor)),
    )


def _second(actor: Actor, reading: SecondReading | None) -> str:
    if reading is None:
        return ""
    if reading.read_at is not None:
        return "agrees" if reading.agrees else "differs"
    if reading.reader_id is None:
        return "waiting"
    return "mine" if reading.reader_id == actor.person_id else "taken"


def second_reading_agreement(actor: Actor) -> tuple[int, int]:
    """(drawn second readings that agree with what was proposed, drawn ones made). What was ordered is no sample."""
    del actor
    return agreement(SecondReading.objects.filter(ordered=False).values_list("agrees", flat=True))
