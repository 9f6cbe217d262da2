"""Deposits for programs: by digests, singly and in batches; their packages; what the log tells everybody."""

from __future__ import annotations

import io
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from pydantic import AwareDatetime, BeforeValidator, Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.bases import LARGEST, Answer, Body, Content, CursorText, Limit, Text
from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.types import Kind
from qiantang.engines.notary.port import Digests
from qiantang.kernel.errors import Invalid
from qiantang.kernel.paging import PageRequest, decode_cursor

if TYPE_CHECKING:
    from qiantang.commons.evidence.types import DepositTold, PublicTold, StampTold

_EARLIEST_YEAR = 1900
Digest = Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f]{64}$", description="Hexadecimal, small letters.")]
Number = Annotated[
    str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9-]+$", description="Number of a deposit.")
]
Name = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00]*$")]
Size = Annotated[int, Field(ge=1, le=LARGEST, description="In bytes.")]


def _as_text(value: object) -> object:
    """A moment as a text; a bare number would be read as seconds since 1970, which nobody means."""
    if isinstance(value, str | datetime) or value is None:
        return value
    raise ValueError("write the moment as a text, such as 2026-11-25T09:30:00+08:00")


Moment = Annotated[AwareDatetime, BeforeValidator(_as_text)]


class FileWanted(Body):
    name: Name
    sha256: Digest
    sm3: Digest
    size: Size


class DepositWanted(FileWanted):
    kind: Literal["file", "video", "chat", "source_code", "design_draft", "trade_secret"] = "file"
    statement: Text = Field(default="", description="What it is to show, in your words.")
    collected_at: Moment | None = Field(default=None, description="When it was made; null: not told.")


class FileSent(Body):
    name: Name
    content: Content = Field(description="The file in base64; it has 20 MB at most.")
    kind: Literal["file", "video", "chat", "source_code", "design_draft"] = "file"
    statement: Text = Field(default="", description="What it is to show, in your words.")
    collected_at: Moment | None = Field(default=None, description="When it was made; null: not told.")


class BatchWanted(Body):
    name: Name
    files: Annotated[list[FileWanted], Field(min_length=1, max_length=1000)]
    statement: Text = ""


class StampAnswer(Answer):
    authority: str
    legal: bool = Field(description="False: a demonstration, no legal timestamp.")
    stamped_at: datetime | None = Field(description="Null: it has not answered yet, and is asked again.")
    serial: str
    policy: str


class DepositAnswer(Answer):
    number: str
    kind: str
    name: str
    sha256: str
    sm3: str
    size: int
    files: int = Field(description="How many it holds; of a batch the digests are those of its list.")
    statement: str
    status: str = Field(description="`received`, `sealed` or `stamped`.")
    deposited_at: datetime
    collected_at: datetime | None
    log_index: int | None = Field(description="From 0; null: not in the log yet.")
    stamps: list[StampAnswer]
    package: str | None = Field(description="Where the package is fetched, once there is one.")


class DepositList(Answer):
    total: int
    items: list[DepositAnswer]
    next: str | None


class Known(Answer):
    number: str
    kind: str
    deposited_at: datetime
    status: str
    log_index: int | None
    stamps: list[StampAnswer]


class KnownList(Answer):
    items: list[Known]


class LogAnswer(Answer):
    size: int
    root: str
    checkpoint: dict[str, Any] | None = Field(description="Body and signature; null: the log is empty.")
    keys: list[dict[str, Any]]


