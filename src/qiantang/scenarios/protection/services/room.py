"""What happens in the room of a mediation: talk in three channels, proposals as versions, sessions with minutes, blind bids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.rulebook import api as rulebook
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotFound, NotPermitted
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.methods import bidding
from qiantang.scenarios.protection.models import BlindBid, Proceeding, Proposal, RoomMessage, Session
from qiantang.scenarios.protection.rules.routes import ROUTES
from qiantang.scenarios.protection.selectors.disputes import proceeding_row
from qiantang.scenarios.protection.types import CHANNELS, Side

if TYPE_CHECKING:
    from datetime import date, datetime

_SIDES = (Side.APPLICANT, Side.RESPONDENT)
_TALKING = frozenset({"mediating", "signing"})
_TEXT = 8_000


def _entered(actor: Actor, number: str, among: tuple[Side, ...]) -> tuple[Proceeding, Side]:
    """The proceeding and the actor's side in its room. errors: NotFound · NotPermitted · Conflict ``protection.room_closed``"""
    row = proceeding_row(actor, number)
    side = policies.side_in(actor, row)
    if side not in among:
        raise NotPermitted("protection.step_of_another")
    Proceeding.objects.select_for_update().get(pk=row.pk)
    if row.case.state not in _TALKING:
        raise Conflict("protection.room_closed")
    return row, side


@transaction.atomic
def say(*, actor: Actor, number: str, channel: str, text: str) -> None:
    """Say something, to all or in one's caucus with the mediator.

    errors  NotFound · NotPermitted ``protection.channel_closed`` · Conflict ``protection.room_closed``
            Invalid ``casework.note_missing``
    """
    row, side = _entered(actor, number, (*_SIDES, Side.MEDIATOR))
    if channel not in CHANNELS[side]:
        raise NotPermitted("protection.channel_closed")
    said = text.strip()[:_TEXT]
    if not said:
        raise Invalid("casework.note_missing")
    RoomMessage.objects.create(
        proceeding=row, channel=channel, side=side, author_name=actor.name, text=said, said_at=timezone.now()
    )


@transaction.atomic
def propose(*, actor: Actor, number: str, terms: str, amount_yuan: int | None, perform_by: date | None) -> int:
    """Put a proposal, or a counter-proposal; returns its version. Nothing said before is changed by it.

    errors  NotFound · NotPermitted · Conflict ``protection.room_closed`` · Invalid ``casework.note_missing``
    """
    row, side = _entered(actor, number, (*_SIDES, Side.MEDIATOR))
    if not terms.strip():
        raise Invalid("casework.note_missing")
    last: int = Proposal.objects.filter(proceeding=row).aggregate(last=Max("version"))["last"] or 0
    Proposal.objects.create(
        proceeding=row,
        version=last + 1,
        side=side,
        terms=terms.strip()[:_TEXT],
        amount_yuan=amount_yuan,
        perform_by=perform_by,
        answers={str(side): True} if side in _SIDES else {},
        made_at=timezone.now(),
    )
    return last + 1


@transaction.atomic
def answer_proposal(*, actor: Actor, number: str, version: int, agreed: bool) -> None:
    """Say yes or no to a version. Only the newest one can be agreed to.

    errors  NotFound ``protection.proposal_unknown`` · NotPermitted · Conflict ``protection.proposal_old``
    """
    row, side = _entered(actor, number, _SIDES)
    newest = Proposal.objects.filter(proceeding=row).order_by("-version").first()
    proposal = Proposal.objects.filter(proceeding=row, version=version).first()
    if newest is None or proposal is None:
        raise NotFound("protection.proposal_unknown")
    if proposal.pk != newest.pk:
        raise Conflict("protection.proposal_old", version=newest.version)
    proposal.answers = {**proposal.answers, str(side): agreed}
    proposal.save(update_fields=["answers"])


@transaction.atomic
def call_session(*, actor: Actor, number: str, starts_at: datetime, place: str) -> None:
    """The mediator sets a meeting. errors: NotFound · NotPermitted · Conflict ``protection.room_closed``"""
    row, _side = _entered(actor, number, (Side.MEDIATOR,))
    Session.objects.create(proceeding=row, starts_at=starts_at, place=" ".join(place.split())[:200])


