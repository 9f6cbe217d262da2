"""Receiving evidence: a signed receipt at once; the log and the timestamps come after, and nothing waits for them."""

from __future__ import annotations

import io
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.events import api as events
from qiantang.commons.evidence import policies
from qiantang.commons.evidence.events import EvidenceDeposited
from qiantang.commons.evidence.methods.records import batch_entry, deposit_number, leaf_text, masked, moment
from qiantang.commons.evidence.models import BatchFile, Deposit
from qiantang.commons.evidence.rules import MOST_IN_BATCH, UPLOAD_BYTES
from qiantang.commons.evidence.services import custody, keys
from qiantang.commons.evidence.types import Act, Asked, Kind
from qiantang.engines.notary.port import Digests, checked_digests
from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.errors import Invalid, Limited, NotPermitted
from qiantang.kernel.merkle import leaf_hash, root_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import BinaryIO

    from qiantang.kernel.actor import Actor

_LONGEST_NAME, _LONGEST_STATEMENT = 300, 4_000
_SALT_BYTES = 16


def deposit_file(*, actor: Actor, stream: BinaryIO, asked: Asked) -> str:
    """Deposit a file that the platform keeps; its digests are computed while it is written. Returns the number.

    errors  those of ``deposit`` · Invalid ``evidence.file_empty``, ``evidence.file_too_large``
    """
    _ensure_allowed(actor)
    found = custody.keep(stream, most=UPLOAD_BYTES)
    return _received(actor, asked, found, stored=True).number


def deposit(*, actor: Actor, asked: Asked) -> str:
    """Deposit an object by its digests; it stays where it is. Returns the number, under which the receipt is had.

    errors  NotPermitted ``evidence.sign_in_first`` · Invalid ``evidence.name_missing``, ``notary.weak_digest``,
            ``notary.digest_malformed``, ``notary.digest_missing``
    events  EvidenceDeposited
    """
    _ensure_allowed(actor)
    told = checked_digests(asked.digests)
    if "sm3" not in told:
        raise Invalid("notary.digest_missing", given=", ".join(sorted(told)))
    if asked.size_bytes < 1:
        raise Invalid("evidence.file_empty")
    return _received(actor, asked, Digests(told["sha256"], told["sm3"], asked.size_bytes), stored=False).number


def deposit_batch(*, actor: Actor, name: str, files: Sequence[tuple[str, Digests]], statement: str = "") -> str:
    """Deposit many files as one leaf, which holds the root over all of them; each can be proved alone. Returns the number.

    files   (name, digests), in their order; the files stay where they are, their list is kept
    errors  those of ``deposit`` · Limited ``evidence.too_many`` · Invalid ``evidence.nothing``
    """
    _ensure_allowed(actor)
    if not files:
        raise Invalid("evidence.nothing")
    if len(files) > MOST_IN_BATCH:
        raise Limited("evidence.too_many", most=MOST_IN_BATCH)
    asked = Asked(name=name, digests={}, size_bytes=0, kind=Kind.BATCH, statement=statement)
    return _batch(actor, asked, files, stored=False).number


def _batch(actor: Actor, asked: Asked, files: Sequence[tuple[str, Digests]], *, stored: bool) -> Deposit:
    entries = [batch_entry(_checked_name(one), digests) for one, digests in files]
    root = root_of([leaf_hash(canonical_json(one)) for one in entries]).hex()
    found = custody.keep(io.BytesIO(canonical_json({"files": entries, "root": root})), most=UPLOAD_BYTES)
    listing = replace(asked, media_type="application/json")
    with transaction.atomic():
        row = _received(actor, listing, found, stored=True, batch=root)
        BatchFile.objects.bulk_create(
            BatchFile(
                batch=row,
                place=place,
                name=str(entry["name"]),
                sha256=d.sha256,
                sm3=d.sm3,
                size_bytes=d.size_bytes,
                stored=stored,
            )
            for place, (entry, (_, d)) in enumerate(zip(entries, files, strict=True))
        )
    return row


def deposit_kept_batch(*, actor: Actor, asked: Asked, files: Sequence[tuple[str, Digests]]) -> Deposit:
    """As ``deposit_batch``, of files that lie in the store already (``custody.keep``) and stay there. Returns the row.

    asked   what the whole is: name, kind, statement, environment; its digests are those of the list
    """
    _ensure_allowed(actor)
    return _batch(actor, asked, files, stored=True)


@transaction.atomic
def deposit_journal_head(*, actor: Actor) -> str | None:
    """Deposit the newest link of the audit journal, once a day: from then on nobody rewrites what stood before it.

    returns     the number; None where today's is there already, or the journal is empty
    """
    today = timezone.localdate()
    name = f"audit-journal-{today.isoformat()}"
    keys.current_key()
    if Deposit.objects.filter(kind=Kind.JOURNAL_HEAD, name=name).exists():
        return None
    sequence, digest = audit.head()
    if not sequence:
        return None
    content = canonical_json({"digest": digest, "sequence": sequence})
    asked = Asked(name=name, digests={}, size_bytes=0, kind=Kind.JOURNAL_HEAD, media_type="application/json")
    return _received(actor, asked, custody.keep(io.BytesIO(content), most=UPLOAD_BYTES), stored=True).number


def _ensure_allowed(actor: Actor) -> None:
    decision = policies.may_deposit(actor)
    if not decision:
        raise NotPermitted(decision.code)


def _checked_name(name: str) -> str:
    told = " ".join(name.split())[:_LONGEST_NAME]
    if not told:
        raise Invalid("evidence.name_missing")
    return told


@transaction.atomic
def _received(actor: Actor, asked: Asked, digests: Digests, *, stored: bool, batch: str | None = None) -> Deposit:
    now = timezone.now()
    number = deposit_number(now, secrets.randbits(40))
    name = _checked_name(asked.name)
    leaf = leaf_text(
        number=number,
        name=name,
        kind=asked.kind,
        digests=digests,
        deposited_at=moment(now),
        facts=_facts(actor, asked.collected_at, batch),
        salt=secrets.token_hex(_SALT_BYTES),
    )
    key = keys.current_key()
    row = Deposit.objects.create(
        number=number,
        owner_id=actor.person_id,
        kind=asked.kind,
        name=name,
        sha256=digests.sha256,
        sm3=digests.sm3,
        size_bytes=digests.size_bytes,
        media_type=asked.media_type[:120],
        statement=asked.statement.strip()[:_LONGEST_STATEMENT],
        environment=dict(asked.environment),
        stored=stored,
        confidential=asked.confidential,
        collected_at=asked.collected_at,
        deposited_at=now,
        leaf=leaf.decode(),
        leaf_digest=leaf_hash(leaf).hex(),
        signature=keys.sign(key, leaf),
        key=key,
    )
    custody.note(actor=actor, deposit=row, act=Act.COLLECT, reason="deposited")
    facts = {"kind": str(asked.kind), "sha256": digests.sha256, "stored": stored}
    audit.record(actor=actor, verb="evidence.deposit.receive", subject=f"deposit:{number}", facts=facts)
    events.publish(EvidenceDeposited(number=number))
    return row


def _facts(actor: Actor, collected_at: datetime | None, batch: str | None) -> dict[str, object]:
    return {
        "depositor": masked(actor.name) if actor.person_id is not None else "platform",
        "collected_at": collected_at and moment(collected_at),
        "batch": batch,
    }
