"""What the pages of claims show: the versions on record, one of them claim by claim, and two side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.corpus.register.methods.claim_versions import ClaimVersion, claim_versions
from qiantang.corpus.register.selectors.records import statements_of
from qiantang.kernel.claims import (
    Category,
    Change,
    Claim,
    ClaimElements,
    Piece,
    aligned,
    category_of,
    differences,
    parse_claims,
    split_elements,
)
from qiantang.kernel.legalstatus import EventKind
from qiantang.kernel.legalstatus.publications import publication_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qiantang.corpus.register.types import PatentRecord, SourceInfo


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version for people. ``stage`` is ``published``, ``granted`` or ``other``; None where the publication is not said."""

    version: ClaimVersion
    number: str
    stage: str | None
    sources: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.version.key


_STAGES = {EventKind.PUBLICATION: "published", EventKind.GRANT: "granted", EventKind.PARTIALLY_INVALIDATED: "limited"}


def versions_shown(record: PatentRecord, sources: Mapping[str, SourceInfo]) -> list[VersionShown]:
    """Every text of the claims on record, the oldest publication first."""
    found = claim_versions(statements_of(record), record.publications)
    return [
        VersionShown(one, _number(one), _stage(record.office, one), tuple(sorted(_names(one, sources))))
        for one in found
    ]


def _number(one: ClaimVersion) -> str:
    return f"{one.publication.number}{one.publication.kind or ''}" if one.publication else ""


def _stage(office: str, one: ClaimVersion) -> str | None:
    if one.publication is None:
        return None
    return _STAGES.get(publication_kind(office, one.publication.kind, one.publication.date), "other")


def _names(one: ClaimVersion, sources: Mapping[str, SourceInfo]) -> set[str]:
    return {sources[row.source].name if row.source in sources else row.source[:12] for row in one.sources}


def version_named(versions: Sequence[VersionShown], key: str) -> VersionShown | None:
    """The version of a key; else the one that the record holds, in the language of the original."""
    named = next((one for one in versions if one.key == key), None)
    held = [one for one in versions if one.version.held]
    return named or min(held or versions, key=lambda one: one.version.machine, default=None)


# --- one version, claim by claim ---


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim with its place in the tree.

    depth      below the independent claim it hangs on; ``parents`` are the claims before it that it refers to
    category   of an independent claim; None: not told, or not independent
    elements   of an independent claim; None: its structure is not known
    """

    number: int
    text: str
    depth: int
    parents: tuple[int, ...]
    mentions: tuple[int, ...]
    independent: bool
    category: Category | None
    elements: ClaimElements | None

    @property
    def multiple(self) -> bool:
        """Whether it depends on more than one claim."""
        return len(self.parents) > 1


def claims_shown(text: str) -> list[ClaimShown]:
    """Claims in order; one that depends on several stands below the first of them."""
    depth: dict[int, int] = {}
    shown = []
    for claim in parse_claims(text):
        before = tuple(number for number in claim.refers_to if number in depth)
        level = 0 if claim.independent else min((depth[parent] for parent in before), default=-1) + 1
        depth[claim.number] = level
        shown.append(_shown(claim, level, before))
    return shown


def _shown(claim: Claim, level: int, before: tuple[int, ...]) -> ClaimShown:
    own = claim.independent
    return ClaimShown(
        number=claim.number,
        text=claim.text,
        depth=level,
        parents=() if own else before,
        mentions=before if own else (),
        independent=own,
        category=category_of(claim.text) if own else None,
        elements=split_elements(claim.text) if own else None,
    )


# --- two side by side ---


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """Two claims that belong together; a number is None where one has no counterpart.

    kind    ``same``, ``changed``, ``deleted`` (only in the first) or ``inserted`` (only in the second)
    pieces  both texts as one run; the first is made of all but the inserted, the second of all but the deleted
    """

    kind: str
    old: int | None
    new: int | None
    pieces: tuple[Piece, ...]


def pairs_of(old: str, new: str) -> list[ClaimPair]:
    """The claims of two sets, those that belong together beside each other, with what was changed."""
    before, after = parse_claims(old), parse_claims(new)
    return [
        _pair(before[one.old] if one.old is not None else None, after[one.new] if one.new is not None else None)
        for one in aligned([claim.text for claim in before], [claim.text for claim in after])
    ]


def pair_of(old: str, old_number: int, new: str, new_number: int) -> list[ClaimPair]:
    """One claim of each set, chosen by number; empty where either has none of that number."""
    before = next((claim for claim in parse_claims(old) if claim.number == old_number), None)
    after = next((claim for claim in parse_claims(new) if claim.number == new_number), None)
    return [_pair(before, after)] if before and after else []


def _pair(old: Claim | None, new: Claim | None) -> ClaimPair:
    pieces = differences(old.text if old else "", new.text if new else "")
    if old is None or new is None:
        kind = "inserted" if old is None else "deleted"
    else:
        kind = "same" if all(piece.change is Change.SAME for piece in pieces) else "changed"
    return ClaimPair(kind, old.number if old else None, new.number if new else None, pieces)


def counts_of(pairs: Iterable[ClaimPair]) -> dict[str, int]:
    """How many pairs of each kind."""
    return dict.fromkeys(("same", "changed", "deleted", "inserted"), 0) | Counter(pair.kind for pair in pairs)
