"""Sheets of right holders for programs: written, shared with authorities, with alerts and applications for action."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import Endpoint
from qiantang.commons.catalogue.bases import Answer, Body, CursorText, Day, Key, Limit
from qiantang.kernel.paging import page_of
from qiantang.scenarios.protection.rest.bounds import CASES_READ, Named, Passage, RowKey, Short
from qiantang.scenarios.protection.rest.proceedings import act
from qiantang.scenarios.protection.selectors import sheets as reads
from qiantang.scenarios.protection.services import alerts, applications, sheets
from qiantang.scenarios.protection.types import RightKind
from qiantang.scenarios.protection.types.marks import AlertKind

SheetKey = Annotated[Key, Field(description="Key of a sheet.")]
PartName = Literal[
    "genuine_marks",
    "fake_marks",
    "genuine_packaging",
    "fake_packaging",
    "logistics",
    "sellers",
    "fake_routes",
    "contact",
]


class SheetAsked(Body):
    product: Named
    right_kind: RightKind
    right_number: Short
    right_title: Named = ""
    right_until: Day | None = Field(default=None, description="Last day of the right; null: not told.")
    parts: dict[PartName, Passage] = Field(description="Texts by part; one besides the contact is needed.")


class SheetAuthority(Body):
    authority: Key = Field(description="Key of an authority of the register.")


class AlertAsked(Body):
    kind: AlertKind
    text: Passage
    authorities: Annotated[list[Key], Field(min_length=1, max_length=100)] = Field(
        description="Keys of authorities with which the sheet is shared."
    )
    district: Short = ""
    expected_on: Day | None = None


class AlertReply(Body):
    answer: Passage = Field(default="", description="Empty: it was seen.")


class SheetAnswer(Answer):
    key: int
    product: str
    right_kind: RightKind
    right_number: str
    right_title: str
    right_until: date | None
    version: int
    saved_at: datetime


class SheetList(Answer):
    total: int
    items: list[SheetAnswer]
    next: str | None


class ShareAnswer(Answer):
    authority: int
    name: str
    shared_at: datetime


class SheetReading(Answer):
    who: str
    version: int
    at: datetime


class AlertReceipt(Answer):
    authority: int
    seen_at: datetime | None
    answer: str
    answered_at: datetime | None


class AlertAnswer(Answer):
    key: int
    kind: AlertKind
    text: str
    sent_at: datetime
    withdrawn_at: datetime | None
    receipts: list[AlertReceipt]


class ApplicationAnswer(Answer):
    key: int
    authority: int
    state: str
    filed_at: datetime
    valid_from: date | None
    until: date | None = Field(description="Last day in force; the end of the right cuts it short.")
    renewable: bool
    remark: str


class SheetWhole(SheetAnswer):
    mine: bool
    holder: str
    parts: dict[str, str]
    shares: list[ShareAnswer] = Field(description="For the right holder and who audits.")
    readings: list[SheetReading] = Field(description="Who else read it, newest first; for the same.")
    alerts: list[AlertAnswer]
    applications: list[ApplicationAnswer]


def list_sheets(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> SheetList:
    rows = [one["row"] for one in reads.sheet_list(actor_of(request))]
    page = page_of(rows, subject="sheets", size=limit, cursor=cursor)
    return SheetList(total=page.total, items=[SheetAnswer(**_sheet(one)) for one in page.items], next=page.next)


def read_sheet(request: HttpRequest, key: SheetKey) -> SheetWhole:
    actor = actor_of(request)
    sheets.note_read(actor=actor, key=key)
    shown = reads.sheet_shown(actor, key)
    return SheetWhole(
        **_sheet(shown["sheet"]),
        mine=shown["mine"],
        holder=shown["holder"],
        parts=dict(shown["sheet"].parts),
        shares=[
            ShareAnswer(authority=one["key"], name=one["name"], shared_at=one["shared_at"])
            for one in shown.get("shares", ())
        ],
        readings=[SheetReading(**one) for one in shown.get("reads", ())],
        alerts=[_alert(one) for one in shown["alerts"]],
        applications=[_application(one) for one in shown["applications"]],
    )


def make_sheet(request: HttpRequest, sheet: SheetAsked) -> SheetWhole:
    return read_sheet(request, sheets.make_sheet(actor=actor_of(request), **_asked(sheet)))


def save_sheet(request: HttpRequest, key: SheetKey, sheet: SheetAsked) -> SheetWhole:
    sheets.save_sheet(actor=actor_of(request), key=key, **_asked(sheet))
    return read_sheet(request, key)


def share_sheet(request: HttpRequest, key: SheetKey, asked: SheetAuthority) -> SheetWhole:
    sheets.share_sheet(actor=actor_of(request), key=key, authority=asked.authority)
    return read_sheet(request, key)


def close_sheet(request: HttpRequest, key: SheetKey, authority: RowKey) -> SheetWhole:
    sheets.withdraw_sheet(actor=actor_of(request), key=key, authority=authority)
    return read_sheet(request, key)


def send_alert(request: HttpRequest, key: SheetKey, alert: AlertAsked) -> SheetWhole:
    alerts.send_alert(actor=actor_of(request), key=key, **alert.model_dump())
    return read_sheet(request, key)


def withdraw_alert(request: HttpRequest, key: SheetKey, alert: RowKey) -> SheetWhole:
    alerts.withdraw_alert(actor=actor_of(request), key=key, alert=alert)
    return read_sheet(request, key)


def answer_alert(request: HttpRequest, key: SheetKey, alert: RowKey, reply: AlertReply) -> SheetWhole:
    alerts.answer_alert(actor=actor_of(request), key=key, alert=alert, answer=reply.answer)
    return read_sheet(request, key)


def apply_for_action(request: HttpRequest, key: SheetKey, asked: SheetAuthority) -> SheetWhole:
    applications.file_application(actor=actor_of(request), key=key, authority=asked.authority)
    return read_sheet(request, key)


def renew_application(request: HttpRequest, key: SheetKey, application: RowKey) -> SheetWhole:
    applications.renew_application(actor=actor_of(request), key=key, application=application)
    return read_sheet(request, key)


def withdraw_application(request: HttpRequest, key: SheetKey, application: RowKey) -> SheetWhole:
    applications.withdraw_application(actor=actor_of(request), key=key, application=application)
    return read_sheet(request, key)


def _asked(sheet: SheetAsked) -> dict[str, Any]:
    return sheet.model_dump()


def _sheet(row: Any) -> dict[str, Any]:
    names = set(SheetAnswer.model_fields) - {"key"}
    return {**{name: getattr(row, name) for name in names}, "key": row.pk}


def _alert(shown: dict[str, Any]) -> AlertAnswer:
    row = shown["alert"]
    receipts = [
        AlertReceipt(authority=one.authority_id, seen_at=one.seen_at, answer=one.answer, answered_at=one.answered_at)
        for one in (copy["copy"] for copy in shown["copies"])
    ]
    names = ("kind", "text", "sent_at", "withdrawn_at")
    return AlertAnswer(**{name: getattr(row, name) for name in names}, key=row.pk, receipts=receipts)


def _application(shown: dict[str, Any]) -> ApplicationAnswer:
    row = shown["row"]
    return ApplicationAnswer(
        **{name: getattr(row, name) for name in ("state", "filed_at", "valid_from", "remark")},
        key=row.pk,
        authority=row.authority_id,
        until=shown["until"],
        renewable=shown["renewable"],
    )


_SHEET = {
    "product": "a gift box of tea",
    "right_kind": "trade_mark",
    "right_number": "G12345",
    "parts": {"genuine_marks": "a thread at the lower left", "contact": "0571"},
}
ENDPOINTS = (
    Endpoint(
        call=list_sheets,
        path="sheets",
        answer=SheetList,
        summary=_("Your sheets to tell genuine goods from fakes, newest first"),
        scope=CASES_READ,
        example="sheets",
    ),
    act(
        make_sheet,
        "sheets",
        _("Write a sheet"),
        _("Nobody else sees it until you share it."),
        _SHEET,
        answer=SheetWhole,
        status=201,
    ),
    Endpoint(
        call=read_sheet,
        path="sheets/{key}",
        answer=SheetWhole,
        summary=_("A sheet with its alerts and applications"),
        detail=_("Whoever else than the right holder reads it is put on record, as on the page, and told to the right holder."),
        scope=CASES_READ,
        example="sheets/1",
    ),
    act(
        save_sheet,
        "sheets/{key}",
        _("Write a sheet anew"),
        _("All of it; it gets the next version where anything changed."),
        _SHEET,
        method="PUT",
        answer=SheetWhole,
    ),
    act(
        share_sheet,
        "sheets/{key}/shares",
        _("Open a sheet to an authority"),
        body={"authority": 1},
        answer=SheetWhole,
    ),
    act(
        close_sheet,
        "sheets/{key}/shares/{authority}",
        _("Close a sheet to an authority, with its alerts"),
        method="DELETE",
        answer=SheetWhole,
    ),
    act(
        send_alert,
        "sheets/{key}/alerts",
        _("Alert authorities with which a sheet is shared"),
        body={"kind": "consignment", "text": "a box is expected", "authorities": [1]},
        answer=SheetWhole,
    ),
    act(
        withdraw_alert,
        "sheets/{key}/alerts/{alert}",
        _("Take an alert back"),
        method="DELETE",
        answer=SheetWhole,
    ),
    act(
        answer_alert,
        "sheets/{key}/alerts/{alert}/answer",
        _("Say that an alert was seen, or what follows from it"),
        _("For who enforces for an authority that has it."),
        {"answer": "We look out for it."},
        answer=SheetWhole,
    ),
    act(
        apply_for_action,
        "sheets/{key}/applications",
        _("Apply for action with an authority"),
        _("The sheet has to be shared with it; what it decides is decided by its people on the page."),
        {"authority": 1},
        answer=SheetWhole,
    ),
    act(
        renew_application,
        "sheets/{key}/applications/{application}/renewal",
        _("Apply for the next term of an application"),
        answer=SheetWhole,
    ),
    act(
        withdraw_application,
        "sheets/{key}/applications/{application}",
        _("Take an application back that is not decided"),
        method="DELETE",
        answer=SheetWhole,
    ),
)  # fmt: skip
