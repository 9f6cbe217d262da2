"""A draft for the matrix of permissions."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone

from qiantang.commons.casework.models import Case
from qiantang.kernel.actor import Actor
from qiantang.scenarios.preexam.models import DraftPaper, DraftRequest
from qiantang.scenarios.preexam.services import intake


def _handed_in(owner: Actor, filing: int) -> str:
    """A draft that is with the centre, which sees it only now; what handing in takes is told by its own tests."""
    Case.objects.filter(pk=filing).update(state="active")
    opened = intake.open_draft(actor=owner, kind="invention")
    Case.objects.filter(pk=filing).update(state="draft")
    Case.objects.filter(pk=opened.id).update(state="submitted")
    DraftRequest.objects.filter(case_id=opened.id).update(submitted_on=timezone.localdate())
    return opened.number


def draft_things(owner: Actor, filing: int) -> dict[str, dict[str, Any]]:
    """A draft as it is filled, with a version and a paper: the party alone opens what it holds."""
    Case.objects.filter(pk=filing).update(state="active")  # what the filing takes is told by its own tests
    number = intake.open_draft(actor=owner, kind="invention").number
    Case.objects.filter(pk=filing).update(state="draft")
    intake.hand_in_version(actor=owner, number=number, stream=io.BytesIO("1. 一种泵。".encode()), name="x.txt")
    told = {"slot": "prior_art", "stream": io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(32)), "name": "x.png"}
    intake.hand_in_paper(actor=owner, number=number, **told)
    draft = {"number": number, "slot": "prior_art", "sealed": DraftPaper.objects.get().sealed_id}
    names = "draft-show draft-submit draft-text version-add paper-add paper-show items-write answers-write"
    return {f"preexam:{name}": draft for name in names.split()} | {
        "preexam:draft-act": {"number": _handed_in(owner, filing)},
        "preexam:ledger-show": {"organisation": owner.organisation_id},
    }
