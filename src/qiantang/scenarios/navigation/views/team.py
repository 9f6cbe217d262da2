"""The team of a project with its plan, and its recommendations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import NotFound
from qiantang.scenarios.navigation import policies
from qiantang.scenarios.navigation.forms import DecisionForm, MemberForm, OutcomeForm, PlanForm, RecommendationForm
from qiantang.scenarios.navigation.selectors import projects as reads
from qiantang.scenarios.navigation.selectors import words
from qiantang.scenarios.navigation.selectors.telling import refusal_words
from qiantang.scenarios.navigation.services import projects as services
from qiantang.scenarios.navigation.views.projects import done


@require_http_methods(["GET", "POST"])
def project_team(request: HttpRequest, key: int) -> HttpResponse:
    """Who does what, and by when each stage is to be closed."""
    actor = actor_of(request)
    row = reads.project_row(actor, key)
    reads.ensure_may_sign(actor, row)
    form = MemberForm(request.POST) if request.method == "POST" else MemberForm()
    if form.is_bound and form.is_valid():
        try:
            name, duty = form.cleaned_data["username"], form.chosen()
            if done(
                request,
                lambda: services.name_member(actor=actor, key=key, username=name, duty=duty),
                _("The team is changed."),
            ):
                return HttpResponseRedirect(reverse("navigation:project-team", args=[key]))
        except NotFound as error:
            form.add_error("username", refusal_words(error))
    context = {
        "project": row,
        "team": row.members.select_related("person").order_by("duty"),
        "duties": words.DUTIES,
        "form": form,
        "stages": reads.stages(actor, row),
        "errors": [{"text": str(told[0]), "href": f"#{name}"} for name, told in form.errors.items()],
    }
    return render(request, "navigation/team.html", context, status=400 if form.errors else 200)


@require_POST
def project_plan(request: HttpRequest, key: int) -> HttpResponse:
    form = PlanForm(request.POST)
    if form.is_valid():
        actor = actor_of(request)
        done(request, lambda: services.plan_stages(actor=actor, key=key, days=form.days()), _("Saved."))
    return HttpResponseRedirect(reverse("navigation:project-team", args=[key]))


@require_http_methods(["GET", "POST"])
def recommendation_list(request: HttpRequest, key: int) -> HttpResponse:
    """What the project proposes, to whom, by when, what was decided and what came of it."""
    actor = actor_of(request)
    row = reads.project_row(actor, key)
    form = RecommendationForm(request.POST) if request.method == "POST" else RecommendationForm()
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        if done(
            request,
            lambda: services.recommend(
                actor=actor, key=key, text=told["text"], owner=told["owner"], due=told["due"], node=told["node"]
            ),
            _("The recommendation is written down."),
        ):
            return _back(key)
    chain = reads.chain_of(actor, row)
    context = {
        "project": row,
        "rows": [
            (one, words.DECISIONS[one.decision], words.node_name(chain, one.node) if one.node else "")  # type: ignore[index]  # django-stubs do not know the choices of the column
            for one in row.recommendations.all()
        ],
        "form": form,
        "nodes": [(one.code, words.name_of(one)) for one in chain.nodes],
        "decisions": words.DECISIONS.items(),
        "may_work": bool(policies.may_work(actor, reads.duties_of(actor, row))),
    }
    return render(request, "navigation/recommendations.html", context)


def _back(key: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("navigation:recommendation-list", args=[key]))


@require_POST
def decide(request: HttpRequest, key: int, one: int) -> HttpResponse:
    form = DecisionForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actor = actor_of(request)
        done(
            request,
            lambda: services.decide(actor=actor, key=key, recommendation=one, decision=form.chosen(), reason=reason),
            _("The decision is noted."),
        )
    return _back(key)


@require_POST
def outcome(request: HttpRequest, key: int, one: int) -> HttpResponse:
    form = OutcomeForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["outcome"]
        actor = actor_of(request)
        done(
            request,
            lambda: services.note_outcome(actor=actor, key=key, recommendation=one, outcome=text),
            _("The outcome is noted."),
        )
    return _back(key)
