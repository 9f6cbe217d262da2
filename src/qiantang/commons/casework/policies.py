"""Who may see a case, who may act in it, and who may not decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from qiantang.commons.accounts.api import Role, organisations
from qiantang.commons.casework.models import Absence, CaseParty
from qiantang.commons.casework.types import CASE_TYPES, SYSTEM, CaseType
from qiantang.commons.casework.types.sight import SIGHTS
from qiantang.commons.casework.workflow import OLD_FILE
from qiantang.kernel.decision import Decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from qiantang.commons.casework.models import Case
    from qiantang.kernel.actor import Actor

_OFFICE_ONLY = "casework.handling_refused"


def is_staff(actor: Actor, kind: CaseType) -> bool:
    """Whether the actor handles cases of this kind."""
    return bool(actor.roles & kind.staff)


def is_lead(actor: Actor, kind: CaseType) -> bool:
    """Whether the actor assigns cases of this kind and answers for their limits."""
    return bool(actor.roles & kind.leads)


def sees_internal(actor: Actor, kind: CaseType) -> bool:
    """Notes of the office, names of officers: the office itself, who audits it, the platform's jobs."""
    return is_staff(actor, kind) or actor.has_role(Role.AUDITOR) or actor.has_role(SYSTEM)


def visible_to(actor: Actor) -> Q:
    """The cases an actor may see: as a party or for one, as staff of their kind; all of them for auditors and jobs."""
    if actor.has_role(Role.AUDITOR) or actor.has_role(SYSTEM):
        return Q()
    seen = _of_the_office(actor)
    if actor.person_id is None:
        return seen
    seen |= Q(pk__in=CaseParty.objects.filter(person_id=actor.person_id, until__isnull=True).values("case_id"))
    return seen | _for_organisations(actor)


def _of_the_office(actor: Actor) -> Q:
    """The cases of the actor's kinds, without those that their parties have not handed in yet."""
    kinds = [kind for kind in CASE_TYPES if is_staff(actor, kind)]
    seen = Q(kind__in=[kind.key for kind in kinds if not kind.handed_in])
    named = {kind.key for kind in kinds if kind.handed_in}
    conditions: dict[Callable[[], Q], list[str]] = {}
    for sight in SIGHTS:
        if sight.key in named:
            conditions.setdefault(sight.cases, []).append(sight.key)
    for condition, keys in conditions.items():
        seen |= Q(kind__in=keys) & condition()
    return seen


def _for_organisations(actor: Actor) -> Q:
    seen = Q(pk__in=[])
    wanted = dict.fromkeys(kind.scope for kind in CASE_TYPES)
    held = organisations.organisation_ids_by_scope(actor, [scope or None for scope in wanted])
    for scope in wanted:
        if keys := held[scope or None]:
            kinds = [kind.key for kind in CASE_TYPES if kind.scope == scope]
            ours = CaseParty.objects.filter(organisation_id__in=keys, until__isnull=True)
            seen |= Q(kind__in=kinds, pk__in=ours.values("case_id"))
    return seen


def is_party(actor: Actor, case: Case) -> bool:
    """Whether the actor is a party of the case, or may act for one."""
    if actor.person_id is None:
        return False
    parties = CaseParty.objects.filter(case=case, until__isnull=True).values_list("person_id", "organisation_id")
    if any(person == actor.person_id for person, _ in parties):
        return True
    wanted = {organisation for _, organisation in parties if organisation is not None}
    scope = CASE_TYPES[case.kind].scope or None
    return bool(wanted) and bool(wanted & organisations.organisation_ids(actor, scope))


def may_handle(actor: Actor, kind: CaseType) -> Decision:
    """Take from the pool, note, stop clocks, give tasks: staff of the kind, and the platform."""
    if is_staff(actor, kind) or actor.has_role(SYSTEM):
        return Decision.allow()
    return Decision.refuse(_OFFICE_ONLY)


def may_lead(actor: Actor, kind: CaseType) -> Decision:
    """Assign to others, extend limits: leads of the kind, and the platform."""
    if is_lead(actor, kind) or actor.has_role(SYSTEM):
        return Decision.allow()
    return Decision.refuse(_OFFICE_ONLY)


