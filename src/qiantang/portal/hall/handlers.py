"""What the hall does when a matter moves: the next part of a bundle begins, and who waited is asked how it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.events.api import subscribe
from qiantang.kernel.actor import Actor
from qiantang.portal.hall.services.bundles import go_on
from qiantang.portal.hall.services.rating import invite
from qiantang.portal.hall.workflow import BUNDLE, MATTER

if TYPE_CHECKING:
    from qiantang.commons.events.api import Delivered


@subscribe("casework.case.advanced")
def follow_a_matter(event: Delivered) -> None:
    """A part of a bundle ended: the next begins. A matter ended: the parties are asked how it was."""
    told = event.payload
    if told["kind"] not in {MATTER.key, BUNDLE.key}:
        return
    go_on(case_id=told["case_id"])
    job = Actor.system("matters of the hall")
    invite(actor=job, case_id=told["case_id"], people=told["parties"], key=f"rate:{told['case_id']}")
