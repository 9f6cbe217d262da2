"""Drafts for the matrices of permissions and of operations; what it takes to come so far is told by their own tests."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from qiantang.commons.accounts.api import mandates
from qiantang.commons.casework.models import Case, CaseParty
from qiantang.commons.files.api import vault
from qiantang.kernel.actor import Actor
from qiantang.scenarios.preexam.models import (
    Conclusion,
    CreditEntry,
    DefectItem,
    DraftPaper,
    DraftRequest,
    DraftVersion,
    QuotaEntry,
)
from qiantang.scenarios.preexam.rest.operations import AGENCY, FIRM, NEW_FIRM
from qiantang.scenarios.preexam.services import agencies, intake, subjects

_SYSTEM = Actor.system("test")
_TEXT, _PNG = "1. 一种水泵，包括壳体。\n".encode(), b"\x89PNG\r\n\x1a\n" + bytes(32)
_OF_OTHERS = "91330106MA27X00015"


def acts_for(actor: Actor, uscc: str) -> int:
    """A firm for which the actor may do everything; its key."""
    firm = mandates.register_organisation(actor=_SYSTEM, uscc=uscc, name=f"firm of {actor.name}")
    today = timezone.localdate()
    asked = mandates.request_mandate(
        actor=actor,
        organisation_id=firm.id,
        scopes=["everything", "manage"],
        start_date=today,
        end_date=today + timedelta(days=300),
        evidence="委托书",
    )
    mandates.settle_mandate(actor=_SYSTEM, mandate_id=asked.id, grant=True)
    return firm.id


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
    told = {"slot": "prior_art", "stream": io.BytesIO(_PNG), "name": "x.png"}
    intake.hand_in_paper(actor=owner, number=number, **told)
    draft = {"number": number, "slot": "prior_art", "sealed": DraftPaper.objects.get().sealed_id}
    names = "draft-show draft-submit draft-text version-add paper-add paper-show items-write answers-write"
    return {f"preexam:{name}": draft for name in names.split()} | {
        "preexam:draft-act": {"number": _handed_in(owner, filing)},
        "preexam:ledger-show": {"organisation": owner.organisation_id},
    }


def draft_examples(owner: Actor, examiner: int) -> dict[str, str]:
    """What the examples of pre-examination name: drafts of the owner's firm in all states, and some of others for the centre.

    returns  number by noun and place in the address of the example: ``drafts`` for ``drafts/1``, ``drafts/2`` …
    """
    firm, of_others = (
        owner.organisation_id,
        mandates.register_organisation(actor=_SYSTEM, uscc=_OF_OTHERS, name="a firm of others").id,
    )
    agency = replace(owner, organisation_id=acts_for(owner, AGENCY))
    acts_for(owner, NEW_FIRM)
    Case.objects.filter(pk=subjects.open_subject_filing(actor=owner).id).update(state="active")
    found = {"subject-filings": subjects.open_subject_filing(actor=agency).number}
    _ledgers(firm)
    for place, state in enumerate(_STATES, 1):
        key, number, row = _draft(owner)
        found["drafts" if place == 1 else f"drafts/{place}"] = number
        if state != "draft":
            DraftVersion.objects.filter(request=row).update(handed_in_at=timezone.now())
        if state in ("submitted", "accepted", "examining"):  # as the centre has them: of somebody else
            DraftRequest.objects.filter(pk=row.pk).update(applicant_id=of_others)
            CaseParty.objects.filter(case=key).update(organisation_id=of_others, person_id=None)
        told = _STATES[state]
        DraftRequest.objects.filter(pk=row.pk).update(submitted_on=None if state == "draft" else _DAY, **told)
        assignee = examiner if state == "examining" else None
        Case.objects.filter(pk=key).update(state=state, assignee_id=assignee, opened_by_id=None)
        if state in ("amendment_requested", "examining"):
            said = vault.hide("x", f"preexam:{row.pk}")
            DefectItem.objects.create(request=row, round=told.get("rounds", 0), number=1, part="claims", said=said)
        if state == "amendment_requested":
            version = {"stream": io.BytesIO("1. 一种泵。".encode()), "name": "x.txt"}
            intake.hand_in_version(actor=owner, number=number, **version)
        if state == "qualified":
            when = {"proposed_at": timezone.now(), "confirmed_at": timezone.now()}
            Conclusion.objects.create(request=row, outcome=state, version=row.versions.get(), **when)
    return found


_DAY = date(2026, 11, 26)
_STATES: dict[str, dict[str, Any]] = {
    "draft": {},
    "amendment_requested": {"rounds": 1},
    "qualified": {},
    "formally_filed": {"application_number": "2026100000029", "filed_on": _DAY},
    "submitted": {},
    "accepted": {"main_class": "F04D 1/00"},
    "examining": {},
}


def _draft(owner: Actor) -> tuple[int, str, DraftRequest]:
    opened = intake.open_draft(actor=owner, kind="invention")
    intake.hand_in_version(actor=owner, number=opened.number, stream=io.BytesIO(_TEXT), name="x.txt")
    intake.hand_in_paper(
        actor=owner, number=opened.number, slot="undertaking", stream=io.BytesIO(_PNG), name="undertaking.png"
    )
    return opened.id, opened.number, DraftRequest.objects.get(case_id=opened.id)


def _ledgers(firm: int | None) -> None:
    """The quota is used, a line of credit can be objected to, and the agency is on the list."""
    today, now = timezone.localdate(), timezone.now()
    QuotaEntry.objects.create(organisation_id=firm, year=today.year, kind="grant", amount=0, why="x", at=now)
    line = {"rule": "CR-1", "measure": "breach", "evidence": "x", "since": today, "at": now}
    written = CreditEntry.objects.create(organisation_id=firm, **line)
    CreditEntry.objects.filter(pk=written.pk).update(id=1)  # so PostgreSQL gives the next one another key
    text = f"uscc,name,licence\n{AGENCY},x,33100\n"
    agencies.import_list(actor=_SYSTEM, text=text, effective_date=date(2026, 1, 1), source="x", article="x")
    assert FIRM
