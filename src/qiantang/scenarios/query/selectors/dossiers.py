"""Reads of dossiers: one's own and those shared with one; and the one read that needs no account, by a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from qiantang.corpus.register import api as register
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.kernel.paging import Page
from qiantang.scenarios.query import policies
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.models import Dossier, DossierChange, DossierEntry, DossierLink, DossierTag
from qiantang.scenarios.query.selectors.number_lists import search_url
from qiantang.scenarios.query.selectors.saved import changed_patent, ensure_may_keep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import PageRequest
    from qiantang.scenarios.query.types import ChangedPatent

_SIGNER = signing.Signer(salt="qiantang.query.dossier-link", sep=".")
ORDERS = {"place": ("place", "id"), "rating": ("-rating", "place"), "added": ("-added_at", "-id")}
_UNRATED_LAST = Case(When(rating__isnull=True, then=Value(1)), default=Value(0), output_field=IntegerField())
_CHANGES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class DossierShown:
    """A dossier as its reader sees it. ``mine``: the reader owns it; ``writable``: may put in and say something."""

    id: int
    name: str
    about: str
    owner: str
    mine: bool
    writable: bool
    patents: int
    made_at: datetime
    changed_at: datetime
    watches: tuple[str, ...]
    checked_in: int | None
    search_url: str
    query: str
    changes: tuple[tuple[int, dict[str, int]], ...] = ()


@dataclass(frozen=True, slots=True)
class EntryShown:
    """A patent in a dossier with what the register says of it now."""

    id: int
    patent_id: str
    place: int
    number: str
    title: str | None
    status: str
    on_record: bool
    rating: int | None
    tags: tuple[str, ...]
    comments: int
    added_at: datetime
    added_by: str


def open_to(actor: Actor) -> QuerySet[Dossier]:
    """The dossiers that are open to the person who asks."""
    return Dossier.objects.filter(policies.dossiers_open_to(actor)).distinct()


def dossier_row(actor: Actor, key: int) -> Dossier:
    """errors: NotFound ``query.dossier_unknown``, also for one that is not open · NotPermitted for the public"""
    if not actor.has_role("system"):
        ensure_may_keep(actor)
    row = open_to(actor).filter(pk=key).select_related("owner").first()
    if row is None:
        raise NotFound("query.dossier_unknown")
    return row


def may_write(actor: Actor, row: Dossier) -> bool:
    writers = frozenset(row.shares.filter(may_write=True).values_list("person_id", flat=True))
    return bool(policies.may_write(actor, owner=row.owner_id, writers=writers))


def writable_row(actor: Actor, key: int) -> Dossier:
    """errors: those of ``dossier_row`` · NotPermitted ``query.dossier_read_only``"""
    row = dossier_row(actor, key)
    if not may_write(actor, row):
        raise NotPermitted("query.dossier_read_only")
    return row


def managed_row(actor: Actor, key: int) -> Dossier:
    """errors: those of ``dossier_row`` · NotPermitted ``query.dossier_not_yours``"""
    row = dossier_row(actor, key)
    decision = policies.may_manage(actor, owner=row.owner_id)
    if not decision:
        raise NotPermitted(decision.code)
    return row


def entry_row(row: Dossier, entry: int) -> DossierEntry:
    """errors: NotFound ``query.entry_unknown``"""
    found = row.entries.filter(pk=entry).first()
    if found is None:
        raise NotFound("query.entry_unknown")
    return found


def shown(actor: Actor, row: Dossier) -> DossierShown:
    """A row as pages show it."""
    return DossierShown(
        id=row.pk,
        name=row.name,
        about=row.about,
        owner=row.owner.display_name,
        mine=row.owner_id == actor.person_id,
        writable=may_write(actor, row),
        patents=row.entries.count(),
        made_at=row.made_at,
        changed_at=row.changed_at,
        watches=tuple(kind for kind in (Change.STATUS, Change.OWNER) if getattr(row, f"watch_{kind}")),
        checked_in=row.checked_snapshot,
        search_url=search_url(row.set_name),
        query=f"SET={row.set_name}",
        changes=tuple(_newest_changes(row)),
    )


def _newest_changes(row: Dossier) -> Iterable[tuple[int, dict[str, int]]]:
    snapshots = row.changes.order_by("-snapshot").values_list("snapshot", flat=True).distinct()[:_CHANGES_SHOWN]
    for snapshot in snapshots:
        yield snapshot, change_counts(row, snapshot)


def dossiers(actor: Actor, page: PageRequest) -> Page[DossierShown]:
    """The dossiers open to the person who asks, by name.

    errors  NotPermitted ``query.sign_in_first``
    """
    ensure_may_keep(actor)
    rows = open_to(actor).select_related("owner").order_by("name", "id")
    total = rows.count()
    items = [shown(actor, row) for row in rows[page.offset : page.offset + page.size]]
    return Page(items=items, total=total, next=page.cursor_after(subject="dossiers", total=total))


def writable(actor: Actor) -> list[tuple[int, str]]:
    """Key and name of the dossiers into which the person may put something, by name."""
    ensure_may_keep(actor)
    mine = Q(owner_id=actor.person_id) | Q(shares__person_id=actor.person_id, shares__may_write=True)
    return list(Dossier.objects.filter(mine).distinct().order_by("name", "id").values_list("id", "name"))


def entries_subject(key: int, order: str, tag: str) -> str:
    return f"dossier|{key}|{order}|{tag}"


def entries(row: Dossier, page: PageRequest, *, order: str = "place", tag: str = "") -> Page[EntryShown]:
    """The patents of a dossier that was opened: in their order, by rating or by day; all, or those with a tag."""
    rows = row.entries.all()
    if tag:
        rows = rows.filter(tags__word=tag)
    total = rows.count()
    ordered = rows.annotate(said=Count("comments", distinct=True)).order_by(*ORDERS[order])
    if order == "rating":  # what is not rated comes last in every database
        ordered = ordered.order_by(_UNRATED_LAST, *ORDERS[order])
    found = list(ordered.prefetch_related("tags")[page.offset : page.offset + page.size])
    subject = entries_subject(row.pk, order, tag)
    return Page(items=_with_records(found), total=total, next=page.cursor_after(subject=subject, total=total))


def _with_records(rows: Sequence[DossierEntry]) -> list[EntryShown]:
    ids = [row.patent_id for row in rows]
    records = register.get_many(ids) if ids and register.current_snapshot() else {}
    told = []
    for row in rows:
        record = records.get(row.patent_id)
        told.append(
            EntryShown(
                id=row.pk,
                patent_id=row.patent_id,
                place=row.place,
                number=record.number_shown if record else row.patent_id,
                title=record.title if record else None,
                status=record.status if record else "",
                on_record=record is not None,
                rating=row.rating,
                tags=tuple(sorted(tag.word for tag in row.tags.all())),
                comments=getattr(row, "said", 0),
                added_at=row.added_at,
                added_by=row.added_by,
            )
        )
    return told


def entry(actor: Actor, key: int, entry_key: int) -> tuple[DossierShown, EntryShown, list[dict[str, Any]]]:
    """One patent of a dossier with its comments, oldest first; each says whether the reader may delete it.

    errors  those of ``dossier_row`` · NotFound ``query.entry_unknown``
    """
    row = dossier_row(actor, key)
    found = entry_row(row, entry_key)
    mine = row.owner_id == actor.person_id
    thread = [
        {
            "id": one.pk,
            "author": one.author_name,
            "text": one.text,
            "at": one.written_at,
            "deletable": mine or (one.author_id is not None and one.author_id == actor.person_id),
        }
        for one in found.comments.order_by("written_at", "id")
    ]
    (told,) = _with_records([found])
    return shown(actor, row), told, thread


def tags_of(row: Dossier) -> list[tuple[str, int]]:
    """The tags of a dossier with how many patents have each, by word."""
    counted = DossierTag.objects.filter(entry__dossier=row).values_list("word").annotate(Count("id")).order_by("word")
    return [(word, count) for word, count in counted]


def every_entry(row: Dossier) -> list[EntryShown]:
    """All patents of a dossier in their order."""
    rows = row.entries.annotate(said=Count("comments")).prefetch_related("tags").order_by("place", "id")
    return _with_records(list(rows))


def change_counts(row: Dossier, snapshot: int) -> dict[str, int]:
    """How many changes of each kind were told on a snapshot; kinds without any are left out."""
    counted = row.changes.filter(snapshot=snapshot).values_list("kind").annotate(Count("id"))
    return {str(kind): int(count) for kind, count in counted}


def changes(actor: Actor, key: int, snapshot: int, kind: Change, page: PageRequest) -> Page[ChangedPatent]:
    """The patents of one kind of change that was told, by id.

    errors  those of ``dossier_row``
    """
    rows = dossier_row(actor, key).changes.filter(snapshot=snapshot, kind=kind).order_by("patent_id")
    total = rows.count()
    found: list[DossierChange] = list(rows[page.offset : page.offset + page.size])
    records = register.get_many([one.patent_id for one in found]) if found else {}
    items = [changed_patent(one.patent_id, one.before, one.after, records.get(one.patent_id)) for one in found]
    subject = f"dossier-changes|{key}|{snapshot}|{kind}"
    return Page(items=items, total=total, next=page.cursor_after(subject=subject, total=total))


def patents_of_set(name: str) -> tuple[str, ...] | None:
    """The patents of a dossier under the name of its set."""
    row = Dossier.objects.filter(set_name=name).first()
    return None if row is None else tuple(row.entries.order_by("place").values_list("patent_id", flat=True))


# --- sharing ---------------------------------------------------------------------------------------------------------


def link_url(link: DossierLink) -> str:
    """The address of a share link, to be handed on."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("query:dossier-shared", args=[_SIGNER.sign(link.key)])


