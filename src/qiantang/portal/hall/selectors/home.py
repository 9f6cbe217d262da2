"""Reads of the first page. It owns no figures: each comes from the room that keeps it."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from qiantang.corpus.ingest import api as ingest
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound, Unavailable
from qiantang.portal.hall.types.home import DemoBuild, Example, HomeFigures

_EXAMPLES = ("电池", "IC=H01M AND AD>=2020", "申请人=大学")


def home_figures(actor: Actor) -> HomeFigures | None:
    """The figures of the newest snapshot, None before the first load."""
    snapshot = register.current_snapshot()
    if snapshot is None or not snapshot.patents:
        return None
    coverage_url = reverse("register:coverage-page")
    return HomeFigures(
        patents=snapshot.patents,
        offices=_offices(snapshot.number, snapshot.published_at),
        last_load_at=snapshot.published_at,
        coverage_url=coverage_url,
        load_url=imports_url(actor) or f"{coverage_url}#sources",
    )


@lru_cache(maxsize=4)
def _offices(snapshot: int, published_at: str) -> int:  # noqa: ARG001 - the arguments name the snapshot counted
    # a snapshot never changes, so its tally is worth keeping
    return len({cell.office for cell in register.coverage().cells})


def imports_url(actor: Actor) -> str:
    """Where files are loaded, empty for those who may not."""
    return reverse("ingest:import-list") if ingest.may_import(actor) else ""


def build_under_way() -> DemoBuild | None:
    """The build of the demonstration city while it is queued, runs or has failed; None when there is nothing to tell."""
    run = ingest.demo_build()
    if run is None:
        return None
    return DemoBuild(run.state, run.stage, run.done, run.total or None, run.started_at or run.requested_at)


@lru_cache(maxsize=4)
def _number_on_record(home: str, snapshot: int) -> str:  # noqa: ARG001 - remembered for a home; what is held stays held
    """The number of a patent that can be opened.

    errors  NotFound, Unavailable while there is nothing to search
    """
    return register.search(SearchRequest("", size=1)).hits[0].number


def examples() -> tuple[Example, ...]:
    """Queries worth trying; the number among them is one that is on record."""
    snapshot = register.current_snapshot()
    try:
        numbers = (
            (_number_on_record(str(settings.QIANTANG_HOME), snapshot.number),) if snapshot and snapshot.patents else ()
        )
    except (NotFound, Unavailable):  # the index is still to come
        numbers = ()
    return tuple(Example(text, urlencode({"q": text})) for text in (*numbers, *_EXAMPLES))
