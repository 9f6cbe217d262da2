"""What the browser received, as a WARC (ISO 28500) inside a WACZ, which replaying programs open.

Bodies are as the browser decoded them, so the headers that told how they were packed for the way are kept under another
name, as is the custom. Cookies are masked: they are nobody's, but they need not travel.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WACZ_VERSION = "1.1.1"
_OF_THE_WAY = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_COOKIES = frozenset({"cookie", "set-cookie"})

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and what came back. ``body`` None: it could not be had."""

    url: str
    method: str
    status: int
    reason: str
    asked: Headers
    answered: Headers
    body: bytes | None
    address: str | None
    kind: str
    at: datetime


def masked_cookies(fields: Headers) -> Headers:
    """Headers in which the values of cookies are stars; their names and terms stay."""
    return [(name, _masked(value) if name.lower() in _COOKIES else value) for name, value in fields]


def _masked(value: str) -> str:
    parts = [part.strip() for part in value.split(";")]
    return "; ".join(f"{part.partition('=')[0]}=***" if place == 0 else part for place, part in enumerate(parts))


class _Archive:
    """A WARC being written, with the index of its answers."""

    def __init__(self, software: str) -> None:
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=True, warc_version="1.1")
        told = {"software": software, "format": "WARC File Format 1.1"}
        self.writer.write_record(self.writer.create_warcinfo_record("data.warc.gz", told))
        self.lines: list[str] = []

    def add(self, one: Exchange) -> None:
        body = one.body or b""
        kept = [
            (f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WAY else name, value)
            for name, value in masked_cookies(one.answered)
        ]
        status = StatusAndHeaders(
            f"{one.status} {one.reason}".strip(), [*kept, ("Content-Length", str(len(body)))], protocol="HTTP/1.1"
        )
        told = {"WARC-Date": datetime_to_iso_date(one.at, use_micros=True)}
        if one.address:
            told["WARC-IP-Address"] = one.address
        answer = self.writer.create_warc_record(
            one.url, "response", payload=io.BytesIO(body), length=len(body), http_headers=status, warc_headers_dict=told
        )
        begins = self.out.tell()
        self.writer.write_record(answer)
        self._note(one, body, begins)
        parts = urlsplit(one.url)
        line = f"{one.method} {parts.path or '/'}{f'?{parts.query}' if parts.query else ''} HTTP/1.1"
        asked = StatusAndHeaders(line, masked_cookies(one.asked), is_http_request=True)
        told = {**told, "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID")}
        self.writer.write_record(
            self.writer.create_warc_record(one.url, "request", http_headers=asked, warc_headers_dict=told)
        )

    def _note(self, one: Exchange, body: bytes, begins: int) -> None:
        mime = next((value for name, value in one.answered if name.lower() == "content-type"), "")
        told = {
            "url": one.url,
            "mime": mime.partition(";")[0].strip() or "application/octet-stream",
            "status": str(one.status),
            "digest": f"sha-256:{sha256(body).hexdigest()}",
            "length": str(self.out.tell() - begins),
            "offset": str(begins),
            "filename": "data.warc.gz",
        }
        self.lines.append(f"{search_key(one.url)} {one.at:%Y%m%d%H%M%S} {json.dumps(told)}")


def search_key(url: str) -> str:
    """The key under which an index keeps an address: ``com,example)/path?query``."""
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port else ""
    return f"{host}{port}){(parts.path or '/').lower()}{f'?{parts.query.lower()}' if parts.query else ''}"


def write_wacz(
    target: Path, exchanges: Sequence[Exchange], pages: Sequence[dict[str, Any]], *, title: str, software: str
) -> None:
    """Write the archive.

    pages   ``{"id", "url", "title", "ts"}`` of each page that was opened
    """
    archive = _Archive(software)
    for one in exchanges:
        archive.add(one)
    head = {"format": "json-pages-1.0", "id": "pages", "title": "Pages"}
    files = {
        "archive/data.warc.gz": archive.out.getvalue(),
        "indexes/index.cdx": "".join(f"{line}\n" for line in sorted(archive.lines)).encode(),
        "pages/pages.jsonl": "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in [head, *pages]).encode(),
    }
    resources = [
        {
            "name": name.rpartition("/")[2],
            "path": name,
            "hash": f"sha256:{sha256(content).hexdigest()}",
            "bytes": len(content),
        }
        for name, content in files.items()
    ]
    package = {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "title": title,
        "created": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "software": software,
        "resources": resources,
    }
    told = json.dumps(package, ensure_ascii=False, indent=1).encode()
    digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(told).hexdigest()}"}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
        for name, content in files.items():
            out.writestr(name, content)
        out.writestr("datapackage.json", told)
        out.writestr("datapackage-digest.json", json.dumps(digest))
