"""Links taken back, and things that are no case linked with one: a deposit, a patent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from qiantang.commons.casework import policies
from qiantang.commons.casework.models import CaseLink, CaseObject
from qiantang.commons.casework.selectors.cases import case_row
from qiantang.commons.casework.selectors.graph import hanging_named
from qiantang.commons.casework.services.parties import ensure
from qiantang.commons.casework.services.telling import tell
from qiantang.commons.casework.types import CASE_TYPES, LinkKind
from qiantang.kernel.errors import DomainError, Invalid, NotFound

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

# How a thing may belong to a case; it does not arise from one, and is not merged.
OF_THINGS = (LinkKind.EVIDENCE_FOR, LinkKind.PLEDGED_BY)
BY_HAND = (LinkKind.ARISES_FROM, LinkKind.EVIDENCE_FOR, LinkKind.PLEDGED_BY)


@transaction.atomic
def unlink_cases(*, actor: Actor, first: str, second: str, kind: LinkKind) -> None:
    """Take back a link that was noted in error: a lead does. The story of both keeps that it was there.

    errors  NotFound ``casework.unknown``, ``casework.link_unknown`` also for a merge, which stays · NotPermitted
    """
    one, other = case_row(actor, first, lock=True), case_row(actor, second, lock=True)
    ensure(policies.may_join(actor, CASE_TYPES[one.kind]))
    rows = CaseLink.objects.filter(first=one, second=other, kind=kind).exclude(kind=LinkKind.MERGED_WITH)
    if not rows.delete()[0]:
        raise NotFound("casework.link_unknown")
    sentence = _("%(who)s took back the link with %(number)s")
    tell(one, actor, "unlink", sentence, facts={"number": other.number, "kind": str(kind)})
    tell(other, actor, "unlink", sentence, facts={"number": one.number, "kind": str(kind)})


@transaction.atomic
def link_object(*, actor: Actor, number: str, noun: str, text: str, kind: LinkKind) -> str:
    """Link a thing with a case, which the actor may see both; returns what the thing is called by its room.

    noun    key of a ``Hanging`` that is linked by hand
    errors  NotFound ``casework.unknown``, ``casework.object_unknown`` · NotPermitted
            Invalid ``casework.link_kind_unknown``
    """
    case = case_row(actor, number, lock=True)
    ensure(policies.may_add_object(actor, case))
    hanging = hanging_named(noun)
    if hanging is None or hanging.find is None or kind not in OF_THINGS:
        raise Invalid("casework.link_kind_unknown")
    try:
        reference = hanging.find(actor, text)
    except DomainError:
        raise NotFound("casework.object_unknown") from None
    try:
        with transaction.atomic():
            CaseObject.objects.create(
                case=case,
                noun=noun,
                reference=reference,
                kind=kind,
                created_at=timezone.now(),
                created_by_id=actor.person_id,
            )
    except IntegrityError:
        return reference  # linked already: once is enough
    # The thing itself is told by its own line of the timeline, to whom it is open; the story is read by more people.
    tell(case, actor, "link_object", _("%(who)s linked something with the case"), facts={"kind": str(kind)})
    return reference
