"""More patents from examples: asked for, followed while it is worked off, looked through."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.kernel.share import Share
from qiantang.kernel.text import inert
from qiantang.scenarios.navigation import policies, rules
from qiantang.scenarios.navigation.forms import SeedForm
from qiantang.scenarios.navigation.methods.strategies import strategy_of
from qiantang.scenarios.navigation.selectors import projects, words
from qiantang.scenarios.navigation.selectors import seeding as reads
from qiantang.scenarios.navigation.selectors.telling import refusal_words
from qiantang.scenarios.navigation.services import seeding
from qiantang.scenarios.navigation.types import EditionState, SampleKind

_SHOWN = 100  # rows on the page; the file has them all
_IN_QUERY = 80  # numbers that fit a query of a sample


@require_http_methods(["GET", "POST"])
def seed_list(request: HttpRequest, key: int) -> HttpResponse:
    """All expansions of a project; to those who work in it a form for another."""
    actor = actor_of(request)
    row = projects.project_row(actor, key)
    known = reads.expansions(actor, row)
    form = SeedForm(request.POST) if request.method == "POST" else SeedForm(initial=request.GET.dict())
    if form.is_bound:
        projects.ensure_may_work(actor, row)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            made = seeding.request_expansion(actor=actor, key=key, node=told["node"], numbers=told["numbers"])
        except Invalid as error:
            form.add_error("numbers", refusal_words(error))
        else:
            return HttpResponseRedirect(reverse("navigation:expansion", args=[made]))
    chain = projects.chain_of(actor, row)
    context = {
        "project": row,
        "expansions": [(one, words.node_name(chain, one.node)) for one in known],
        "nodes": [(one.code, words.name_of(one)) for one in chain.nodes],
        "form": form,
        "least": rules.LEAST_SEED,
        "most": rules.MOST_SEED,
        "may_work": bool(policies.may_work(actor, projects.duties_of(actor, row))),
        "errors": [{"text": str(told[0]), "href": f"#{name}"} for name, told in form.errors.items()],
    }
    return render(request, "navigation/seeds.html", context, status=400 if form.errors else 200)


@require_GET
def expansion(request: HttpRequest, key: int) -> HttpResponse:
    """One expansion: under way, or its candidates with how they were reached."""
    actor = actor_of(request)
    row = reads.expansion_row(actor, key)
    chain = projects.chain_of(actor, row.project)
    missed = request.GET.get("show") != "all"
    candidates = reads.candidates(row, missed=missed)
    numbers = [one.patent_id for one in candidates[:_IN_QUERY]]
    query = {"node": row.node, "kind": SampleKind.RECALL, "size": len(numbers), "query": f"ID=({' OR '.join(numbers)})"}
    context = {
        "row": row,
        "project": row.project,
        "node_name": words.node_name(chain, row.node),
        "running": row.state in seeding.UNDER_WAY,
        "ready": row.state == EditionState.READY,
        "steps": seeding.STEPS,
        "missed": missed,
        "total": len(candidates),
        "candidates": candidates[:_SHOWN],
        "shown": min(len(candidates), _SHOWN),
        "precision": Share(*row.told["precision"]) if row.told else None,
        "recall": Share(*row.told["recall"]) if row.told else None,
        "reached": [(words.REACHES[one], row.told["reached"].get(str(one), 0)) for one in words.REACHES]
        if row.told
        else [],
        "stale": strategy_of(chain, row.node) != row.strategy,
        "sample_url": f"{reverse('navigation:sample-list', args=[row.project_id])}?{urlencode(query)}#draw",
        "refusal": words_of(row.error_code),
    }
    return render(request, "navigation/expansion.html", context)


def words_of(code: str) -> str:
    """The sentence of why it failed; empty where it did not."""
    return str(refusal_words(Invalid(code))) if code else ""


@require_GET
def candidates_csv(request: HttpRequest, key: int) -> HttpResponse:
    """All candidates of an expansion as a file."""
    row = reads.expansion_row(actor_of(request), key)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Number"), _("Title"), _("Probability"), _("Reached by"), _("Found by the node")])
    for one in reads.candidates(row, missed=False):
        known = _("yes") if one.by_node else _("no")
        writer.writerow([one.number, inert(one.title), one.score, words.REACHES[one.reach], known])  # type: ignore[index] # kept as values of the enumeration
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="navigation-expansion-{key}.csv"'
    return answer
