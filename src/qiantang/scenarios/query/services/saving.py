"""Saving a query, changing it, deleting it with all that its alert has found."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from qiantang.commons.audit import api as audit
from qiantang.commons.notices import api as notices
from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods import query_language as language
from qiantang.kernel.errors import Conflict, Invalid, Limited
from qiantang.scenarios.query.models import SavedQuery
from qiantang.scenarios.query.rules import MOST_SAVED
from qiantang.scenarios.query.selectors import desk, saved, states

if TYPE_CHECKING:
    from collections.abc import Collection

    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.query.methods.differences import Change
    from qiantang.scenarios.query.types import DeskRequest

_JOB = "qiantang.scenarios.query.tasks.check_saved_query"  # by name: jobs stand above services and call them
_LONGEST_NAME = 120


@transaction.atomic
def save_query(*, actor: Actor, name: str, asked: DeskRequest, watch: Collection[Change] = ()) -> int:
    """Keep a query under a name; returns its key. No text of it stands in the journal.

    watch   what to tell of from now on: what is a hit now is told of no more
    errors  NotPermitted ``query.sign_in_first`` · Invalid ``query.name_missing`` · ``query.syntax`` · ``query.refinement``
            Conflict ``query.name_taken`` · Limited ``query.saved_too_many``
    """
    saved.ensure_may_keep(actor)
    title = _checked_name(name)
    canonical = understood(asked)
    if saved.visible(actor).count() >= MOST_SAVED:
        raise Limited("query.saved_too_many", most=MOST_SAVED)
    now = timezone.now()
    row = SavedQuery(
        owner_id=actor.person_id or 0,
        name=title,
        text=asked.text,
        refinements=list(asked.refinements),
        sort=asked.sort,
        columns=_columns(asked),
        canonical=canonical,
        saved_at=now,
        changed_at=now,
        **_watched(watch),
    )
    _write(row)
    audit.record(actor=actor, verb="query.saved.create", subject=f"saved-query:{row.pk}", facts={"watch": _told(watch)})
    _begin(row)
    return row.pk


@transaction.atomic
def change_saved_query(
    *, actor: Actor, key: int, name: str, asked: DeskRequest, watch: Collection[Change] = ()
) -> None:
    """Change name, query, order or alert. Another query, or an alert where there was none, is watched from now on anew.

    errors  those of ``save_query`` · NotFound ``query.saved_unknown``
    """
    row = saved.saved_row(actor, key)
    before, was_watched = (row.text, tuple(row.refinements)), row.is_watched
    row.name, row.canonical = _checked_name(name), understood(asked)
    row.text, row.refinements, row.sort = asked.text, list(asked.refinements), asked.sort
    row.columns = _columns(asked)
    for field, value in _watched(watch).items():
        setattr(row, field, value)
    if before != (asked.text, asked.refinements) or not was_watched:
        row.told_snapshot, row.told_file, row.checked_snapshot, row.hits, row.fault = None, "", None, None, ""
    row.changed_at = timezone.now()
    _write(row)
    audit.record(actor=actor, verb="query.saved.change", subject=f"saved-query:{row.pk}", facts={"watch": _told(watch)})
    _begin(row)


@transaction.atomic
def delete_saved_query(*, actor: Actor, key: int) -> None:
    """Delete a query, what its alert has found, and the notices of it.

    errors  NotFound ``query.saved_unknown``
    """
    row = saved.saved_row(actor, key)
    notices.forget_notices(actor=actor, subject=f"saved-query:{key}")
    place = states.place_of(key)
    row.delete()
    audit.record(actor=actor, verb="query.saved.delete", subject=f"saved-query:{key}", facts={})
    transaction.on_commit(lambda: shutil.rmtree(place, ignore_errors=True))


def understood(asked: DeskRequest) -> str:
    """The whole query in its canonical form.

    errors  Invalid ``query.syntax`` · ``query.refinement``
    """
    desk.ensure_refinements(asked)
    return language.canonical(register.parse(desk.whole_query(asked)))


def _columns(asked: DeskRequest) -> list[str]:
    return list(asked.layout.columns) if asked.layout and asked.layout.table else []


def _checked_name(name: str) -> str:
    title = " ".join(name.split())
    if not title:
        raise Invalid("query.name_missing")
    return title[:_LONGEST_NAME]


def _write(row: SavedQuery) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict("query.name_taken", name=row.name) from None


def _watched(watch: Collection[Change]) -> dict[str, bool]:
    return {f"watch_{kind}": kind in watch for kind in ("new", "status", "owner")}


def _told(watch: Collection[Change]) -> list[str]:
    return sorted(str(kind) for kind in watch)


def _begin(row: SavedQuery) -> None:
    """Where the watch has not begun, a job begins it; the heartbeat would, too."""
    if row.is_watched and row.told_snapshot is None:
        transaction.on_commit(lambda: import_string(_JOB).enqueue(row.pk))
