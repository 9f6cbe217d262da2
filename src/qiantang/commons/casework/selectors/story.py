"""The story of cases. A line that names another case is there for whom that case is there as well."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from qiantang.commons.casework import policies
from qiantang.commons.casework.models import CaseEvent
from qiantang.commons.casework.selectors.cases import shown_number, visible_cases
from qiantang.commons.casework.types import CASE_TYPES, Told
from qiantang.commons.rulebook.api import cards as cards_of_models
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qiantang.commons.casework.models import Case
    from qiantang.kernel.actor import Actor

# Actions whose line names another case in its fact ``number``.
NAMING = frozenset({"link", "unlink", "merge", "absorb", "split", "split_off"})


def story_of(actor: Actor, case: Case) -> tuple[Told, ...]:
    """The lines of a case that the actor may read, oldest first. To the parties the office is the office, without names."""
    return stories_of(actor, [case])[case.pk]


def stories_of(actor: Actor, rows: Sequence[Case]) -> dict[int, tuple[Told, ...]]:
    """The same for several cases, in two queries: key of the case -> lines."""
    internal = {row.pk: policies.sees_internal(actor, CASE_TYPES[row.kind]) for row in rows}
    found = CaseEvent.objects.filter(case__in=internal).select_related("organisation").order_by("case", "sequence")
    lines = [line for line in found if internal[line.case_id] or not line.internal]
    named = {str(line.facts.get("number")) for line in lines if line.action in NAMING}
    seen = _seen(actor, named)
    told: dict[int, list[Told]] = defaultdict(list)
    for line in lines:
        if line.action not in NAMING or line.facts.get("number") in seen:
            told[line.case_id].append(_told(line, named=internal[line.case_id]))
    return {key: tuple(told[key]) for key in internal}


def _seen(actor: Actor, numbers: Collection[str]) -> set[str]:
    """Those of the numbers whose cases the actor may see. No query where none is named."""
    if not numbers:
        return set()
    return set(visible_cases(actor).filter(number__in=numbers).values_list("number", flat=True))


def _told(line: CaseEvent, *, named: bool) -> Told:
    who = line.actor_name
    if line.side == "system":
        who = gettext("The platform")
    elif line.side == "office" and not named:
        who = gettext("The office")
    facts = {key: gettext("not known") if value is None else value for key, value in line.facts.items()}
    if line.action in NAMING:
        facts["number"] = _written(str(facts["number"]))
    return Told(
        sequence=line.sequence,
        at=line.at,
        who=who,
        for_whom=line.organisation.name if line.organisation else "",
        sentence=gettext(line.told) % {**facts, "who": who},
        note=line.note,
        internal=line.internal,
        versions=tuple((key, _title_of(key), version) for key, version in sorted(line.versions.items())),
    )


def _title_of(key: str) -> str:
    """The title of a card; of one that is no longer declared its key."""
    return next((gettext(one.title) for one in cards_of_models() if one.key == key), key)


def _written(compact: str) -> str:
    try:
        return shown_number(compact)
    except Invalid:
        return compact
