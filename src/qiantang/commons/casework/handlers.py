"""Steps and ends of limits become notices."""

from __future__ import annotations

from qiantang.commons.casework.rules import MERGED, SPLIT
from qiantang.commons.casework.services import notifying
from qiantang.commons.events.api import Delivered, subscribe
from qiantang.kernel.actor import Actor


@subscribe("casework.case.advanced")
def tell_of_a_step(event: Delivered) -> None:
    """The parties, and who handles the case, hear of a step that somebody else took."""
    told = event.payload
    notifying.tell_step(
        actor=Actor.system("steps of cases"),
        case_id=told["case_id"],
        target=told["target"],
        by=told["by"],
        office=told["office"],
        parties=told["parties"],
        key=f"case:{event.event_id}",
    )


@subscribe("casework.clock.run_out")
def tell_of_an_end(event: Delivered) -> None:
    """Who handles the case hears that a limit in it has ended."""
    told = event.payload
    notifying.tell_end_of_limit(
        actor=Actor.system("limits of cases"),
        case_id=told["case_id"],
        office=told["office"],
        day=told["due"],
        key=f"case:{event.event_id}",
    )


@subscribe("notices.legal.unread")
def tell_of_an_unread_notice(event: Delivered) -> None:
    """Whoever handles the case hears that a legal notice about it is not read."""
    told = event.payload
    notifying.tell_unread(
        actor=Actor.system("unread legal notices"),
        subject=told["subject"],
        days=told["days"],
        key=f"unread:{event.event_id}",
    )


@subscribe("casework.case.merged")
def tell_of_a_merge(event: Delivered) -> None:
    """The parties of a merged case hear where it goes on."""
    told = event.payload
    notifying.tell_joined(
        actor=Actor.system("merged cases"),
        kind=MERGED,
        case_id=told["case_id"],
        other=told["into"],
        by=told["by"],
        parties=told["parties"],
        key=f"case:{event.event_id}",
    )


@subscribe("casework.case.split")
def tell_of_a_split(event: Delivered) -> None:
    """The parties of a new case hear what it was split off."""
    told = event.payload
    notifying.tell_joined(
        actor=Actor.system("split cases"),
        kind=SPLIT,
        case_id=told["case_id"],
        other=told["arises"],
        by=told["by"],
        parties=told["parties"],
        key=f"case:{event.event_id}",
    )
