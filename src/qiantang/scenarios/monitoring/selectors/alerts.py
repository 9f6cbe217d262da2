"""What the rules of monitoring found, and the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qiantang.scenarios.monitoring.models import AlertFinding
from qiantang.scenarios.monitoring.rules import ALERTS
from qiantang.scenarios.monitoring.selectors import numerals
from qiantang.scenarios.monitoring.types import Asked, Panel, Sheet, SheetCell

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_SHOWN = 200


def alerts_panel(actor: Actor, asked: Asked) -> Panel:  # noqa: ARG001 - public figures; the shape of every selector
    """The findings, the newest first, each with the numbers that made it fire; and every rule with its bounds."""
    return Panel(
        title=_("Alerts"),
        lead=_(
            "The rules are checked after every load; what fires is told to operators and analysts, and stands here."
        ),
        sheets=(_findings(), _rules()),
    )


def _findings() -> Sheet:
    titles = {rule.key: _(rule.title) for rule in ALERTS}
    rows = [
        (
            SheetCell(titles.get(one.rule, one.rule), one.url),
            SheetCell(one.subject or _("The city")),
            SheetCell(one.period),
            numerals.number(one.value),
            numerals.number(one.expected, 1),
            numerals.number(one.bound, 1),
            SheetCell(str(one.snapshot), right=True, value=one.snapshot),
            SheetCell(one.found_on.isoformat()),
        )
        for one in AlertFinding.objects.all()[:_SHOWN]
    ]
    head = (
        _("What"),
        _("Whose"),
        _("Period"),
        _("Value"),
        _("Compared with"),
        _("Bound"),
        _("Snapshot"),
        _("Found on"),
    )
    return Sheet(_("What was found"), head, tuple(rows))


def _rules() -> Sheet:
    rows = [
        (
            SheetCell(_(rule.title)),
            SheetCell(f"{rule.threshold:g}", right=True, value=rule.threshold),
            SheetCell(str(rule.least), right=True, value=rule.least),
            SheetCell(str(rule.window), right=True, value=rule.window),
            SheetCell(str(rule.cool_down), right=True, value=rule.cool_down),
        )
        for rule in ALERTS
    ]
    head = (_("Rule"), _("Threshold"), _("Least number"), _("Months looked back"), _("Silent for days"))
    note = _("Applications of the last 18 months are incomplete, so that only complete months are compared.")
    cited = _(
        "Much cited means: in the top tenth of patents of the same kind, field and year by citing families within five years, and at least %(n)s of them; while the five years run, nothing is told. Value and bound are places out of 100."
    ) % {"n": next(rule.least for rule in ALERTS if rule.detector == "leaving")}
    return Sheet(_("The rules"), head, tuple(rows), f"{note} {cited}")
