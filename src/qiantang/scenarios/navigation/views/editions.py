"""Editions: the industry and its nodes, one number with its patents, key patents, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import chart_file, render
from qiantang.kernel.paging import PageRequest, decode_cursor
from qiantang.scenarios.navigation import policies
from qiantang.scenarios.navigation.forms import TopicForm
from qiantang.scenarios.navigation.selectors import charts, dashboard, figure_words, findings, projects, samples, words
from qiantang.scenarios.navigation.selectors import editions as reads
from qiantang.scenarios.navigation.services import editions as services
from qiantang.scenarios.navigation.types import MarkKind, View
from qiantang.scenarios.navigation.views.projects import done

if TYPE_CHECKING:
    from qiantang.scenarios.navigation.models import Edition
    from qiantang.scenarios.navigation.types import Chain

_ROWS = 50


def frame(request: HttpRequest, row: Edition, chain: Chain, code: str = "") -> dict[str, Any]:
    """What every page of an edition shows around its own."""
    actor = actor_of(request)
    duties = projects.duties_of(actor, row.project)
    chosen = request.GET.get("view", "")
    return {
        "edition": row,
        "project": row.project,
        "chain": chain,
        "code": code,
        "name": words.node_name(chain, code),
        "industry_name": words.name_of(chain),
        "trail": dashboard.trail(chain, code),
        "views": words.VIEWS.items(),
        "view": chosen if chosen in {str(one) for one in View} else str(View.PUBLIC),
        "is_team": projects.is_team(actor, row.project),
        "may_work": bool(policies.may_work(actor, duties)),
        "may_sign": bool(policies.may_sign(actor, duties)),
    }


@require_GET
def edition_page(request: HttpRequest, key: int) -> HttpResponse:
    """A node of an edition (``node``), the whole industry without one; for the public, enterprises or decisions (``view``)."""
    row = reads.ready_edition(actor_of(request), key)
    chain, code = reads.chain_of(row), request.GET.get("node", "")
    book = reads.book(row, code)
    labels = dashboard.topic_labels(row, code)
    drawn = dashboard.node_charts(row, book, chain, labels)
    places, books = dashboard.standings(row, chain)
    mine = [one for one in places if one.code.rpartition(".")[0] == code and one.code != code]
    drawn["standing"] = charts.standing(row, [one for one in books if one.node.code], chain)
    asked = chart_file(request, drawn.values())
    if asked is not None:
        return asked
    context = frame(request, row, chain, code) | {
        "book": book,
        "charts": drawn,
        "findings": findings.sentences(row, book, chain),
        "below": mine,
        "own_place": next((one for one in places if one.code == code), None),
        "keys": dashboard.key_patent_rows(book)[:8],
        "key_total": book["key_patents"],
        "applicants": book.rows("applicants")[:10],
        "followers": [one for one in book.rows("applicants") if one["note"] == "follower"][:5],
        "newcomers": [one for one in book.rows("applicants") if one["note"] == "newcomer"][:5],
        "life": book.rows("life")[-5:],
        "quality": samples.of_node(row, chain, code),
        "roles": words.ROLES,
        "firms": book.rows("position")[:10],
        "risks": book.rows("risk")[:10],
        "talent": book.rows("talent")[:10],
        "topics": [(one, labels.get(one["value"], "")) for one in book.rows("topics")],
        "paths": dashboard.paths(book),
        "flows": dashboard.flows(book)[:12],
        "texts": dashboard.texts(row),
        "whites": dashboard.white_spots(book, chain),
        "before": reads.edition_before(row),
    }
    return render(request, "navigation/edition.html", context)


@require_GET
def figure(request: HttpRequest, key: int) -> HttpResponse:
    """One number: what it is, on which snapshot, and its patents."""
    actor = actor_of(request)
    row = reads.ready_edition(actor, key)
    chain = reads.chain_of(row)
    code, name = request.GET.get("node", ""), request.GET.get("key", "")
    cursor = request.GET.get("page")
    offset = decode_cursor(cursor, subject=f"{row.token}|{code}|{name}") if cursor else 0
    page = dashboard.figure_page(actor, row, code, name, PageRequest(offset=offset, size=_ROWS))
    here = reads.figure_url(row, code, name)
    node = reads.node_row(row, code)
    context = frame(request, row, chain, code) | {
        "page": page,
        "label": figure_words.told(name, reads.book(row, code), chain),
        "made_of": [(one, figure_words.told(one.key, reads.book(row, code), chain)) for one in page.made_of],
        "why": words.WHY.get(page.figure.why, page.figure.why),
        "strategy": node.strategy,
        "next_url": f"{here}&page={page.patents.next}" if page.patents.next else None,
        "first_url": here if offset else None,
    }
    return render(request, "navigation/figure.html", context)


@require_GET
def key_patents(request: HttpRequest, key: int) -> HttpResponse:
    """All key patents of a node, each with its reasons."""
    row = reads.ready_edition(actor_of(request), key)
    chain, code = reads.chain_of(row), request.GET.get("node", "")
    book = reads.book(row, code)
    rows = dashboard.key_patent_rows(book)
    reason = request.GET.get("why", "")
    context = frame(request, row, chain, code) | {
        "rows": [one for one in rows if not reason or reason in one["reasons"]],
        "reasons": [
            (one, words.REASONS.get(one, one), sum(one in each["reasons"] for each in rows))
            for one in words.REASONS
            if any(one in each["reasons"] for each in rows)
        ],
        "why": reason,
        "marked": max((book[f"marked.{one}"] for one in MarkKind), key=lambda one: one.value or 0),
        "total": book["key_patents"],
        "flows": dashboard.flows(book),
        "chart": charts.layout(row, book, keys=True),
    }
    return render(request, "navigation/key_patents.html", context)


@require_GET
def changes(request: HttpRequest, key: int) -> HttpResponse:
    """What is another in this edition than in the one before."""
    row = reads.ready_edition(actor_of(request), key)
    chain = reads.chain_of(row)
    before = reads.edition_before(row)
    told = reads.changes(before, row) if before else None
    context = frame(request, row, chain) | {
        "before": before,
        "told": told,
        "parameters": [
            (words.parameter(name), was, is_now) for _analysis, name, was, is_now in (told.parameters if told else ())
        ],
        "rows": [
            (
                one,
                words.node_name(chain, one.code),
                words.GAPS.get(int(one.gap_before or 0)),
                words.GAPS.get(int(one.gap_now or 0)),
            )
            for one in told.nodes
        ]
        if told
        else [],
    }
    return render(request, "navigation/changes.html", context)


def _project_of(row: Edition) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("navigation:project-page", args=[row.project_id]) + "#editions")


@require_POST
def edition_publish(request: HttpRequest, key: int) -> HttpResponse:
    actor = actor_of(request)
    row = reads.edition_row(actor, key)
    done(request, lambda: services.publish_edition(actor=actor, key=key), _("The edition is published."))
    return _project_of(row)


@require_POST
def edition_delete(request: HttpRequest, key: int) -> HttpResponse:
    actor = actor_of(request)
    row = reads.edition_row(actor, key)
    done(request, lambda: services.delete_edition(actor=actor, key=key), _("The edition is deleted."))
    return _project_of(row)


@require_POST
def topic_label(request: HttpRequest, key: int) -> HttpResponse:
    form = TopicForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This name is too long."))
        return HttpResponseRedirect(reverse("navigation:edition-page", args=[key]))
    told = form.cleaned_data
    services.label_topic(actor=actor_of(request), key=key, node=told["node"], topic=told["topic"], label=told["label"])
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(f"{reverse('navigation:edition-page', args=[key])}?node={told['node']}#topics")