def links_in_force(row: Dossier) -> QuerySet[DossierLink]:
    return row.links.filter(revoked_at__isnull=True, until__gt=timezone.now()).order_by("-id")


def dossier_behind(token: str) -> tuple[Dossier, DossierLink]:
    """The dossier of a share link, for anybody who has it.

    errors  NotFound ``query.link_stale``: never made, revoked, or past its day
    """
    try:
        key = _SIGNER.unsign(token)
    except signing.BadSignature:
        raise NotFound("query.link_stale") from None
    link = DossierLink.objects.filter(key=key, revoked_at__isnull=True, until__gt=timezone.now()).first()
    if link is None:
        raise NotFound("query.link_stale")
    return link.dossier, link


def kept_by(actor: Actor) -> list[dict[str, Any]]:
    """Every dossier of a person's own as plain values: their copy to take away."""
    ensure_may_keep(actor)
    return [_copy(row) for row in Dossier.objects.filter(owner_id=actor.person_id).order_by("name", "id")]


def _copy(row: Dossier) -> dict[str, Any]:
    rows = row.entries.prefetch_related("tags", "comments").order_by("place", "id")
    return {
        "name": row.name,
        "about": row.about,
        "made_at": row.made_at.isoformat(),
        "shared_with": [
            {"name": one.person.display_name, "may_write": one.may_write} for one in row.shares.select_related("person")
        ],
        "patents": [
            {
                "patent_id": one.patent_id,
                "rating": one.rating,
                "tags": sorted(tag.word for tag in one.tags.all()),
                "comments": [
                    {"author": said.author_name, "at": said.written_at.isoformat(), "text": said.text}
                    for said in one.comments.all()
                ],
            }
            for one in rows
        ],
    }
