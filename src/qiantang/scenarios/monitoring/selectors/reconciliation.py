"""Our numbers beside the tables that offices publish, and the rule that explains the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qiantang.commons.metrics import api as metrics
from qiantang.commons.refdata.api import regions
from qiantang.commons.refdata.methods.source_words import source_in
from qiantang.scenarios.monitoring.selectors import asking, numerals
from qiantang.scenarios.monitoring.types import Asked, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


def reconciliation_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """Every published table that the platform knows, cell by cell."""
    return Panel(
        title=_("Our numbers beside published ones"),
        lead=_(
            "What the office published, what we count of the same thing, and why the two differ. No number is bent to fit."
        ),
        sheets=tuple(_sheet(key) for key in metrics.reconciling.PUBLISHED_TABLES),
    )


def _sheet(key: str) -> Sheet:
    table = metrics.reconciling.PUBLISHED_TABLES[key]
    language = asking.language()
    cells = metrics.reconciling.reconciled(key)
    rows = tuple(
        (
            SheetCell(regions().name(one.region, language)),
            SheetCell(_series(one.series)),
            numerals.number(one.stated),
            numerals.number(one.ours, url=(asking.records_url(one.told, one.point) if one.point else None) or ""),
            numerals.number(one.difference, signed=True),
            SheetCell(metrics.reconciling.RULES[one.rule].told(language) if one.rule else _("the same")),
        )
        for one in cells
    )
    sources = sorted({source_in(one.source, language) for one in cells if one.source})
    head = (
        _("District"),
        _("Indicator"),
        pgettext("figure", "Published"),
        _("Ours"),
        _("Difference"),
        _("What explains it"),
    )
    return Sheet(
        table.title.told(language),
        head,
        rows,
        _("Source: %(source)s") % {"source": "；".join(sources)} if sources else "",
    )


def _series(name: str) -> str:
    return {
        "grants_invention": _("Inventions granted"),
        "grants_utility_model": _("Utility models granted"),
        "grants_design": _("Designs granted"),
        "grants_total": _("All grants"),
    }.get(name, name)
