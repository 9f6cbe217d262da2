"""Industries for everybody: the list, a chain with what each node finds, the pack as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.ui.api import render
from qiantang.scenarios.navigation import policies
from qiantang.scenarios.navigation.methods.chains import write_pack
from qiantang.scenarios.navigation.methods.strategies import strategy_of
from qiantang.scenarios.navigation.selectors import chains, overview, words


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All industries with their published projects, and one's own projects."""
    actor = actor_of(request)
    context = {
        "industries": overview.industry_cards(actor),
        "own": overview.own_projects(actor),
        "may_keep": bool(policies.may_keep_chains(actor)),
    }
    return render(request, "navigation/index.html", context)


@require_GET
def industry(request: HttpRequest, key: str) -> HttpResponse:
    """The chain of an industry, in the newest version or in that of ``v``."""
    actor = actor_of(request)
    version = request.GET.get("v", "")
    chain = chains.chain(actor, key, int(version) if version.isdecimal() else None)
    context = {
        "chain": chain,
        "name": words.name_of(chain),
        "about": chain.about(words.language()),
        "tree": overview.tree_rows(actor, chain),
        "total": chains.count_of(strategy_of(chain, "")),
        "in_monitoring": words.in_monitoring(chain),
        "sources": words.sources_of(chain),
        "versions": chains.versions(actor, key),
        "projects": overview.published_projects(actor, key),
        "may_keep": bool(policies.may_keep_chains(actor)),
    }
    return render(request, "navigation/industry.html", context)


@require_GET
def pack(request: HttpRequest, key: str) -> HttpResponse:
    """The industry as a file that another city can bring in."""
    version = request.GET.get("v", "")
    chain = chains.chain(actor_of(request), key, int(version) if version.isdecimal() else None)
    response = HttpResponse(write_pack(chain), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{chain.key}-v{chain.version}.toml"'
    return response
