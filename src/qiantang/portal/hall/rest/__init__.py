"""What the hall offers programs: a matter from the first answer to handing it in, by the services of the pages."""

from __future__ import annotations

import base64

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.bases import CASES_READ, CASES_WRITE, Opened
from qiantang.commons.catalogue.api import ApiSection, Endpoint
from qiantang.portal.hall.rest import around, matters
from qiantang.portal.hall.rest.matters import HallMatter

_READ, _WRITE = CASES_READ.key, CASES_WRITE.key
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_FILE = {"name": "contract.pdf", "content": base64.b64encode(_PDF).decode()}

SECTION = ApiSection(
    key="hall",
    name=_("Service hall"),
    summary=_("Matters of the service hall from the first answer until they are handed in, as on the pages."),
    order=45,
    endpoints=(
        Endpoint(
            call=matters.open_matter,
            path="hall-matters",
            method="POST",
            status=201,
            answer=Opened,
            summary=_("Begin a matter of the hall: a service, or one thing of several"),
            detail=_(
                "What is known of you is filled in. Each question begins one: ask for your cases before you ask again."
            ),
            scope=_WRITE,
            example="hall-matters",
            body={"service": "0202"},
        ),
        Endpoint(
            call=matters.read_hall_matter,
            path="hall-matters/{number}",
            answer=HallMatter,
            summary=_("A matter of the hall: answers, papers, and everything that is open"),
            scope=_READ,
            example="hall-matters/1",
        ),
        Endpoint(
            call=matters.read_matter_form,
            path="hall-matters/{number}/form",
            answer=matters.MatterForm,
            summary=_("What the form of a matter asks, page by page"),
            scope=_READ,
            example="hall-matters/1/form",
        ),
        Endpoint(
            call=matters.save_matter_answers,
            path="hall-matters/{number}/answers/{step}",
            method="POST",
            answer=HallMatter,
            summary=_("Keep answers of a page of the form, complete or not"),
            detail=_("It is handed in by the step `submit` of its case, once nothing is open."),
            scope=_WRITE,
            refuses=(409,),
            example="hall-matters/1/answers/you",
            body={"answers": {"who": "person", "name": "林晓云", "contact": "林晓云", "phone": "0571-87000000"}},
        ),
        Endpoint(
            call=matters.add_matter_file,
            path="hall-matters/{number}/files",
            method="POST",
            status=201,
            answer=HallMatter,
            summary=_("Hand in a file for a paper or a question of a matter"),
            detail=_("It is looked at as an upload of the page is; what is unsafe or of another kind is refused."),
            scope=_WRITE,
            refuses=(409,),
            example="hall-matters/1/files",
            body={"about": "licence_contract", "file": _FILE},
            takes_file=True,
        ),
        Endpoint(
            call=matters.fetch_matter_file,
            path="hall-matters/{number}/files/{key}",
            answer=None,
            media=("application/octet-stream",),
            summary=_("A file of a matter"),
            detail=_("The reading stands in the journal."),
            scope=_READ,
            example="hall-matters/1/files/1",
        ),
        Endpoint(
            call=matters.take_back_matter_file,
            path="hall-matters/{number}/files/{key}",
            method="DELETE",
            answer=HallMatter,
            summary=_("Take a file back while a matter can be changed"),
            scope=_WRITE,
            refuses=(409,),
            example="hall-matters/1/files/1",
        ),
        Endpoint(
            call=matters.tell_of_paper,
            path="hall-matters/{number}/papers/{paper}",
            method="POST",
            answer=HallMatter,
            summary=_("Say that a paper is brought to the window, or follows later"),
            scope=_WRITE,
            refuses=(409,),
            example="hall-matters/1/papers/licence_contract",
            body={"state": "bring"},
        ),
        Endpoint(
            call=around.ask_matter_signature,
            path="hall-matters/{number}/signatures",
            method="POST",
            status=201,
            answer=HallMatter,
            summary=_("Ask somebody to sign a matter"),
            detail=_("Who is asked signs on the page, after showing anew who they are."),
            scope=_WRITE,
            refuses=(409,),
            example="hall-matters/1/signatures",
            body={"role": "joint_owner", "username": "wu"},
        ),
        Endpoint(
            call=around.contest_prefilled_value,
            path="hall-matters/{number}/contests",
            method="POST",
            status=201,
            answer=HallMatter,
            summary=_("Say that a value that was filled in beforehand is wrong"),
            scope=_WRITE,
            refuses=(409,),
            example="hall-matters/1/contests",
            body={"question": "name", "said": "林晓云", "why": "旧名"},
        ),
        Endpoint(
            call=around.rate_hall_matter,
            path="hall-matters/{number}/rating",
            method="POST",
            status=201,
            answer=HallMatter,
            summary=_("Rate how a matter that has ended was handled"),
            scope=_WRITE,
            refuses=(409,),
            example="hall-matters/2/rating",
            body={"grade": 5, "comment": "很快"},
        ),
        Endpoint(
            call=around.open_complaint,
            path="hall-complaints",
            method="POST",
            status=201,
            answer=Opened,
            summary=_("Say what could not be got done; a supervisor answers"),
            scope=_WRITE,
            example="hall-complaints",
            body={"text": "窗口两次退回同一份材料"},
        ),
    ),
)
