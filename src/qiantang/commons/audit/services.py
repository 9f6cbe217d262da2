"""The one write: add an entry."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit.methods import chain
from qiantang.commons.audit.models import AuditEntry, AuditHead
from qiantang.commons.audit.types import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.kernel.actor import Actor

_VERB = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


@transaction.atomic
def record(*, actor: Actor, verb: str, subject: str, facts: Mapping[str, object]) -> int:
    """Add an entry inside the caller's transaction, as late in it as possible: others wait for the head until it ends.

    verb        ``app.noun.verb``, lower case
    subject     what was acted upon, ``kind:key``
    facts       text, whole numbers, truth values, None, lists and mappings of them
    returns     the entry's sequence number
    errors      ValueError for a malformed verb, TypeError for facts the chain cannot hold: faults of the caller's code
    """
    if not _VERB.fullmatch(verb):
        raise ValueError(f"a verb is app.noun.verb in lower case, not {verb!r}")
    # On PostgreSQL the lock on the head orders the writers; on SQLite the transaction itself is exclusive.
    head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1, defaults={"digest": chain.ORIGIN})
    entry = chain.sealed(
        Entry(
            sequence=head.sequence + 1,
            at=timezone.now().astimezone(UTC),
            actor_id=actor.person_id,
            actor_name=actor.name,
            channel=str(actor.channel),
            correlation_id=actor.correlation_id,
            verb=verb,
            subject=subject,
            facts=chain.checked_facts(facts),
            previous_digest=head.digest,
            digest="",
        ),
    )
    AuditEntry.objects.create(**_columns(entry))
    head.sequence, head.digest = entry.sequence, entry.digest
    head.save(update_fields=["sequence", "digest"])
    return entry.sequence


def _columns(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__slots__}