@transaction.atomic
def write_minutes(*, actor: Actor, number: str, session: int, present: str, minutes: str, undisputed: str) -> None:
    """The mediator writes the minutes of a meeting; until both sides have confirmed them they may be written anew.

    errors  NotFound ``protection.session_unknown`` · NotPermitted · Conflict ``protection.minutes_confirmed``
    """
    row, _side = _entered(actor, number, (Side.MEDIATOR,))
    found = _session(row, session)
    if len(found.confirmed_by) == len(_SIDES):
        raise Conflict("protection.minutes_confirmed")
    found.present, found.minutes, found.undisputed = present.strip()[:500], minutes.strip(), undisputed.strip()
    found.confirmed_by = []
    found.save(update_fields=["present", "minutes", "undisputed", "confirmed_by"])


@transaction.atomic
def confirm_minutes(*, actor: Actor, number: str, session: int) -> None:
    """A side says that minutes are right; undisputed facts hold once both did (OMR art. 18).

    errors  NotFound ``protection.session_unknown`` · NotPermitted · Conflict ``protection.minutes_missing``
    """
    row, side = _entered(actor, number, _SIDES)
    found = _session(row, session)
    if not found.minutes:
        raise Conflict("protection.minutes_missing")
    found.confirmed_by = sorted({*found.confirmed_by, str(side)})
    found.save(update_fields=["confirmed_by"])


def _session(row: Proceeding, key: int) -> Session:
    found = Session.objects.filter(proceeding=row, pk=key).first()
    if found is None:
        raise NotFound("protection.session_unknown")
    return found


@transaction.atomic
def bid_blind(*, actor: Actor, number: str, amount_yuan: int) -> bool | None:
    """Say, under seal, the least one takes (applicant) or the most one pays (respondent). When both have, the platform says
    whether they meet, wipes both amounts, and tells nobody what they were.

    returns     whether the two meet; None while the other side has not bid
    errors      NotFound · NotPermitted · Conflict ``protection.bid_already``, ``protection.room_closed``
                Limited ``protection.bids_used`` after the rounds of ``bid_rounds``: more would let one feel one's way
    """
    row, side = _entered(actor, number, _SIDES)
    newest: int = BlindBid.objects.filter(proceeding=row).aggregate(last=Max("round"))["last"] or 0
    there = list(BlindBid.objects.filter(proceeding=row, round=newest))
    if len(there) == len(_SIDES) or not there:
        rounds = rulebook.values_on(ROUTES, timezone.localdate())["bid_rounds"]
        if newest >= rounds:
            raise Limited("protection.bids_used", rounds=rounds)
        newest, there = newest + 1, []
    if any(one.side == side for one in there):
        raise Conflict("protection.bid_already")
    sealed = bidding.seal(settings.SECRET_KEY, amount_yuan)
    mine = BlindBid.objects.create(proceeding=row, round=newest, side=side, sealed=sealed, bid_at=timezone.now())
    audit.record(actor=actor, verb="protection.bid.make", subject=f"proceeding:{row.pk}", facts={"round": newest})
    if not there:
        return None
    limits = {one.side: bidding.opened(settings.SECRET_KEY, one.sealed) for one in (*there, mine)}
    meets = bidding.meets(limits[Side.APPLICANT], limits[Side.RESPONDENT])
    BlindBid.objects.filter(proceeding=row, round=newest).update(sealed="", meets=meets)
    return meets


@transaction.atomic
def agree_extension(*, actor: Actor, number: str) -> bool:
    """A side agrees to go on after the term; when both do, the clock is extended. Returns whether it is.

    errors  NotFound · NotPermitted · Conflict ``casework.not_extendable``, ``protection.room_closed``
    """
    row, side = _entered(actor, number, _SIDES)
    row.extension_agreed = sorted({*row.extension_agreed, str(side)})
    row.save(update_fields=["extension_agreed"])
    if len(row.extension_agreed) < len(_SIDES):
        return False
    platform = Actor.system("terms of mediations")
    clocks = casework.case_sheet(platform, number).clocks
    term = next((one for one in clocks if one.key == "tl_04" and one.extendable), None)
    if term is None:
        raise Conflict("casework.not_extendable")
    casework.timing.extend(actor=platform, number=number, clock_id=term.id, note="双方同意延长")
    return True
