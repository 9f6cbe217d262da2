"""A matter from the first page of its form to the rating: pages of the applicant, and of the window for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework import api as casework
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import DomainError, Invalid, NotFound
from qiantang.portal.hall import policies
from qiantang.portal.hall.methods.forms import price, problems_of
from qiantang.portal.hall.selectors import forms as form_reads
from qiantang.portal.hall.selectors import matters as reads
from qiantang.portal.hall.selectors import pages
from qiantang.portal.hall.selectors.catalogue import catalogue, said
from qiantang.portal.hall.selectors.prefilling import source_rows
from qiantang.portal.hall.selectors.telling import told_of
from qiantang.portal.hall.services import matters
from qiantang.portal.hall.services.rating import rate_matter

if TYPE_CHECKING:
    from qiantang.portal.hall.models import Matter
    from qiantang.portal.hall.types.forms import Form, FormStep

_WALK_IN = 100


@never_cache
@require_http_methods(["GET", "POST"])
def matter_new(request: HttpRequest, code: str) -> HttpResponse:
    """What will be asked; begin. An officer of the window begins for who stands there."""
    actor = actor_of(request)
    window = bool(policies.may_receive(actor))
    if request.method == "POST":
        walk_in = request.POST.get("walk_in", "").strip()[:_WALK_IN] if window else ""
        opened = matters.open_matter(actor=actor, code=code, walk_in=walk_in)
        request.session["hall.code"] = {opened.number: opened.code}
        first = form_reads.form_of_service(code).steps[0].key
        return HttpResponseRedirect(reverse("hall:matter-form", args=[opened.number, first]))
    form, bundle = form_reads.form_of_service(code), form_reads.bundle_by_code(code)
    parts = reads.services_of(code) if bundle else ()
    context = {
        "name": said(form_reads.name_of(code)),
        "steps": [said(one.title) for one in form.steps],
        "parts": [said(one.name) for one in parts],
        "saving": pages.saving_of(parts) if bundle else None,
        "limit": pages.limit_of(bundle.stages, catalogue()) if bundle else None,
        "window": window,
        "may_begin": bool(policies.may_begin(actor)) or window,
    }
    return render(request, "hall/matter_new.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def matter_form(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """A page of the form: kept as it is typed, complete or not; one goes on when nothing is wrong, or leaves and comes back."""
    actor = actor_of(request)
    matter = reads.matter_row(actor, number)
    form = reads.form_of(matter)
    page = form.step(step)
    if page is None:
        raise NotFound("hall.step_unknown", step=step[:40])
    found, more = problems_of(page, matter.answers) if "check" in request.GET else [], 0
    if request.method == "POST":
        found = matters.save_step(actor=actor, number=number, step=step, given=pages.given_answers(page, request.POST))
        act = request.POST.get("act", "next")
        if act == "later":
            return HttpResponseRedirect(reverse("hall:matter-show", args=[number]))
        more = 1 if act == "add" else 0
        if act == "next" and not found:
            return HttpResponseRedirect(_after(matter, number, step))
        matter = reads.matter_row(actor, number)
        found = [] if act == "add" else found
    context = {
        **_frame(request, matter, number),
        "step": page.key,
        "title": said(page.title),
        "rows": pages.step_shown(page, matter.answers, found, more=more or (1 if page.repeat else 0)),
        "repeat": page.repeat,
        "sources": _sources(matter, form, page),
        "told": request.session.pop("hall.told", ""),
        "errors": [
            {"text": f"{one['label']}: {one['fault']}", "href": f"#q-{one['at']}"}
            for one in pages.anchored(form, found)
        ],
        "place": [one.key for one in form.steps].index(step) + 1,
        "count": len(form.steps),
    }
    return render(request, "hall/matter_form.html", context, status=422 if found else 200)


def _sources(matter: Matter, form: Form, page: FormStep) -> list[dict[str, object]]:
    """Where the values of a page come from that were filled in beforehand."""
    rows = source_rows(matter, frozenset(one.key for one in page.questions))
    return [
        {
            **one,
            "label": form_reads.label_of(form, one["key"]),
            "shown": pages.value_shown(form, one["key"], one["value"]),
        }
        for one in rows
    ]


def _after(matter: Matter, number: str, step: str) -> str:
    keys = [one.key for one in reads.form_of(matter).steps]
    at = keys.index(step) + 1
    if at < len(keys):
        return reverse("hall:matter-form", args=[number, keys[at]])
    return reverse("hall:matter-papers", args=[number])


def _frame(request: HttpRequest, matter: Matter, number: str) -> dict[str, Any]:
    """What every page of a matter shows."""
    codes = request.session.get("hall.code", {})
    return {
        "number": number,
        "name": reads.title_of(matter),
        "saved_at": matter.saved_at,
        "code": codes.get(number, "") if isinstance(codes, dict) else "",
        "steps": [{"key": one.key, "title": said(one.title)} for one in reads.form_of(matter).steps],
    }


@never_cache
@require_http_methods(["GET", "POST"])
def matter_papers(request: HttpRequest, number: str) -> HttpResponse:
    """The papers that this matter needs: upload, bring, or, where it is tolerated, later."""
    actor = actor_of(request)
    matter, fault = reads.matter_row(actor, number), ""
    if request.method == "POST":
        try:
            _one_paper(request, number)
            return HttpResponseRedirect(reverse("hall:matter-papers", args=[number]))
        except Invalid as refused:
            why = {**refused.facts, "why": pages.file_fault(refused.facts)} if "why" in refused.facts else refused.facts
            fault = told_of(refused.code, why)
    lists = reads.papers_of(matter)
    context = {
        **_frame(request, matter, number),
        "papers": [one for one in reads.papers_shown(matter) if one.key not in reads.OF_THE_FORM],
        "ours": [said(one.name) for one in lists.ours],
        "spared": [said(one.name) for one in lists.spared],
        "errors": [{"text": fault, "href": "#papers"}] if fault else [],
    }
    return render(request, "hall/matter_papers.html", context, status=422 if fault else 200)


def _one_paper(request: HttpRequest, number: str) -> None:
    actor, about = actor_of(request), request.POST.get("about", "")
    uploads = request.FILES.getlist("file")
    if uploads:
        for one in uploads[:5]:
            stream = cast("BinaryIO", one.file)
            matters.hand_in_file(actor=actor, number=number, about=about, name=one.name or "", stream=stream)
    elif (taken := request.POST.get("take_back", "")).isdigit():
        matters.take_back_file(actor=actor, number=number, file_id=int(taken))
    else:
        matters.say_of_paper(actor=actor, number=number, paper=about, state=request.POST.get("state", ""))


@never_cache
@require_http_methods(["GET", "POST"])
def matter_preview(request: HttpRequest, number: str) -> HttpResponse:
    """Everything once more, what is open, and the button."""
    actor = actor_of(request)
    matter = reads.matter_row(actor, number)
    status = 200
    if request.method == "POST":
        try:
            matters.submit_matter(actor=actor, number=number)
            return HttpResponseRedirect(reverse("hall:matter-show", args=[number]))
        except Invalid as refused:
            if refused.code != "hall.answers_open":
                raise
            status = 422
    form, found = reads.form_of(matter), reads.still_open(matter)
    context = {
        **_frame(request, matter, number),
        "overview": pages.overview(form, matter.answers),
        "open_answers": pages.problem_rows(form, found.answers),
        "open_papers": found.papers,
        "open_signatures": found.signatures,
        "open_count": found.count,
        "price": _yuan(price(form, matter.answers)),
        "editable": reads.may_edit(casework.case_sheet(actor, number)),
    }
    return render(request, "hall/matter_preview.html", context, status=status)


def _yuan(hundredths: int) -> str:
    return f"{hundredths // 100:,}.{hundredths % 100:02d}" if hundredths else ""


@never_cache
@require_GET
def matter_file(request: HttpRequest, number: str, key: int) -> FileResponse:
    """A file of a matter."""
    row, place = matters.open_file(actor=actor_of(request), number=number, file_id=key)
    return FileResponse(place.open("rb"), as_attachment=True, filename=row.name, content_type=row.media_type)


@require_POST
def matter_rate(request: HttpRequest, number: str) -> HttpResponse:
    """Rate a matter that has ended."""
    grade = request.POST.get("grade", "")
    try:
        rate_matter(
            actor=actor_of(request),
            number=number,
            grade=int(grade) if grade in {"1", "2", "3", "4", "5"} else 0,
            comment=request.POST.get("comment", ""),
        )
    except DomainError as refused:
        request.session["hall.told"] = told_of(refused.code, refused.facts)
    else:
        request.session["hall.told"] = gettext("Thank you. A bad grade is followed up, and the reply is published.")
    return HttpResponseRedirect(reverse("hall:matter-show", args=[number]) + "#rating")


@require_POST
def matter_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw a matter."""
    matters.withdraw_matter(actor=actor_of(request), number=number)
    return HttpResponseRedirect(reverse("hall:matter-show", args=[number]))
