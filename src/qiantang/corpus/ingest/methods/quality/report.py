"""The report of one load: its formats in figures, and how they differ from the load of the same format before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from qiantang.corpus.ingest.methods.quality.checks import days_of, list_lengths
from qiantang.corpus.ingest.methods.quality.profile import Profile
from qiantang.corpus.ingest.methods.quality.rules import RULES

_SHIFT = 0.10  # of all rows: a fill rate that moved by more is told
_VOLUME = 2.0  # times as many rows, or as few
_IN_FORCE = ("granted", "partially_invalidated")


def patent_findings(batches: Iterable[pa.RecordBatch]) -> dict[str, dict[str, Any]]:
    """What the records written by a load break: batches with patent_id, status, expiry_date, status_as_of, disputed."""
    found: dict[str, dict[str, Any]] = {}
    for batch in batches:
        status = np.asarray(batch.column("status").to_pylist(), dtype=object)
        over = days_of(batch.column("expiry_date")) < days_of(batch.column("status_as_of"))
        disputed = list_lengths(batch.column("disputed")) > 0
        for rule, mask in (("DQ-06", np.isin(status, _IN_FORCE) & over), ("DQ-10", disputed)):
            ids = [batch.column("patent_id")[place].as_py() for place in np.flatnonzero(mask).tolist()]
            if ids:
                told = found.setdefault(rule, {"count": 0, "patents": []})
                told["count"] += len(ids)
                told["patents"] += ids[: 5 - len(told["patents"])]
    return found


def quality_report(
    load: int,
    sources: Iterable[Mapping[str, Any]],
    patents: Mapping[str, Mapping[str, Any]],
    before: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """All of it as plain values.

    sources     of each file that was read: file, format, profile (as ``Profile.to_json``), refused, reasons
    patents     as ``patent_findings``
    before      by format: its entry in the newest report that has one, with the number of that load
    """
    formats: dict[str, dict[str, Any]] = {}
    for source in sources:
        one = formats.setdefault(source["format"], {"profile": Profile(), "refused": 0, "reasons": {}})
        one["profile"].merge(source["profile"], source["file"])
        one["refused"] += source["refused"]
        for code, count in source["reasons"].items():
            one["reasons"][code] = one["reasons"].get(code, 0) + count
    told = [_format(name, one, before.get(name)) for name, one in sorted(formats.items())]
    return {"load": load, "formats": told, "patents": _findings(patents)}


def _format(name: str, one: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    profile: Profile = one["profile"]
    findings = dict(profile.findings)
    wrong_digits = one["reasons"].get("check_digit_wrong", 0)
    if wrong_digits:
        findings["DQ-01"] = {"count": wrong_digits, "rows": []}
    told = {
        "format": name,
        "rows": profile.rows,
        "refused": one["refused"],
        "impossible_dates": one["reasons"].get("date_impossible", 0),
        "filled": dict(profile.filled),
        "findings": _findings(findings),
        "outliers": profile.outliers(),
    }
    return {**told, "drift": _drift(told, before)}


def _findings(found: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"rule": rule, "action": str(RULES[rule].action), **{k: v for k, v in found[rule].items() if k != "rows"}}
        | ({"examples": list(found[rule]["rows"])} if "rows" in found[rule] else {})
        for rule in RULES
        if rule in found
    ]


def _drift(now: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What moved since the load before: fill rates by more than ten points, rows to twice or half; None: nothing before."""
    if before is None or not before["rows"] or not now["rows"]:
        return None
    shares = {
        name: (before["filled"].get(name, 0) / before["rows"], count / now["rows"])
        for name, count in now["filled"].items()
    }
    moved = [
        {"field": name, "before": round(old, 4), "now": round(new, 4)}
        for name, (old, new) in shares.items()
        if abs(new - old) > _SHIFT
    ]
    times = now["rows"] / before["rows"]
    return {
        "load": before["load"],
        "rows_before": before["rows"],
        "volume": "more" if times > _VOLUME else "fewer" if times < 1 / _VOLUME else "alike",
        "fields": moved,
    }
