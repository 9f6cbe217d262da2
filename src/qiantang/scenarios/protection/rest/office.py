"""What the office hands over to its own programs: one-time codes for letters, service of papers with its proof. No decisions."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.bases import Answer, Body, Day, Key
from qiantang.scenarios.protection.rest.bounds import Number, Remark, RowKey
from qiantang.scenarios.protection.rest.proceedings import ProceedingWhole, act, read_proceeding
from qiantang.scenarios.protection.services import access, connectors, serving
from qiantang.scenarios.protection.types import Method

PartySide = Literal["applicant", "respondent"]
Reference = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]+$")]


class CodeAsked(Body):
    side: PartySide


class CodeIssued(Answer):
    code: str = Field(description="Told once, and kept nowhere; those before open nothing any more.")


class ServiceAsked(Body):
    paper: Key = Field(description="Key of a paper of the file.")
    side: PartySide
    method: Method


class Delivered(Body):
    delivered_on: Day
    proof: Remark = Field(description="Receipt, number of the parcel, witness.")


class NotDelivered(Body):
    why: Remark


class ReferenceNoted(Body):
    reference: Reference = Field(description="Of the other body.")


def issue_party_code(request: HttpRequest, number: Number, asked: CodeAsked) -> CodeIssued:
    return CodeIssued(code=access.issue_code(actor=actor_of(request), number=number, side=asked.side))


def serve_paper(request: HttpRequest, number: Number, service: ServiceAsked) -> ProceedingWhole:
    serving.serve_paper(actor=actor_of(request), number=number, **service.model_dump())
    return read_proceeding(request, number)


def record_delivery(request: HttpRequest, number: Number, service: RowKey, told: Delivered) -> ProceedingWhole:
    serving.record_delivery(actor=actor_of(request), number=number, key=service, **told.model_dump())
    return read_proceeding(request, number)


def record_no_delivery(request: HttpRequest, number: Number, service: RowKey, told: NotDelivered) -> ProceedingWhole:
    serving.record_failure(actor=actor_of(request), number=number, key=service, why=told.why)
    return read_proceeding(request, number)


def note_reference(request: HttpRequest, number: Number, noted: ReferenceNoted) -> ProceedingWhole:
    connectors.note_reference(actor=actor_of(request), number=number, reference=noted.reference)
    return read_proceeding(request, number)


ENDPOINTS = (
    act(
        issue_party_code,
        "proceedings/{number}/codes",
        _("Make a one-time code for a side, to go into its letter"),
        _("For the office."),
        {"side": "respondent"},
        answer=CodeIssued,
        status=201,
    ),
    act(
        serve_paper,
        "proceedings/{number}/services",
        _("Begin to serve a paper on a side"),
        _("For the office. Electronic service arrives at once; leaving it and public notice come only after another way has failed: 409."),
        {"paper": 100, "side": "respondent", "method": "post"},
    ),
    act(
        record_delivery,
        "proceedings/{number}/services/{service}/delivery",
        _("Note that a paper arrived, and by which proof"),
        _("For the office."),
        {"delivered_on": "2026-03-02", "proof": "EMS 1234567890123"},
    ),
    act(
        record_no_delivery,
        "proceedings/{number}/services/{service}/failure",
        _("Note that a paper did not arrive"),
        _("For the office."),
        {"why": "moved away"},
    ),
    act(
        note_reference,
        "proceedings/{number}/reference",
        _("Note the reference of another body, where the papers were handed in by hand"),
        _("For the office."),
        {"reference": "(2026) 1"},
    ),
)  # fmt: skip
