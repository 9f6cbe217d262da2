"""What cases offer programs: one's own and those of the organisations one acts for, alone and as matters."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.rest import cases, matters
from qiantang.commons.casework.rules import CASES_READ, CASES_WRITE
from qiantang.commons.catalogue.api import ApiSection, Endpoint

SECTION = ApiSection(
    key="casework",
    name=_("Cases"),
    summary=_("Your matters and those of the organisations you act for: state, limits, parties, what happened."),
    order=50,
    endpoints=(
        Endpoint(
            call=cases.list_cases,
            path="cases",
            answer=cases.CaseList,
            summary=_("Your cases, newest first"),
            detail=_("Who handles cases sees those they handle, as on the pages."),
            scope=CASES_READ.key,
            example="cases?state=open",
        ),
        Endpoint(
            call=cases.read_case,
            path="cases/{number}",
            answer=cases.CaseWhole,
            summary=_("One case: state, limits, parties, steps, linked cases"),
            scope=CASES_READ.key,
            example="cases/1",
        ),
        Endpoint(
            call=cases.take_step,
            path="cases/{number}/steps",
            method="POST",
            answer=cases.CaseWhole,
            summary=_("Take a step in a case, such as to withdraw it"),
            detail=_(
                "The answer is the case after it. Steps that need more than a note (`here` is false) are taken at their `endpoint`, "
                "or on the page where it is null: 409, as for one that is not due. What decides about somebody is done by a person of the office on the page: 403."
            ),
            scope=CASES_WRITE.key,
            refuses=(409,),
            example="cases/1/steps",
            body={"action": "take_back", "note": "It has been settled."},
        ),
        Endpoint(
            call=cases.list_case_events,
            path="cases/{number}/events",
            answer=cases.CaseEventList,
            summary=_("What happened in a case, oldest first"),
            detail=_("Lines of the office for itself are there for the office alone."),
            scope=CASES_READ.key,
            example="cases/1/events",
        ),
        Endpoint(
            call=cases.list_case_documents,
            path="cases/{number}/documents",
            answer=cases.DocumentList,
            summary=_("Documents that were issued in a case and are open to you, oldest first"),
            detail=_("What a document says is checked under its number by everybody."),
            scope=CASES_READ.key,
            example="cases/1/documents",
        ),
        Endpoint(
            call=matters.read_matter,
            path="cases/{number}/matter",
            answer=matters.MatterAnswer,
            summary=_("What belongs together with a case: cases, links, and what hangs on them"),
            detail=_(
                "As far as you may see: a case that is not yours is named by nothing, and is not followed further."
            ),
            scope=CASES_READ.key,
            example="cases/1/matter",
        ),
        Endpoint(
            call=matters.list_matter_lines,
            path="cases/{number}/timeline",
            answer=matters.TimelineAnswer,
            summary=_("What happened in all cases of a matter, oldest first"),
            scope=CASES_READ.key,
            example="cases/1/timeline",
        ),
    ),
)
