"""Joining and parting trees of names. Callers hold the transaction and the permission."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from qiantang.corpus.parties.models import FiledName, GroupLink, Membership, ReviewItem
from qiantang.corpus.parties.selectors.cards import chunks
from qiantang.corpus.parties.types import CONFIDENCE, Rule

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Wanted:
    """Two names as filed that shall be one party, and why."""

    first: int
    second: int
    rule: Rule
    score: float
    evidence: dict[str, int] = field(default_factory=dict)
    reason: str = ""


def roots_of(ids: Iterable[int]) -> dict[int, FiledName]:
    """Name -> the root of its party."""
    found: dict[int, FiledName] = {}
    for some in chunks(dict.fromkeys(ids)):
        for one in FiledName.objects.filter(pk__in=some).select_related("root"):
            found[one.pk] = one.root or one
    return found


def join(*, actor: Actor, wanted: Sequence[Wanted], by_hand: bool = False) -> int:
    """Make one party of each pair; returns how many parties were taken into another.

    by_hand     a person decides: earlier words against it do not count

    Left out are pairs that are one already, that a person held apart, or of which one belongs to the other.
    """
    names = {one.pk: one for some in chunks(_ids(wanted)) for one in FiledName.objects.filter(pk__in=some)}
    roots = roots_of(names)
    barred = set() if by_hand else _barred(roots)
    rows: list[Membership] = []
    moved: dict[int, int] = {}
    now = timezone.now()
    heads = {root.pk: root for root in roots.values()}
    for one in wanted:
        a, b = (_head(moved, roots[name].pk) for name in (one.first, one.second))
        if a == b or frozenset((a, b)) in barred:
            continue
        kept, taken = sorted((a, b), key=lambda pk: (heads[pk].text.isascii(), pk))
        moved[taken] = kept
        barred = {frozenset(_head(moved, pk) for pk in pair) for pair in barred} if barred else barred
        rows.append(
            Membership(
                name_id=taken,
                into_id=kept,
                rule=one.rule,
                score=one.score,
                confidence=CONFIDENCE[one.rule],
                evidence=one.evidence,
                pair=[names[one.first].text, names[one.second].text],
                since=now,
                person=actor.name,
                reason=one.reason,
            )
        )
    Membership.objects.bulk_create(rows, batch_size=500)
    _move(moved)
    return len(rows)


def _ids(wanted: Iterable[Wanted]) -> list[int]:
    return list(dict.fromkeys(name for one in wanted for name in (one.first, one.second)))


def _head(moved: dict[int, int], pk: int) -> int:
    while pk in moved:
        pk = moved[pk]
    return pk


def _barred(roots: dict[int, FiledName]) -> set[frozenset[int]]:
    """Pairs of parties that must not be joined by rule: held apart by a person, or linked as parent and child."""
    heads = {root.pk for root in roots.values()}
    found: set[frozenset[int]] = set()
    for some in chunks(heads):
        of_these = [
            Q(**{f"{end}__in": some}) | Q(**{f"{end}__root__in": some})
            for end in ("first", "second", "child", "parent")
        ]
        apart = ReviewItem.objects.filter(of_these[0] | of_these[1]).exclude(
            state__in=(ReviewItem.State.OPEN, ReviewItem.State.SAME)
        )
        found |= {frozenset((r.first.party, r.second.party)) for r in apart.select_related("first", "second")}
        links = GroupLink.objects.filter(of_these[2] | of_these[3], undone_at=None)
        found |= {frozenset((x.child.party, x.parent.party)) for x in links.select_related("child", "parent")}
    return found


def _move(moved: dict[int, int]) -> None:
    """Write the new roots: one update for each party that took others in."""
    under: dict[int, list[int]] = {}
    for taken in moved:
        under.setdefault(_head(moved, taken), []).append(taken)
    for kept, those in under.items():
        for some in chunks(those):
            FiledName.objects.filter(Q(pk__in=some) | Q(root__in=some)).update(root=kept)


def part(membership: Membership) -> None:
    """Take the party that came in by this membership out again, with everything that had joined it by itself."""
    party = membership.into.party
    members = list(FiledName.objects.filter(Q(pk=party) | Q(root=party)).values_list("pk", flat=True))
    up = {
        m.name_id: m.into_id
        for m in Membership.objects.filter(name__in=members, undone_at=None)
        if m.pk != membership.pk
    }
    gone = [pk for pk in members if _head(up, pk) == membership.name_id]
    for some in chunks(gone):
        FiledName.objects.filter(pk__in=some).update(root=membership.name_id)
    FiledName.objects.filter(pk=membership.name_id).update(root=None)


def keep_apart(first: int, second: int, *, person: str, reason: str, state: str) -> None:
    """Remember what a person said of two names, so that no rule says otherwise at the next load."""
    low, high = sorted((first, second))
    now = timezone.now()
    decided = {"state": state, "decided_at": now, "decided_by": person, "reason": reason}
    ReviewItem.objects.update_or_create(
        first_id=low,
        second_id=high,
        defaults=decided,
        create_defaults={**decided, "rule": Rule.BY_HAND, "score": 0.0, "weight": 0.0, "opened_at": now},
    )


def settle(pairs: Collection[tuple[int, int]]) -> int:
    """Close the open questions about pairs that have become one party; returns how many."""
    closed = 0
    for some in chunks(pairs):
        rows = ReviewItem.objects.filter(
            first__in=[a for a, _ in some],
            second__in=[b for _, b in some],
            state=ReviewItem.State.OPEN,
        ).select_related("first", "second")
        same = [row.pk for row in rows if row.first.party == row.second.party]
        closed += ReviewItem.objects.filter(pk__in=same).update(state=ReviewItem.State.SAME, decided_at=timezone.now())
    return closed
