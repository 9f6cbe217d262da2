"""Clues to crimes: noted by the office, approved by another person, transferred to the police with a copy to the procuratorate.

No party stands in a clue, and none sees it. What goes out and comes back is signed; each message is kept with its receipt.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import LinkKind, NewParty, PartyRole
from qiantang.commons.documents import api as documents
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Dispute, Exhibit, Paper, Proceeding
from qiantang.scenarios.protection.rules.papers import TRANSFER
from qiantang.scenarios.protection.rules.words import FACT_WORDS, PAPER_WORDS
from qiantang.scenarios.protection.selectors.disputes import (
    casework_number,
    dispute_row,
    intake_of,
    proceeding_row,
    told_as_json,
)
from qiantang.scenarios.protection.services.connectors import queue_message
from qiantang.scenarios.protection.services.papers import add_paper
from qiantang.scenarios.protection.services.steps import ensure, step_taken
from qiantang.scenarios.protection.types import (
    CLUE_PAPERS,
    CLUE_PAPERS_NEEDED,
    PROCURATORATE,
    Intake,
    PaperKind,
    Route,
    Side,
)
from qiantang.scenarios.protection.workflow import CLUE, DISPUTE

_NEEDED = ("respondent", "place", "description")
# What the office says to the other bodies: action -> (to whom, kind of message)
_SAID = {
    "supply": (Route.POLICE, "supplement"),
    "reconsider": (Route.POLICE, "reconsideration"),
    "supervise": (PROCURATORATE, "supervision"),
}


@transaction.atomic
def note_clue(*, actor: Actor, told: Intake, dispute: str = "") -> str:
    """Note a clue, of a dispute or found by the office itself; returns its number.

    dispute     number of the dispute it was found in; its facts and evidence are those of the clue
    errors      NotPermitted ``protection.office_only`` · NotFound · Invalid ``protection.clue_facts``
                Conflict ``protection.clue_running``
    """
    ensure(policies.may_keep(actor))
    row = dispute_row(actor, dispute) if dispute else _found_by_the_office(actor, told)
    missing = [gettext(FACT_WORDS[name]) for name in _NEEDED if not getattr(intake_of(row), name)]
    if missing:
        raise Invalid("protection.clue_facts", missing="、".join(missing))
    running = row.proceedings.filter(case__kind=CLUE.key, concluded_at__isnull=True).select_related("case").first()
    if running is not None:
        raise Conflict("protection.clue_running", number=casework_number(running.case.number))
    suspect = NewParty(PartyRole.OPPONENT, name=intake_of(row).respondent)
    opened = casework.open_case(actor=actor, kind=CLUE.key, title=gettext("Clue to a crime"), parties=[suspect])
    proceeding = Proceeding.objects.create(dispute=row, case_id=opened.id, route=Route.POLICE, opened_at=timezone.now())
    casework.timing.link_cases(
        actor=Actor.system("clues"),
        first=opened.number,
        second=casework_number(row.case.number),
        kind=LinkKind.ARISES_FROM,
    )
    audit.record(actor=actor, verb="protection.clue.note", subject=f"proceeding:{proceeding.pk}", facts={})
    return opened.number


def _found_by_the_office(actor: Actor, told: Intake) -> Dispute:
    opened = casework.open_case(
        actor=actor,
        kind=DISPUTE.key,
        title=told.right_title or gettext("Found by the office"),
        parties=[NewParty(PartyRole.APPLICANT, name=gettext("The office"))],
    )
    now = timezone.now()
    row = Dispute.objects.create(
        case_id=opened.id,
        told={**told_as_json(told), "applicant": ""},
        right_kind=told.right_kind,
        matter=told.matter,
        saved_at=now,
        filed_at=now,
    )
    for action in ("file", "choose"):
        casework.advance(actor=Actor.system("clues"), number=opened.number, action=action, facts={"on_page": 1})
    return row


@transaction.atomic
def add_clue_paper(*, actor: Actor, number: str, kind: str, text: str) -> int:
    """A paper of the clue, until it is transferred or when the police ask for more. errors: NotFound · NotPermitted · Invalid"""
    row = _clue(actor, number)
    if kind not in set(map(str, CLUE_PAPERS)):
        raise Invalid("protection.step_unknown", given=kind[:40])
    if row.case.state not in ("noted", "proposed", "approved", "more_asked", "declined"):
        raise Conflict("protection.file_closed")
    return add_paper(actor, row, PaperKind(kind), Side.OFFICE, text, open_to_sides=False).pk


@transaction.atomic
def take_clue_step(*, actor: Actor, number: str, action: str, note: str = "") -> str:
    """Propose, approve, send, answer, ask to reconsider or to supervise; returns the state reached. What is for another body
    goes to it as a signed message.

    errors  NotFound · NotPermitted ``casework.four_eyes`` · Conflict · Invalid ``protection.clue_papers``,
            ``casework.note_missing``
    """
    row = _clue(actor, number)
    if action in ("propose", "send"):
        _ensure_papers(row)
    if action == "send":
        return _sent(actor, row)
    state = step_taken(actor, row, action, note)
    if action == "approve":
        _letter(row, note)
    if action in _SAID:
        receiver, kind = _SAID[action]
        queue_message(actor, row, receiver, kind, {**_head(row), "text": note, "papers": _papers(row)})
    return state


def _sent(actor: Actor, row: Proceeding) -> str:
    state = step_taken(actor, row, "send")
    exhibits = Exhibit.objects.filter(dispute=row.dispute).order_by("added_at", "pk")
    body = {
        **_head(row),
        "told": {name: value for name, value in row.dispute.told.items() if value not in (None, "")},
        "papers": _papers(row),
        "evidence": [{"deposit": one.number, "name": one.name, "sha256": one.sha256} for one in exhibits],
    }
    queue_message(actor, row, Route.POLICE, "clue", body)
    queue_message(actor, row, PROCURATORATE, "copy", body)
    return state


def _head(row: Proceeding) -> dict[str, Any]:
    return {"clue": casework_number(row.case.number), "reference": row.reference, "synthetic": row.dispute.synthetic}


def _papers(row: Proceeding) -> list[dict[str, str]]:
    rows = row.papers.order_by("made_at", "pk")
    return [{"kind": one.kind, "title": one.title, "sha256": one.sha256, "text": one.text} for one in rows]


def _ensure_papers(row: Proceeding) -> None:
    there = set(row.papers.values_list("kind", flat=True))
    missing = [gettext(PAPER_WORDS[kind]) for kind in CLUE_PAPERS_NEEDED if kind not in there]
    if missing:
        raise Invalid("protection.clue_papers", missing="、".join(missing))


def _letter(row: Proceeding, reason: str) -> None:
    told = intake_of(row.dispute)
    report = Paper.objects.filter(proceeding=row, kind=PaperKind.INVESTIGATION).order_by("-made_at", "-pk").first()
    platform = Actor.system("transfers of clues")
    made = documents.make_document(
        actor=platform,
        template=TRANSFER.key,
        case=row.case.number,
        facts={
            "case": casework_number(row.case.number),
            "suspect": told.respondent,
            "place": told.place,
            "right": f"{told.right_number} {told.right_title}".strip() or "—",
            "amount": gettext("not known") if told.counterfeit_yuan is None else str(told.counterfeit_yuan),
            "facts": report.text if report else told.description,
            "reason": reason,
            "papers": [PAPER_WORDS[PaperKind(one.kind)] for one in row.papers.order_by("made_at", "pk")],
            "approved_on": timezone.localdate(),
        },
    )
    add_paper(platform, row, PaperKind.TRANSFER, Side.OFFICE, reason, open_to_sides=False, document=made.number)


def _clue(actor: Actor, number: str) -> Proceeding:
    ensure(policies.may_keep(actor))
    row = proceeding_row(actor, number)
    if row.case.kind != CLUE.key:
        raise Conflict("protection.clue_only")
    return row
