"""What follows from events: a confirmed conclusion gets its notice."""

from __future__ import annotations

from django.utils import translation

from qiantang.commons.events.api import Delivered, subscribe
from qiantang.kernel.actor import Actor

_CONFIRMED = frozenset({"confirm_pass", "confirm_fail", "confirm_end"})


@subscribe("casework.case.advanced")
def issue_the_notice(event: Delivered) -> None:
    """A conclusion of a draft was confirmed: its notice is made, in Chinese as notices are."""
    told = event.payload
    if not str(told["kind"]).startswith("preexam.") or told["action"] not in _CONFIRMED:
        return
    from qiantang.scenarios.preexam.services.noticing import issue_notice  # noqa: PLC0415 - typst and its fonts are loaded with the first notice

    with translation.override("zh-hans"):
        issue_notice(actor=Actor.system("notice of a conclusion"), case_id=told["case_id"])
