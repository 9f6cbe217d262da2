"""Runs of the clusters that were kept: what they depended on, and whether a run of now comes to the same."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from qiantang.scenarios.monitoring.models import ClusterRun
from qiantang.scenarios.monitoring.selectors import numerals
from qiantang.scenarios.monitoring.types import Sheet, SheetCell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

    from qiantang.scenarios.monitoring.selectors.clusters import Run

_SHOWN, _LETTERS = 12, 12
_NAMES: Mapping[str, StrOrPromise] = {
    "method": __("method"),
    "radius_km": __("radius in km"),
    "least_share": __("least share of all grants in the ball"),
    "years": __("years counted together"),
    "earth_km": __("Earth radius in km"),
    "metric": __("what is counted"),
    "metric_version": __("version of what is counted"),
}


def digest(value: object) -> str:
    """SHA-256 of a plain value in one form."""
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def compared(run: Run) -> str:
    """Whether the run comes to what was kept of the same snapshot and year, and if not, by what it differs."""
    kept = list(ClusterRun.objects.filter(snapshot=run.told.snapshot or 0, last_year=run.year))
    mine = digest(run.parameters())
    same = next((one for one in kept if one.parameters_digest == mine), None)
    if same is not None:
        facts = {"day": f"{timezone.localdate(same.kept_at):%Y-%m-%d}", "digest": same.result_digest[:_LETTERS]}
        if same.result_digest == digest(run.clusters()):
            return _("As kept on %(day)s with the same parameters: the same clusters (SHA-256 %(digest)s…).") % facts
        if same.input_digest != digest(run.places()):
            return (
                _("Kept on %(day)s with the same parameters: other clusters, for places or weights are others now.")
                % facts
            )
        return _("Kept on %(day)s with the same parameters and places: other clusters. Tell the operator.") % facts
    if kept:
        told = {"what": differences(kept[0].parameters, run.parameters())}
        return _("What was kept of this snapshot had other parameters: %(what)s.") % told
    return _("No run of this snapshot and year is kept; one is kept after every load, for the last year of grants.")


def differences(before: Mapping[str, object], now: Mapping[str, object]) -> str:
    """The parameters that are others, each with both values."""
    names = [one for one in dict.fromkeys((*before, *now)) if before.get(one) != now.get(one)]
    return ", ".join(f"{_NAMES.get(one, one)} {before.get(one, '–')} → {now.get(one, '–')}" for one in names)


def kept_sheet(year: int) -> Sheet | None:
    """The runs that were kept for a year, the newest first, each with what is another than in the one before it."""
    runs = list(ClusterRun.objects.filter(last_year=year)[: _SHOWN + 1])
    if not runs:
        return None
    pairs = [*pairwise(runs), (runs[-1], None)][:_SHOWN]
    rows = tuple(
        (
            SheetCell(f"{timezone.localdate(one.kept_at):%Y-%m-%d}"),
            numerals.number(one.snapshot),
            SheetCell(", ".join(f"{_NAMES.get(name, name)} {value}" for name, value in one.parameters.items())),
            numerals.number(len(one.clusters)),
            SheetCell(one.result_digest[:_LETTERS]),
            SheetCell(_changed(before, one)),
        )
        for one, before in pairs
    )
    head = (
        *(_("Kept on"), _("Snapshot"), _("Parameters"), _("Clusters"), _("SHA-256 of the result")),
        _("Against the run before"),
    )
    return Sheet(_("Runs that were kept"), head, rows)


def _changed(before: ClusterRun | None, now: ClusterRun) -> str:
    if before is None:
        return _("the first one")
    if before.parameters_digest != now.parameters_digest:
        return _("other parameters: %(what)s") % {"what": differences(before.parameters, now.parameters)}
    if before.result_digest == now.result_digest:
        return _("the same clusters")
    return _("other clusters, same parameters: patents or places are others")
