"""A matter: what was answered, what is open, which papers are there, where it stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.commons.casework import api as casework
from qiantang.kernel.calendar import Limit, Unit
from qiantang.kernel.errors import NotFound
from qiantang.portal.hall.methods.forms import problems
from qiantang.portal.hall.methods.guiding import FACTS, Needed, needed
from qiantang.portal.hall.models import Matter
from qiantang.portal.hall.selectors.catalogue import catalogue, said
from qiantang.portal.hall.selectors.forms import bundle_by_code, form_edition, name_of
from qiantang.portal.hall.selectors.signing import signatures_open, signs_instead
from qiantang.portal.hall.types.items import Service

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.commons.casework.types import CaseCard, CaseSheet
    from qiantang.kernel.actor import Actor
    from qiantang.portal.hall.models import MatterFile
    from qiantang.portal.hall.types.forms import Form, Problem
    from qiantang.portal.hall.types.items import Material

UPLOADED, BRING, LATER = "uploaded", "bring", "later"


def matter_row(actor: Actor, number: str, *, lock: bool = False) -> Matter:
    """errors: NotFound ``casework.unknown``, also for what the actor may not see"""
    case_id = casework.case_id_of(actor, number)
    rows = Matter.objects.filter(case_id=case_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotFound("casework.unknown", number=number[:40])
    return row


def form_of(matter: Matter) -> Form:
    """The form in the version in which the matter was begun."""
    return form_edition(matter.form, matter.form_version)


def services_of(code: str) -> tuple[Service, ...]:
    """The service, or those of a bundle in their order."""
    found, whole = bundle_by_code(code), catalogue()
    codes = [one for stage in found.stages for one in stage] if found else [code]
    return tuple(one for one in (whole.service(each) for each in codes) if one is not None)


def limits_of(service: Service) -> dict[str, Limit | None]:
    """What the catalogue promises for a service, as the clock of its case."""
    days = service.promised_days
    unit = Unit.WORKDAY if service.unit == "workday" else Unit.DAY
    return {"promise": None if days is None else Limit(days, unit)}


def papers_of(matter: Matter) -> Needed:
    """The papers after what was answered; of a bundle each once, tolerated only where every part tolerates it."""
    facts = {key: str(matter.answers[key]) for key in FACTS if matter.answers.get(key)}
    # what was not answered needs no paper of its own: the form asks where it matters
    facts = {"agent": "no", "joint": "no", "abroad": "no", "small": "no", **facts}
    parts = [needed(catalogue(), one, facts) for one in services_of(matter.service)]
    now = _once(one for part in parts for one in part.now)
    ours, spared = _once(one for part in parts for one in part.ours), _once(one for p in parts for one in p.spared)
    later = [one for one in _once(one for part in parts for one in part.later) if one not in now]
    return Needed(tuple(now), tuple(later), tuple(ours), tuple(spared))


def _once(papers: Iterable[Material]) -> list[Material]:
    return list({one.key: one for one in papers}.values())


def files_of(matter: Matter) -> list[MatterFile]:
    """Files that are there, oldest first; a part shares those of its bundle."""
    return list((matter.bundle or matter).files.filter(removed_at__isnull=True).order_by("pk"))


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper and where it stands: ``uploaded``, ``bring``, ``later`` or empty."""

    key: str
    name: str
    state: str
    tolerated: bool
    files: tuple[MatterFile, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """What keeps a matter from being handed in."""

    answers: tuple[Problem, ...]
    papers: tuple[PaperShown, ...]
    signatures: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.answers) + len(self.papers) + len(self.signatures)


def papers_shown(matter: Matter) -> list[PaperShown]:
    """The papers that the applicant hands in, with what there is of each."""
    lists, files = papers_of(matter), files_of(matter)
    shown = []
    for material, tolerated in [*((one, False) for one in lists.now), *((one, True) for one in lists.later)]:
        own = tuple(one for one in files if one.about == material.key)
        state = UPLOADED if own else str(matter.papers.get(material.key, ""))
        shown.append(PaperShown(material.key, said(material.name), state, tolerated, own))
    return shown


def still_open(matter: Matter) -> Open:
    """Everything that is open, at once."""
    counts = Counter(one.about for one in files_of(matter))
    answers = tuple(problems(form_of(matter), matter.answers, counts))
    # the form of application is the form itself
    papers = tuple(
        one
        for one in papers_shown(matter)
        if not one.state
        and one.key not in OF_THE_FORM
        and not (one.tolerated and one.state == LATER)
        and not signs_instead(matter, catalogue().materials[one.key].when)
    )
    return Open(answers, papers, tuple(signatures_open(matter)))


OF_THE_FORM = frozenset({"application", "enrolment", "topic", "facts", "demand"})  # papers that the form replaces


def parts_of(actor: Actor, matter: Matter) -> list[tuple[Matter, CaseCard]]:
    """The parts of a bundle in their order, each with its case as the actor sees it."""
    rows = matter.parts.select_related("case").order_by("stage", "pk")
    return [(one, casework.case_sheet(actor, one.case.number).card) for one in rows]


def may_edit(sheet: CaseSheet) -> bool:
    """Whether the reader may change answers and papers now: who may hand it in."""
    return any(step.action == "submit" and not step.blocked for step in sheet.steps)


def title_of(matter: Matter) -> str:
    return said(name_of(matter.service))
