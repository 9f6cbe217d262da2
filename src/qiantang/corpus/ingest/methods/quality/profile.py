"""One source file in figures, gathered batch by batch: what is filled, what breaks a rule, how long and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.ingest.methods.quality.checks import broken_rules, entries, is_said, list_lengths
from qiantang.corpus.register.types import LIST_FIELDS, SINGLE_FIELDS, Part, Role

EXAMPLES = 5  # rows named for a finding
_MEASURED = ("claim_count", "page_count", "applicants", "inventors", "title_length")
_WHISKERS = 3  # Tukey's outer fences: so many times the middle half beyond it


class Profile:
    """``add`` every batch, then ``to_json``; profiles of one format are put together with ``merge``."""

    def __init__(self) -> None:
        self.rows = 0
        self.filled: Counter[str] = Counter()
        self.findings: dict[str, dict[str, Any]] = {}
        self._measured: dict[str, Counter[int]] = {name: Counter() for name in _MEASURED}

    def add(self, batch: pa.RecordBatch, day: date) -> None:
        """Rows of OBSERVATION_SCHEMA; ``day`` is that of the load."""
        self.rows += batch.num_rows
        self._fill(batch)
        places = batch.column("row").to_pylist()
        for rule, mask in broken_rules(batch, day).items():
            found = np.flatnonzero(mask).tolist()
            if found:
                told = self.findings.setdefault(rule, {"count": 0, "rows": []})
                told["count"] += len(found)
                told["rows"] += [places[one] for one in found[: EXAMPLES - len(told["rows"])]]
        self._measure(batch)

    def _fill(self, batch: pa.RecordBatch) -> None:
        for name, _ in SINGLE_FIELDS:
            column = batch.column(name)
            self.filled[name] += len(column) - column.null_count
        for name, _ in LIST_FIELDS:
            self.filled[name] += int((list_lengths(batch.column(name)) > 0).sum())
        for table, word, words in (("texts", "part", Part), ("parties", "role", Role)):
            owners, flat = entries(batch.column(table))
            said = pc.struct_field(flat, word)
            for one in words:
                self.filled[f"{table}.{one}"] += len(np.unique(owners[is_said(said, one)]))

    def _measure(self, batch: pa.RecordBatch) -> None:
        for name in ("claim_count", "page_count"):
            self._measured[name].update(value for value in batch.column(name).to_pylist() if value is not None)
        owners, flat = entries(batch.column("parties"))
        roles = pc.struct_field(flat, "role")
        for role, name in ((Role.APPLICANT, "applicants"), (Role.INVENTOR, "inventors")):
            counted = np.bincount(owners[is_said(roles, role)]) if len(owners) else np.zeros(0, int)
            self._measured[name].update(counted[counted > 0].tolist())
        _, texts = entries(batch.column("texts"))
        titles = pc.struct_field(texts, "text").filter(pa.array(is_said(pc.struct_field(texts, "part"), Part.TITLE)))
        self._measured["title_length"].update(pc.utf8_length(titles.drop_null()).to_pylist())

    def merge(self, other: Mapping[str, Any], file: str) -> None:
        """Add the profile of a file (as ``to_json`` gave it); its examples are named with the file."""
        self.rows += other["rows"]
        self.filled.update(other["filled"])
        for rule, found in other["findings"].items():
            told = self.findings.setdefault(rule, {"count": 0, "rows": []})
            told["count"] += found["count"]
            told["rows"] += [{"file": file, "row": row} for row in found["rows"][: EXAMPLES - len(told["rows"])]]
        for name, counts in other["measured"].items():
            self._measured[name].update({int(value): n for value, n in counts.items()})

    def to_json(self) -> dict[str, Any]:
        """All of it as plain values, for storing beside the staged rows."""
        measured = {name: {str(value): n for value, n in counts.items()} for name, counts in self._measured.items()}
        return {"rows": self.rows, "filled": dict(self.filled), "findings": self.findings, "measured": measured}

    def outliers(self) -> list[dict[str, Any]]:
        """Measures with values beyond Tukey's outer fence: the fence, how many lie beyond, the largest.

        Source: Tukey, Exploratory Data Analysis (1977); where the middle half is one value, one counts as its width.
        """
        told = []
        for name, counts in self._measured.items():
            if not counts:
                continue
            low, high = _quantile(counts, 0.25), _quantile(counts, 0.75)
            fence = high + _WHISKERS * max(high - low, 1)
            beyond = sum(n for value, n in counts.items() if value > fence)
            if beyond:
                told.append({"field": name, "fence": fence, "count": beyond, "largest": max(counts)})
        return told


def _quantile(counts: Counter[int], share: float) -> int:
    wanted, passed = share * counts.total(), 0
    for value in sorted(counts):
        passed += counts[value]
        if passed >= wanted:
            return value
    return 0
