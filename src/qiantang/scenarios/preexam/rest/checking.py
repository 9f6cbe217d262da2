"""Checks for programs: the draft comes in the body and is kept nowhere."""

from __future__ import annotations

import base64
import binascii
import io
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.bases import Answer, Body, Day, Line
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.methods.checks import rulebook
from qiantang.scenarios.preexam.methods.telling import described
from qiantang.scenarios.preexam.selectors import checking
from qiantang.scenarios.preexam.types import DraftType, Office, Wanted

DraftText = Annotated[str, Field(max_length=700_000, pattern=r"^[^\x00]*$")]
Encoded = Annotated[str, Field(max_length=2_000_000, pattern=r"^[A-Za-z0-9+/=\s]*$")]
RuleIds = Annotated[list[Line], Field(max_length=100)]


class DraftHandedIn(Body):
    text: DraftText = Field(default="", description="The draft as plain text; parts begin with their own lines.")
    content: Encoded = Field(default="", description="Instead of a text: a file, in base64.")
    name: Line = Field(default="draft", description="Name of the file; what it is decides the content.")
    type: Literal["invention", "utility_model", "design"] | None = Field(
        default=None, description="Type of application; null: as the draft shows."
    )
    as_of: Day | None = Field(default=None, description="The rules of that day; null: of today.")
    office: Literal["CN", "US", "EP", "PCT"] = Field(default="CN", description="Whose rules.")
    without: RuleIds = Field(default=[], description="Rules that are switched off.")


class FindingPlace(Answer):
    paragraph: int | None = Field(description="Counted from 1 within the part; null: the part as a whole.")
    start: int = Field(description="First character within the paragraph, from 0.")
    end: int = Field(description="Character behind the last.")


class DraftFinding(Answer):
    rule: str
    severity: Literal["E", "W", "I"]
    part: Literal["request", "abstract", "claims", "description", "drawings", "design"]
    claim: int | None
    figure: str | None
    place: FindingPlace
    excerpt: str = Field(description="At most 40 characters.")
    message: str = Field(description="In Chinese.")
    message_en: str
    suggestion: str = Field(description="In Chinese.")
    suggestion_en: str
    source: str = Field(description="What the rule rests on, with the article numbers of the day.")
    source_zh: str = Field(description="The same, as a Chinese notice cites it.")
    rule_version: str


class RuleNotChecked(Answer):
    rule: str
    reason: str
    reason_en: str


class FindingSums(Answer):
    E: int
    W: int
    I: int  # noqa: E741 - the word of the interface


class DraftReport(Answer):
    type: Literal["invention", "utility_model", "design"]
    office: Literal["CN", "US", "EP", "PCT"]
    as_of: Day
    rules_version: str
    findings: list[DraftFinding]
    summary: FindingSums
    hint: Literal["no_formal_obstacle", "examiner_looks", "formal_defects"] = Field(
        description="A hint, never a decision."
    )
    not_checked: list[RuleNotChecked]


def check_draft(request: HttpRequest, draft: DraftHandedIn) -> DraftReport:
    if bool(draft.text.strip()) == bool(draft.content.strip()):
        raise Invalid("preexam.no_text")
    for rule in draft.without:
        if rule not in rulebook():
            raise Invalid("preexam.rule", given=rule)
    actor = actor_of(request)
    wanted = Wanted(
        as_of=draft.as_of or timezone.localdate(),
        type=DraftType(draft.type) if draft.type else None,
        office=Office(draft.office),
        without=frozenset(draft.without),
    )
    read = checking.draft_of(actor, draft.text if draft.text.strip() else (_decoded(draft.content), draft.name))
    return DraftReport.model_validate(described(checking.report_on(actor, read, wanted)))


def _decoded(content: str) -> io.BytesIO:
    try:
        return io.BytesIO(base64.b64decode("".join(content.split()), validate=True))
    except (binascii.Error, ValueError) as problem:
        raise Invalid("preexam.base64") from problem
