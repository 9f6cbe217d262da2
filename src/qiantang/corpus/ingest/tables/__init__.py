"""What the import pages show: runs, reports, refused rows, each with its reason (``reasons``)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiantang.corpus.ingest.tables.reasons import kind_of, next_step, sentence
from qiantang.corpus.ingest.types import by_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from qiantang.corpus.ingest.models import ImportRun
    from qiantang.corpus.ingest.selectors.runs import RefusedRow

__all__ = [
    "RunRow",
    "folder_rows",
    "kind_of",
    "next_step",
    "previewed",
    "refused_table",
    "run_row",
    "sentence",
    "source_rows",
]

# Who began a run where no person did.
_PLATFORM = {"system: command line": _("command line"), "system: demo": _("build of the demonstration city")}
# What a mapping of the operator's own can help.
_MAPPABLE = ("format_unknown", "table_unknown", "mapping.column_missing")


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run as lists and its page show it; counts are None until it is done.

    refused         rows: read = kept + merged + refused
    files_refused   files of which no row was read
    snapshot        the one that it made; None: it added nothing
    """

    number: int
    url: str
    state: str
    started_at: datetime | None
    finished_at: datetime | None
    person: str
    files: int
    read: int | None
    kept: int | None
    merged: int | None
    refused: int | None
    files_refused: int
    snapshot: int | None
    stage: str
    done: int
    total: int | None
    failure: str
    next_step: str
    licence: str | None = None

    @property
    def took_nothing(self) -> bool:
        """Whether it is over and everything was refused."""
        return self.read is not None and not (self.kept or self.merged) and bool(self.refused or self.files_refused)


def run_row(run: ImportRun) -> RunRow:
    totals = run.report["totals"] if run.report else {}
    return RunRow(
        number=run.pk,
        url=reverse("ingest:import-detail", args=[run.pk]),
        state=run.state,
        started_at=run.started_at or run.requested_at,
        finished_at=run.finished_at,
        person=str(_PLATFORM.get(run.requested_by, run.requested_by)),
        files=len(run.report["sources"]) if run.report else len(run.paths),
        read=totals.get("read"),
        kept=totals.get("kept"),
        merged=totals.get("merged"),
        refused=totals.get("refused"),
        files_refused=sum(one["refusal"] is not None for one in run.report["sources"]) if run.report else 0,
        snapshot=run.snapshot if run.report and run.report["published"] else None,
        stage=run.stage,
        done=run.done,
        total=run.total or None,
        failure=sentence(run.error_code, run.error_facts) if run.error_code else "",
        next_step=next_step(run.error_code, run.error_facts) if run.error_code else "",
        licence=run.licence if run.kind != run.Kind.DEMO else None,
    )


def _mapping_url(run: ImportRun, source: Mapping[str, Any]) -> str:
    return f"{reverse('ingest:mapping-form', args=[run.pk])}?{urlencode({'file': source['path']})}"


def source_rows(run: ImportRun) -> list[dict[str, Any]]:
    """The report, file by file."""
    rows = []
    for source in run.report["sources"] if run.report else ():
        refusal = source["refusal"]
        reasons = [] if refusal else [{"sentence": kind_of(code), "count": n} for code, n in source["reasons"].items()]
        rows.append(
            {
                **{name: source[name] for name in ("read", "kept", "merged", "refused", "format", "size_bytes")},
                "name": source["path"],
                "resumed": source.get("resumed", False),
                "digest": source.get("digest", ""),
                "reasons": reasons,
                "failure": sentence(refusal["code"], refusal["facts"] or {}) if refusal else "",
                "mapping_url": _mapping_url(run, source) if refusal and refusal["code"] in _MAPPABLE else "",
                "next_step": next_step(refusal["code"], refusal["facts"] or {}) if refusal else "",
            }
        )
    return rows


_FEW = 20  # files that a page tells one by one without being asked


def folder_rows(run: ImportRun) -> list[dict[str, Any]]:
    """The report summed by folder, where there are many files and more than one folder of them."""
    sources = run.report["sources"] if run.report else []
    found = by_folder(sources)
    if len(sources) <= _FEW or len(found) == 1:
        return []
    return [{"name": name, **asdict(counts)} for name, counts in found.items()]


def refused_table(rows: Sequence[RefusedRow]) -> list[dict[str, Any]]:
    return [
        {
            "source": row.file,
            "row": row.row,
            "column": row.column,
            "sentence": sentence(row.code, row.facts),
            "raw": row.raw,
            "next_step": next_step(row.code, row.facts),
        }
        for row in rows
    ]


def previewed(observation: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """One row as a mapping reads it, in the words and figures of a preview; addresses stay out of it."""
    if observation is None:
        return None
    texts = {text["part"]: text["text"] for text in reversed(observation["texts"] or ())}
    names: dict[str, list[str]] = {}
    for party in observation["parties"] or ():
        names.setdefault(party["role"], []).append(party["name"])
    return {
        "numbers": [
            *([observation["application_number"]] if observation["application_number"] else []),
            *(f"{one['number']}{one['kind'] or ''}" for one in observation["publications"] or ()),
        ],
        "title": texts.get("title"),
        "type": observation["type"],
        "applicants": names.get("applicant") or names.get("holder") or [],
        "inventors": names.get("inventor") or [],
        "filing_date": observation["filing_date"],
        "publication_date": next((one["date"] for one in observation["publications"] or () if one["date"]), None),
        "classes": [one["symbol"] for one in observation["classifications"] or ()],
    }
