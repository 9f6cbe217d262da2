"""Evidence beside names: kept as digests, a bounded number a name and kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from unicodedata import normalize

from qiantang.corpus.parties.models import FiledName, NameEvidence
from qiantang.corpus.parties.types import EvidenceKind, NameSeen

_MOST = 100  # of one kind from one load: a giant needs no more to be recognised


def digest_of(text: str) -> int:
    """A signed number of 64 bits; equal for texts that differ in width, case or blanks only."""
    folded = "".join(normalize("NFKC", text).casefold().split())
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), signed=True)


def keep_evidence(known: Mapping[str, FiledName], seen: Iterable[NameSeen]) -> None:
    """Write what is new of it in bulk."""
    rows = [
        NameEvidence(name=known[one.name.strip()], kind=kind, digest=digest_of(value))
        for one in seen
        for kind, values in _by_kind(one)
        for value in values
    ]
    NameEvidence.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _by_kind(seen: NameSeen) -> Iterable[tuple[EvidenceKind, list[str]]]:
    yield EvidenceKind.INVENTOR, sorted(seen.inventors)[:_MOST]
    yield EvidenceKind.ADDRESS, sorted(seen.addresses)[:_MOST]
    yield EvidenceKind.FAMILY, sorted(seen.families)[:_MOST]
    yield EvidenceKind.CREDIT_CODE, [seen.credit_code] if seen.credit_code else []
