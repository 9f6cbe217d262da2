"""Drafts for programs of their parties: begun, filled, handed in with their files, answered, filed, followed to the grant."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from pydantic import Field

from qiantang.commons.accounts.api import actor_of, organisations
from qiantang.commons.casework.bases import CaseNumber, Opened, Organisation
from qiantang.commons.catalogue.bases import Answer, Body, Day, FileHandedIn, Line
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.preexam.selectors import drafts as reads
from qiantang.scenarios.preexam.selectors.gaps import gaps
from qiantang.scenarios.preexam.services import following, granting, intake, reading
from qiantang.scenarios.preexam.types.drafts import PAPER_NAMES

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

Slot = Annotated[
    Literal["self_check", "prior_art", "undertaking", "power_of_attorney"],
    Field(description="Which document it is."),
]
Stage = Literal["accepted", "first_action", "later_action", "granted", "refused", "withdrawn"]
MainClass = Annotated[str, Field(max_length=30, pattern=r"^[^\x00]*$")]


class DraftOpening(Body):
    organisation: Organisation
    kind: Literal["invention", "utility_model", "design"] = Field(description="Type of application.")
    applicant: Line | None = Field(
        default=None,
        description="Credit code of the applicant, where an agency opens it; null: the organisation itself.",
    )
    follows: CaseNumber | None = Field(default=None, description="Number of an earlier draft of the same invention.")


class Statements(Body):
    """True or false; null takes an answer back, and what is left out stays as it was said."""

    international: bool | None = Field(
        default=None,
        description="Is it a PCT or Hague application, or the entry of one into the national phase?",
    )
    divisional: bool | None = Field(default=None, description="Is it a divisional application?")
    secret: bool | None = Field(default=None, description="Does it need a secrecy examination?")
    filed_already: bool | None = Field(
        default=None, description="Was it filed at CNIPA, or the same draft published, before?"
    )
    twin: bool | None = Field(
        default=None, description="Is the same invention filed as a utility model on the same day?"
    )
    priority: bool | None = Field(default=None, description="Does it claim priority?")
    electronic: bool | None = Field(
        default=None,
        description="Will it be filed electronically, with all requests and fees on the filing day?",
    )
    deferred: bool | None = Field(default=None, description="Is deferred examination requested?")
    special_material: bool | None = Field(
        default=None,
        description="Does it concern genetic resources, a biological deposit or a sequence listing?",
    )
    waives_amendment: bool | None = Field(default=None, description="Does the applicant waive voluntary amendments?")


class StatementsTold(Body):
    main_class: MainClass | None = Field(default=None, description="Null: as it stands.")
    statements: Statements = Field(
        default=Statements(), description="Null takes an answer back; what is left out stays as it was said."
    )


class OpeningTold(Body):
    until: Day | None = Field(description="Last day on which the centre may look; null: no longer.")


class FilingTold(Body):
    application_number: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00]*$")] = Field(
        description="As on the filing receipt, with its check digit."
    )
    filed_on: Day
    filed: FileHandedIn = Field(
        description="The text as it was filed: it is compared with the one that passed, and not kept."
    )


class NationalEventTold(Body):
    stage: Stage = Field(description="What the national office did; a grant, refusal or withdrawal ends the case.")
    day: Day
    source: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = Field(
        default="", description="On what this rests, such as the number of the notice."
    )


class Gap(Answer):
    text: str
    rule: str | None = Field(description="The rule that asks for it.")
    blocking: bool = Field(description="False: it is told for the examiner's eye, and keeps nothing back.")


class VersionTold(Answer):
    number: int
    uploaded_at: datetime
    handed_in_at: datetime | None = Field(description="Null: not handed in yet; the next version takes its place.")
    errors: int
    warnings: int
    rules_version: str
    undeclared: int = Field(description="Changes that answer no item and were not declared.")


class PaperTold(Answer):
    slot: str
    title: str
    uploaded_at: datetime | None = Field(description="Null: it is not there yet.")


class ConclusionTold(Answer):
    outcome: str
    reasons: list[str]
    confirmed_at: datetime
    notice: str | None = Field(description="Number of the document; null: it is not issued yet.")


class NationalEventAnswer(Answer):
    stage: str
    day: date
    source: str


class DraftAnswer(Answer):
    number: str
    kind: str
    state: str
    state_label: str
    applicant: str
    agency: str | None
    main_class: str
    statements: dict[str, bool] = Field(description="Those that were said.")
    editable: bool = Field(description="You can change it now.")
    missing: list[Gap] | None = Field(
        description="What is missing before it can be handed in; null: it is not yours to hand in, or was handed in."
    )
    versions: list[VersionTold]
    papers: list[PaperTold]
    open_until: date | None = Field(description="Until when its owner lets the centre look before it is handed in.")
    rounds: int = Field(description="Rounds of amendment so far.")
    conclusion: ConclusionTold | None
    application_number: str | None
    filed_on: date | None
    events: list[NationalEventAnswer] = Field(description="What the national office did.")


def open_draft(request: HttpRequest, wanted: DraftOpening) -> Opened:
    actor = organisations.acting_for(actor_of(request), wanted.organisation)
    opened = intake.open_draft(
        actor=actor, kind=wanted.kind, applicant_uscc=wanted.applicant or "", follows=wanted.follows or ""
    )
    return Opened(number=opened.number, code=opened.code)


def read_draft(request: HttpRequest, number: CaseNumber) -> DraftAnswer:
    return draft_answer(actor_of(request), number)


def save_draft_statements(request: HttpRequest, number: CaseNumber, told: StatementsTold) -> DraftAnswer:
    actor = actor_of(request)
    shown = reads.draft(actor, number)
    given = {name: getattr(told.statements, name) for name in told.statements.model_fields_set}
    main_class = shown.main_class if told.main_class is None else told.main_class
    intake.save_statements(actor=actor, number=number, main_class=main_class, told={**shown.statements, **given})
    return draft_answer(actor, number)


def add_draft_version(request: HttpRequest, number: CaseNumber, file: FileHandedIn) -> DraftAnswer:
    actor = actor_of(request)
    intake.hand_in_version(actor=actor, number=number, stream=file.stream(), name=file.name)
    return draft_answer(actor, number)


def add_draft_paper(request: HttpRequest, number: CaseNumber, slot: Slot, file: FileHandedIn) -> DraftAnswer:
    actor = actor_of(request)
    intake.hand_in_paper(actor=actor, number=number, slot=slot, stream=file.stream(), name=file.name)
    return draft_answer(actor, number)


def fetch_draft_paper(request: HttpRequest, number: CaseNumber, slot: Slot) -> HttpResponse:
    actor = actor_of(request)
    sealed = next((one.sealed_id for one in reads.draft(actor, number).papers if one.slot == slot), None)
    if sealed is None:
        raise NotFound("preexam.paper_slot")
    opened = reading.open_paper(actor=actor, number=number, sealed_id=sealed)
    answer = HttpResponse(opened.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=opened.name) or "attachment"
    return answer


def open_draft_to_centre(request: HttpRequest, number: CaseNumber, told: OpeningTold) -> DraftAnswer:
    actor = actor_of(request)
    granting.open_to_centre(actor=actor, number=number, until=told.until)
    return draft_answer(actor, number)


def record_filing(request: HttpRequest, number: CaseNumber, told: FilingTold) -> DraftAnswer:
    actor = actor_of(request)
    following.record_filing(
        actor=actor,
        number=number,
        application_number=told.application_number,
        filed_on=told.filed_on,
        stream=told.filed.stream(),
        name=told.filed.name,
    )
    return draft_answer(actor, number)


def note_national_event(request: HttpRequest, number: CaseNumber, told: NationalEventTold) -> DraftAnswer:
    actor = actor_of(request)
    following.note_event(actor=actor, number=number, stage=told.stage, day=told.day, source=told.source)
    return draft_answer(actor, number)


def draft_answer(actor: Actor, number: str) -> DraftAnswer:
    """A draft without its content, as its reader may see it."""
    shown = reads.draft(actor, number)
    card, done = shown.sheet.card, shown.conclusion
    missing = gaps(actor, shown.row) if shown.edits and card.state == "draft" else None
    return DraftAnswer(
        number=card.number,
        kind=shown.kind.value,
        state=card.state,
        state_label=card.state_label,
        applicant=shown.applicant.name,
        agency=shown.agency.name if shown.agency else None,
        main_class=shown.main_class,
        statements=dict(shown.statements),
        editable=shown.edits,
        missing=None
        if missing is None
        else [Gap(text=one.text, rule=one.rule or None, blocking=one.blocking) for one in missing],
        versions=[_version(one) for one in shown.versions],
        papers=[
            PaperTold(slot=one.slot, title=gettext(PAPER_NAMES[one.slot]), uploaded_at=one.uploaded_at)
            for one in shown.papers
        ],
        open_until=shown.open_until,
        rounds=shown.rounds,
        conclusion=ConclusionTold(
            outcome=done.outcome, reasons=list(done.reasons), confirmed_at=done.confirmed_at, notice=done.notice or None
        )
        if done is not None and done.confirmed_at is not None
        else None,
        application_number=shown.application_number or None,
        filed_on=shown.filed_on,
        events=[
            NationalEventAnswer(stage=one.stage, day=one.day, source=one.source) for one in reads.events_of(shown.row)
        ],
    )


def _version(one: reads.VersionShown) -> VersionTold:
    return VersionTold(
        number=one.number,
        uploaded_at=one.uploaded_at,
        handed_in_at=one.handed_in,
        errors=one.errors,
        warnings=one.warnings,
        rules_version=one.rules_version,
        undeclared=one.undeclared,
    )
