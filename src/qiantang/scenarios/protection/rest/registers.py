"""Entries in the registers for programs: for whom they concern, and for who reads a register for a need."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import Endpoint
from qiantang.commons.catalogue.bases import Answer, Body
from qiantang.scenarios.protection.methods.registers import GroundKind, Register
from qiantang.scenarios.protection.rest.bounds import CASES_READ, Named, Number, Remark
from qiantang.scenarios.protection.rest.proceedings import DocumentLanguage
from qiantang.scenarios.protection.selectors import registers as reads
from qiantang.scenarios.protection.services import registers
from qiantang.scenarios.protection.services.handing_out import entry_document


class GroundAnswer(Answer):
    kind: GroundKind
    authority: str
    reference: str
    decided_on: date
    final_on: date | None


class EntryAnswer(Answer):
    number: str
    register_of: Register = Field(description="`infringer` or `claimant`.")
    state: str
    name: str
    identity: str | None
    source: str = Field(description="On what the rule rests by which it was proposed.")
    proposed_on: date
    noticed_on: date | None
    object_until: date | None
    entered_on: date | None
    appeal_until: date | None
    appealed_on: date | None
    expires_on: date | None
    removed_on: date | None


class EntryWhole(EntryAnswer):
    grounds: list[GroundAnswer] = Field(description="The decisions on which it rests.")


class EntryList(Answer):
    items: list[EntryAnswer]


class ReadingAsked(Body):
    register_of: Register
    need: Remark = Field(description="The number of the matter, or the reason; it is kept in the journal.")
    text: Named = Field(default="", description="Part of a name, or a credit code; empty: all.")


class RegisterRuleAnswer(Answer):
    register_of: Register
    since: date
    least: int = Field(description="Final decisions that are needed.")
    within_years: int
    notice_workdays: int
    appeal_days: int
    kept_years: int
    source: str
    entries: int = Field(description="How many stand in it today.")


class RegisterRules(Answer):
    items: list[RegisterRuleAnswer]


def list_register_rules(request: HttpRequest) -> RegisterRules:
    del request  # the same for everybody
    names = ("since", "least", "within_years", "notice_workdays", "appeal_days", "kept_years")
    items = [
        RegisterRuleAnswer(
            **{name: getattr(one["rule"], name) for name in names},
            register_of=one["rule"].register,
            source=one["source"],
            entries=one["entries"],
        )
        for one in reads.rules_shown()
    ]
    return RegisterRules(items=items)


def read_register_entry(request: HttpRequest, number: Number) -> EntryWhole:
    shown = registers.read_entry(actor=actor_of(request), number=number)
    names = ("kind", "authority", "reference", "decided_on", "final_on")
    grounds = [GroundAnswer(**{name: getattr(one["row"], name) for name in names}) for one in shown["grounds"]]
    return EntryWhole(**_entry(shown), grounds=grounds)


def fetch_entry_notice(request: HttpRequest, number: Number, language: DocumentLanguage = "zh") -> HttpResponse:
    content, name = entry_document(actor=actor_of(request), number=number, language=language)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def read_register(request: HttpRequest, asked: ReadingAsked) -> EntryList:
    rows = registers.read_register(
        actor=actor_of(request), register=asked.register_of, need=asked.need, text=asked.text
    )
    return EntryList(items=[EntryAnswer(**_entry(one)) for one in rows])


def _entry(shown: dict[str, Any]) -> dict[str, Any]:
    row = shown["row"]
    names = set(EntryAnswer.model_fields) - {"number", "register_of", "state", "identity", "source"}
    told = {name: getattr(row, name) for name in names}
    return {
        **told,
        "number": shown["number"],
        "register_of": row.register,
        "state": row.case.state,
        "identity": row.identity or None,
        "source": shown["source"],
    }


ENDPOINTS = (
    Endpoint(
        call=list_register_rules,
        path="registers",
        answer=RegisterRules,
        summary=_("Rules of the registers of repeat infringers and bad-faith claimants, with how many stand there"),
        example="registers",
    ),
    Endpoint(
        call=read_register,
        path="registers/readings",
        method="POST",
        answer=EntryList,
        summary=_("Read a register, for a need"),
        detail=_("For the office and who audits it: 403 for others. That it was read, by whom and for what, stands in the journal, as for the page."),
        scope=CASES_READ,
        example="registers/readings",
        body={"register_of": "infringer", "need": "a matter"},
    ),
    Endpoint(
        call=read_register_entry,
        path="registers/entries/{number}",
        answer=EntryWhole,
        summary=_("An entry in a register, for whom it concerns and for the office"),
        detail=_("To object and to appeal are steps of the case, with a note."),
        scope=CASES_READ,
        example="registers/entries/1",
    ),
    Endpoint(
        call=fetch_entry_notice,
        path="registers/entries/{number}/notice",
        answer=None,
        media=("application/pdf",),
        summary=_("The notice before an entry, as PDF"),
        scope=CASES_READ,
        example="registers/entries/1/notice",
    ),
)  # fmt: skip
