"""Who may do what here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from qiantang.commons.accounts.api import organisations
from qiantang.kernel.decision import Decision
from qiantang.scenarios.preexam.models import DraftRequest, SecondReading

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

SCOPE = "preexam.file"
_OFFICE = frozenset({"examiner", "supervisor"})
OFFICE_ONLY = "preexam.office_only"


def may_check(actor: Actor) -> Decision:  # noqa: ARG001 - the shape of every policy
    """Check a draft, and read the rules in force: everyone, without an account."""
    return Decision.allow()


def may_file(actor: Actor) -> Decision:
    """File a subject, begin a draft: whoever acts for an organisation now, under a mandate for this."""
    if actor.organisation_id is None:
        return Decision.refuse("preexam.act_for_first")
    return organisations.may_act_for(actor, actor.organisation_id, SCOPE)


def handed_in() -> Q:
    """Of the cases of drafts what was handed in, and what its owner has opened to the centre until a day."""
    seen = DraftRequest.objects.filter(Q(submitted_on__isnull=False) | Q(open_until__gte=timezone.localdate()))
    return Q(pk__in=seen.values("case_id"))


def may_find(actor: Actor) -> Decision:
    """Note what the office found about a subject: examiners and supervisors."""
    return Decision.allow() if actor.roles & _OFFICE else Decision.refuse(OFFICE_ONLY)


def may_look_in(actor: Actor) -> Decision:
    """Read what the office keeps beside the content: ledgers, classes of examiners, findings of the entry, who opened what.

    The office, and auditors. The content of a draft is open to those alone who have it in hand: of that an auditor
    reads who opened it, when and why.
    """
    return Decision.allow() if actor.has_role("auditor") else may_find(actor)


def may_see_examiners(actor: Actor) -> Decision:
    """Read which classes each examiner takes: supervisors and auditors."""
    return Decision.allow() if actor.has_role("auditor") else may_keep_ledgers(actor)


def may_keep_ledgers(actor: Actor) -> Decision:
    """Import lists of agencies, make entries of credit, grant increments, enter classes of examiners: supervisors."""
    if actor.has_role("supervisor") or actor.has_role("system"):
        return Decision.allow()
    return Decision.refuse("preexam.supervisor_only")


def may_see_figures(actor: Actor) -> Decision:
    """Figures by subject, agency and class: the office, analysts and auditors; sums and times are public."""
    return Decision.allow() if actor.roles & (_OFFICE | {"analyst", "auditor"}) else Decision.refuse(OFFICE_ONLY)


def is_side(actor: Actor, row: DraftRequest) -> bool:
    """Whether the actor may act for the applicant or its agency."""
    ours = organisations.organisation_ids(actor, SCOPE)
    return row.applicant_id in ours or (row.agency_id is not None and row.agency_id in ours)


def reads_as(actor: Actor, row: DraftRequest, *, state: str, assignee_id: int | None) -> str:
    """In which part the actor may read the content: ``party``, ``granted``, ``examiner``, ``second_reader``, ``supervisor``;
    empty: not.

    What is not handed in yet is the parties' alone, unless they have opened it to the centre until a day (``granted``).
    A supervisor reads what waits for confirmation or acceptance; the second reader what was drawn, until it is read.
    """
    if is_side(actor, row):
        return "party"
    if actor.person_id is None or not actor.roles & _OFFICE:
        return ""
    if row.submitted_on is None:
        return "granted" if row.open_until is not None and row.open_until >= timezone.localdate() else ""
    if assignee_id == actor.person_id:
        return "examiner"
    if SecondReading.objects.filter(request=row, reader_id=actor.person_id, read_at__isnull=True).exists():
        return "second_reader"
    return "supervisor" if actor.has_role("supervisor") and state == "concluding" else ""


def may_read_content(actor: Actor, row: DraftRequest, *, state: str, assignee_id: int | None) -> Decision:
    """Read a draft, its findings, items and papers: its parties, who of the centre has it in hand, whom the owner lets look."""
    if reads_as(actor, row, state=state, assignee_id=assignee_id):
        return Decision.allow()
    return Decision.refuse("preexam.draft_closed_to_you")


def may_examine(actor: Actor, assignee_id: int | None) -> Decision:
    """Write items, ask, propose: who has the case in hand."""
    if actor.person_id is not None and assignee_id == actor.person_id and actor.roles & _OFFICE:
        return Decision.allow()
    return Decision.refuse("preexam.draft_closed_to_you")


def has_interest(person_id: int, row: DraftRequest) -> bool:
    """Whether a person acts, or within two years acted, for the applicant or its agency."""
    sides = {row.applicant_id} | ({row.agency_id} if row.agency_id is not None else set())
    return organisations.acted_for(person_id, sides)
