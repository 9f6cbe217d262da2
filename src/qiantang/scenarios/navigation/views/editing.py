"""Keeping chains: the editor with its draft, nodes added, moved, re-bound and removed, versions, packs. No script needed."""

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
from qiantang.scenarios.navigation.forms import NodeForm, NoteForm, PackForm, WordsForm
from qiantang.scenarios.navigation.methods import chains as method
from qiantang.scenarios.navigation.methods.strategies import strategy_of
from qiantang.scenarios.navigation.selectors import chains as reads
from qiantang.scenarios.navigation.selectors import overview, words
from qiantang.scenarios.navigation.selectors.concordances import rule_shown
from qiantang.scenarios.navigation.selectors.telling import refusal_words
from qiantang.scenarios.navigation.services import chains as services

if TYPE_CHECKING:
    from qiantang.scenarios.navigation.types import Chain, Node


@require_GET
def chain_edit(request: HttpRequest, key: str) -> HttpResponse:
    """The draft of a chain as a tree, each node a link to its form."""
    actor = actor_of(request)
    reads.ensure_may_keep(actor)
    chain = reads.draft_or_newest(actor, key)
    context = {
        "chain": chain,
        "name": words.name_of(chain),
        "tree": overview.tree_rows(actor, chain),
        "has_draft": reads.draft(actor, key) is not None,
        "missing": method.missing(chain),
    }
    return render(request, "navigation/chain_edit.html", context)


@require_http_methods(["GET", "POST"])
def node_new(request: HttpRequest, key: str) -> HttpResponse:
    """Add a node; ``above`` in the address says below which."""
    actor = actor_of(request)
    reads.ensure_may_keep(actor)
    chain = reads.draft_or_newest(actor, key)
    if request.method == "POST":
        return _put(request, key, chain, "")
    above = request.GET.get("above", "")
    number = max((method.order_of(one.code)[-1] for one in chain.below(above)), default=0) + 1
    form = NodeForm(initial={"code": f"{above}.{number}" if above else str(number), "place": "midstream"})
    return _form(request, chain, form, None)


