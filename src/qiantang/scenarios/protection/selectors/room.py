"""The room of a mediation as each side sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext

from qiantang.scenarios.protection.methods.mediators import Fitness
from qiantang.scenarios.protection.models import (
    Agreement,
    Appointment,
    BlindBid,
    Objection,
    Proposal,
    RoomMessage,
    Session,
)
from qiantang.scenarios.protection.rules.words import CHANNEL_WORDS, SIDE_WORDS, UNFIT_WORDS
from qiantang.scenarios.protection.selectors.disputes import proceeding_row
from qiantang.scenarios.protection.selectors.mediators import candidates_for, standing
from qiantang.scenarios.protection.types import CHANNELS, Side

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.protection.models import Proceeding

_SHOWN = 30


@dataclass(frozen=True, slots=True)
class RoomShown:
    """Everything of a mediation beside its case, for one side. Lists of values ready to be shown."""

    state: str
    side: Side
    mediator: dict[str, Any] | None
    candidates: list[dict[str, Any]] = field(default_factory=list)
    my_choice: int | None = None
    may_object: bool = False
    channels: list[dict[str, Any]] = field(default_factory=list)
    proposals: list[dict[str, Any]] = field(default_factory=list)
    sessions: list[dict[str, Any]] = field(default_factory=list)
    bids: dict[str, Any] = field(default_factory=dict)
    agreement: dict[str, Any] | None = None
    extension_sides: tuple[Side, ...] = ()

    @property
    def extension(self) -> tuple[str, ...]:
        """The sides that agree to go on after the term, in words."""
        return tuple(gettext(SIDE_WORDS[one]) for one in self.extension_sides)

    @property
    def talking(self) -> bool:
        return self.state in ("mediating", "signing") and self.side is not Side.OFFICE


def room(actor: Actor, number: str, side: Side) -> RoomShown:
    """What a side sees; a caucus is seen by that side and the mediator alone. errors: NotFound ``casework.unknown``"""
    row = proceeding_row(actor, number)
    state = row.case.state
    inside = side is not Side.OFFICE
    return RoomShown(
        state=state,
        side=side,
        mediator=_mediator(row),
        candidates=[_candidate(one) for one in candidates_for(row)[:_SHOWN]] if state == "choosing" else [],
        my_choice=row.choices.get(side),
        may_object=_may_object(row, side),
        channels=[_channel(row, key) for key in CHANNELS[side]],
        proposals=_proposals(row, side) if inside else [],
        sessions=_sessions(row, side) if inside else [],
        bids=_bids(row, side) if inside else {},
        agreement=_agreement(row, side),
        extension_sides=tuple(Side(one) for one in row.extension_agreed),
    )


def _mediator(row: Proceeding) -> dict[str, Any] | None:
    found = standing(row)
    if found is None:
        return None
    return {
        "name": found.mediator.name,
        "body": found.mediator.body.name,
        "fee": found.mediator.body.fee_told,
        "accepted": found.accepted_at is not None,
        "disclosed": found.disclosed,
        "in_field": bool(found.reasons.get("in_field")),
        "open_now": found.reasons.get("open_now"),
    }


def _candidate(one: Fitness) -> dict[str, Any]:
    return {
        "one": one.candidate,
        "fits": one.fits,
        "in_field": one.in_field,
        "why": gettext(UNFIT_WORDS[one.why]) if one.why else "",
    }


def _may_object(row: Proceeding, side: Side) -> bool:
    appointment = Appointment.objects.filter(proceeding=row, ended_at__isnull=True).first()
    if (
        appointment is None
        or side not in (Side.APPLICANT, Side.RESPONDENT)
        or row.case.state not in ("named", "mediating")
    ):
        return False
    return bool(appointment.disclosed) or not Objection.objects.filter(proceeding=row, side=side).exists()


def _channel(row: Proceeding, key: str) -> dict[str, Any]:
    said = RoomMessage.objects.filter(proceeding=row, channel=key).order_by("said_at", "pk")
    lines = [
        {
            "of": Side(one.side),
            "side": gettext(SIDE_WORDS[Side(one.side)]),
            "who": one.author_name,
            "text": one.text,
            "at": one.said_at,
        }
        for one in said
    ]
    return {"key": key, "title": gettext(CHANNEL_WORDS[key]), "lines": lines}


def _proposals(row: Proceeding, side: Side) -> list[dict[str, Any]]:
    rows = list(Proposal.objects.filter(proceeding=row).order_by("-version"))
    sides = (Side.APPLICANT, Side.RESPONDENT)
    return [
        {
            "row": one,
            "side": gettext(SIDE_WORDS[Side(one.side)]),
            "answers": [(gettext(SIDE_WORDS[s]), one.answers.get(s)) for s in sides],
            "newest": place == 0,
            "agreed": all(one.answers.get(s) is True for s in sides),
            "mine_open": place == 0 and side in sides and one.answers.get(side) is None,
        }
        for place, one in enumerate(rows)
    ]


def _sessions(row: Proceeding, side: Side) -> list[dict[str, Any]]:
    return [
        {
            "row": one,
            "confirmed": [gettext(SIDE_WORDS[Side(s)]) for s in one.confirmed_by],
            "may_confirm": bool(one.minutes) and side in ("applicant", "respondent") and side not in one.confirmed_by,
        }
        for one in Session.objects.filter(proceeding=row).order_by("starts_at")
    ]


def _bids(row: Proceeding, side: Side) -> dict[str, Any]:
    """Which rounds met; never an amount. Whether one has bid in the round that is open."""
    bids = list(BlindBid.objects.filter(proceeding=row).order_by("round"))
    done = {one.round: one.meets for one in bids if one.meets is not None}
    waiting = [one for one in bids if one.meets is None]
    return {
        "done": sorted(done.items()),
        "mine_waits": any(one.side == side for one in waiting),
        "other_waits": any(one.side != side for one in waiting),
        "may_bid": side in ("applicant", "respondent") and not any(one.side == side for one in waiting),
    }


def _agreement(row: Proceeding, side: Side) -> dict[str, Any] | None:
    found = Agreement.objects.filter(proceeding=row).order_by("-version").first()
    if found is None or (row.case.state == "mediating" and found.effective_at is None):
        return None
    signed = {one.side: one for one in found.signatures.all()}
    return {
        "row": found,
        "content": found.content,
        "signed": [(gettext(SIDE_WORDS[Side(key)]), one.name, one.signed_at) for key, one in signed.items()],
        "signatures": list(signed.values()),
        "may_sign": row.case.state == "signing" and side is not Side.OFFICE and side not in signed,
        "performances": [
            {
                "row": one,
                "side": gettext(SIDE_WORDS[Side(one.side)]),
                "late": one.done_at is None and one.due_date < timezone.localdate(),
            }
            for one in found.performances.order_by("due_date", "pk")
        ],
        "may_ask": row.case.state == "effective"
        and side in ("applicant", "respondent")
        and side not in found.confirmation_asked,
        "asked": [gettext(SIDE_WORDS[Side(one)]) for one in found.confirmation_asked],
    }
