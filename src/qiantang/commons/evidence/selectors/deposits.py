"""Reads of deposits: one's own, and what anybody may know of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.evidence import policies
from qiantang.commons.evidence.methods.records import spelt_number
from qiantang.commons.evidence.models import BatchFile, CustodyLine, Deposit
from qiantang.commons.evidence.selectors.anchors import anchor_told, anchors_of
from qiantang.commons.evidence.selectors.log import covering, stamps_of
from qiantang.commons.evidence.types import DepositTold, Kind, PublicTold, Stage
from qiantang.kernel.custody import first_broken
from qiantang.kernel.errors import NotFound
from qiantang.kernel.paging import Page

if TYPE_CHECKING:
    from qiantang.commons.evidence.models import Checkpoint
    from qiantang.kernel.actor import Actor
    from qiantang.kernel.paging import PageRequest

SUBJECT = "deposits"
_OF_MANY = (Kind.BATCH, Kind.WEB_PAGE)  # the object is the list of its files


def deposit_row(actor: Actor, number: str) -> Deposit:
    """The row of a deposit.

    errors  NotFound ``evidence.unknown``, also where it is somebody else's
    """
    row = Deposit.objects.filter(policies.visible_to(actor), number=spelt_number(number)).select_related("key").first()
    if row is None:
        raise NotFound("evidence.unknown", number=number[:40])
    return row


def sees_all(actor: Actor) -> bool:
    """Whether the deposits that somebody sees are everybody's."""
    return policies.sees_all(actor)


def deposits(actor: Actor, page: PageRequest) -> Page[DepositTold]:
    """One's deposits, newest first."""
    rows = Deposit.objects.filter(policies.visible_to(actor)).order_by("-deposited_at", "-id")
    total = rows.count()
    shown = [told(row) for row in rows[page.offset : page.offset + page.size]]
    return Page(shown, total, page.cursor_after(subject=SUBJECT, total=total))


def deposit_told(actor: Actor, number: str) -> DepositTold:
    """One deposit; errors as ``deposit_row``."""
    return told(deposit_row(actor, number))


def told(row: Deposit) -> DepositTold:
    checkpoint = covering(row)
    leaf_depositor = row.owner.display_name if row.owner else "system"
    return DepositTold(
        number=row.number,
        kind=Kind(row.kind),
        name=row.name,
        sha256=row.sha256,
        sm3=row.sm3,
        size_bytes=row.size_bytes,
        statement=row.statement,
        stage=_stage(checkpoint),
        stored=row.stored,
        confidential=row.confidential,
        depositor=leaf_depositor,
        collected_at=row.collected_at,
        deposited_at=row.deposited_at,
        index=row.leaf_index,
        log_size=checkpoint.size if checkpoint else None,
        root=checkpoint.root if checkpoint else None,
        stamps=tuple(stamps_of(checkpoint)) if checkpoint else (),
        anchors=tuple(anchor_told(one) for one in anchors_of(row)),
        files=row.files.count() if row.kind in _OF_MANY else 1,
    )


def _stage(checkpoint: Checkpoint | None) -> Stage:
    if checkpoint is None:
        return Stage.RECEIVED
    return Stage.SEALED if checkpoint.stamped_at is None else Stage.STAMPED


def public_by_number(number: str) -> PublicTold | None:
    """What anybody is told who has a number."""
    row = Deposit.objects.filter(number=spelt_number(number)).first()
    return None if row is None else _public(row)


def public_by_digest(sha256: str) -> list[PublicTold]:
    """What anybody is told who has the object itself: each deposit of it, the oldest first, those in batches too."""
    wanted = sha256.strip().lower()
    direct = list(Deposit.objects.filter(sha256=wanted).order_by("pk")[:20])
    within = BatchFile.objects.filter(sha256=wanted).select_related("batch").order_by("pk")[:20]
    rows = {row.pk: row for row in [*direct, *(one.batch for one in within)]}
    return [_public(rows[key]) for key in sorted(rows)]


def _public(row: Deposit) -> PublicTold:
    checkpoint = covering(row)
    return PublicTold(
        number=row.number,
        kind=Kind(row.kind),
        sha256=row.sha256,
        sm3=row.sm3,
        size_bytes=row.size_bytes,
        deposited_at=row.deposited_at,
        stage=_stage(checkpoint),
        index=row.leaf_index,
        log_size=checkpoint.size if checkpoint else None,
        stamps=tuple(stamps_of(checkpoint)) if checkpoint else (),
    )


def custody_of(actor: Actor, number: str) -> list[tuple[str, str]]:
    """(canonical JSON, link) of each line; errors as ``deposit_row``."""
    row = deposit_row(actor, number)
    return list(CustodyLine.objects.filter(deposit=row).order_by("seq").values_list("text", "link"))


def custody_broken(actor: Actor, number: str) -> int | None:
    """The first line of a deposit's custody that does not follow, None where all do."""
    return first_broken((text.encode(), link) for text, link in custody_of(actor, number))
