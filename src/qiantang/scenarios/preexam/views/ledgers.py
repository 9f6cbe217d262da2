"""Agencies and their lists, the ledgers of quota and credit, the classes of examiners."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import NotPermitted
from qiantang.kernel.identifiers import parse_case_number
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.forms.ledgers import ListForm, RegisterForm
from qiantang.scenarios.preexam.rules import BREACHES, CREDIT
from qiantang.scenarios.preexam.selectors import agencies as lists
from qiantang.scenarios.preexam.selectors import ledgers as reads
from qiantang.scenarios.preexam.selectors.subjects import active_subjects
from qiantang.scenarios.preexam.services import agencies, crediting, examining, spending
from qiantang.scenarios.preexam.views.acting import KEPT_HERE, sentence, told_here
from qiantang.scenarios.preexam.views.words import CREDIT_FACTS, MEASURES, QUOTA_KINDS

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.preexam.models import QuotaEntry


@never_cache
@require_http_methods(["GET", "POST"])
def agency_list(request: HttpRequest) -> HttpResponse:
    """Lists in force and registered agencies: public. POST takes an edition, or registers the agency one acts for."""
    actor = actor_of(request)
    acts: dict[str, Callable[[], object]] = {
        "import": lambda: agencies.import_list(actor=actor, **ListForm(request.POST, request.FILES).told()),
        "register": lambda: agencies.register_agency(actor=actor, **RegisterForm(request.POST).told()),
    }
    errors = _tried(acts.get(request.POST.get("act", ""))) if request.method == "POST" else []
    if request.method == "POST" and not errors:
        return HttpResponseRedirect(reverse("preexam:agency-list"))
    context = {
        "editions": lists.editions(actor),
        "agencies": [(one, _word(one.standing.measure)) for one in lists.registered_agencies(actor)],
        "leads": bool(policies.may_keep_ledgers(actor)),
        "may_file": bool(policies.may_file(actor)),
        "errors": errors,
    }
    return render(request, "preexam/agency_list.html", context, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def examiner_list(request: HttpRequest) -> HttpResponse:
    """Which classes each examiner takes; POST enters them."""
    actor = actor_of(request)
    if request.method == "POST":
        person = request.POST.get("person", "")
        classes = request.POST.get("classes", "").replace("，", ",").replace("、", ",").split(",")
        examining.set_examiner_classes(actor=actor, person_id=int(person) if person.isdecimal() else 0, classes=classes)
        return HttpResponseRedirect(reverse("preexam:examiner-list"))
    keeps = bool(policies.may_keep_ledgers(actor))
    return render(request, "preexam/examiner_list.html", {"rows": reads.examiners(actor), "keeps": keeps})


@never_cache
@require_http_methods(["GET"])
def ledger_list(request: HttpRequest) -> HttpResponse:
    """For a subject its own; for the office those of all active subjects and agencies."""
    actor = actor_of(request)
    if policies.may_look_in(actor):
        context = {"subjects": active_subjects(actor), "agencies": lists.registered_agencies(actor)}
        return render(request, "preexam/ledger_list.html", context)
    if actor.person_id is None:
        raise NotPermitted("audit.sign_in_first")
    if actor.organisation_id is None:
        raise NotPermitted("preexam.act_for_first")
    return HttpResponseRedirect(reverse("preexam:ledger-show", kwargs={"organisation": actor.organisation_id}))


@never_cache
@require_http_methods(["GET", "POST"])
def ledger_show(request: HttpRequest, organisation: int) -> HttpResponse:
    """Quota and credit of one organisation; POST: ``act`` names the step."""
    actor = actor_of(request)
    shown = reads.ledgers(actor, organisation)  # who may not know of it learns nothing from a POST either
    errors = []
    if request.method == "POST":
        errors = _tried(_acts(request, actor, organisation).get(request.POST.get("act", "")))
        if not errors:
            return HttpResponseRedirect(reverse("preexam:ledger-show", kwargs={"organisation": organisation}))
    context = {
        "shown": shown,
        "lines": [(one, _word(one.entry.measure), _rule_title(one.entry.rule)) for one in shown.credit],
        "quota_lines": [(one, QUOTA_KINDS.get(one.kind, one.kind), _why(one)) for one in shown.quota_lines],
        "standing": _word(shown.standing.measure),
        "proposed": _word(shown.proposed.measure) if shown.proposed else "",
        "facts": [(CREDIT_FACTS[name], value) for name, value in shown.proposed.facts.items()]
        if shown.proposed
        else [],
        "quota_source": gettext(shown.quota.source),
        "breaches": [(code, gettext(one.title)) for code, one in BREACHES.items()],
        "errors": errors,
    }
    return render(request, "preexam/ledger_show.html", context, status=422 if errors else 200)


def _acts(request: HttpRequest, actor: Actor, organisation: int) -> dict[str, Callable[[], object]]:
    told = request.POST
    note, entry = told.get("note", ""), told.get("entry", "")
    key = int(entry) if entry.isdecimal() and len(entry) < 10 else 0  # noqa: PLR2004 - keys have fewer digits
    return {
        "ask": lambda: spending.ask_increment(actor=actor, organisation_id=organisation, why=note),
        "grant": lambda: spending.settle_increment(actor=actor, organisation_id=organisation, grant=True, why=note),
        "refuse": lambda: spending.settle_increment(actor=actor, organisation_id=organisation, grant=False, why=note),
        "breach": lambda: crediting.note_breach(
            actor=actor,
            organisation_id=organisation,
            rule=told.get("rule", ""),
            evidence=note,
            number=told.get("number", ""),
        ),
        "measure": lambda: crediting.take_measure(actor=actor, organisation_id=organisation, rule=told.get("rule", "")),
        "appeal": lambda: crediting.file_appeal(actor=actor, entry_id=key, said=note),
        "uphold": lambda: crediting.decide_appeal(actor=actor, entry_id=key, upheld=True, answer=note),
        "dismiss": lambda: crediting.decide_appeal(actor=actor, entry_id=key, upheld=False, answer=note),
    }


def _tried(act: Callable[[], object] | None) -> list[dict[str, str]]:
    if act is None:
        return []
    try:
        act()
    except KEPT_HERE as error:
        if not told_here(error):
            raise
        return [{"text": sentence(error), "href": ""}]
    return []


def _why(line: QuotaEntry) -> str:
    """The case of a use, the source of a grant, the reason of an increment."""
    if line.case is not None:
        return str(parse_case_number(line.case.number))
    return gettext(line.why) if line.why else ""


def _word(measure: str) -> str:
    return str(MEASURES.get(measure, measure))


def _rule_title(rule: str) -> str:
    if rule in BREACHES:
        return gettext(BREACHES[rule].title)
    return next((gettext(one.refused) for one in CREDIT.rules if one.code == rule), rule)
