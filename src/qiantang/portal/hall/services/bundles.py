"""One thing: a form that becomes several matters. Parts of a stage go side by side, stages one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import LinkKind, NewParty, PartyRole
from qiantang.kernel.actor import Actor
from qiantang.portal.hall.models import Matter
from qiantang.portal.hall.selectors.catalogue import catalogue
from qiantang.portal.hall.selectors.forms import bundle_by_code
from qiantang.portal.hall.selectors.matters import limits_of
from qiantang.portal.hall.workflow import MATTER

if TYPE_CHECKING:
    from qiantang.commons.casework.models import Case

_GOOD = "done"


@transaction.atomic
def fan_out(*, actor: Actor, matter: Matter, number: str) -> list[str]:
    """Make the parts of a bundle that was handed in: the first stage begins, the others wait. Returns their numbers.

    Answers and papers are shared: each part reads those of the bundle.
    """
    found = bundle_by_code(matter.service)
    assert found is not None
    places = [(stage, code) for stage, codes in enumerate(found.stages) for code in codes]
    return [_part(actor, matter, number, code, stage) for stage, code in places]


def _part(actor: Actor, matter: Matter, number: str, code: str, stage: int) -> str:
    service = catalogue().service(code)
    assert service is not None
    case: Case = matter.case
    opened = casework.open_case(
        actor=actor,
        kind=MATTER.key,
        title=service.name.zh,
        parties=[_as_new(one) for one in case.parties.filter(until__isnull=True)],
        limits=limits_of(service),
    )
    Matter.objects.create(
        case_id=opened.id,
        service=code,
        form=matter.form,
        form_version=matter.form_version,
        answers=matter.answers,
        papers=matter.papers,
        channel=matter.channel,
        saved_at=timezone.now(),
        bundle=matter,
        stage=stage,
    )
    action = "queue" if stage else "submit"
    casework.advance(actor=actor, number=opened.number, action=action, facts={"here": 1})
    job = Actor.system("bundle of services")
    casework.timing.link_cases(actor=job, first=opened.number, second=number, kind=LinkKind.ARISES_FROM)
    return opened.number


def _as_new(party: Any) -> NewParty:
    return NewParty(
        PartyRole(party.role), person_id=party.person_id, organisation_id=party.organisation_id, name=party.name
    )


@transaction.atomic
def go_on(*, case_id: int) -> None:
    """After a part has ended: begin the next stage when its stage has ended, or close the bundle after the last.

    A stage of which nothing came to a result stops what waits for it; what is done stays done. Safe to repeat.
    """
    part = Matter.objects.filter(case_id=case_id).first()
    if part is None or part.bundle_id is None:
        return
    whole = Matter.objects.select_for_update().get(pk=part.bundle_id)
    parts = list(whole.parts.select_related("case").order_by("stage", "pk"))
    stages = [[one for one in parts if one.stage == at] for at in sorted({one.stage for one in parts})]
    for at, stage in enumerate(stages):
        if any(one.case.closed_at is None for one in stage):
            waiting = [one for one in stage if one.case.state == "queued"]
            worth_it = at == 0 or any(one.case.state == _GOOD for one in stages[at - 1])
            for one in waiting:
                _step(one, "release_part" if worth_it else "drop_part")
            return
    if whole.case.closed_at is None:
        _step(whole, "close")


def _step(matter: Matter, action: str) -> None:
    job = Actor.system("bundle of services")
    casework.advance(actor=job, number=matter.case.number, action=action, facts={"here": 1})
