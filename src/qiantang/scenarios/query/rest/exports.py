"""A person's exports: asked for, watched, fetched, deleted. Any result without a cap on rows, made as a job."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.bases import Answer, Body, CursorText, Key, Limit, Line
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, FileFormat
from qiantang.scenarios.query.methods.exporting.columns import COLUMNS, PROPOSED
from qiantang.scenarios.query.methods.exporting.numbers import Spelling
from qiantang.scenarios.query.rest.pages import page_asked
from qiantang.scenarios.query.rest.search import Order, QueryText
from qiantang.scenarios.query.selectors import exports as reads
from qiantang.scenarios.query.services.exporting import jobs

if TYPE_CHECKING:
    from qiantang.scenarios.query.models import Export

ExportKey = Annotated[Key, Field(description="Key of an export.")]
MEDIA = {
    FileFormat.CSV: "text/csv",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JSON: "application/json",
    FileFormat.RIS: "application/x-research-info-systems",
    FileFormat.BIBTEX: "application/x-bibtex",
    FileFormat.NUMBERS: "text/plain",
}


class ExportWanted(Body):
    query: QueryText = ""
    sort: Order = "relevance"
    format: FileFormat = FileFormat.CSV
    columns: list[Line] = Field(
        default=[], max_length=len(COLUMNS), description="Keys of columns, in order; empty: the usual ones."
    )
    spelling: Spelling = Field(
        default=Spelling.PUBLICATION, description="How numbers are written in a list of numbers."
    )


class ExportTold(Answer):
    key: int
    state: str = Field(description="`queued`, `running`, `done`, `failed`, `cancelled` or `expired`.")
    query: str
    sort: str
    format: str
    columns: list[str]
    done: int = Field(description="Rows written.")
    total: int | None
    requested_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None = Field(description="When the file is deleted.")
    snapshot: int | None = Field(description="Of which it is made.")
    size_bytes: int | None
    sha256: str | None
    error: str = Field(description="Code of why it failed; empty: it did not.")
    href: str | None = Field(description="Where the file is fetched, once it is there.")


class Exports(Answer):
    total: int
    items: list[ExportTold]
    next: str | None


def list_exports(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> Exports:
    page = reads.exports(actor_of(request), page_asked(limit, cursor, reads.SUBJECT))
    base = request.path.rstrip("/")
    return Exports(total=page.total, items=[_told(one, f"{base}/{one.pk}") for one in page.items], next=page.next)


def read_export(request: HttpRequest, key: ExportKey) -> ExportTold:
    return _told(reads.export(actor_of(request), key), request.path.rstrip("/"))


def request_export(request: HttpRequest, wanted: ExportWanted) -> ExportTold:
    known = [one.key for one in COLUMNS]
    unknown = [one for one in wanted.columns if one not in known]
    if unknown:
        raise Invalid("query.export_columns", unknown=", ".join(unknown), known=", ".join(known))
    total = register.search(SearchRequest(query=wanted.query, sort=wanted.sort, size=1)).total
    asked = ExportAsked(
        query=wanted.query,
        sort=wanted.sort,
        format=wanted.format,
        columns=tuple(dict.fromkeys(wanted.columns)) or tuple(PROPOSED),
        spelling=wanted.spelling,
        language=get_language() or "zh-hans",
        day=timezone.localdate(),
    )
    row = jobs.request_export(actor=actor_of(request), asked=asked, total=total)
    return _told(row, f"{request.path.rstrip('/')}/{row.pk}")


def fetch_export(request: HttpRequest, key: ExportKey) -> FileResponse:
    row, path = jobs.open_export(actor=actor_of(request), key=key)
    name = f"patents-{timezone.localdate(row.requested_at).isoformat()}-{row.pk}.{row.format}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=MEDIA[FileFormat(row.format)])


def delete_export(request: HttpRequest, key: ExportKey) -> None:
    jobs.delete_export(actor=actor_of(request), key=key)


def _told(row: Export, address: str) -> ExportTold:
    return ExportTold(
        key=row.pk,
        state=row.state,
        query=row.query,
        sort=row.sort,
        format=row.format,
        columns=list(row.columns),
        done=row.done,
        total=row.total,
        requested_at=row.requested_at,
        finished_at=row.finished_at,
        expires_at=row.expires_at,
        snapshot=row.snapshot,
        size_bytes=row.size_bytes,
        sha256=row.sha256 or None,
        error=row.error_code,
        href=f"{address}/file" if row.state == "done" else None,
    )
