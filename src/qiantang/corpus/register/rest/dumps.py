"""The register in bulk: finished exports of whole snapshots, with digests."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Annotated

from django.http import FileResponse, HttpRequest
from pydantic import Field

from qiantang.commons.catalogue.bases import CursorText, Limit, Line
from qiantang.corpus.register.api import register
from qiantang.corpus.register.rest import shapes
from qiantang.corpus.register.selectors.dumps import dump_file, open_dumps
from qiantang.kernel.paging import page_of

if TYPE_CHECKING:
    from qiantang.corpus.register.types import OpenDump

PARQUET = "application/vnd.apache.parquet"
JSON = "application/json"
DumpName = Annotated[Line, Field(description="Name of a dump.")]
FileName = Annotated[Line, Field(description="Name of one of its files.")]


def list_dumps(
    request: HttpRequest,
    limit: Limit = 50,
    cursor: CursorText | None = None,
) -> shapes.Dumps:
    found = [one for one in open_dumps(register()) if one.current]
    edition = ",".join(one.name for one in found)[:200]
    page = page_of(found, subject="dumps", size=limit, cursor=cursor, edition=edition)
    items = [_told(one, request.path.rstrip("/")) for one in page.items]
    return shapes.Dumps(total=page.total, items=items, next=page.next)


def _told(dump: OpenDump, address: str) -> shapes.Dump:
    files = [
        shapes.DumpFile(
            name=one.name,
            href=f"{address}/{dump.name}/{one.name}",
            rows=one.rows,
            size_bytes=one.size_bytes,
            sha256=one.sha256,
        )
        for one in dump.files
    ]
    return shapes.Dump(
        name=dump.name, snapshot=dump.snapshot, created_at=dump.created_at, synthetic=dump.synthetic, files=files
    )


def fetch_dump(request: HttpRequest, dump: DumpName, file: FileName) -> FileResponse:
    held, path = dump_file(register(), dump, file)
    kind = PARQUET if held.name.endswith(".parquet") else JSON
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"{dump}-{file}", content_type=kind)
    if held.sha256:
        response.headers["ETag"] = f'"{held.sha256}"'
        digest = base64.b64encode(bytes.fromhex(held.sha256)).decode()
        response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    return response
