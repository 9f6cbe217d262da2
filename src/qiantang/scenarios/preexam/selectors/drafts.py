"""Reads: drafts as cases: lists, and one with all that its reader may see. Content is opened by ``services.reading``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Max

from qiantang.commons.accounts.api import organisations
from qiantang.commons.accounts.types import Organisation
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import CaseCard, CaseSheet
from qiantang.commons.files.api import readings_of
from qiantang.commons.files.types import Reading
from qiantang.kernel.errors import NotFound
from qiantang.kernel.identifiers import parse_case_number
from qiantang.kernel.paging import Page, PageRequest
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.changes import TextChange
from qiantang.scenarios.preexam.models import (
    Conclusion,
    DefectItem,
    DraftPaper,
    DraftRequest,
    DraftVersion,
    NationalEvent,
)
from qiantang.scenarios.preexam.types import DraftType
from qiantang.scenarios.preexam.types.drafts import Paper
from qiantang.scenarios.preexam.workflow import DRAFT_KINDS, DRAFTS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qiantang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version without its text. ``handed_in`` None: not handed in yet."""

    number: int
    uploaded_at: datetime
    handed_in: datetime | None
    errors: int
    warnings: int
    rules_version: str
    changes: tuple[TextChange, ...]

    @property
    def undeclared(self) -> int:
        """How many changes answer no item and were not declared."""
        return sum(one.undeclared for one in self.changes)


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A document beside the draft; ``sealed_id`` None: not there yet."""

    slot: Paper
    needed: bool
    sealed_id: int | None
    uploaded_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConclusionShown:
    """A proposal or a conclusion. Its words are opened with the content. ``notice`` empty: not issued yet."""

    number: str
    notice: str
    outcome: str
    reasons: tuple[str, ...]
    proposed_at: datetime
    confirmed_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft as its page shows it.

    row       what the other reads of the page begin with
    reads_as  in which part the reader may open the content; empty: not
    edits     the reader may change it now
    examines  the reader has it in hand
    """

    row: DraftRequest
    sheet: CaseSheet
    kind: DraftType
    applicant: Organisation
    agency: Organisation | None
    main_class: str
    statements: Mapping[str, bool]
    synthetic: bool
    versions: tuple[VersionShown, ...]
    papers: tuple[PaperShown, ...]
    conclusion: ConclusionShown | None
    readings: tuple[Reading, ...]
    rounds: int
    application_number: str
    filed_on: date | None
    reads_as: str
    edits: bool
    examines: bool
    open_until: date | None = None


def belongs(row: DraftRequest) -> str:
    """What the objects of a request belong to, in the vault."""
    return f"preexam:{row.pk}"


def draft_row(actor: Actor, number: str) -> tuple[DraftRequest, CaseCard]:
    """The request behind a number with its card. errors: NotFound ``casework.unknown``, also for what is not to be seen"""
    parse_case_number(number)  # what is no number is told as such
    card = casework.found_by_number(actor, number)
    if card is None:
        raise NotFound("casework.unknown", number=number[:40])
    return _row_of(card), card


def _row_of(card: CaseCard) -> DraftRequest:
    row = DraftRequest.objects.select_related("case").filter(case_id=card.id).first()
    if row is None:
        raise NotFound("casework.unknown", number=card.number)
    return row


def part_of(actor: Actor, row: DraftRequest, card: CaseCard) -> str:
    """In which part the actor may open the content; empty: not."""
    return policies.reads_as(actor, row, state=card.state, assignee_id=card.assignee_id)


def draft(actor: Actor, number: str) -> DraftShown:
    """One draft without its content. errors: NotFound ``casework.unknown``"""
    sheet = casework.case_sheet(actor, number)
    card, row = sheet.card, _row_of(sheet.card)
    named = organisations.organisations_named({row.applicant_id, row.agency_id or row.applicant_id})
    kind = DraftType(row.kind)
    state = DRAFTS[kind].workflow.state(card.state)
    reads_as = part_of(actor, row, card)
    side = reads_as == "party"
    return DraftShown(
        row=row,
        sheet=sheet,
        kind=kind,
        applicant=named[row.applicant_id],
        agency=named[row.agency_id] if row.agency_id is not None else None,
        main_class=row.main_class,
        statements=row.statements,
        synthetic=row.synthetic,
        versions=versions_of(row, all_of_them=sees_all(reads_as)),
        papers=papers_of(row, all_of_them=sees_all(reads_as)),
        conclusion=conclusion_of(row),
        readings=readings_of(actor, belongs(row)) if side or policies.may_look_in(actor) else (),
        rounds=row.rounds,
        application_number=row.application_number,
        filed_on=row.filed_on,
        reads_as=reads_as,
        edits=side and bool(state.editable_by),
        examines=bool(policies.may_examine(actor, card.assignee_id)),
        open_until=row.open_until,
    )


