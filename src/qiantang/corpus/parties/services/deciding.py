"""What a person decides: one party, parent and child, or strangers; and taking a decision back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.events import api as events
from qiantang.corpus.parties import policies
from qiantang.corpus.parties.events import PartiesChanged
from qiantang.corpus.parties.models import FiledName, GroupLink, Membership, ReviewItem
from qiantang.corpus.parties.selectors.cards import below
from qiantang.corpus.parties.services.joining import Wanted, join, keep_apart, part
from qiantang.corpus.parties.types import Answer, Rule
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def _ensure(actor: Actor, reason: str) -> None:
    decision = policies.may_decide(actor)
    if not decision:
        raise NotPermitted(decision.code)
    if not reason.strip():
        raise Invalid("parties.reason_missing")


def _name(pk: int) -> FiledName:
    found = FiledName.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("parties.unknown", given=pk)
    return found


@transaction.atomic
def merge(*, actor: Actor, first: int, second: int, reason: str) -> None:
    """Make one party of the parties of two names.

    errors  NotPermitted ``parties.operators_only`` · NotFound ``parties.unknown`` · Conflict ``parties.already_one``
            Invalid ``parties.reason_missing``
    """
    _ensure(actor, reason)
    one, other = _name(first), _name(second)
    if one.party == other.party:
        raise Conflict("parties.already_one")
    join(actor=actor, wanted=[Wanted(first, second, Rule.BY_HAND, 1.0, reason=reason)], by_hand=True)
    keep_apart(first, second, person=actor.name, reason=reason, state=ReviewItem.State.SAME)
    _told(actor, "parties.membership.merge", one, other, reason)


@transaction.atomic
def undo(*, actor: Actor, membership: int, reason: str) -> int:
    """Take back a merge: its names are a party of their own again, and no rule joins the two until a person does.

    returns  the number of that party

    errors  NotPermitted · NotFound ``parties.membership_unknown`` · Conflict ``parties.already_undone``
            Invalid ``parties.reason_missing``
    """
    _ensure(actor, reason)
    row = Membership.objects.select_for_update().select_related("name", "into").filter(pk=membership).first()
    if row is None:
        raise NotFound("parties.membership_unknown", given=membership)
    if row.undone_at is not None:
        raise Conflict("parties.already_undone")
    part(row)
    row.undone_at, row.undone_by, row.undone_reason = timezone.now(), actor.name, reason
    row.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    keep_apart(row.name_id, row.into_id, person=actor.name, reason=reason, state=ReviewItem.State.APART)
    _told(actor, "parties.membership.undo", row.name, row.into, reason)
    return row.name_id


@transaction.atomic
def link_group(*, actor: Actor, child: int, parent: int, since: date | None, reason: str) -> None:
    """Say that one party belongs to another from a day on; both stay parties of their own.

    errors  NotPermitted · NotFound ``parties.unknown`` · Conflict ``parties.group_of_itself`` · ``parties.group_circle``
            Invalid ``parties.reason_missing``
    """
    _ensure(actor, reason)
    lower, upper = _name(child), _name(parent)
    if lower.party == upper.party:
        raise Conflict("parties.group_of_itself")
    if upper.party in below({lower.party}, list(GroupLink.Kind)):
        raise Conflict("parties.group_circle")
    GroupLink.objects.get_or_create(
        child=lower,
        parent=upper,
        kind=GroupLink.Kind.SUBSIDIARY,
        undone_at=None,
        defaults={"since": since, "person": actor.name, "reason": reason, "made_at": timezone.now()},
    )
    _told(actor, "parties.group.link", lower, upper, reason)


@transaction.atomic
def unlink_group(*, actor: Actor, link: int, reason: str) -> int:
    """Take back that one party belongs to another; returns the number of the former child.

    errors  NotPermitted · NotFound ``parties.membership_unknown`` · Conflict ``parties.already_undone``
            Invalid ``parties.reason_missing``
    """
    _ensure(actor, reason)
    row = GroupLink.objects.select_for_update().select_related("child", "parent").filter(pk=link).first()
    if row is None:
        raise NotFound("parties.membership_unknown", given=link)
    if row.undone_at is not None:
        raise Conflict("parties.already_undone")
    row.undone_at, row.undone_by = timezone.now(), actor.name
    row.save(update_fields=["undone_at", "undone_by"])
    _told(actor, "parties.group.unlink", row.child, row.parent, reason)
    return row.child.party


@transaction.atomic
def decide(*, actor: Actor, item: int, answer: str, reason: str, since: date | None = None) -> None:
    """Answer one question of the queue.

    answer  a value of ``Answer``
    since   for GROUP: the first day on which one belongs to the other, None: not known
    errors  NotPermitted · NotFound ``parties.review_unknown`` · Conflict ``parties.already_decided``
            Invalid ``parties.answer_unknown`` · ``parties.reason_missing``
    """
    _ensure(actor, reason)
    if answer not in set(Answer):
        raise Invalid("parties.answer_unknown", given=answer[:40], known=", ".join(Answer))
    row = ReviewItem.objects.select_for_update().select_related("first", "second").filter(pk=item).first()
    if row is None:
        raise NotFound("parties.review_unknown", given=item)
    if row.state != ReviewItem.State.OPEN:
        raise Conflict("parties.already_decided")
    first, second = row.first_id, row.second_id
    if answer == Answer.SAME:
        merge(actor=actor, first=first, second=second, reason=reason)
        return
    if answer == Answer.APART:
        keep_apart(first, second, person=actor.name, reason=reason, state=ReviewItem.State.APART)
        _told(actor, "parties.review.part", row.first, row.second, reason)
        return
    child, parent = (second, first) if answer == Answer.GROUP else (first, second)
    link_group(actor=actor, child=child, parent=parent, since=since, reason=reason)
    keep_apart(first, second, person=actor.name, reason=reason, state=ReviewItem.State.GROUP)


def _told(actor: Actor, verb: str, one: FiledName, other: FiledName, reason: str) -> None:
    facts = {"first": one.text, "second": other.text, "reason": reason}
    audit.record(actor=actor, verb=verb, subject=f"party:{one.pk}", facts=facts)
    events.publish(PartiesChanged(changes=1))
