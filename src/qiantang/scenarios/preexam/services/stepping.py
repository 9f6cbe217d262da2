"""Steps of an applicant that programs take: what stands in the draft or the filing is handed in, nothing is sent along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.scenarios.preexam.services.answering import resubmit_draft
from qiantang.scenarios.preexam.services.intake import submit_draft
from qiantang.scenarios.preexam.services.subjects import submit_subject

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def take_draft_step(*, actor: Actor, number: str, action: str, note: str = "") -> None:
    """Hand a draft in, or the answer to what was found. errors: as ``submit_draft``, ``resubmit_draft``"""
    take = submit_draft if action == "submit" else resubmit_draft
    take(actor=actor, number=number, note=note)


def take_subject_step(*, actor: Actor, number: str, action: str, note: str = "") -> None:
    """Hand a filing of a subject in. errors: as ``submit_subject``"""
    del action  # there is one
    submit_subject(actor=actor, number=number, note=note)
