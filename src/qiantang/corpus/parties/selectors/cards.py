"""Parties as pages and queries see them: by number, by any of their names, with what belongs to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Max, Q

from qiantang.corpus.parties.models import FiledName, ForgottenName, GroupLink, Membership
from qiantang.corpus.parties.selectors.reading import name_reader
from qiantang.corpus.parties.types import MemberName, PartyCard, PartyLink
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.kernel.text import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

_T = TypeVar("_T")
MOST_NAMES = 1_000  # of one value of a query
_SHOWN_LINKS = 100
_CHUNK = 500  # values in one query, as far as SQLite and PostgreSQL both like it
_DEEPEST = 8  # steps from a group to its last subsidiary


def chunks(values: Iterable[_T]) -> Iterable[list[_T]]:
    """The values in lists short enough for one query."""
    known = list(values)
    return (known[start : start + _CHUNK] for start in range(0, len(known), _CHUNK))


def whole_value(text: str) -> str:
    """A name as the search index holds it whole: folded, blanks as one."""
    return " ".join(fold(text).split())


def party_of(given: str) -> int | None:
    """The number of the party with this name, in any spelling, or with this number (``P12``); None where there is none."""
    text = given.strip()
    if text[:1] in "Pp" and text[1:].isdecimal():
        found = FiledName.objects.filter(pk=int(text[1:])).first()
        return found.party if found else None
    named = FiledName.objects.filter(whole=whole_value(text)).order_by("pk").first()
    if named is None:
        spelled = name_reader().read(text).standard
        named = FiledName.objects.filter(standard=spelled).order_by("pk").first() if spelled else None
    return named.party if named else None


def parties_of(texts: Collection[str]) -> dict[str, int]:
    """Name as filed -> number of its party, for those that have one."""
    found: dict[str, int] = {}
    for some in chunks(dict.fromkeys(texts)):
        found |= {one.text: one.party for one in FiledName.objects.filter(text__in=some)}
    return found


def state() -> tuple[object, ...]:
    """What tells whether any name has come, gone, been joined or parted: equal as long as every party is what it was."""
    undone = Membership.objects.filter(undone_at__isnull=False).aggregate(last=Max("undone_at"))
    newest = (model.objects.aggregate(last=Max("pk"))["last"] for model in (FiledName, Membership, ForgottenName))
    return (*newest, undone["last"])


def names_of(given: str, *, with_group: bool) -> tuple[str, ...] | None:
    """Every name as filed of a party, whole as in the search index; None where no party has the name.

    with_group  also the names of its parts and subsidiaries of today
    errors      Invalid ``parties.too_many_names``
    """
    party = party_of(given)
    if party is None:
        return None
    kinds = list(GroupLink.Kind) if with_group else [GroupLink.Kind.CO_APPLICANTS]
    members = _members(below({party}, kinds) | {party})
    names = sorted(set(members.values_list("whole", flat=True)[: MOST_NAMES * 2]))
    if len(names) > MOST_NAMES:
        raise Invalid("parties.too_many_names", given=given[:80], names=len(names), most=MOST_NAMES)
    return tuple(names)


def _members(parties: Collection[int]) -> QuerySet[FiledName]:
    return FiledName.objects.filter(Q(pk__in=parties, root=None) | Q(root__in=parties))


def below(parties: Collection[int], kinds: Sequence[str], day: date | None = None) -> set[int]:
    """Every party that belongs to one of these on the day (today unless given), step by step down."""
    found: set[int] = set()
    edge = set(parties)
    for _ in range(_DEEPEST):
        names = set(_members(edge).values_list("pk", flat=True)[: MOST_NAMES * 2])
        links = _valid(day).filter(parent__in=names, kind__in=kinds).select_related("child")
        edge = {link.child.party for link in links[: MOST_NAMES * 2]} - found - set(parties)
        if not edge:
            break
        found |= edge
    return found


def _valid(day: date | None) -> QuerySet[GroupLink]:
    when = day or date.today()  # noqa: DTZ011 a legal day is the city's own
    return GroupLink.objects.filter(
        Q(since=None) | Q(since__lte=when), Q(until=None) | Q(until__gt=when), undone_at=None
    )


def party_card(number: int) -> PartyCard:
    """A party with its names, by its number or that of any of its names.

    errors  NotFound ``parties.unknown``
    """
    asked = FiledName.objects.filter(pk=number).select_related("root").first()
    if asked is None:
        raise NotFound("parties.unknown", given=number)
    root = asked.root or asked
    members = list(_members({root.pk}).order_by("pk")[:MOST_NAMES])
    ids = [one.pk for one in members]
    current = {m.name_id: m for m in Membership.objects.filter(name__in=ids, undone_at=None)}
    undone = Membership.objects.exclude(undone_at=None).filter(Q(name__in=ids) | Q(into__in=ids)).select_related("name")
    links_down = _valid(None).filter(parent__in=ids)
    down = links_down.select_related("child", "child__root").order_by("child__text")[:_SHOWN_LINKS]
    up = _valid(None).filter(child__in=ids).select_related("parent", "parent__root").order_by("parent__text")
    return PartyCard(
        id=root.pk,
        name=root.text,
        names=tuple(_member(one, current.get(one.pk)) for one in members),
        undone=tuple(_member(m.name, m) for m in undone.order_by("-undone_at")),
        above=tuple(_link(link, link.parent) for link in up),
        below=tuple(_link(link, link.child) for link in down),
        below_total=links_down.count(),
    )


def _member(name: FiledName, membership: Membership | None) -> MemberName:
    if membership is None:
        return MemberName(name.pk, name.text, None, "", 1.0, 1.0, {}, name.learnt_at.date(), "", "")
    return MemberName(
        id=name.pk,
        text=name.text,
        membership=membership.pk,
        rule=membership.rule,
        confidence=membership.confidence,
        score=membership.score,
        evidence=membership.evidence,
        since=membership.since.date(),
        person=membership.undone_by or membership.person,
        reason=membership.undone_reason or membership.reason,
    )


def _link(link: GroupLink, other: FiledName) -> PartyLink:
    shown = other.root or other
    return PartyLink(link.pk, shown.pk, shown.text, link.kind, link.since, link.until)
