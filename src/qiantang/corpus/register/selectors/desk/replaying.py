"""What a query gave on an older snapshot, found again without an index of it.

A patent that no snapshot since has written is the same then and now, so it is a hit then where it is one now. Those that
were written since, or are gone, are read from the layers of the old snapshot, which never change, and asked one by one.
What is not bound to a snapshot is taken as of today: which names belong to one party (AH), and the names of regions. A
patent removed on lawful request is removed from old snapshots too. The digest tells whether the replay is exact.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings

from qiantang.corpus.register.methods.documents import documents
from qiantang.corpus.register.search import INDEX
from qiantang.corpus.register.selectors.desk.asking import Asked, asked
from qiantang.corpus.register.selectors.records import places_by_key
from qiantang.corpus.register.selectors.view import register, touched_since
from qiantang.corpus.register.types import RECORD_SCHEMA, Attestation, Replay
from qiantang.engines.search import port as search_port
from qiantang.kernel.errors import Limited, NotFound

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from qiantang.engines.lake.port import LakeView

MOST_ATTESTED = 200_000  # hits whose ids are put into one digest
MOST_REPLAYED = 10_000  # patents written since that are looked at one by one
_AT_ONCE = 1_000


def attest(text: str) -> Attestation:
    """What the query gives on the newest indexed snapshot.

    errors  as ``register.api.search``; Limited ``query.too_many_to_attest``
    """
    asking = asked(text)
    return _attested(asking, _ids(asking), asking.snapshot)


def result_ids(text: str) -> tuple[int, tuple[str, ...]]:
    """The snapshot and the ids of all hits, sorted: what the digest is made of. Errors as for ``attest``."""
    asking = asked(text)
    return asking.snapshot, tuple(sorted(_ids(asking)))


def digest_of(ids: Iterable[str]) -> str:
    """SHA-256 of the ids, sorted, each followed by a newline: that of a text file with one id a line."""
    return sha256("".join(f"{one}\n" for one in sorted(ids)).encode()).hexdigest()


def replay(text: str, snapshot: int) -> Replay:
    """The query on an older snapshot and now.

    errors  as for ``attest``
    """
    asking = asked(text)
    now = _ids(asking)
    attested = _attested(asking, now, asking.snapshot)
    if snapshot == asking.snapshot:
        return Replay(attested, attested, (), (), 0)
    try:
        changed = touched_since(register().place, asking.snapshot, snapshot)
        view = register().open_snapshot(snapshot) if snapshot < asking.snapshot else None
    except NotFound:
        return Replay(None, attested, None, None, 0)
    if view is None or len(changed) > MOST_REPLAYED:
        return Replay(None, attested, None, None, len(changed))
    try:
        then = (now - changed) | _found_then(view, asking, changed)
    finally:
        view.close()
    return Replay(
        _attested(asking, then, snapshot), attested, tuple(sorted(now - then)), tuple(sorted(then - now)), len(changed)
    )


def _ids(asking: Asked) -> frozenset[str]:
    total = asking.engine.count(asking.query)
    if total > MOST_ATTESTED:
        raise Limited("query.too_many_to_attest", total=total, limit=MOST_ATTESTED)
    return asking.engine.ids(asking.query)


def _attested(asking: Asked, ids: Collection[str], snapshot: int) -> Attestation:
    return Attestation(asking.canonical, snapshot, len(ids), digest_of(ids))


def _found_then(view: LakeView, asking: Asked, patent_ids: Collection[str]) -> frozenset[str]:
    """Which of these the query finds in the records of an older snapshot."""
    found: set[str] = set()
    known = sorted(patent_ids)
    for start in range(0, len(known), _AT_ONCE):
        keys = [f"id:{one}" for one in known[start : start + _AT_ONCE]]
        places = list(places_by_key(view, keys).values())
        if not places:
            continue
        engine = search_port.load(settings.SEARCH_SCRATCH_ADAPTER, schema=INDEX, place=None)
        with engine.writer() as writer:
            for batch in view.lookup("records", places, RECORD_SCHEMA.names).to_batches():
                writer.add(documents(batch))
            writer.commit(0)
        found |= engine.ids(asking.query)
    return frozenset(found)
