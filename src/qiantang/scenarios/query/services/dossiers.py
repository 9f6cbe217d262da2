"""Dossiers: made, changed, deleted; patents put in, ordered, rated, tagged, spoken of. Each act leaves a line of history."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.notices import api as notices
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotPermitted
from qiantang.scenarios.query.methods.differences import NO_OWNER, Change, Standing
from qiantang.scenarios.query.models import (
    LEAST_RATING,
    MOST_RATING,
    Dossier,
    DossierAct,
    DossierComment,
    DossierEntry,
    DossierTag,
)
from qiantang.scenarios.query.rules import MOST_DOSSIERS, MOST_ENTRIES
from qiantang.scenarios.query.selectors import dossiers
from qiantang.scenarios.query.selectors.saved import ensure_may_keep
from qiantang.scenarios.query.selectors.standings import standings_now

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from qiantang.kernel.actor import Actor

_LONGEST_NAME, _LONGEST_TAG, _LONGEST_TEXT = 120, 40, 4_000
_MOST_TAGS = 20


@transaction.atomic
def make_dossier(*, actor: Actor, name: str, about: str = "") -> int:
    """Begin a dossier; returns its key.

    errors  NotPermitted ``query.sign_in_first`` · Invalid ``query.name_missing`` · Conflict ``query.dossier_name_taken``
            Limited ``query.dossiers_too_many``
    """
    ensure_may_keep(actor)
    if Dossier.objects.filter(owner_id=actor.person_id).count() >= MOST_DOSSIERS:
        raise Limited("query.dossiers_too_many", most=MOST_DOSSIERS)
    now = timezone.now()
    row = Dossier(
        owner_id=actor.person_id or 0,
        name=_checked_name(name),
        about=about.strip()[:_LONGEST_TEXT],
        set_name=new_set_name(),
        made_at=now,
        changed_at=now,
    )
    _save(row)
    note(actor, row, "make")
    audit.record(actor=actor, verb="query.dossier.create", subject=f"dossier:{row.pk}", facts={})
    return row.pk


@transaction.atomic
def change_dossier(*, actor: Actor, key: int, name: str, about: str, watch: Collection[Change] = ()) -> None:
    """Rename it, say what it is for, watch its patents: their changes from now on are told.

    errors  NotFound ``query.dossier_unknown`` · NotPermitted ``query.dossier_not_yours`` · those of ``make_dossier``
    """
    row = dossiers.managed_row(actor, key)
    row.name, row.about = _checked_name(name), about.strip()[:_LONGEST_TEXT]
    begins = bool(watch) and not (row.watch_status or row.watch_owner)
    row.watch_status, row.watch_owner = Change.STATUS in watch, Change.OWNER in watch
    if begins:
        row.checked_snapshot = remember_standings(row)
    _save(row)
    note(actor, row, "change")


@transaction.atomic
def delete_dossier(*, actor: Actor, key: int) -> None:
    """Delete it with all that is in it, its links and the notices of it.

    errors  those of ``dossiers.managed_row``
    """
    row = dossiers.managed_row(actor, key)
    notices.forget_notices(actor=actor, subject=f"dossier:{key}")
    row.delete()
    audit.record(actor=actor, verb="query.dossier.delete", subject=f"dossier:{key}", facts={})


@transaction.atomic
def add_patents(*, actor: Actor, key: int, patent_ids: Sequence[str]) -> int:
    """Put patents in, behind those that are there; returns how many were not in it yet. What is not on record is left out.

    errors  those of ``dossiers.writable_row`` · Limited ``query.dossier_full``
    """
    row = dossiers.writable_row(actor, key)
    there = set(row.entries.values_list("patent_id", flat=True))
    wanted = [one for one in dict.fromkeys(patent_ids) if one not in there]
    _snapshot, standings = standings_now(wanted)
    fresh = [standings[one] for one in wanted if one in standings]
    if len(there) + len(fresh) > MOST_ENTRIES:
        raise Limited("query.dossier_full", most=MOST_ENTRIES, number=len(there) + len(fresh))
    last = row.entries.aggregate(Max("place"))["place__max"] or 0
    now = timezone.now()
    DossierEntry.objects.bulk_create(
        DossierEntry(
            dossier=row,
            patent_id=one.patent_id,
            place=place,
            added_at=now,
            added_by=actor.name[:150],
            status=one.status,
            owner_digest=one.owner,
        )
        for place, one in enumerate(fresh, last + 1)
    )
    if fresh:
        facts = {"number": len(fresh)} | ({"patent": fresh[0].patent_id} if len(fresh) == 1 else {})
        note(actor, row, "add", **facts)
    return len(fresh)


@transaction.atomic
def remove_patent(*, actor: Actor, key: int, entry: int) -> None:
    """Take a patent out, with what was said of it.

    errors  those of ``dossiers.writable_row`` · NotFound ``query.entry_unknown``
    """
    row = dossiers.writable_row(actor, key)
    found = dossiers.entry_row(row, entry)
    row.entries.filter(place__gt=found.place).update(place=F("place") - 1)
    note(actor, row, "remove", patent=found.patent_id)
    found.delete()


@transaction.atomic
def move_patent(*, actor: Actor, key: int, entry: int, place: int) -> None:
    """Put a patent at another place, from 1; beyond the end is the end. Those between make room.

    errors  those of ``remove_patent``
    """
    row = dossiers.writable_row(actor, key)
    found = dossiers.entry_row(row, entry)
    target = max(1, min(place, row.entries.count()))
    if target < found.place:
        row.entries.filter(place__gte=target, place__lt=found.place).update(place=F("place") + 1)
    elif target > found.place:
        row.entries.filter(place__gt=found.place, place__lte=target).update(place=F("place") - 1)
    if target != found.place:
        DossierEntry.objects.filter(pk=found.pk).update(place=target)
        note(actor, row, "move", patent=found.patent_id, place=target)


@transaction.atomic
def describe_patent(*, actor: Actor, key: int, entry: int, rating: int | None, tags: Iterable[str]) -> None:
    """Rate a patent and tag it; None and nothing take rating and tags away.

    errors  those of ``remove_patent`` · Invalid ``query.rating_unknown``
    """
    row = dossiers.writable_row(actor, key)
    found = dossiers.entry_row(row, entry)
    if rating is not None and not LEAST_RATING <= rating <= MOST_RATING:
        raise Invalid("query.rating_unknown")
    words = sorted({" ".join(one.split())[:_LONGEST_TAG] for one in tags if one.strip()})[:_MOST_TAGS]
    before = (found.rating, sorted(found.tags.values_list("word", flat=True)))
    if before == (rating, words):
        return
    DossierEntry.objects.filter(pk=found.pk).update(rating=rating)
    found.tags.all().delete()
    DossierTag.objects.bulk_create(DossierTag(entry=found, word=word) for word in words)
    note(actor, row, "describe", patent=found.patent_id, rating=rating, tags=words)


@transaction.atomic
def comment(*, actor: Actor, key: int, entry: int, text: str) -> int:
    """Say something of a patent; returns the key of the comment.

    errors  those of ``remove_patent`` · Invalid ``query.comment_missing``
    """
    row = dossiers.writable_row(actor, key)
    found = dossiers.entry_row(row, entry)
    if not text.strip():
        raise Invalid("query.comment_missing")
    said = DossierComment.objects.create(
        entry=found,
        author_id=actor.person_id,
        author_name=actor.name[:150],
        text=text.strip()[:_LONGEST_TEXT],
        written_at=timezone.now(),
    )
    note(actor, row, "comment", patent=found.patent_id)
    return said.pk


@transaction.atomic
def delete_comment(*, actor: Actor, key: int, entry: int, comment_key: int) -> None:
    """Take a comment back: who wrote it, or the owner of the dossier.

    errors  those of ``dossiers.dossier_row`` · NotFound ``query.entry_unknown`` · NotPermitted ``query.comment_not_yours``
    """
    row = dossiers.dossier_row(actor, key)
    said = dossiers.entry_row(row, entry).comments.filter(pk=comment_key).first()
    if said is None:
        return
    if actor.person_id not in (row.owner_id, said.author_id):
        raise NotPermitted("query.comment_not_yours")
    note(actor, row, "delete_comment", patent=said.entry.patent_id)
    said.delete()


def remember_standings(row: Dossier) -> int:
    """Note how the patents of a dossier stand now, and return the snapshot: what is told from now on is a change of this."""
    entries = list(row.entries.all())
    snapshot, standings = standings_now([one.patent_id for one in entries])
    for one in entries:
        now = standings.get(one.patent_id, Standing(one.patent_id, "", NO_OWNER))
        one.status, one.owner_digest = now.status, now.owner
    DossierEntry.objects.bulk_update(entries, ["status", "owner_digest"], batch_size=500)
    return snapshot


def note(actor: Actor, row: Dossier, verb: str, **facts: object) -> None:
    """A line of history, in the caller's transaction; the dossier has changed with it."""
    now = timezone.now()
    DossierAct.objects.create(dossier=row, at=now, person=actor.name[:150], verb=verb, facts=facts)
    Dossier.objects.filter(pk=row.pk).update(changed_at=now)


def new_set_name() -> str:
    """A name of a set that nobody guesses."""
    return f"d{token_hex(10)}"


def _checked_name(name: str) -> str:
    title = " ".join(name.split())
    if not title:
        raise Invalid("query.name_missing")
    return title[:_LONGEST_NAME]


def _save(row: Dossier) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict("query.dossier_name_taken", name=row.name) from None
