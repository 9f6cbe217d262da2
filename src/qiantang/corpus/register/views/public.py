"""The patent page and the coverage page: open to everyone."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import slot_items
from qiantang.commons.ui.api import render
from qiantang.corpus.parties.api import parties_of
from qiantang.corpus.register import tables
from qiantang.corpus.register.api import citations, coverage, current_snapshot, family, get
from qiantang.corpus.register.selectors import rights
from qiantang.corpus.register.selectors.coverage import sources_now
from qiantang.corpus.register.selectors.relations import citation_counts
from qiantang.corpus.register.types import Part, Role


@require_GET
def patent_page(request: HttpRequest, number: str) -> HttpResponse:
    """One patent by its id; any other spelling of its numbers leads to the one address."""
    record = get(number)
    if record.patent_id != number:
        return HttpResponseRedirect(f"/patents/{quote(record.patent_id)}")
    snapshot, sources = sources_now()
    claims = record.text(Part.CLAIMS)
    slot = {"actor": actor_of(request), "patent_id": record.patent_id}
    language = get_language() or "zh-hans"
    day, mistake = _asked_day(request.GET.get("on", ""))
    context = {
        "patent": record,
        "party_numbers": parties_of([party.name for party in record.parties if party.role != Role.INVENTOR]),
        "title": record.title,
        "number": record.number_shown,
        "snapshot": snapshot,
        "claims": tables.claim_rows(claims.text) if claims else [],
        "timeline": tables.timeline(record, sources, language),
        "dealings": rights.dealings_shown(record, sources, language),
        "citations_backward": citations(record, "backward"),
        "citations_forward": citations(record, "forward"),
        "family": {"simple": family(record), "extended": family(record, "extended")},
        "media": tables.media_rows(record, sources),
        "region": tables.region_shown(record, language),
        "counts": citation_counts(record),
        "on": request.GET.get("on", ""),
        "on_mistake": mistake,
        "status_on": tables.status_for_day(record, day, sources, language) if day else None,
        "accounts": tables.accounts(record, sources),
        "disputes": [row for row in tables.provenance(record, sources) if row.others],
        "actions": slot_items("patent.actions", slot),
        "panels": slot_items("patent.panels", slot),
    }
    return render(request, "register/patent_page.html", context)


def _asked_day(text: str) -> tuple[date | None, bool]:
    """The day a reader asks for, and whether what was typed is none."""
    if not text.strip():
        return None, False
    try:
        return date.fromisoformat(text.strip()), False
    except ValueError:
        return None, True


@require_GET
def coverage_page(request: HttpRequest) -> HttpResponse:
    """What is loaded; before the first load, how to begin."""
    if current_snapshot() is None:
        return render(request, "register/coverage.html", {"coverage": None})
    told = coverage()
    operator = actor_of(request).has_role("operator")
    context = {
        "coverage": told,
        "types": tables.coverage_types(told),
        "offices": tables.office_blocks(told),
        "office_bars": tables.office_bars(told),
        "fields": [{"field": name, "filled": count} for name, count in told.filled.items()],
        "imports_url": "/import" if operator else None,
    }
    return render(request, "register/coverage.html", context)
