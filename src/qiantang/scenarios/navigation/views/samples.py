"""Samples: drawn, labelled, and labelled again by a reviewer who does not see the first labels."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.navigation import policies
from qiantang.scenarios.navigation.forms import SampleForm, verdicts
from qiantang.scenarios.navigation.selectors import projects, words
from qiantang.scenarios.navigation.selectors import samples as reads
from qiantang.scenarios.navigation.selectors.telling import refusal_words
from qiantang.scenarios.navigation.services import sampling

_PAGE = 10  # patents on one page: as many as one looks at in one go


@require_http_methods(["GET", "POST"])
def sample_list(request: HttpRequest, key: int) -> HttpResponse:
    """All samples of a project with what they tell; to the team a form to draw another."""
    actor = actor_of(request)
    row = projects.project_row(actor, key)
    if request.method == "POST":
        projects.ensure_may_work(actor, row)
    form = SampleForm(request.POST) if request.method == "POST" else SampleForm(initial=request.GET.dict())
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            made = sampling.draw_sample(
                actor=actor, key=key, node=told["node"], kind=form.chosen(), size=told["size"], query=told["query"]
            )
        except Invalid as error:
            form.add_error("query", refusal_words(error))
        else:
            return HttpResponseRedirect(reverse("navigation:sample-label", args=[made]))
    chain = projects.chain_of(actor, row)
    duties = projects.duties_of(actor, row)
    context = {
        "project": row,
        "samples": reads.samples(actor, row),
        "kinds": words.KINDS.items(),
        "form": form,
        "leaves": [(one.code, words.name_of(one)) for one in chain.leaves()],
        "nodes": [(one.code, words.name_of(one)) for one in chain.nodes],
        "may_work": bool(policies.may_work(actor, duties)),
        "may_review": bool(policies.may_review(actor, duties)),
        "errors": [{"text": str(told[0]), "href": f"#{name}"} for name, told in form.errors.items()],
    }
    return render(request, "navigation/samples.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def sample_label(request: HttpRequest, key: int) -> HttpResponse:
    """Label a sample, some patents at a time."""
    actor = actor_of(request)
    row = reads.sample_row(actor, key)
    projects.ensure_may_work(actor, row.project)
    if request.method == "POST":
        known = list(row.items.values_list("patent_id", flat=True))
        left = sampling.label(actor=actor, sample=key, verdicts=verdicts(request.POST, known))
        messages.success(request, _("Saved; %(left)s left.") % {"left": left})
        return HttpResponseRedirect(reverse("navigation:sample-label", args=[key]))
    return _page(request, key, review=False)


@require_http_methods(["GET", "POST"])
def sample_review(request: HttpRequest, key: int) -> HttpResponse:
    """Label up to 50 of them again, without seeing what was said before."""
    actor = actor_of(request)
    row = reads.sample_row(actor, key)
    projects.ensure_may_review(actor, row.project)
    if request.method == "POST" and "begin" in request.POST:
        sampling.begin_review(actor=actor, sample=key)
        return HttpResponseRedirect(reverse("navigation:sample-review", args=[key]))
    if request.method == "POST":
        known = list(row.items.exclude(review_place=None).values_list("patent_id", flat=True))
        left = sampling.label_again(actor=actor, sample=key, verdicts=verdicts(request.POST, known))
        messages.success(request, _("Saved; %(left)s left.") % {"left": left})
        return HttpResponseRedirect(reverse("navigation:sample-review", args=[key]))
    return _page(request, key, review=True)


def _page(request: HttpRequest, key: int, *, review: bool) -> HttpResponse:
    actor = actor_of(request)
    row = reads.sample_row(actor, key)
    chain = projects.chain_of(actor, row.project)
    shown = reads.shown(row, chain)
    every = reads.items(actor, row, review=review)
    waiting = [one for one in every if not one.verdict]
    context = {
        "row": row,
        "project": row.project,
        "node_name": words.node_name(chain, row.node),
        "kind": words.KINDS[row.kind],  # type: ignore[index] # the field holds values of the enumeration
        "shown": shown,
        "items": waiting[:_PAGE],
        "done": len(every) - len(waiting),
        "total": len(every),
        "verdicts": words.VERDICTS.items(),
        "review": review,
        "begun": bool(every),
    }
    return render(request, "navigation/sample.html", context)
