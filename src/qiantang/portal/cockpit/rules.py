"""What the feed promises, as data."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_noop as _

from qiantang.commons.notices.types import NoticeKind, declare_kind

SCHEMA: Final = "qiantang.cockpit.feed/1"
"""Members may be added under this name; none is renamed or taken away."""

VALID_FOR: Final = timedelta(minutes=15)
TILES: Final = ("RB-01", "RB-02", "RB-03", "RB-04", "RB-05", "C-01")
DIVIDED: Final = ("RB-05", "RB-01")
"""Metrics that the feed also tells by district."""

GRANTS_SHOWN: Final = 8

REPORT = declare_kind(
    NoticeKind(
        code="cockpit.report",
        label=_("The regular report on the city's patents"),
        title=_("The city's patents, %(period)s"),
        happened=_("As of snapshot %(snapshot)s the city stands so:"),
        details=(("figures", _("%(figures)s")),),
        link_label=_("Open the cockpit"),
    )
)
