"""Matters of the hall for programs of their parties: begun, answered page by page, papers and files, until nothing is open."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import FileResponse, HttpRequest
from pydantic import Field

from qiantang.commons.accounts.api import actor_of, organisations
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.bases import CaseNumber, Opened
from qiantang.commons.catalogue.bases import Answer, Body, FileHandedIn, Key
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.portal.hall.selectors import matters as reads
from qiantang.portal.hall.selectors import pages
from qiantang.portal.hall.selectors.catalogue import said
from qiantang.portal.hall.services import matters
from qiantang.portal.hall.types.forms import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.kernel.actor import Actor
    from qiantang.portal.hall.models import MatterFile
    from qiantang.portal.hall.types.forms import FormStep, Question

Word = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]
StepKey = Annotated[Word, Field(description="Key of a page of the form.")]
PaperKey = Annotated[Word, Field(description="Key of a paper, as the matter tells it.")]
Value = Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")]
Values = Annotated[list[Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]], Field(max_length=50)]
Given = Annotated[dict[Word, Value | Values | None], Field(max_length=200)]


class MatterOpening(Body):
    service: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[0-9A-Za-z_-]+$")] = Field(
        description="Code of a service, or of one thing of several services."
    )
    organisation: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z -]+$")] | None = Field(
        default=None, description="Credit code of the organisation for which you act; null: for yourself."
    )


class StepAnswers(Body):
    answers: Given = Field(
        default={}, description="Answers by question. Null takes one back; what is left out stays as it is."
    )
    rows: Annotated[list[Given], Field(max_length=50)] | None = Field(
        default=None, description="Of a page that is answered several times: all of its rows."
    )


class PaperFile(Body):
    about: Word = Field(description="Key of the paper, or of the question, that the file is for.")
    file: FileHandedIn


class PaperSaid(Body):
    state: Literal["bring", "later"] | None = Field(
        description="It is brought to the window, or follows later where the service tolerates it; null: neither."
    )


class QuestionTold(Answer):
    key: str
    kind: str
    label: str
    required: bool
    options: list[str] = Field(description="Answers to choose from; empty: free.")
    when: dict[str, list[str]] = Field(description="It is asked for these answers to these questions; empty: always.")


class FormPage(Answer):
    key: str
    title: str
    repeat: list[int] | None = Field(description="Least and most rows; null: it is answered once.")
    questions: list[QuestionTold]


class MatterForm(Answer):
    form: str
    version: int
    pages: list[FormPage]


class OpenAnswer(Answer):
    step: str
    question: str
    row: int | None = Field(description="From 0; null: the page is answered once.")
    fault: str
    label: str


class MatterFileTold(Answer):
    key: int
    name: str
    sha256: str
    size: int
    handed_in_at: datetime


class MatterPaper(Answer):
    key: str
    name: str
    state: str | None = Field(description="uploaded, bring or later; null: it is open.")
    tolerated: bool = Field(description="It may follow later.")
    files: list[MatterFileTold]


class MatterPart(Answer):
    number: str
    service: str
    stage: int
    state: str


class HallMatter(Answer):
    number: str
    service: str
    name: str
    state: str
    state_label: str
    editable: bool = Field(description="You can change it now.")
    answers: dict[str, Any] = Field(description="By question; of a page that is answered several times its rows.")
    open_answers: list[OpenAnswer] = Field(description="Answers that are missing or wrong.")
    open_papers: list[str] = Field(description="Keys of papers that are missing.")
    open_signatures: list[str]
    papers: list[MatterPaper]
    parts: list[MatterPart] = Field(description="Of one thing: its services, once it was handed in.")


def open_matter(request: HttpRequest, wanted: MatterOpening) -> Opened:
    actor = actor_of(request)
    if wanted.organisation is not None:
        actor = organisations.acting_for(actor, wanted.organisation)
    opened = matters.open_matter(actor=actor, code=wanted.service)
    return Opened(number=opened.number, code=opened.code)


def read_hall_matter(request: HttpRequest, number: CaseNumber) -> HallMatter:
    return matter_answer(actor_of(request), number)


def read_matter_form(request: HttpRequest, number: CaseNumber) -> MatterForm:
    form = reads.form_of(reads.matter_row(actor_of(request), number))
    return MatterForm(
        form=form.key,
        version=form.version,
        pages=[
            FormPage(
                key=one.key,
                title=said(one.title),
                repeat=list(one.repeat) if one.repeat else None,
                questions=[_question(each) for each in one.questions],
            )
            for one in form.steps
        ],
    )


def save_matter_answers(request: HttpRequest, number: CaseNumber, step: StepKey, told: StepAnswers) -> HallMatter:
    actor = actor_of(request)
    matter = reads.matter_row(actor, number)
    page = reads.form_of(matter).step(step)
    if page is None:
        raise NotFound("hall.step_unknown", step=step)
    given: dict[str, Any]
    if page.repeat:
        given = {page.key: [_known(page, row, f"rows.{at}") for at, row in enumerate(told.rows or ())]}
        if told.answers or told.rows is None:
            raise _refused(page.key, "answers" if told.answers else "rows")
    else:
        if told.rows is not None:
            raise _refused(page.key, "rows")
        given = {one.key: matter.answers[one.key] for one in page.questions if one.key in matter.answers}
        given |= _known(page, told.answers, "answers")
    matters.save_step(actor=actor, number=number, step=step, given=given)
    return matter_answer(actor, number)


def _known(page: FormStep, told: Mapping[str, str | list[str] | None], place: str) -> dict[str, str | list[str]]:
    """Answers of a page by question; null as the empty answer. A page asks its own questions alone, so that what it does not
    know is told here and not passed over.

    errors  Invalid ``hall.question_unknown`` with the place
    """
    kinds = {one.key: one.kind for one in page.questions}
    found: dict[str, str | list[str]] = {}
    for key, value in told.items():
        several = isinstance(value, list)
        if kinds.get(key) in (None, QuestionKind.FILE) or (several and kinds[key] is not QuestionKind.CHOICES):
            raise _refused(key, f"{place}.{key}")
        found[key] = value if isinstance(value, list) else (value or "").strip()
    return found


def _refused(question: str, place: str) -> Invalid:
    error = {"place": f"body.told.{place}", "message": "not asked here, or another kind of answer"}
    return Invalid("hall.question_unknown", question=question, errors=[error])


def add_matter_file(request: HttpRequest, number: CaseNumber, paper: PaperFile) -> HallMatter:
    actor = actor_of(request)
    matters.hand_in_file(
        actor=actor, number=number, about=paper.about, name=paper.file.name, stream=paper.file.stream()
    )
    return matter_answer(actor, number)


def fetch_matter_file(request: HttpRequest, number: CaseNumber, key: Key) -> FileResponse:
    row, place = matters.open_file(actor=actor_of(request), number=number, file_id=key)
    return FileResponse(
        place.open("rb"), as_attachment=True, filename=row.name, content_type="application/octet-stream"
    )


def take_back_matter_file(request: HttpRequest, number: CaseNumber, key: Key) -> HallMatter:
    actor = actor_of(request)
    matters.take_back_file(actor=actor, number=number, file_id=key)
    return matter_answer(actor, number)


def tell_of_paper(request: HttpRequest, number: CaseNumber, paper: PaperKey, told: PaperSaid) -> HallMatter:
    actor = actor_of(request)
    matters.say_of_paper(actor=actor, number=number, paper=paper, state=told.state or "")
    return matter_answer(actor, number)


def matter_answer(actor: Actor, number: str) -> HallMatter:
    """A matter as its reader may see it, with everything that is open."""
    matter, sheet = reads.matter_row(actor, number), casework.case_sheet(actor, number)
    found, form = reads.still_open(matter), reads.form_of(matter)
    rows = zip(found.answers, pages.problem_rows(form, found.answers), strict=True)
    return HallMatter(
        number=sheet.card.number,
        service=matter.service,
        name=reads.title_of(matter),
        state=sheet.card.state,
        state_label=sheet.card.state_label,
        editable=reads.may_edit(sheet),
        answers=matter.answers,
        open_answers=[
            OpenAnswer(step=one.step, question=one.question, row=one.row, fault=one.fault, label=row["label"])
            for one, row in rows
        ],
        open_papers=[one.key for one in found.papers],
        open_signatures=list(found.signatures),
        papers=[
            MatterPaper(
                key=one.key,
                name=one.name,
                state=one.state or None,
                tolerated=one.tolerated,
                files=[_file(each) for each in one.files],
            )
            for one in reads.papers_shown(matter)
            if one.key not in reads.OF_THE_FORM
        ],
        parts=[
            MatterPart(number=card.number, service=each.service, stage=each.stage + 1, state=card.state)
            for each, card in reads.parts_of(actor, matter)
        ],
    )


def _file(one: MatterFile) -> MatterFileTold:
    return MatterFileTold(
        key=one.pk, name=one.name, sha256=one.sha256, size=one.size_bytes, handed_in_at=one.handed_in_at
    )


def _question(one: Question) -> QuestionTold:
    return QuestionTold(
        key=one.key,
        kind=one.kind.value,
        label=said(one.label),
        required=one.required,
        options=[each.key for each in one.options],
        when={key: list(values) for key, values in (one.when or {}).items()},
    )
