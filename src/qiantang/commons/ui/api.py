"""The front door of the look: one way to render a page, and the values components take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render as render_whole
from django.utils.cache import patch_vary_headers

from qiantang.commons.ui.selectors.charts import chart_contract, chart_csv
from qiantang.commons.ui.selectors.words import word_for
from qiantang.commons.ui.services.drawing import drawings
from qiantang.commons.ui.types import READING_MODE_COOKIE, Bar, Chart, ReadingMode, Tone

__all__ = [
    "Bar",
    "Chart",
    "ReadingMode",
    "Tone",
    "asked_reading_mode",
    "bars",
    "chart_contract",
    "chart_file",
    "drawings",
    "keep_reading_mode",
    "render",
    "word_for",
]

_YEAR_SECONDS = 365 * 24 * 60 * 60


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    fragment: str | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page, or one partial of it where htmx asks: one view, one address, one set of permissions.

    fragment  name of a ``{% partialdef %}`` in the template; None: always the whole page
    status    HTTP status of the answer

    A page that htmx restores out of its history is whole again, whatever the fragment.
    """
    headers = request.headers
    wants_part = (
        fragment is not None
        and headers.get("HX-Request") == "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )
    name = f"{template}#{fragment}" if wants_part else template
    response = render_whole(request, name, dict(context or {}), status=status)
    if fragment is not None:
        patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def bars(rows: Sequence[tuple[str, int, str | None]]) -> list[Bar]:
    """Rows of (label, value, address or None) as a ranked bar list: zero baseline, longest row 100.

    errors  ValueError for a negative value: a bar has no place for it
    """
    if any(value < 0 for _, value, _ in rows):
        raise ValueError("a bar list cannot show negative values")
    longest = max((value for _, value, _ in rows), default=0)
    return [Bar(label, value, round(100 * value / longest, 2) if longest else 0.0, url) for label, value, url in rows]


def chart_file(request: HttpRequest, charts: Iterable[Chart]) -> HttpResponse | None:
    """The file that ``?chart=KEY&as=csv`` (or ``json``: the contract) asks for; None where the page itself is asked for.

    charts  what the page would show; a key that is not among them is no file
    """
    key, form = request.GET.get("chart"), request.GET.get("as")
    chart = next((one for one in charts if one.key == key), None) if form in {"csv", "json"} else None
    if chart is None:
        return None
    if form == "json":
        return JsonResponse(chart_contract(chart), json_dumps_params={"ensure_ascii": False})
    response = HttpResponse(chart_csv(chart), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{chart.key}.csv"'
    return response


def asked_reading_mode(request: HttpRequest) -> ReadingMode | None:
    """The reading mode that a form asks for; None for what is none."""
    try:
        return ReadingMode(request.POST.get("mode", ""))
    except ValueError:
        return None


def keep_reading_mode(request: HttpRequest, response: HttpResponse, mode: ReadingMode) -> None:
    """Let the browser keep a reading mode for a year."""
    response.set_cookie(
        READING_MODE_COOKIE, mode, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure()
    )