def may_join(actor: Actor, kind: CaseType) -> Decision:
    """Merge and split cases, take a link back: leads of the kind, and the platform. It changes who reads what."""
    return may_lead(actor, kind)


def may_add_object(actor: Actor, case: Case) -> Decision:
    """Link a deposit or another thing with a case: the office that handles it, and its parties what is theirs."""
    if is_party(actor, case):
        return Decision.allow()
    return may_handle(actor, CASE_TYPES[case.kind])


def may_read_old_files(actor: Actor) -> bool:
    """Lists of old files and their refused rows: who takes old files in, auditors, the platform."""
    return sees_internal(actor, OLD_FILE)


def may_read_redactions(actor: Actor, case: Case) -> Decision:
    """Originals, marks and public versions: the office of the case, and auditors."""
    if sees_internal(actor, CASE_TYPES[case.kind]):
        return Decision.allow()
    return Decision.refuse(_OFFICE_ONLY)


def may_hand_over(actor: Actor, case: Case) -> Decision:
    """Hand over what one has in hand, or what lies in the hands of whom one stands in for; a lead hands over anything."""
    kind = CASE_TYPES[case.kind]
    return may_handle(actor, kind) if _has_in_hand(actor, case) else may_lead(actor, kind)


def _has_in_hand(actor: Actor, case: Case) -> bool:
    """Whether a case lies in the actor's hands, or in those of whom they stand in for today."""
    if case.assignee_id is None or actor.person_id is None:
        return False
    today = timezone.localdate()
    stands_in = Absence.objects.filter(
        person_id=case.assignee_id, deputy_id=actor.person_id, start_date__lte=today, end_date__gte=today
    )
    return case.assignee_id == actor.person_id or stands_in.exists()


def leads_any(actor: Actor) -> bool:
    """Whether the actor leads any kind of case."""
    return any(is_lead(actor, kind) for kind in CASE_TYPES)


def may_lead_any(actor: Actor) -> Decision:
    """Say for others that they are away: leads."""
    return Decision.allow() if leads_any(actor) else Decision.refuse(_OFFICE_ONLY)


def oversees(actor: Actor) -> bool:
    """Sees what others have in hand, and who is away: leads, auditors, the platform."""
    return leads_any(actor) or actor.has_role(Role.AUDITOR) or actor.has_role(SYSTEM)


def may_use_desk(actor: Actor) -> Decision:
    """The desk: whoever handles cases of any kind; auditors read it."""
    if any(is_staff(actor, kind) for kind in CASE_TYPES) or actor.has_role(Role.AUDITOR):
        return Decision.allow()
    return Decision.refuse("casework.desk_refused")


def may_flag(actor: Actor, case: Case) -> Decision:
    """Verify keys of parties, flag and review: who has the case in hand or stands in, and leads of its kind; no party."""
    kind = CASE_TYPES[case.kind]
    on_it = is_lead(actor, kind) or (is_staff(actor, kind) and _has_in_hand(actor, case))
    if on_it and actor.person_id is not None and not is_party(actor, case):
        return Decision.allow()
    return Decision.refuse("casework.linked_refused")


def may_see_linked(actor: Actor, case: Case) -> Decision:
    """Read whom verified keys link with the parties of a case: the same, and auditors; each time for a need."""
    return Decision.allow() if actor.has_role(Role.AUDITOR) else may_flag(actor, case)


def may_keep_records(actor: Actor, kind: CaseType) -> Decision:
    """Hold, pack, agree to let go: leads of the kind; the platform proposes and packs."""
    if is_lead(actor, kind) or actor.has_role(SYSTEM):
        return Decision.allow()
    return Decision.refuse("casework.records_refused")


def may_see_records(actor: Actor) -> Decision:
    """The records of cases: leads of any kind, auditors, the platform."""
    return Decision.allow() if oversees(actor) else Decision.refuse("casework.records_refused")


def records_of(actor: Actor) -> Q:
    """The cases whose records somebody sees: of the kinds they lead; all of them for auditors and jobs."""
    if actor.has_role(Role.AUDITOR) or actor.has_role(SYSTEM):
        return Q()
    return Q(kind__in=[kind.key for kind in CASE_TYPES if is_lead(actor, kind)])
