"""A matter: a case and all that it belongs with, followed through cases that the reader may see, and through no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from qiantang.commons.casework import policies
from qiantang.commons.casework.models import Case, CaseLink, CaseObject
from qiantang.commons.casework.selectors.cases import cards, case_row, shown_number, visible_cases
from qiantang.commons.casework.selectors.story import stories_of
from qiantang.commons.casework.types import CASE_TYPES, LinkKind
from qiantang.commons.casework.types.graph import HANGINGS, MOST_CASES, Edge, Hanging, Hung, MatterFound, MatterLine
from qiantang.commons.documents import api as documents
from qiantang.commons.evidence import api as evidence
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence


def matter_of(actor: Actor, number: str) -> MatterFound:
    """The matter to which a case belongs, as the actor may see it.

    What is reached only through a case that the actor may not see does not belong to it: neither that case, nor that
    there is one, can be told from what is shown.
    errors  Invalid ``identifiers.case_*`` · NotFound ``casework.unknown``
    """
    start = case_row(actor, number)
    keys, whole = _reached(actor, start.pk)
    rows = tuple(Case.objects.filter(pk__in=keys).select_related("assignee", "merged_into").order_by("opened_at", "pk"))
    numbers = {row.pk: shown_number(row.number) for row in rows}
    links = CaseLink.objects.filter(first__in=keys, second__in=keys).order_by("pk")
    return MatterFound(
        start=numbers[start.pk],
        rows=rows,
        cards=tuple(cards(actor, rows)),
        edges=tuple(Edge(numbers[one.first_id], numbers[one.second_id], LinkKind(one.kind)) for one in links),
        things=things_of(actor, [row.number for row in rows]),
        whole=whole,
    )


def _reached(actor: Actor, start: int) -> tuple[set[int], bool]:
    """The keys of the cases reached from one, at most ``MOST_CASES``, and whether those are all."""
    seen = visible_cases(actor).values("pk")
    found, frontier = {start}, {start}
    while frontier:
        touching = CaseLink.objects.filter(Q(first__in=frontier) | Q(second__in=frontier))
        pairs = touching.filter(first__in=seen, second__in=seen).order_by("pk").values_list("first_id", "second_id")
        fresh = list(dict.fromkeys(key for pair in pairs for key in pair if key not in found))
        room = MOST_CASES - len(found)
        found.update(fresh[:room])
        if len(fresh) > room:
            return found, False
        frontier = set(fresh)
    return found, True


def things_of(actor: Actor, numbers: Sequence[str]) -> tuple[Hung, ...]:
    """What hangs on cases and the actor may see, the oldest first. ``numbers``: without punctuation"""
    found = [thing for one in (*OF_THE_HOUSE, *HANGINGS) if one.read for thing in one.read(actor, numbers)]
    found += _linked_by_hand(actor, numbers)
    return tuple(sorted(found, key=lambda one: (one.at, one.noun, one.reference)))


def _linked_by_hand(actor: Actor, numbers: Sequence[str]) -> list[Hung]:
    known = {one.key: one for one in linkable()}
    found = []
    for row in CaseObject.objects.filter(case__number__in=numbers).select_related("case").order_by("pk"):
        show = known[row.noun].show if row.noun in known else None
        told = show(actor, row.reference, policies.sees_internal(actor, CASE_TYPES[row.case.kind])) if show else None
        if told is not None:
            title, url = told
            found.append(Hung(row.case.number, row.noun, row.reference, title, LinkKind(row.kind), row.created_at, url))
    return found


def hanging_named(key: str) -> Hanging | None:
    """What may be linked by hand, by its key."""
    return next((one for one in linkable() if one.key == key), None)


def linkable() -> list[Hanging]:
    """What may be linked with a case by hand."""
    return [one for one in [*OF_THE_HOUSE, *HANGINGS] if one.find is not None]


def timeline_of(actor: Actor, matter: MatterFound) -> tuple[MatterLine, ...]:
    """What happened in all cases of a matter and to what hangs on them, oldest first, as the actor may read it."""
    titles = {row.pk: (shown_number(row.number), row.title) for row in matter.rows}
    lines = [
        MatterLine(*titles[case], line.at, line.who, line.sentence, line.note, line.internal)
        for case, lines_of_case in stories_of(actor, matter.rows).items()
        for line in lines_of_case
    ]
    told = {one.key: one.told for one in [*OF_THE_HOUSE, *HANGINGS]}
    named = dict(titles.values())
    for thing in matter.things:
        number = shown_number(thing.case)
        sentence = gettext(told[thing.noun]) % {"title": thing.title}
        lines.append(MatterLine(number, named[number], thing.at, "", sentence, "", internal=False, url=thing.url))
    return tuple(sorted(lines, key=lambda one: one.at))


def _documents(actor: Actor, numbers: Sequence[str]) -> list[Hung]:
    return [
        Hung(number, DOCUMENT.key, one.number, one.title, LinkKind.ARISES_FROM, one.made_at)
        for number in numbers
        for one in documents.documents_of_case(actor, number)
    ]


def _show_deposit(actor: Actor, reference: str, office: bool) -> tuple[str, str] | None:  # noqa: FBT001 - as Hanging says
    """Who links a deposit with a case shows its office its number, and its name where that is not confidential."""
    try:
        told = evidence.deposit_told(actor, reference)
    except NotFound:
        if not office:
            return None
        told = evidence.deposit_told(Actor.system("evidence of a case"), reference)
        return f"{told.number} {'' if told.confidential else told.name}".strip(), ""
    return f"{told.number} {told.name}", ""


def _deposit(actor: Actor, text: str) -> str:
    return evidence.deposit_told(actor, text.strip()).number


DOCUMENT = Hanging(key="document", title=_("Document"), told=_("Document issued: %(title)s"), read=_documents)
DEPOSIT = Hanging(
    key="deposit", title=_("Evidence deposit"), told=_("Evidence linked: %(title)s"), find=_deposit, show=_show_deposit
)
OF_THE_HOUSE = (DOCUMENT, DEPOSIT)
