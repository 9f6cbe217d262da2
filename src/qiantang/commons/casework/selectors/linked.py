"""Whom the verified keys of the parties of a case link. Read through ``services/linked.py``, which writes down who read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from qiantang.commons.accounts.api import organisations, people_by_key
from qiantang.commons.casework import policies
from qiantang.commons.casework.models import Case, CaseParty, EntityFlag, VerifiedKey
from qiantang.commons.casework.selectors.cases import cards, case_row, shown_number, visible_cases
from qiantang.commons.casework.types.linked import (
    CasesTold,
    Entity,
    FlagTold,
    KeyKind,
    KeySource,
    KeyTold,
    LinkTold,
    PartyLinks,
)
from qiantang.kernel.errors import NotPermitted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.db.models import QuerySet

    from qiantang.commons.casework.types import CaseCard
    from qiantang.kernel.actor import Actor


MOST_CASES = 10


def may_read_linked(actor: Actor, number: str) -> bool:
    """Whether the actor may read what is linked with the parties of a case. errors: NotFound ``casework.unknown``"""
    return bool(policies.may_see_linked(actor, case_row(actor, number)))


def linked_head(actor: Actor, number: str) -> tuple[CaseCard, bool]:
    """The case of the page, and whether the actor may note and flag there.

    errors  NotFound ``casework.unknown`` · NotPermitted ``casework.linked_refused``
    """
    case = case_row(actor, number)
    decision = policies.may_see_linked(actor, case)
    if not decision:
        raise NotPermitted(decision.code)
    return cards(actor, [case])[0], bool(policies.may_flag(actor, case))


def entity_of(row: CaseParty | VerifiedKey | EntityFlag) -> Entity | None:
    """Who is meant by a row; None for a party by name alone."""
    if row.person_id is not None:
        return Entity("person", row.person_id)
    return Entity("organisation", row.organisation_id) if row.organisation_id is not None else None


def of_entities(entities: Collection[Entity]) -> Q:
    """The rows that mean one of these."""
    return Q(person_id__in=[one.key for one in entities if one.noun == "person"]) | Q(
        organisation_id__in=[one.key for one in entities if one.noun == "organisation"]
    )


def keys_in_force() -> QuerySet[VerifiedKey]:
    """Keys that somebody verified and nobody has ended."""
    return VerifiedKey.objects.filter(ended_at__isnull=True)


def flags_in_force() -> QuerySet[EntityFlag]:
    """Flags before their day that no second person has lifted."""
    return EntityFlag.objects.filter(expires_on__gt=timezone.localdate()).exclude(upheld=False)


def links_of(actor: Actor, case: Case) -> tuple[PartyLinks, ...]:
    """The parties of a case, what is verified of each, and who has an equal verified key.

    Somebody linked is named only where they stand in a case that the actor may see, this one included: else neither
    they, nor that there is somebody, can be told from what is shown.
    """
    parties: dict[Entity | int, CaseParty] = {}
    for row in CaseParty.objects.filter(case=case).order_by("pk"):
        parties.setdefault(entity_of(row) or row.pk, row)
    own = [one for one in parties if isinstance(one, Entity)]
    keys = _by_entity(keys_in_force().filter(of_entities(own)))
    linked = _linked(keys)
    everybody = {*own, *(other for found in linked.values() for other in found)}
    stands = _stands_in(actor, everybody)
    flags = _flags(actor, everybody)
    names = _names(everybody)
    shown = _cards(actor, case, stands)
    verifiers = people_by_key({key.verified_by_id for rows in keys.values() for key in rows if key.verified_by_id})
    told = []
    for who, row in parties.items():
        entity = who if isinstance(who, Entity) else None
        links = [
            LinkTold(other, names[other], tuple(sorted(common)), shown[other], flags[other])
            for other, common in sorted(linked[entity].items() if entity else ())
            if stands[other]
        ]
        told.append(
            PartyLinks(
                row.pk,
                row.name,
                entity,
                tuple(_key(one, verifiers) for one in keys[entity]) if entity else (),
                flags[entity] if entity else (),
                tuple(links),
                shown[entity] if entity else CasesTold(),
            )
        )
    return tuple(told)


def _by_entity(rows: QuerySet[VerifiedKey]) -> dict[Entity, list[VerifiedKey]]:
    found: dict[Entity, list[VerifiedKey]] = defaultdict(list)
    for row in rows.order_by("kind", "pk"):
        if entity := entity_of(row):
            found[entity].append(row)
    return found


def _linked(keys: Mapping[Entity, Sequence[VerifiedKey]]) -> dict[Entity, dict[Entity, set[tuple[KeyKind, str]]]]:
    """Who has a key in common with each; one query, by digests alone."""
    holders: dict[tuple[str, str], set[Entity]] = defaultdict(set)
    digests = {one.digest for rows in keys.values() for one in rows}
    for row in keys_in_force().filter(digest__in=digests):
        if entity := entity_of(row):
            holders[row.kind, row.digest].add(entity)
    found: dict[Entity, dict[Entity, set[tuple[KeyKind, str]]]] = defaultdict(lambda: defaultdict(set))
    for entity, rows in keys.items():
        for row in rows:
            for other in holders[row.kind, row.digest] - {entity}:
                found[entity][other].add((KeyKind(row.kind), row.masked))
    return found


def _stands_in(actor: Actor, entities: Collection[Entity]) -> dict[Entity, list[int]]:
    """The keys of the cases that the actor may see, by who stands in them."""
    found: dict[Entity, list[int]] = defaultdict(list)
    rows = CaseParty.objects.filter(of_entities(entities), case__in=visible_cases(actor).values("pk"))
    for row in rows.order_by("case_id"):
        entity = entity_of(row)
        if entity and row.case_id not in found[entity]:
            found[entity].append(row.case_id)
    return found


def _cards(actor: Actor, case: Case, stands: Mapping[Entity, list[int]]) -> dict[Entity, CasesTold]:
    """The other cases of each, the newest first."""
    others = {who: sorted((key for key in keys if key != case.pk), reverse=True) for who, keys in stands.items()}
    wanted = {key for keys in others.values() for key in keys[:MOST_CASES]}
    rows = Case.objects.filter(pk__in=wanted).select_related("assignee", "merged_into")
    known = {row.id: row for row in cards(actor, list(rows))}
    found: dict[Entity, CasesTold] = defaultdict(CasesTold)
    for who, keys in others.items():
        found[who] = CasesTold(tuple(known[key] for key in keys[:MOST_CASES]), max(0, len(keys) - MOST_CASES))
    return found


def _flags(actor: Actor, entities: Collection[Entity]) -> dict[Entity, tuple[FlagTold, ...]]:
    found: dict[Entity, tuple[FlagTold, ...]] = defaultdict(tuple)
    rows = flags_in_force().filter(of_entities(entities)).select_related("raised_by", "reviewed_by", "raised_in")
    seen = set(visible_cases(actor).filter(pk__in=rows.values("raised_in")).values_list("pk", flat=True))
    for row in rows.order_by("raised_at", "pk"):
        told = FlagTold(
            row.pk,
            row.reason,
            row.raised_by.display_name,
            row.raised_at,
            row.expires_on,
            shown_number(row.raised_in.number) if row.raised_in_id in seen else "",
            row.reviewed_by.display_name if row.reviewed_by else "",
            row.review,
            own=row.raised_by_id == actor.person_id,
        )
        if entity := entity_of(row):
            found[entity] += (told,)
    return found


def _names(entities: Collection[Entity]) -> dict[Entity, str]:
    people = people_by_key({one.key for one in entities if one.noun == "person"})
    firms = organisations.organisations_named({one.key for one in entities if one.noun == "organisation"})
    return {
        one: people[one.key].display_name if one.noun == "person" else f"{firms[one.key].name} {firms[one.key].uscc}"
        for one in entities
    }


def _key(row: VerifiedKey, verifiers: Mapping[int, object]) -> KeyTold:
    by = getattr(verifiers.get(row.verified_by_id or 0), "display_name", "")
    return KeyTold(row.pk, KeyKind(row.kind), row.masked, KeySource(row.source), row.evidence, row.as_of, by)
