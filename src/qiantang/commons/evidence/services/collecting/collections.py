"""Guided collections: photo, video and purchase, step by step; each file is a deposit at once, the whole is one at the end."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.evidence import policies
from qiantang.commons.evidence.methods.records import moment
from qiantang.commons.evidence.models import Collection, CollectionItem, Deposit
from qiantang.commons.evidence.rules import UPLOAD_BYTES
from qiantang.commons.evidence.selectors.collected.captures import capture_row
from qiantang.commons.evidence.selectors.collected.collections import collection_row, missing_steps
from qiantang.commons.evidence.services import custody
from qiantang.commons.evidence.services.collecting.captures import new_number
from qiantang.commons.evidence.services.depositing import deposit_file, deposit_kept_batch
from qiantang.commons.evidence.types import COLLECTIONS, Asked, Kind
from qiantang.engines.notary.port import Digests
from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

CHECKLIST = "checklist.json"


@transaction.atomic
def begin_collection(*, actor: Actor, kind: str, title: str, capture: str | None = None) -> str:
    """Begin one. Returns its number.

    capture     number of a capture which it completes or stands in for
    errors      NotPermitted ``evidence.sign_in_first`` · Invalid ``evidence.collection_kind``, ``evidence.name_missing`` ·
                NotFound ``evidence.capture_unknown``
    """
    if actor.person_id is None or not policies.may_deposit(actor):
        raise NotPermitted("evidence.sign_in_first")
    if kind not in COLLECTIONS:
        raise Invalid("evidence.collection_kind", given=kind[:40])
    words = " ".join(title.split())[:300]
    if not words:
        raise Invalid("evidence.name_missing")
    row = Collection.objects.create(
        number=new_number("CO"),
        owner_id=actor.person_id,
        kind=kind,
        title=words,
        capture=capture_row(actor, capture) if capture else None,
        opened_at=timezone.now(),
    )
    audit.record(
        actor=actor, verb="evidence.collection.begin", subject=f"collection:{row.number}", facts={"kind": kind}
    )
    return row.number


@transaction.atomic
def add_to_collection(
    *, actor: Actor, number: str, step: str, note: str = "", stream: BinaryIO | None = None, name: str = ""
) -> str | None:
    """Put a file or words to a step; a file is deposited at once and kept. Returns the number of its deposit.

    Where a file cannot be had, words say why.
    errors  NotFound ``evidence.collection_unknown`` · Conflict ``evidence.collection_closed`` ·
            Invalid ``evidence.step_unknown``, ``evidence.nothing``; those of ``deposit_file``
    """
    row = _open_row(actor, number)
    if step not in {one.key for one in COLLECTIONS[row.kind]}:
        raise Invalid("evidence.step_unknown", given=step[:40])
    words = " ".join(note.split())[:500]
    if stream is None and not words:
        raise Invalid("evidence.nothing")
    deposited = None
    if stream is not None:
        told = Asked(
            name=name or step,
            digests={},
            size_bytes=0,
            kind=Kind.VIDEO if step in {"recording", "unboxing"} else Kind.FILE,
            statement=row.title,
            environment={"collection": row.number, "step": step},
        )
        deposited = Deposit.objects.get(number=deposit_file(actor=actor, stream=stream, asked=told))
    CollectionItem.objects.create(collection=row, step=step, note=words, deposit=deposited, added_at=timezone.now())
    return deposited.number if deposited else None


@transaction.atomic
def close_collection(*, actor: Actor, number: str) -> str:
    """Deposit the list of what was done, with every file, as one batch. Returns the number of that deposit.

    errors  as ``add_to_collection`` · Conflict ``evidence.collection_open``
    """
    row = _open_row(actor, number)
    items = list(row.items.select_related("deposit").order_by("pk"))
    missing = missing_steps(row.kind, (one.step for one in items))
    if missing:
        raise Conflict("evidence.collection_open", missing=", ".join(missing))
    files = [
        (
            f"{place:02}-{one.step}-{one.deposit.name}",
            Digests(one.deposit.sha256, one.deposit.sm3, one.deposit.size_bytes),
        )
        for place, one in enumerate(items, start=1)
        if one.deposit is not None
    ]
    steps = [
        {
            "step": one.step,
            "at": moment(one.added_at),
            "note": one.note,
            "deposit": one.deposit.number if one.deposit else None,
            "sha256": one.deposit.sha256 if one.deposit else None,
        }
        for one in items
    ]
    told = canonical_json({"collection": row.number, "kind": row.kind, "title": row.title, "steps": steps})
    files.insert(0, (CHECKLIST, custody.keep(io.BytesIO(told), most=UPLOAD_BYTES)))
    asked = Asked(
        name=row.title, digests={}, size_bytes=0, kind=Kind.BATCH, statement=row.title, collected_at=row.opened_at
    )
    row.deposit = deposit_kept_batch(actor=actor, asked=asked, files=files)
    row.closed_at = timezone.now()
    row.save(update_fields=["deposit", "closed_at"])
    audit.record(
        actor=actor, verb="evidence.collection.close", subject=f"collection:{row.number}", facts={"files": len(files)}
    )
    return row.deposit.number


def _open_row(actor: Actor, number: str) -> Collection:
    """The row, locked, of a collection that goes on and is one's own."""
    found = collection_row(actor, number)
    row = Collection.objects.select_for_update().get(pk=found.pk)
    if row.owner_id != actor.person_id:
        raise NotPermitted("evidence.sign_in_first")
    if row.closed_at is not None:
        raise Conflict("evidence.collection_closed", number=row.number)
    return row
