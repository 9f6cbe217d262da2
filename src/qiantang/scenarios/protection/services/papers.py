"""The file of an adjudication: request, answer, exchange of evidence, hearing, decision; each paper with its digest."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from qiantang.commons.audit import api as audit
from qiantang.commons.documents import api as documents
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.models import Exhibit, Paper, Proceeding, Service
from qiantang.scenarios.protection.rules.papers import DECISION
from qiantang.scenarios.protection.rules.words import FACT_WORDS, PAPER_WORDS
from qiantang.scenarios.protection.selectors.disputes import casework_number, intake_of, proceeding_row
from qiantang.scenarios.protection.selectors.names import name_of_side
from qiantang.scenarios.protection.services.disputes import attach
from qiantang.scenarios.protection.services.steps import conclude, ensure, step_taken
from qiantang.scenarios.protection.types import Outcome, PaperKind, Side
from qiantang.scenarios.protection.workflow import ADJUDICATION

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIDES = (Side.APPLICANT, Side.RESPONDENT)
_TEXT = 20_000
# kind -> who hands it in while the file is in which states
_OF_SIDES = frozenset({"served", "exchange", "hearing"})
_REQUESTED = (
    "right_kind",
    "right_number",
    "right_title",
    "respondent",
    "place",
    "happened_on",
    "description",
    "wanted",
)


@transaction.atomic
def hand_in(*, actor: Actor, number: str, text: str, deposits: Sequence[str] = ()) -> int:
    """A side hands a paper in during the exchange or before the hearing ends, with evidence by the numbers of its deposits,
    which is opened to the other side. The first paper of the respondent is the answer.

    errors  NotFound · NotPermitted ``protection.step_of_another`` · Invalid ``casework.note_missing``
            Conflict ``protection.file_closed``
    """
    row = _file(actor, number)
    side = policies.side_in(actor, row)
    if side not in _SIDES:
        raise NotPermitted("protection.step_of_another")
    if row.case.state not in _OF_SIDES or (row.case.state == "served" and side is Side.APPLICANT):
        raise Conflict("protection.file_closed")
    for deposit in deposits:
        attach(actor, row.dispute, side, deposit, "")
    Exhibit.objects.filter(dispute=row.dispute, side=side, opened_at__isnull=True).update(opened_at=timezone.now())
    kind = PaperKind.ANSWER if row.case.state == "served" else PaperKind.STATEMENT
    paper = add_paper(actor, row, kind, side, text, deposits)
    if kind is PaperKind.ANSWER:
        step_taken(actor, row, "answer")
    return paper.pk


@transaction.atomic
def draw_up_request(*, actor: Actor, number: str) -> int:
    """The request, made of what was told at the intake: nothing is asked again. errors: NotFound · NotPermitted"""
    row = _file(actor, number)
    ensure(policies.may_conduct(actor, row.dispute))
    there = Paper.objects.filter(proceeding=row, kind=PaperKind.REQUEST).first()
    if there is not None:
        return there.pk
    told = intake_of(row.dispute)
    with override("zh-hans"):
        lines = [f"{gettext(FACT_WORDS[name])}：{getattr(told, name) or '—'}" for name in _REQUESTED]
    deposits = list(Exhibit.objects.filter(dispute=row.dispute, side=Side.APPLICANT).values_list("number", flat=True))
    return add_paper(actor, row, PaperKind.REQUEST, Side.APPLICANT, "\n".join(lines), deposits).pk


@transaction.atomic
def call_hearing(*, actor: Actor, number: str, text: str) -> int:
    """Call the hearing: day, place and who conducts it in the notice. errors: NotFound · NotPermitted · Conflict"""
    ensure(policies.may_keep(actor))
    row = _file(actor, number)
    step_taken(actor, row, "call_hearing")
    return add_paper(actor, row, PaperKind.HEARING_NOTICE, Side.OFFICE, text).pk


@transaction.atomic
def record_hearing(*, actor: Actor, number: str, text: str) -> int:
    """Close the hearing with its record. errors: NotFound · NotPermitted · Conflict · Invalid"""
    ensure(policies.may_keep(actor))
    row = _file(actor, number)
    step_taken(actor, row, "close_hearing")
    return add_paper(actor, row, PaperKind.HEARING_RECORD, Side.OFFICE, text).pk


@transaction.atomic
def propose_decision(*, actor: Actor, number: str, stop: bool, reasons: str) -> int:
    """Propose how it is decided; the sides do not see the proposal. errors: NotFound · NotPermitted · Conflict · Invalid"""
    ensure(policies.may_keep(actor))
    row = _file(actor, number)
    step_taken(actor, row, "propose")
    paper = add_paper(actor, row, PaperKind.PROPOSAL, Side.OFFICE, reasons, open_to_sides=False)
    paper.title = "stop" if stop else "reject"
    paper.save(update_fields=["title"])
    return paper.pk


@transaction.atomic
def decide(*, actor: Actor, number: str, note: str) -> str:
    """Confirm the proposal: another person than who proposed it. The decision is issued; returns the number of its document.

    errors  NotFound · NotPermitted ``casework.four_eyes``, ``casework.interested`` · Conflict · Invalid
    """
    ensure(policies.may_keep(actor))
    row = _file(actor, number)
    step_taken(actor, row, "decide", note)
    proposal = Paper.objects.filter(proceeding=row, kind=PaperKind.PROPOSAL).order_by("-made_at", "-pk").first()
    if proposal is None:
        raise Conflict("protection.file_closed")
    stop = proposal.title == "stop"
    told = intake_of(row.dispute)
    made = documents.make_document(
        actor=Actor.system("decisions of adjudications"),
        template=DECISION.key,
        case=row.case.number,
        facts={
            "case": casework_number(row.case.number),
            "applicant": name_of_side(row, Side.APPLICANT),
            "respondent": name_of_side(row, Side.RESPONDENT),
            "right": f"{told.right_number} {told.right_title}".strip() or "—",
            "stops": stop,
            "reasons": proposal.text,
            "decided_on": timezone.localdate(),
        },
    )
    add_paper(actor, row, PaperKind.DECISION, Side.OFFICE, proposal.text, document=made.number)
    conclude(row, Outcome.SUCCESS if stop else Outcome.FAILED)
    return made.number


def add_paper(
    actor: Actor,
    row: Proceeding,
    kind: PaperKind,
    side: Side,
    text: str,
    deposits: Sequence[str] = (),
    *,
    open_to_sides: bool = True,
    document: str = "",
) -> Paper:
    """A paper in a file; for services of this room. errors: Invalid ``casework.note_missing``"""
    said = text.strip()[:_TEXT]
    if not said:
        raise Invalid("casework.note_missing")
    paper = Paper.objects.create(
        proceeding=row,
        kind=kind,
        side=side,
        title=document or PAPER_WORDS[kind],
        text=said,
        sha256=sha256(said.encode()).hexdigest(),
        deposits=list(deposits),
        author_id=actor.person_id,
        made_at=timezone.now(),
        open_to_sides=open_to_sides,
    )
    facts = {"kind": str(kind), "sha256": paper.sha256}
    audit.record(actor=actor, verb="protection.paper.add", subject=f"proceeding:{row.pk}", facts=facts)
    return paper


def served_on(row: Proceeding, kind: PaperKind) -> set[str]:
    """The sides on which the newest paper of a kind was served."""
    paper = Paper.objects.filter(proceeding=row, kind=kind).order_by("-made_at", "-pk").first()
    rows = Service.objects.filter(paper=paper, counts_on__lte=timezone.localdate(), failed="")
    return set(rows.values_list("side", flat=True))


@transaction.atomic
def go_on_when_served(*, actor: Actor, number: str) -> str:
    """After the request was served on the respondent, or the decision on both: the file goes on, and the time to answer or
    to sue begins. Returns the state reached. errors: NotFound · NotPermitted · Conflict ``protection.not_served``
    """
    ensure(policies.may_keep(actor))
    row = _file(actor, number)
    if row.case.state == "filed":
        if Side.RESPONDENT not in served_on(row, PaperKind.REQUEST):
            raise Conflict("protection.not_served")
        return step_taken(actor, row, "serve")
    if served_on(row, PaperKind.DECISION) < set(_SIDES):
        raise Conflict("protection.not_served")
    return step_taken(actor, row, "deliver")


def _file(actor: Actor, number: str) -> Proceeding:
    row = proceeding_row(actor, number)
    if row.case.kind != ADJUDICATION.key:
        raise Invalid("protection.step_unknown", given=row.route)
    return row
