"""The inboxes of the organisations for which one acts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from qiantang.commons.accounts.api import organisations
from qiantang.commons.notices.models import Notice, SharedNotice
from qiantang.commons.notices.selectors.inbox import ensure_inbox, shown
from qiantang.commons.notices.types import OrganisationInbox, Reader, SharedShown
from qiantang.kernel.errors import NotFound
from qiantang.kernel.paging import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import PageRequest


def organisation_inboxes(actor: Actor) -> tuple[OrganisationInbox, ...]:
    """The inboxes which the actor shares, by name; those of organisations for which a mandate is in force today.

    errors  NotPermitted ``notices.sign_in_first``
    """
    ensure_inbox(actor)
    keys = organisations.organisation_ids(actor)
    if not keys:
        return ()
    unread: dict[int, int] = defaultdict(int)
    mine = Notice.objects.filter(shared=OuterRef("pk"), person_id=actor.person_id, read_at__isnull=False)
    for key in _visible(actor, keys).exclude(Exists(mine)).values_list("organisation_id", flat=True):
        unread[key] += 1
    found = organisations.organisations_named(keys).values()
    return tuple(
        OrganisationInbox(one.id, one.name, unread[one.id]) for one in sorted(found, key=lambda one: (one.name, one.id))
    )


def visible_in(actor: Actor, organisation: int) -> QuerySet[SharedNotice]:
    """The notices to an organisation that the actor's mandates cover.

    errors  NotFound ``notices.no_such_inbox``, also for one for which the actor does not act
    """
    ensure_inbox(actor)
    if organisation not in organisations.organisation_ids(actor):
        raise NotFound("notices.no_such_inbox")
    return _visible(actor, [organisation])


def subject_of(organisation: int) -> str:
    """What a cursor of such an inbox belongs to."""
    return f"inbox|organisation:{organisation}"


def keys_on(actor: Actor, organisation: int, page: PageRequest) -> list[int]:
    """The keys of the notices on a page, newest first."""
    rows = visible_in(actor, organisation).order_by("-created_at", "-id").values_list("pk", flat=True)
    return list(rows[page.offset : page.offset + page.size])


def organisation_inbox(actor: Actor, organisation: int, page: PageRequest) -> Page[SharedShown]:
    """Notices to an organisation, newest first, as the actor's copies of them, with all who have one.

    errors  NotFound ``notices.no_such_inbox``
    """
    rows = visible_in(actor, organisation)
    total = rows.count()
    keys = keys_on(actor, organisation, page)
    copies: dict[int, list[Notice]] = defaultdict(list)
    for copy in Notice.objects.filter(shared__in=keys).select_related("person").order_by("read_at", "pk"):
        if copy.shared_id is not None:
            copies[copy.shared_id].append(copy)
    items = [
        SharedShown(shown(mine), _readers(copies[key]))
        for key in keys
        for mine in copies[key]
        if mine.person_id == actor.person_id
    ]
    return Page(items=items, total=total, next=page.cursor_after(subject=subject_of(organisation), total=total))


def _readers(copies: Sequence[Notice]) -> tuple[Reader, ...]:
    """Who has read first, then who has not."""
    told = [Reader(copy.person.display_name, copy.read_at) for copy in copies]
    return tuple(sorted(told, key=lambda one: (one.read_at is None, one.read_at and one.read_at.timestamp(), one.name)))


def _visible(actor: Actor, keys: Sequence[int] | frozenset[int]) -> QuerySet[SharedNotice]:
    rows = SharedNotice.objects.filter(organisation_id__in=keys)
    scopes = list(rows.order_by().values_list("scope", flat=True).distinct())
    held = organisations.organisation_ids_by_scope(actor, [scope or None for scope in scopes])
    seen = Q(pk__in=[])
    for scope in scopes:
        seen |= Q(scope=scope, organisation_id__in=held[scope or None])
    return rows.filter(seen)
