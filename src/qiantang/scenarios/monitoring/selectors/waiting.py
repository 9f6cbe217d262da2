"""What a page says while what it is read from is being made."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qiantang.scenarios.monitoring.selectors import kept
from qiantang.scenarios.monitoring.types import Panel, Waiting


def how_far() -> Waiting:
    """How far the job is."""
    step, done, total = kept.making()
    label = {
        "records": _("Patents are being read one by one"),
        "people": _("Names of inventors are being compared"),
        "networks": _("Who stands between others is being counted"),
    }.get(step, _("Waiting for the worker"))
    return Waiting(label, done, total)


def waiting_panel(title: str) -> Panel:
    """A page of which nothing can be told yet."""
    return Panel(
        title=title,
        lead=_("Every load is read once for this page, in the background. It opens as soon as that is done."),
        waiting=how_far(),
    )