def sees_words(shown: DraftShown) -> bool:
    """Who reads the words of a proposal: who examines and confirms; the parties once it is confirmed; never the second reader."""
    confirmed = shown.conclusion is not None and shown.conclusion.confirmed_at is not None
    return shown.reads_as in ("examiner", "supervisor") or (shown.reads_as == "party" and confirmed)


def open_items(row: DraftRequest) -> frozenset[int]:
    """The numbers of the items that wait for an answer of the parties now, answered so far or not."""
    rows = DefectItem.objects.filter(request=row, round=row.rounds, round__gt=0)
    return frozenset(rows.values_list("number", flat=True))


def sees_all(reads_as: str) -> bool:
    """Whether somebody who reads in that part sees what is not handed in yet: the parties, and whom they let look."""
    return reads_as in ("party", "granted")


def versions_of(row: DraftRequest, *, all_of_them: bool = True) -> tuple[VersionShown, ...]:
    """Every version, oldest first. ``all_of_them``: also one that is not handed in yet"""
    rows = DraftVersion.objects.filter(request=row)
    return tuple(
        VersionShown(
            number=one.number,
            uploaded_at=one.uploaded_at,
            handed_in=one.handed_in_at,
            errors=one.severities.get("E", 0),
            warnings=one.severities.get("W", 0),
            rules_version=one.rules_version,
            changes=tuple(TextChange.read(told) for told in one.changes),
        )
        for one in (rows if all_of_them else rows.filter(handed_in_at__isnull=False)).order_by("number")
    )


def newest_version(row: DraftRequest, *, handed_in: bool = False) -> DraftVersion | None:
    """The version of a request that counts; None where there is none. ``handed_in``: the one that the centre has"""
    rows = DraftVersion.objects.filter(request=row)
    return (rows.filter(handed_in_at__isnull=False) if handed_in else rows).order_by("-number").first()


def needed_papers(row: DraftRequest) -> tuple[Paper, ...]:
    """The documents a request has to have."""
    own = (Paper.SELF_CHECK, Paper.PRIOR_ART, Paper.UNDERTAKING)
    return own if row.agency_id is None else (*own, Paper.POWER_OF_ATTORNEY)


def paper_rows(row: DraftRequest, *, all_of_them: bool = True) -> QuerySet[DraftPaper]:
    """The documents beside a draft. ``all_of_them``: also those that came after it was last handed in"""
    rows = DraftPaper.objects.filter(request=row)
    if all_of_them:
        return rows
    handed_in = DraftVersion.objects.filter(request=row).aggregate(last=Max("handed_in_at"))["last"]
    return rows.filter(uploaded_at__lte=handed_in) if handed_in is not None else rows.none()


def papers_of(row: DraftRequest, *, all_of_them: bool = True) -> tuple[PaperShown, ...]:
    """The documents that are needed, the newest of each."""
    found = {one.slot: one for one in paper_rows(row, all_of_them=all_of_them).order_by("pk")}
    return tuple(
        PaperShown(
            slot,
            needed=True,
            sealed_id=found[slot].sealed_id if slot in found else None,
            uploaded_at=found[slot].uploaded_at if slot in found else None,
        )
        for slot in needed_papers(row)
    )


def conclusion_of(row: DraftRequest) -> ConclusionShown | None:
    """What is proposed, or was concluded; None where nothing is."""
    one = Conclusion.objects.filter(request=row, sent_back=False).select_related("version").order_by("-pk").first()
    if one is None:
        return None
    reasons = tuple(one.reasons)
    return ConclusionShown(
        one.number, one.notice, one.outcome, reasons, one.proposed_at, one.confirmed_at, one.version.number
    )


def drafts(actor: Actor, page: PageRequest, *, pool: str = "") -> Page[CaseCard]:
    """The drafts an actor may see, newest first. ``pool`` as in ``casework.cases``"""
    return casework.cases(actor, page, kinds=DRAFT_KINDS, pool=pool)


def subject_of(pool: str) -> str:
    """What a cursor of the list of drafts belongs to."""
    return f"cases|{','.join(DRAFT_KINDS)}|False|{pool}"


def events_of(row: DraftRequest) -> tuple[NationalEvent, ...]:
    """What the national office did, in the order of days; for who may see the case."""
    return tuple(NationalEvent.objects.filter(request=row).order_by("day", "pk"))