@require_http_methods(["GET", "POST"])
def node_edit(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Rename a node or bind it to another strategy; ``try`` shows what a strategy would find before it is kept."""
    actor = actor_of(request)
    reads.ensure_may_keep(actor)
    chain = reads.draft_or_newest(actor, key)
    node = reads.node_of(chain, code)
    if request.method == "POST":
        return _put(request, key, chain, code)
    form = NodeForm(
        initial={
            "code": node.code,
            "zh": node.zh,
            "en": node.en,
            "place": node.place or "",
            "strategy": node.strategy,
            "rules": " ".join(map(str, node.rules)),
        }
    )
    return _form(request, chain, form, node)


def _put(request: HttpRequest, key: str, chain: Chain, code: str) -> HttpResponse:
    data = request.POST.copy()
    if code:
        data["code"] = code
    form, node = NodeForm(data), chain.node(code) if code else None
    if "try" in request.POST or not form.is_valid():
        return _form(request, chain, form, node, status=200 if form.is_valid() else 400)
    try:
        services.put_node(actor=actor_of(request), key=key, node=form.node(), code=code)
    except Invalid as error:
        form.add_error("strategy" if "strategy" in error.code else "code", refusal_words(error))
        return _form(request, chain, form, node, status=400)
    messages.success(request, _("Kept in the draft."))
    return HttpResponseRedirect(f"{reverse('navigation:chain-edit', args=[key])}#node-{form.cleaned_data['code']}")


def _form(request: HttpRequest, chain: Chain, form: NodeForm, node: Node | None, status: int = 200) -> HttpResponse:
    strategy = form["strategy"].value() or ""
    bound = strategy_of(chain, node.code) if node else ""
    tried = reads.tried(actor_of(request), strategy, bound)
    context: dict[str, Any] = {
        "chain": chain,
        "name": words.name_of(chain),
        "form": form,
        "node": node,
        "places": words.PLACES.items(),
        "bound": reads.count_of(bound) if bound else None,
        "tried": tried,
        "fault": refusal_words(tried.error) if tried.error else "",
        "agreement": overview.agreement(tried.canonical, tuple(rule_shown(one) for one in node.rules) if node else ()),
        "search_url": overview.search_url(tried.canonical),
        "targets": [one for one in chain.nodes if node and not one.code.startswith(node.code)],
        "errors": [{"text": str(errors[0]), "href": f"#{name}"} for name, errors in form.errors.items()],
    }
    return render(request, "navigation/node_form.html", context, fragment="tried", status=status)


@require_POST
def node_move(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Another number for a node and all below it."""
    to = request.POST.get("to", "").strip()
    try:
        services.move_node(actor=actor_of(request), key=key, code=code, to=to)
        messages.success(request, _("Moved in the draft."))
    except Invalid as error:
        messages.error(request, refusal_words(error))
    return HttpResponseRedirect(reverse("navigation:chain-edit", args=[key]))


@require_POST
def node_remove(request: HttpRequest, key: str, code: str) -> HttpResponse:
    services.remove_node(actor=actor_of(request), key=key, code=code)
    messages.success(request, _("Taken out of the draft."))
    return HttpResponseRedirect(reverse("navigation:chain-edit", args=[key]))


@require_POST
def chain_publish(request: HttpRequest, key: str) -> HttpResponse:
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        made = services.publish_chain(actor=actor_of(request), key=key, note=note)
    except (Invalid, Conflict) as error:
        messages.error(request, refusal_words(error))
        return HttpResponseRedirect(reverse("navigation:chain-edit", args=[key]))
    messages.success(request, _("Version %(version)s is published.") % {"version": made.version})
    return HttpResponseRedirect(reverse("navigation:industry", args=[key]))


@require_POST
def chain_drop(request: HttpRequest, key: str) -> HttpResponse:
    services.drop_draft(actor=actor_of(request), key=key)
    messages.success(request, _("The draft is gone."))
    return HttpResponseRedirect(reverse("navigation:industry", args=[key]))


@require_http_methods(["GET", "POST"])
def chain_words(request: HttpRequest, key: str) -> HttpResponse:
    """Names, sources, effects and means of the draft."""
    actor = actor_of(request)
    draft = reads.draft_or_newest(actor, key)
    kinds = ("effects", "means")
    known = {name: getattr(draft, name) for name in ("zh", "en", "about_zh", "about_en")}
    known |= {"sources": "\n".join(draft.sources)} | {
        name: method.lines_of_words(getattr(draft, name)) for name in kinds
    }
    form = WordsForm(request.POST) if request.method == "POST" else WordsForm(initial=known)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        at = ""
        try:
            found = {}
            for at in kinds:
                found[at] = method.words_of_lines(told[at])
            services.describe_chain(actor=actor, key=key, told=told, words=found)
        except Invalid as error:
            form.add_error(at, refusal_words(error))
        else:
            messages.success(request, _("Kept in the draft."))
            return HttpResponseRedirect(reverse("navigation:chain-edit", args=[key]))
    errors = [{"text": str(one[0]), "href": f"#{name}"} for name, one in form.errors.items()]
    context = {"chain": draft, "name": words.name_of(draft), "form": form, "errors": errors}
    return render(request, "navigation/chain_words.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def pack_import(request: HttpRequest) -> HttpResponse:
    """Bring in an industry as a file: a new one, or the next version of one that is there."""
    actor = actor_of(request)
    reads.ensure_may_keep(actor)
    form = PackForm(request.POST, request.FILES) if request.method == "POST" else PackForm()
    status = 200
    if form.is_bound and form.is_valid():
        try:
            data = form.cleaned_data["pack"].read(1_000_001)
            made = services.import_pack(actor=actor, data=data, note=form.cleaned_data["note"])
        except Invalid as error:
            form.add_error("pack", refusal_words(error))
        else:
            messages.success(request, _("Version %(version)s is published.") % {"version": made.version})
            return HttpResponseRedirect(reverse("navigation:industry", args=[made.key]))
    if form.is_bound:
        status = 400
    errors = [{"text": str(told[0]), "href": f"#{name}"} for name, told in form.errors.items()]
    return render(request, "navigation/pack_import.html", {"form": form, "errors": errors}, status=status)