def list_deposits(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> DepositList:
    subject = evidence.reads.SUBJECT
    asked = PageRequest(offset=decode_cursor(cursor, subject=subject) if cursor else 0, size=limit)
    page = evidence.reads.deposits(actor_of(request), asked)
    base = request.path.rstrip("/")
    return DepositList(total=page.total, items=[_told(one, base) for one in page.items], next=page.next)


def read_deposit(request: HttpRequest, number: Number) -> DepositAnswer:
    found = evidence.deposit_told(actor_of(request), number)
    return _told(found, request.path.rstrip("/").rpartition("/")[0])


def make_deposit(request: HttpRequest, wanted: DepositWanted) -> DepositAnswer:
    actor = actor_of(request)
    _ensure_past(wanted.collected_at)
    asked = evidence.Asked(
        name=wanted.name,
        digests={"sha256": wanted.sha256, "sm3": wanted.sm3},
        size_bytes=wanted.size,
        kind=Kind(wanted.kind),
        statement=wanted.statement,
        collected_at=wanted.collected_at,
        confidential=Kind(wanted.kind) is Kind.TRADE_SECRET,
        environment={"collector": "open API"},
    )
    return _told(evidence.deposit_told(actor, evidence.deposit(actor=actor, asked=asked)), request.path.rstrip("/"))


def deposit_sent_file(request: HttpRequest, sent: FileSent) -> DepositAnswer:
    actor = actor_of(request)
    _ensure_past(sent.collected_at)
    asked = evidence.Asked(
        name=sent.name,
        digests={},
        size_bytes=0,
        kind=Kind(sent.kind),
        statement=sent.statement,
        collected_at=sent.collected_at,
        environment={"collector": "open API"},
    )
    number = evidence.deposit_file(actor=actor, stream=io.BytesIO(sent.content), asked=asked)
    return _told(evidence.deposit_told(actor, number), f"{request.path.rstrip('/').rpartition('/')[0]}/deposits")


def _ensure_past(made: datetime | None) -> None:
    if made is not None and (made.year < _EARLIEST_YEAR or made > timezone.now()):
        raise Invalid("protection.collected_when", earliest=_EARLIEST_YEAR)


def make_batch(request: HttpRequest, wanted: BatchWanted) -> DepositAnswer:
    actor = actor_of(request)
    files = [(one.name, Digests(one.sha256, one.sm3, one.size)) for one in wanted.files]
    number = evidence.deposit_batch(actor=actor, name=wanted.name, files=files, statement=wanted.statement)
    return _told(evidence.deposit_told(actor, number), f"{request.path.rstrip('/').rpartition('/')[0]}/deposits")


def fetch_package(request: HttpRequest, number: Number) -> FileResponse:
    actor = actor_of(request)
    found = evidence.deposit_told(actor, number)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "package.zip"
        evidence.make_package(actor=actor, number=found.number, target=target)
        return FileResponse(
            target.open("rb"), as_attachment=True, filename=f"{found.number}.zip", content_type="application/zip"
        )


def known_by_digest(request: HttpRequest, sha256: Digest) -> KnownList:
    return KnownList(items=[_known(one) for one in evidence.reads.public_by_digest(sha256)])


def read_log(request: HttpRequest) -> LogAnswer:
    here = evidence.log.log()
    checkpoint = dict(here.checkpoint) if here.checkpoint is not None else None
    return LogAnswer(size=here.size, root=here.root, checkpoint=checkpoint, keys=[dict(one) for one in here.keys])


def _told(row: DepositTold, base: str) -> DepositAnswer:
    stamped = any(one.stamped_at for one in row.stamps)
    return DepositAnswer(
        number=row.number,
        kind=row.kind,
        name=row.name,
        sha256=row.sha256,
        sm3=row.sm3,
        size=row.size_bytes,
        files=row.files,
        statement=row.statement,
        status=row.stage,
        deposited_at=row.deposited_at,
        collected_at=row.collected_at,
        log_index=row.index,
        stamps=[_stamp(one) for one in row.stamps],
        package=f"{base}/{row.number}/package" if stamped else None,
    )


def _known(row: PublicTold) -> Known:
    stamps = [_stamp(one) for one in row.stamps]
    return Known(
        number=row.number,
        kind=row.kind,
        deposited_at=row.deposited_at,
        status=row.stage,
        log_index=row.index,
        stamps=stamps,
    )


def _stamp(one: StampTold) -> StampAnswer:
    return StampAnswer(
        authority=one.authority, legal=one.legal, stamped_at=one.stamped_at, serial=one.serial, policy=one.policy
    )
