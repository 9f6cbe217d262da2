"""Projects: begun, seen, worked on, signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Conflict, Invalid
from qiantang.scenarios.navigation import policies, workflow
from qiantang.scenarios.navigation.forms import NoteForm, OpinionForm, ProjectForm, ProjectWordsForm, TextForm
from qiantang.scenarios.navigation.selectors import chains, words
from qiantang.scenarios.navigation.selectors import projects as reads
from qiantang.scenarios.navigation.selectors import samples as sample_reads
from qiantang.scenarios.navigation.selectors.telling import refusal_words
from qiantang.scenarios.navigation.services import editions
from qiantang.scenarios.navigation.services import projects as services

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form


def _errors(form: Form) -> list[dict[str, str]]:
    return [{"text": str(told[0]), "href": f"#{name}"} for name, told in form.errors.items()]


def back(key: int, anchor: str = "") -> HttpResponseRedirect:
    """To the page of a project."""
    return HttpResponseRedirect(reverse("navigation:project-page", args=[key]) + (f"#{anchor}" if anchor else ""))


def done(request: HttpRequest, act: Callable[[], object], said: str) -> bool:
    """Do it and say so; a refusal that a person can act on is said instead."""
    try:
        act()
    except (Invalid, Conflict) as error:
        messages.error(request, refusal_words(error))
        return False
    messages.success(request, said)
    return True


@require_http_methods(["GET", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    """Begin a project."""
    actor = actor_of(request)
    chains.ensure_may_keep(actor)
    form = ProjectForm(request.POST) if request.method == "POST" else ProjectForm(initial=request.GET.dict())
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        key = services.begin_project(
            actor=actor,
            title=told["title"],
            kind=form.kind(),
            question=told["question"],
            scope=told["scope"],
            industry=told["industry"],
        )
        messages.success(request, _("The project has begun, with you as its lead."))
        return back(key)
    context = {
        "form": form,
        "types": words.TYPES.items(),
        "industries": [(one.key, words.name_of(one)) for one in chains.industries(actor)],
        "errors": _errors(form),
    }
    return render(request, "navigation/project_new.html", context, status=400 if form.is_bound else 200)


@require_GET
def project_page(request: HttpRequest, key: int) -> HttpResponse:
    """A project: to its team with stages and what to do next, to everybody with its published editions."""
    actor = actor_of(request)
    row = reads.project_row(actor, key)
    duties = reads.duties_of(actor, row)
    chain = reads.chain_of(actor, row)
    team = reads.is_team(actor, row)
    context: dict[str, Any] = {
        "project": row,
        "type_word": words.TYPES[row.type],  # type: ignore[index] # the field holds values of the enumeration
        "chain": chain,
        "chain_name": words.name_of(chain),
        "editions": [
            (one, words.STATES[one.state])  # type: ignore[index]  # django-stubs do not know the choices of the column
            for one in row.editions.defer("chain")
            if team or one.state == "published"
        ],
        "stages": reads.stages(actor, row),
        "stage_over": row.stage == workflow.DONE,
        "samples": sample_reads.samples(actor, row),
        "recommendations": row.recommendations.all(),
        "team": row.members.select_related("person") if team else (),
        "duty_words": words.DUTIES,
        "is_team": team,
        "may_work": bool(policies.may_work(actor, duties)),
        "may_sign": bool(policies.may_sign(actor, duties)),
        "may_review": bool(policies.may_review(actor, duties)),
        "newest": reads.newest_edition(row) if team else None,
        "opinions": row.opinions.select_related("edition") if team else (),
        "texts": row.texts.all() if team else (),
        "sections": words.SECTIONS.items(),
        "running": row.editions.filter(state__in=editions.UNDER_WAY).first() if team else None,
    }
    return render(request, "navigation/project.html", context)


@require_http_methods(["GET", "POST"])
def project_edit(request: HttpRequest, key: int) -> HttpResponse:
    actor = actor_of(request)
    row = reads.project_row(actor, key)
    reads.ensure_may_work(actor, row)
    if request.method == "POST":
        form = ProjectWordsForm(request.POST)
        if form.is_valid():
            services.change_project(actor=actor, key=key, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return back(key)
    else:
        form = ProjectWordsForm(initial={"title": row.title, "question": row.question, "scope": row.scope})
    newest = chains.chain(actor, row.industry)
    context = {"form": form, "project": row, "newest": newest, "errors": _errors(form)}
    return render(request, "navigation/project_edit.html", context, status=400 if form.errors else 200)


@require_POST
def project_cutoff(request: HttpRequest, key: int) -> HttpResponse:
    actor = actor_of(request)
    number = services.set_cutoff(actor=actor, key=key)
    messages.success(request, _("Snapshot %(number)s is the data cut-off; it is kept.") % {"number": number})
    return back(key)


@require_POST
def stage_close(request: HttpRequest, key: int) -> HttpResponse:
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    done(request, lambda: services.close_stage(actor=actor_of(request), key=key, note=note), _("The stage is closed."))
    return back(key, "stages")


@require_POST
def edition_request(request: HttpRequest, key: int) -> HttpResponse:
    actor = actor_of(request)
    done(request, lambda: editions.request_edition(actor=actor, key=key), _("The edition is being computed."))
    return back(key, "editions")


@require_POST
def text_write(request: HttpRequest, key: int) -> HttpResponse:
    """What the team says of a part; goes back to where it came from within the project."""
    form = TextForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        done(
            request,
            lambda: services.write_text(actor=actor_of(request), key=key, section=told["section"], text=told["text"]),
            _("Saved."),
        )
    return back(key, "texts")


@require_POST
def opinion_give(request: HttpRequest, key: int) -> HttpResponse:
    form = OpinionForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        done(
            request,
            lambda: services.give_opinion(actor=actor_of(request), key=key, agrees=told["agrees"], text=told["text"]),
            _("Your opinion is noted."),
        )
    return back(key, "opinions")
