"""Drafts: begin, fill, hand in, see where one stands. The content has a page of its own: ``views.reading``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework import api as casework
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import NotPermitted
from qiantang.kernel.paging import PageRequest, decode_cursor
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.forms import TYPES
from qiantang.scenarios.preexam.forms.drafts import StatementsForm, UntilForm, UploadForm
from qiantang.scenarios.preexam.selectors import drafts as reads
from qiantang.scenarios.preexam.selectors.checking import TYPE_NAMES, source_said
from qiantang.scenarios.preexam.selectors.desk import office_of
from qiantang.scenarios.preexam.selectors.gaps import gaps
from qiantang.scenarios.preexam.services import granting, intake, reading
from qiantang.scenarios.preexam.types.drafts import (
    OUTCOME_NAMES,
    PAPER_NAMES,
    REASONS,
    STAGE_NAMES,
    STATEMENTS,
    NationalStage,
    Outcome,
)
from qiantang.scenarios.preexam.views.acting import acted, sentence
from qiantang.scenarios.preexam.views.words import READ_AS, WHY

if TYPE_CHECKING:
    from qiantang.scenarios.preexam.selectors.desk import OfficeView
    from qiantang.scenarios.preexam.selectors.drafts import DraftShown

_ROWS = 20
_POOLS = ("free", "mine")


@never_cache
@require_http_methods(["GET", "POST"])
def draft_list(request: HttpRequest) -> HttpResponse:
    """The drafts one may see; POST begins one. Its query code is shown once."""
    actor = actor_of(request)
    if actor.person_id is None:
        raise NotPermitted("audit.sign_in_first")
    opened, errors = None, []
    if request.method == "POST":
        try:
            opened = intake.open_draft(
                actor=actor,
                kind=request.POST.get("kind", ""),
                applicant_uscc=request.POST.get("applicant", ""),
                follows=request.POST.get("follows", ""),
            )
        except intake.REFUSED as error:
            if error.code not in intake.TOLD:
                raise
            errors = [{"text": sentence(error), "href": "#begin"}]
    office = bool(policies.may_look_in(actor))
    pool = request.GET.get("pool", "")
    pool = pool if office and pool in _POOLS else ""
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=reads.subject_of(pool)) if cursor else 0
    page = reads.drafts(actor, PageRequest(offset=offset, size=_ROWS), pool=pool)
    here, kept = reverse("preexam:draft-list"), {"pool": pool} if pool else {}
    context = {
        "opened": opened,
        "errors": errors,
        "rows": page.items,
        "total": page.total,
        "next_url": f"{here}?{urlencode({**kept, 'page': page.next})}" if page.next else None,
        "first_url": f"{here}?{urlencode(kept)}".rstrip("?") if offset else None,
        "office": office,
        "pool": pool,
        "may_file": bool(policies.may_file(actor)),
        "kinds": TYPES[1:],
        "typed": request.POST,
    }
    return render(request, "preexam/draft_list.html", context, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def draft_show(request: HttpRequest, number: str) -> HttpResponse:
    """One draft without its content; POST keeps main class and statements."""
    if request.method == "GET":
        return page_of(request, number, [])
    main_class, told = StatementsForm(request.POST).told()
    actor = actor_of(request)
    return acted(
        request,
        number,
        lambda: intake.save_statements(actor=actor, number=number, main_class=main_class, told=told),
        page_of,
    )


@require_POST
def version_add(request: HttpRequest, number: str) -> HttpResponse:
    """Hand in a version."""

    def act() -> None:
        stream, name = UploadForm.source(request.POST, request.FILES)
        intake.hand_in_version(actor=actor_of(request), number=number, stream=stream, name=name)

    return acted(request, number, act, page_of)


@require_POST
def paper_add(request: HttpRequest, number: str, slot: str) -> HttpResponse:
    """Hand in a document beside the draft."""

    def act() -> None:
        stream, name = UploadForm.source(request.POST, request.FILES)
        intake.hand_in_paper(actor=actor_of(request), number=number, slot=slot, stream=stream, name=name)

    return acted(request, number, act, page_of)


@never_cache
@require_GET
def paper_show(request: HttpRequest, number: str, sealed: int) -> HttpResponse:
    """One document, as an attachment; the reading is noted."""
    opened = reading.open_paper(actor=actor_of(request), number=number, sealed_id=sealed)
    answer = HttpResponse(opened.content, content_type="application/octet-stream")
    disposition = content_disposition_header(as_attachment=True, filename=opened.name)
    answer["Content-Disposition"] = disposition or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def draft_submit(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the draft in, or withdraw it; let the centre look before, or end that."""
    actor = actor_of(request)
    if request.POST.get("act") in ("open", "close"):
        until = UntilForm(request.POST).told() if request.POST["act"] == "open" else None
        return acted(request, number, lambda: granting.open_to_centre(actor=actor, number=number, until=until), page_of)
    if request.POST.get("act") == "withdraw":
        return acted(request, number, lambda: casework.advance(actor=actor, number=number, action="withdraw"), page_of)
    return acted(request, number, lambda: intake.submit_draft(actor=actor, number=number), page_of)


def page_of(request: HttpRequest, number: str, errors: list[dict[str, str]]) -> HttpResponse:
    """The page of a draft, with what was refused on top."""
    actor = actor_of(request)
    shown = reads.draft(actor, number)
    state = shown.sheet.card.state
    office = office_of(actor, shown.row) if policies.may_look_in(actor) else None
    context: dict[str, Any] = {
        "shown": shown,
        "state": state,
        "kind_name": TYPE_NAMES[shown.kind],
        "gaps": gaps(actor, shown.row) if shown.edits and state == "draft" else (),
        "statements": [(name, gettext(text), shown.statements.get(name)) for name, text in STATEMENTS.items()],
        "papers": [(one, gettext(PAPER_NAMES[one.slot])) for one in shown.papers],
        "readings": [(one, READ_AS.get(one.read_as, one.read_as), WHY.get(one.why, one.why)) for one in shown.readings],
        "conclusion": _conclusion(shown, office),
        "may_withdraw": any(one.action == "withdraw" for one in shown.sheet.steps),
        "stages": [(key.value, gettext(text)) for key, text in STAGE_NAMES.items()],
        "events": [(gettext(STAGE_NAMES[NationalStage(one.stage)]), one) for one in reads.events_of(shown.row)],
        "reasons": [(key, gettext(text), source_said(source)) for key, (text, source) in REASONS.items()],
        "outcomes": [(key.value, gettext(text)) for key, text in OUTCOME_NAMES.items()],
        "office": office,
        "errors": errors,
        "today": timezone.localdate(),
    }
    return render(request, "preexam/draft_show.html", context, status=422 if errors else 200)


def _conclusion(shown: DraftShown, office: OfficeView | None) -> dict[str, object] | None:
    """The conclusion once it is confirmed; a proposal for the office, but not for who may read it as the second."""
    one = shown.conclusion
    if one is None:
        return None
    if one.confirmed_at is None:
        blind = office is None or office.second == "mine"
        open_reading = office is not None and office.second in ("waiting", "taken")
        trusted = shown.examines or (office is not None and (office.leads or not office.acts))
        if blind or (open_reading and not trusted):
            return None
    return {
        "told": one,
        "word": gettext(OUTCOME_NAMES[Outcome(one.outcome)]),
        "reasons": [gettext(REASONS[code][0]) for code in one.reasons],
    }
