"""Filing of innovation subjects: begin, tell, see what the rules say, hand in; the centre notes what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.forms import FoundForm, SubjectForm
from qiantang.scenarios.preexam.rules import FACT_NAMES
from qiantang.scenarios.preexam.selectors import subjects as reads
from qiantang.scenarios.preexam.services import subjects as writes
from qiantang.scenarios.preexam.types import REFUSALS

if TYPE_CHECKING:
    from qiantang.commons.rulebook.types import Judgement

_TONES = {True: "good", False: "harm", None: "wait"}
_FLAGS = ("in_existence", "undertaking_signed", "contact_verified")
_NUMBERS = ("insured_staff", "granted_inventions", "granted_models_and_designs")


@never_cache
@require_http_methods(["GET", "POST"])
def subject_list(request: HttpRequest) -> HttpResponse:
    """The filings one may see; POST begins one for the organisation one acts for. Its query code is shown once."""
    actor = actor_of(request)
    opened = writes.open_subject_filing(actor=actor) if request.method == "POST" else None
    context = {
        "opened": opened,
        "rows": reads.registered_subjects(actor),
        "may_file": bool(policies.may_file(actor)),
    }
    return render(request, "preexam/subject_list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def subject_show(request: HttpRequest, number: str) -> HttpResponse:
    """One filing; POST keeps what was told, complete or not."""
    if request.method == "GET":
        return _page(request, number)
    form = SubjectForm(request.POST)
    if not form.is_valid():
        errors = [{"text": str(text), "href": f"#id_{name}"} for name, texts in form.errors.items() for text in texts]
        return _page(request, number, errors=errors)
    writes.save_subject(actor=actor_of(request), number=number, told=form.facts())
    return _back(number)


@require_POST
def subject_submit(request: HttpRequest, number: str) -> HttpResponse:
    """Hand it in."""
    try:
        writes.submit_subject(actor=actor_of(request), number=number)
    except (Invalid, Conflict) as error:
        if error.code not in REFUSALS:
            raise
        text = " ".join(gettext(text) % error.facts for text in REFUSALS[error.code])
        return _page(request, number, errors=[{"text": text, "href": "#facts"}])
    return _back(number)


@require_POST
def subject_findings(request: HttpRequest, number: str) -> HttpResponse:
    """What the centre found."""
    form = FoundForm(request.POST)
    if not form.is_valid():
        errors = [{"text": str(text), "href": "#findings"} for texts in form.errors.values() for text in texts]
        return _page(request, number, errors=errors)
    told = form.cleaned_data
    writes.note_findings(
        actor=actor_of(request),
        number=number,
        abnormal_filings=told["abnormal_filings"],
        dishonest=bool(told["dishonest"]),
    )
    return _back(number)


def _back(number: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("preexam:subject-show", kwargs={"number": number}))


def _page(request: HttpRequest, number: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    actor = actor_of(request)
    shown = reads.subject(actor, number)
    context = {
        "shown": shown,
        "fields": _fields(request, shown.told),
        "judged": _judged(shown.judged),
        "may_find": bool(policies.may_find(actor)),
        "found": [(gettext(FACT_NAMES[name]), shown.told.get(name)) for name in ("abnormal_filings", "dishonest")],
        "errors": errors or [],
    }
    return render(request, "preexam/subject_show.html", context, status=422 if errors else 200)


def _fields(request: HttpRequest, told: object) -> list[dict[str, object]]:
    kept = told if isinstance(told, dict) else {}
    rows: list[dict[str, object]] = []
    for name in SubjectForm.base_fields:
        kind = (
            "flag" if name in _FLAGS else "number" if name in _NUMBERS else "date" if name == "founded_on" else "text"
        )
        value = request.POST.get(name, kept.get(name)) if request.method == "POST" else kept.get(name)
        rows.append({"name": name, "label": gettext(FACT_NAMES[name]), "kind": kind, "value": value})
    return rows


def _judged(judgement: Judgement) -> list[dict[str, object]]:
    words = {True: gettext("met"), False: gettext("not met"), None: gettext("not known yet")}
    return [
        {
            "code": one.rule.code,
            "text": gettext(one.rule.text),
            "told": gettext(one.rule.refused) if one.met is False else "",
            "next_step": gettext(one.rule.next_step) if one.met is False else "",
            "word": words[one.met],
            "tone": _TONES[one.met],
        }
        for one in judgement.judged
    ]
