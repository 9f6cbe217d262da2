"""The claims of a patent: tree, independent claims, elements; and two texts of claims side by side. Open to everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from qiantang.commons.ui.api import render
from qiantang.corpus.register.api import get
from qiantang.corpus.register.selectors import claims
from qiantang.corpus.register.selectors.coverage import sources_now
from qiantang.kernel.errors import Invalid, NotFound

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qiantang.corpus.register.types import PatentRecord

_WAYS = ("tree", "independent", "elements")


def _elsewhere(request: HttpRequest, record: PatentRecord, number: str, tail: str) -> HttpResponse | None:
    """The way to the one address of the patent, where it was asked for by another number."""
    if record.patent_id == number:
        return None
    asked = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"/patents/{quote(record.patent_id)}/claims{tail}" + (f"?{asked}" if asked else ""))


@require_GET
def claims_page(request: HttpRequest, number: str) -> HttpResponse:
    """One text of the claims: ``v`` names it, ``show`` is tree, independent or elements."""
    record = get(number)
    if (moved := _elsewhere(request, record, number, "")) is not None:
        return moved
    snapshot, sources = sources_now()
    versions = claims.versions_shown(record, sources)
    chosen = claims.version_named(versions, request.GET.get("v", ""))
    way = request.GET.get("show", "")
    shown = claims.claims_shown(chosen.version.text) if chosen else []
    context = {
        "patent": record,
        "snapshot": snapshot,
        "versions": versions,
        "chosen": chosen,
        "way": way if way in _WAYS else _WAYS[0],
        "claims": shown,
        "independent": [one for one in shown if one.independent],
        "compare_url": _compare_url(record, versions),
    }
    return render(request, "register/claims_page.html", context)


def _compare_url(record: PatentRecord, versions: list[claims.VersionShown]) -> str:
    """The comparison of the oldest with the newest publication in one language, where there are two."""
    said = [one for one in versions if one.version.publication and not one.version.machine]
    pairs = [(one, other) for one in said for other in reversed(said) if one.version.language == other.version.language]
    address = f"/patents/{quote(record.patent_id)}/claims/compare"
    if pairs and pairs[0][0] is not pairs[0][1]:
        return address + "?" + urlencode({"a": pairs[0][0].key, "b": pairs[0][1].key})
    return address


@require_GET
def compare_page(request: HttpRequest, number: str) -> HttpResponse:
    """Two texts side by side: ``a`` of this patent, ``b`` of this one or of the patent ``with``; all stands in the address.

    ``x`` and ``y`` are the numbers of single claims to compare; without them the sets are aligned.
    """
    record = get(number)
    if (moved := _elsewhere(request, record, number, "/compare")) is not None:
        return moved
    snapshot, sources = sources_now()
    given = request.GET.get("with", "").strip()
    other, mistake = _other(record, given)
    own = claims.versions_shown(record, sources)
    theirs = own if other is record else claims.versions_shown(other, sources)
    first = claims.version_named(own, request.GET.get("a", ""))
    second = claims.version_named(theirs, request.GET.get("b", ""))
    x, y = request.GET.get("x", ""), request.GET.get("y", "")
    context: dict[str, Any] = {
        "patent": record,
        "other": other,
        "two": other is not record,
        "given": given,
        "mistake": mistake,
        "snapshot": snapshot,
        "own": own,
        "theirs": theirs,
        "first": first,
        "second": second,
        "x": x,
        "y": y,
        "differences_only": request.GET.get("only", "") == "1",
        "alone": first is not None and first is second,
    }
    if first and second and first is not second and not mistake:
        pairs = _pairs(first.version.text, second.version.text, x, y)
        context |= {"pairs": pairs, "counts": claims.counts_of(pairs)}
    return render(request, "register/claims_compare.html", context)


def _pairs(old: str, new: str, x: str, y: str) -> list[claims.ClaimPair]:
    if all(one.isdecimal() and len(one) < 5 for one in (x, y)):  # noqa: PLR2004 - no set has as many claims
        return claims.pair_of(old, int(x), new, int(y))
    return claims.pairs_of(old, new)


def _other(record: PatentRecord, given: str) -> tuple[PatentRecord, bool]:
    """The patent to compare with, and whether what was typed is none on record."""
    if not given:
        return record, False
    try:
        found = get(given)
    except (NotFound, Invalid):
        return record, True
    return (record if found.patent_id == record.patent_id else found), False
