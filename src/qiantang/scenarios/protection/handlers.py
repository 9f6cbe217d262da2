"""What follows from events: a capture of a watched page is looked through."""

from __future__ import annotations

from qiantang.commons.events.api import Delivered, subscribe
from qiantang.kernel.actor import Actor


@subscribe("evidence.capture.ended")
def look_through_a_capture(event: Delivered) -> None:
    """New suspects become a draft, and their owner is told. A capture without a schedule is nobody's watch."""
    told = event.payload
    if not told["schedule"]:
        return
    from qiantang.scenarios.protection.services.watching import look_through  # noqa: PLC0415 - evidence, which few commands need

    actor = Actor.system("watch lists")
    look_through(actor=actor, capture=str(told["number"]), schedule=str(told["schedule"]))
