"""The names of a load: kept, compared with those of their blocks, joined where the rules are sure, asked where not.

Cost: proportional to the names of the load and the size of their blocks, never to all names. Doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.events import api as events
from qiantang.corpus.parties import policies
from qiantang.corpus.parties.events import PartiesChanged
from qiantang.corpus.parties.methods.judging import block_of, judge
from qiantang.corpus.parties.methods.splitting import split_names
from qiantang.corpus.parties.models import LONGEST_NAME, FiledName, GroupLink, LearningState, ReviewItem
from qiantang.corpus.parties.rules import HARMONISING
from qiantang.corpus.parties.selectors.candidates import Pair, candidates, open_questions, shared_by
from qiantang.corpus.parties.selectors.cards import chunks, whole_value
from qiantang.corpus.parties.selectors.reading import name_reader, places
from qiantang.corpus.parties.services.evidence import keep_evidence
from qiantang.corpus.parties.services.forgetting import forgotten
from qiantang.corpus.parties.services.joining import Wanted, join, settle
from qiantang.corpus.parties.types import Action, Learned, NameSeen, PartyKind, Rule, Verdict
from qiantang.kernel.errors import NotPermitted

if TYPE_CHECKING:
    from qiantang.corpus.parties.methods.forgotten import Forgotten
    from qiantang.kernel.actor import Actor

_AT_ONCE = 2_000  # names in one transaction
_NEAR = 4
_CERTAIN = (Rule.CREDIT_CODE, Rule.STANDARD_NAME, Rule.FORMER_NAME, Rule.NAME_IN_BRACKETS)


def learn_names(*, actor: Actor, names: Iterable[NameSeen], snapshot: int | None = None) -> Learned:
    """Keep the names of a load and draw the conclusions; names of persons, and what may be one, are not kept.

    snapshot    of the register up to which everything is learnt with this
    errors      NotPermitted ``parties.operators_only``
    """
    decision = policies.may_decide(actor)
    if not decision:
        raise NotPermitted(decision.code)
    total = Learned()
    stream = iter(names)
    while some := list(islice(stream, _AT_ONCE)):
        total = _sum(total, _learn(actor, some))
    with transaction.atomic():
        if snapshot is not None:
            LearningState.objects.update_or_create(pk=1, defaults={"snapshot": snapshot})
        if total.names:
            _note_use(actor, total, snapshot)
        if total.new or total.merged or total.linked:
            facts = {field: getattr(total, field) for field in Learned.__slots__}
            audit.record(actor=actor, verb="parties.names.learn", subject=f"snapshot:{snapshot or 0}", facts=facts)
            events.publish(PartiesChanged(changes=total.merged + total.linked))
    return total


def _note_use(actor: Actor, total: Learned, snapshot: int | None) -> None:
    audit.use_data(
        actor=actor,
        purpose=HARMONISING.code,
        for_whom="the platform",
        scope=f"snapshot:{snapshot or 0}",
        counts={"names": total.names, "persons": total.persons},
        snapshot=snapshot,
    )


def _sum(one: Learned, other: Learned) -> Learned:
    return Learned(*(getattr(one, name) + getattr(other, name) for name in Learned.__slots__))


@transaction.atomic
def _learn(actor: Actor, seen: Sequence[NameSeen]) -> Learned:
    wanted = _together(seen)
    several = {name: parts for name in wanted if len(parts := split_names(name)) > 1}
    texts = [*wanted, *(part for parts in several.values() for part in parts)]
    texts += [former for one in seen for former in one.former]
    removed = forgotten()
    organisations = [text for text in dict.fromkeys(texts) if _is_kept(text, removed)]
    known, new = _kept(organisations)
    keep_evidence(known, [one for name, one in wanted.items() if name in known and name not in several])
    pairs = candidates([known[text] for text in new if text not in several])
    pairs |= open_questions([known[text].pk for text in wanted if text in known and text not in set(new)])
    merges, parts_of, asked = _concluded(pairs)
    merges += [
        Wanted(known[old].pk, known[name].pk, Rule.FORMER_NAME, 1.0)
        for name, one in wanted.items()
        for old in sorted(one.former)
        if name in known and old in known
    ]
    merges.sort(key=lambda one: (one.rule not in _CERTAIN, -one.score, one.first, one.second))
    merged = join(actor=actor, wanted=merges)
    settle([(min(m.first, m.second), max(m.first, m.second)) for m in merges])
    linked = _linked(actor, parts_of, GroupLink.Kind.PART)
    held = [(known[name].pk, known[p].pk) for name, ps in several.items() if name in known for p in ps if p in known]
    linked += _linked(actor, held, GroupLink.Kind.CO_APPLICANTS)
    persons = sum(1 for name in wanted if name not in known)
    fresh = sum(1 for name in wanted if name in set(new))
    return Learned(len(wanted), fresh, len(wanted) - fresh - persons, persons, merged, linked, _asked(asked))


def _together(seen: Iterable[NameSeen]) -> dict[str, NameSeen]:
    """Name -> all that was seen beside it, however often it came."""
    found: dict[str, NameSeen] = {}
    for one in seen:
        name = one.name.strip()
        before = found.get(name)
        if before is None:
            found[name] = one
            continue
        found[name] = NameSeen(
            name,
            before.inventors | one.inventors,
            before.addresses | one.addresses,
            before.families | one.families,
            before.former | one.former,
            before.credit_code or one.credit_code,
        )
    return found


def _is_kept(text: str, removed: Forgotten) -> bool:
    """Whether a name is an organisation's and fits; what may be a person's, and what was removed, is not kept."""
    if not 0 < len(text) <= LONGEST_NAME:
        return False
    parts = split_names(text)
    if any(whole_value(one) in removed for one in (text, *parts)):
        return False
    return all(name_reader().read(one).kind is PartyKind.ORGANISATION for one in parts)


def _kept(texts: Sequence[str]) -> tuple[dict[str, FiledName], list[str]]:
    """(name -> its row, the names that are new); new ones are written in bulk."""
    known = _rows(texts)
    new = [text for text in texts if text not in known]
    now = timezone.now()
    read = name_reader().read
    rows = []
    for text in new:
        name = read(text)
        rows.append(
            FiledName(
                text=text,
                whole=whole_value(text),
                standard=name.standard,
                also=name.also or "",
                owner=name.owner or "",
                block=block_of(name),
                near=name.core[: _NEAR * (2 if name.is_latin else 1)],
                learnt_at=now,
            )
        )
    FiledName.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    return known | _rows(new), new


def _rows(texts: Sequence[str]) -> dict[str, FiledName]:
    return {one.text: one for some in chunks(texts) for one in FiledName.objects.filter(text__in=some)}


def _concluded(
    pairs: set[Pair],
) -> tuple[list[Wanted], list[tuple[int, int]], list[tuple[Pair, Verdict, dict[str, int]]]]:
    """(merges, links of a part to its body, questions) of all candidate pairs."""
    shared = shared_by(pairs)
    read = name_reader().read
    merges, parts, asked = [], [], []
    for pair in sorted(pairs):
        a, b = read(pair.first_text), read(pair.second_text)
        found = shared[pair]
        verdict = judge(a, b, found, places())
        evidence = {name: count for name, count in found._asdict().items() if count}
        if verdict.action is Action.MERGE and verdict.rule is not None:
            merges.append(Wanted(pair.first, pair.second, verdict.rule, verdict.score, evidence))
        elif verdict.action is Action.PART:
            is_first = bool(a.owner) and a.standard.startswith(b.standard)
            parts.append((pair.first, pair.second) if is_first else (pair.second, pair.first))
        elif verdict.action is Action.REVIEW:
            asked.append((pair, verdict, evidence))
    return merges, parts, asked


def _linked(actor: Actor, pairs: Sequence[tuple[int, int]], kind: str) -> int:
    """Write the links (child, parent) that are not there yet; returns how many."""
    there: set[tuple[int, int]] = set()
    for some in chunks({child for child, _ in pairs}):
        rows = GroupLink.objects.filter(child__in=some, kind=kind)  # undone ones too: a person's word stays
        there |= set(rows.values_list("child_id", "parent_id"))
    new = [pair for pair in dict.fromkeys(pairs) if pair not in there and pair[0] != pair[1]]
    now = timezone.now()
    GroupLink.objects.bulk_create(
        [GroupLink(child_id=c, parent_id=p, kind=kind, person=actor.name, made_at=now) for c, p in new],
        batch_size=500,
    )
    return len(new)


def _asked(questions: Sequence[tuple[Pair, Verdict, dict[str, int]]]) -> int:
    """Put the questions into the queue; those asked or decided before stay as they are. Returns how many are new."""
    before = ReviewItem.objects.count()
    now = timezone.now()
    ReviewItem.objects.bulk_create(
        [
            ReviewItem(
                first_id=pair.first,
                second_id=pair.second,
                rule=verdict.rule or Rule.SIMILAR,
                score=verdict.score,
                evidence=evidence,
                weight=sum(evidence.values()) + verdict.score,
                opened_at=now,
            )
            for pair, verdict, evidence in questions
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
    return ReviewItem.objects.count() - before
