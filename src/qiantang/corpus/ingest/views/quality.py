"""The quality report of a load as its page shows it: rules in sentences, fields in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from qiantang.commons.ui.api import word_for

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

FINDS: Mapping[str, StrPromise] = {
    "DQ-01": __("The check digit of the application number is wrong."),
    "DQ-02": __("The year in the number and the filing year differ by more than one."),
    "DQ-03": __("The type in the number and the kind code disagree."),
    "DQ-04": __("Published before it was filed, or granted before it was published."),
    "DQ-05": __("First published more than 19 months after filing, without a priority."),
    "DQ-06": __("In force after the end of its term."),
    "DQ-07": __("A class symbol cannot be read."),
    "DQ-08": __("A priority is later than the filing date."),
    "DQ-09": __("A cited document is newer than the one that cites it."),
    "DQ-10": __("Sources disagree; the more credible word is kept, the other stays visible."),
    "DQ-11": __("A date lies after the day of the import."),
    "DQ-12": __("A date lies before the office took filings."),
}
_FOLLOWS: Mapping[str, StrPromise] = {
    "quarantine": __("the row is refused"),
    "error": __("the source contradicts itself: check it"),
    "warn": __("unusual: have a look"),
}
_VOLUME: Mapping[str, StrPromise] = {
    "more": __("More than twice as many rows as in load %(load)s."),
    "fewer": __("Fewer than half the rows of load %(load)s."),
    "alike": __("About as many rows as in load %(load)s."),
}


def quality_rows(told: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A quality report in words; what the records of the load break stands with its first format."""
    if not told:
        return None
    formats = [_format(one) for one in told["formats"]]
    if formats:
        formats[0]["findings"] += [_finding(one) for one in told["patents"]]
    return {"load": told["load"], "formats": formats}


def _format(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "format": one["format"],
        "rows": one["rows"],
        "findings": [_finding(finding) for finding in one["findings"]],
        "outliers": [{**outlier, "word": _field(outlier["field"])} for outlier in one["outliers"]],
        "drift": _drift(one["drift"]) if one["drift"] else "",
        "fields": [{"word": _field(name), "filled": count} for name, count in one["filled"].items()],
    }


def _finding(one: Mapping[str, Any]) -> dict[str, Any]:
    rows = [_("%(file)s, row %(row)s") % example for example in one.get("examples", ())]
    return {
        "rule": one["rule"],
        "finds": FINDS[one["rule"]],
        "follows": _FOLLOWS[one["action"]],
        "count": one["count"],
        "examples": [*rows, *one.get("patents", ())],
    }


def _field(name: str) -> str:
    if name == "title_length":
        return _("Length of the title")
    table, _dot, part = name.rpartition(".")
    words = {"applicant": "applicants", "inventor": "inventors", "holder": "holders"}
    return word_for("field", words.get(part, part) if table else name)


def _drift(told: Mapping[str, Any]) -> str:
    moved = [
        _("%(field)s: %(before)s before, %(now)s now")
        % {"field": _field(one["field"]), "before": f"{one['before']:.0%}", "now": f"{one['now']:.0%}"}
        for one in told["fields"]
    ]
    volume = str(_VOLUME[told["volume"]]) % {"load": told["load"]}
    return " ".join([volume, "; ".join(moved) or _("The fill rates are alike.")])
