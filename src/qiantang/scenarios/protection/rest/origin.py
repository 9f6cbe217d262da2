"""Codes of origin are checked and fakes reported by programs too, without an account, so and so often from one address."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import access, actor_of
from qiantang.commons.catalogue.api import Endpoint
from qiantang.commons.catalogue.bases import Answer, Body, Day, Key
from qiantang.scenarios.protection.rest.bounds import Named, Passage, Short
from qiantang.scenarios.protection.services.origin import checking

OriginCode = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00]+$")]


class OriginAsked(Body):
    code: OriginCode = Field(description="As it stands on the package.")


class OriginAnswer(Answer):
    indication: str
    user: str
    plot: str
    village: str
    district: str
    year: int
    package_grams: int
    issued_at: datetime
    looks_before: int = Field(description="How often it was looked at before this time.")
    first_look_at: datetime | None
    copied: bool = Field(description="Looked at oftener than one package is likely to be: it may be a copy.")
    voided: bool = Field(description="The keeper said that codes of its batch are good no more.")
    user_ended: date | None = Field(description="Last day of the authorisation, where it has ended.")


class FakeReported(Body):
    indication: Key
    place: Named
    description: Passage
    code: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] = ""
    seller: Named = ""
    district: Short = ""
    seen_on: Day | None = None
    contact: Named = Field(default="", description="For questions; seen by the office alone.")


class FakeAccepted(Answer):
    key: int


def check_origin_code(request: HttpRequest, asked: OriginAsked) -> OriginAnswer:
    found = checking.check_code(actor=actor_of(request), code=asked.code, address=access.address_of(request))
    names = (
        "user",
        "plot",
        "village",
        "district",
        "year",
        "package_grams",
        "issued_at",
        "copied",
        "voided",
        "user_ended",
    )
    return OriginAnswer(
        **{name: getattr(found, name) for name in names},
        indication=found.indication.name,
        looks_before=found.before,
        first_look_at=found.first_at,
    )


def report_fake(request: HttpRequest, report: FakeReported) -> FakeAccepted:
    key = checking.report_fake(actor=actor_of(request), address=access.address_of(request), **report.model_dump())
    return FakeAccepted(key=key)


ENDPOINTS = (
    Endpoint(
        call=check_origin_code,
        path="origin-checks",
        method="POST",
        answer=OriginAnswer,
        summary=_("Check a code of origin"),
        detail=_("Each look is counted with the code, and nothing is kept of who looked. 429: too many from one network address within an hour."),
        example="origin-checks",
        body={"code": "2222-2222-2222-2222"},
    ),
    Endpoint(
        call=report_fake,
        path="fake-reports",
        method="POST",
        status=201,
        answer=FakeAccepted,
        summary=_("Report a fake of goods with a geographical indication"),
        detail=_("Without an account. The office looks at each report. 429: too many from one network address within an hour."),
        example="fake-reports",
        body={"indication": 1, "place": "a market", "description": "the thread is missing"},
    ),
)  # fmt: skip
