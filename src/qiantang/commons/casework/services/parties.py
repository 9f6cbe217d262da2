"""Who stands in a case, and who handles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.api import organisations, people_by_key
from qiantang.commons.casework import policies
from qiantang.commons.casework.models import CaseInterest, CaseParty
from qiantang.commons.casework.selectors.absences import absence_of
from qiantang.commons.casework.selectors.cases import case_row
from qiantang.commons.casework.selectors.interests import interest_in
from qiantang.commons.casework.services.telling import tell
from qiantang.commons.casework.types import CASE_TYPES
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted

if TYPE_CHECKING:
    from qiantang.commons.accounts.api import Person
    from qiantang.commons.casework.models import Absence, Case
    from qiantang.commons.casework.types import NewParty
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.decision import Decision

_WHY = 200
NOTE_LONGEST = 4000


def enter_party(case: Case, party: NewParty) -> CaseParty:
    """A row for a party; for services of this room. errors: ValueError for a party without person, organisation and name"""
    name = party.name
    if party.organisation_id is not None:
        name = name or organisations.organisations_named([party.organisation_id])[party.organisation_id].name
    elif party.person_id is not None:
        name = name or person_named(party.person_id).display_name
    if not name:
        raise ValueError("a party needs a person, an organisation or a name")
    return CaseParty.objects.create(
        case=case,
        role=party.role,
        person_id=party.person_id,
        organisation_id=party.organisation_id,
        name=name,
        since=timezone.localdate(),
    )


def person_named(person_id: int) -> Person:
    """One account by key. errors: KeyError"""
    return people_by_key([person_id])[person_id]


@transaction.atomic
def add_party(*, actor: Actor, number: str, party: NewParty) -> None:
    """Let another party into a case: the office does.

    errors  NotFound · NotPermitted · Conflict ``casework.party_known``, ``casework.closed``
    """
    case = open_row(actor, number)
    ensure(policies.may_handle(actor, CASE_TYPES[case.kind]))
    try:
        with transaction.atomic():
            row = enter_party(case, party)
    except IntegrityError:
        raise Conflict("casework.party_known") from None
    tell(case, actor, "add_party", _("%(who)s noted a party: %(name)s"), facts={"name": row.name})


@transaction.atomic
def identify_party(*, actor: Actor, number: str, party: NewParty) -> None:
    """Say who a party is that stood in a case by its name alone: from now on that person, or who acts for it, sees the case.

    errors  NotFound · NotPermitted · Conflict ``casework.party_known`` where nobody of that role stands there by name
            alone, ``casework.closed``
    """
    case = open_row(actor, number)
    ensure(policies.may_handle(actor, CASE_TYPES[case.kind]))
    by_name = CaseParty.objects.filter(case=case, role=party.role, until__isnull=True, person__isnull=True)
    row = by_name.filter(organisation__isnull=True).order_by("pk").first()
    if row is None:
        raise Conflict("casework.party_known")
    row.person_id, row.organisation_id = party.person_id, party.organisation_id
    row.save(update_fields=["person", "organisation"])
    tell(case, actor, "identify_party", _("%(name)s has joined the case"), facts={"name": row.name})


@transaction.atomic
def end_party(*, actor: Actor, number: str, person_id: int) -> None:
    """Note that a person is no longer in a case, such as a mediator who was replaced. They see it no more.

    errors  NotFound · NotPermitted · Conflict ``casework.closed``
    """
    case = open_row(actor, number)
    ensure(policies.may_handle(actor, CASE_TYPES[case.kind]))
    for row in CaseParty.objects.filter(case=case, person_id=person_id, until__isnull=True):
        row.until = timezone.localdate()
        row.save(update_fields=["until"])
        tell(case, actor, "end_party", _("%(name)s has left the case"), facts={"name": row.name})


@transaction.atomic
def assign(*, actor: Actor, number: str, person_id: int, note: str = "") -> None:
    """Give a case to somebody of the office: by a lead, by who has it in hand, or to oneself out of the pool.

    Who is away today gets nothing: it goes to their deputy.
    errors  NotFound · NotPermitted · Invalid ``casework.assignee_unfit``
            Conflict ``casework.closed``, ``casework.absent``
    """
    case = open_row(actor, number)
    kind = CASE_TYPES[case.kind]
    claims = person_id == actor.person_id and case.assignee_id is None
    ensure(policies.may_handle(actor, kind) if claims else policies.may_hand_over(actor, case))
    person = _fit(case, person_id)
    absence = None if claims else absence_of(person.id)
    if absence is not None:
        person = _deputy(case, absence)
    case.assignee_id = person.id
    case.save(update_fields=["assignee"])
    sentence = _("%(who)s took the case") if claims else _("%(who)s gave the case to %(name)s")
    facts: dict[str, str | int | None] = {"name": person.display_name, "person": person.id}
    if absence is not None:
        sentence = _("%(who)s gave the case to %(name)s, who stands in for %(absent)s")
        facts["absent"] = absence.person.display_name
    tell(case, actor, "assign", sentence, facts=facts, note=note.strip()[:NOTE_LONGEST], internal=True)


def _fit(case: Case, person_id: int) -> Person:
    """errors: Invalid ``casework.assignee_unfit``"""
    person = people_by_key([person_id]).get(person_id)
    fit = person is not None and person.active and bool(person.roles & CASE_TYPES[case.kind].staff)
    if person is None or not fit or interest_in(case, person_id):
        raise Invalid("casework.assignee_unfit", name=person.display_name if person else str(person_id))
    return person


def _deputy(case: Case, absence: Absence) -> Person:
    """Who stands in, where they may have this case and are there. errors: Conflict ``casework.absent``"""
    try:
        person = _fit(case, absence.deputy_id)
    except Invalid:
        person = None
    if person is None or absence_of(person.id) is not None:
        name, until = absence.person.display_name, absence.end_date.isoformat()
        raise Conflict("casework.absent", name=name, until=until)
    return person


@transaction.atomic
def release(*, actor: Actor, number: str, note: str) -> None:
    """Put a case back into the pool, with a reason.

    errors  NotFound · NotPermitted · Invalid ``casework.note_missing`` · Conflict ``casework.closed``
    """
    case = open_row(actor, number)
    ensure(policies.may_hand_over(actor, case))
    if not note.strip():
        raise Invalid("casework.note_missing")
    case.assignee_id = None
    case.save(update_fields=["assignee"])
    tell(case, actor, "release", _("%(who)s put the case back into the pool"), note=note.strip(), internal=True)


@transaction.atomic
def declare_interest(*, actor: Actor, number: str, person_id: int, why: str) -> None:
    """Say that somebody has an interest in a case: oneself, or anybody by a lead. A case in their hands goes back.

    errors  NotFound · NotPermitted · Invalid ``casework.note_missing``
    """
    case = case_row(actor, number, lock=True)
    kind = CASE_TYPES[case.kind]
    ensure(policies.may_handle(actor, kind) if person_id == actor.person_id else policies.may_lead(actor, kind))
    told = " ".join(why.split())[:_WHY]
    if not told:
        raise Invalid("casework.note_missing")
    CaseInterest.objects.create(case=case, person_id=person_id, why=told, declared_at=timezone.now())
    if case.assignee_id == person_id:
        case.assignee_id = None
        case.save(update_fields=["assignee"])
    name = person_named(person_id).display_name
    sentence = _("%(who)s noted an interest of %(name)s in the case")
    tell(case, actor, "declare_interest", sentence, facts={"name": name}, note=told, internal=True)


def open_row(actor: Actor, number: str) -> Case:
    """A case that is not closed, locked. errors: NotFound · Conflict ``casework.closed``"""
    case = case_row(actor, number, lock=True)
    if case.closed_at is not None:
        raise Conflict("casework.closed")
    return case


def ensure(decision: Decision) -> None:
    """errors: NotPermitted"""
    if not decision:
        raise NotPermitted(decision.code)
