"""Taking a list of numbers in, by paste or file; checking it again; deleting it."""

from __future__ import annotations

import csv
import tempfile
from io import StringIO
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.files import api as files
from qiantang.commons.files.types import Kind, Limits
from qiantang.corpus.ingest.methods.worksheets import sheet_rows
from qiantang.corpus.ingest.types import FileRefused
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Invalid, Limited
from qiantang.scenarios.query.methods.number_lists import Entry, entries_of_rows, entries_of_text, report
from qiantang.scenarios.query.models import NumberLine, NumberList
from qiantang.scenarios.query.rules import MOST_LINES, MOST_LISTS
from qiantang.scenarios.query.selectors import number_lists
from qiantang.scenarios.query.selectors.saved import ensure_may_keep
from qiantang.scenarios.query.types import ListLine, ListVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.kernel.actor import Actor

_LIMITS = Limits(size_bytes=16 * 2**20, total_bytes=128 * 2**20)
_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t"
_AT_ONCE = 2_000
_LONGEST_NAME = 120


def make_number_list(*, actor: Actor, name: str, text: str = "", upload: tuple[str, BinaryIO] | None = None) -> int:
    """Read a list and say of each line what it is; returns the key of the list. The file itself is not kept.

    text    pasted, where there is no upload
    upload  (name, stream) of a text, CSV or XLSX file
    errors  NotPermitted ``query.sign_in_first`` · Invalid ``query.upload_refused`` · ``query.list_empty``
            Limited ``query.list_too_long`` · ``query.lists_too_many``
    """
    ensure_may_keep(actor)
    entries = _uploaded(*upload) if upload else list(entries_of_text(text))
    lines, snapshot = _checked(entries)
    return _kept(actor, name or (upload[0] if upload else ""), lines, snapshot)


def _checked(entries: list[Entry]) -> tuple[list[ListLine], int]:
    if not entries:
        raise Invalid("query.list_empty")
    if len(entries) > MOST_LINES:
        raise Limited("query.list_too_long", most=MOST_LINES)
    manifest = register.register().manifest()
    return report(entries, number_lists.patents_by_key), manifest.snapshot if manifest else 0


@transaction.atomic
def _kept(actor: Actor, name: str, lines: list[ListLine], snapshot: int) -> int:
    if number_lists.visible(actor).count() >= MOST_LISTS:
        raise Limited("query.lists_too_many", most=MOST_LISTS)
    now = timezone.now()
    row = NumberList.objects.create(
        owner_id=actor.person_id or 0,
        name=" ".join(name.split())[:_LONGEST_NAME] or now.strftime("%Y-%m-%d %H:%M"),
        set_name=f"n{token_hex(10)}",
        made_at=now,
        checked_at=now,
        snapshot=snapshot,
        counts=_counted(lines),
    )
    _write(row, lines)
    facts = {"lines": len(lines), "found": row.counts.get(ListVerdict.FOUND, 0)}
    audit.record(actor=actor, verb="query.list.create", subject=f"number-list:{row.pk}", facts=facts)
    return row.pk


@transaction.atomic
def check_again(*, actor: Actor, key: int) -> None:
    """Look all numbers of a list up on the newest snapshot: what was not on record may be by now.

    errors  NotFound ``query.list_unknown``
    """
    row = number_lists.list_row(actor, key)
    lines, row.snapshot = _checked([Entry(one.line, one.given) for one in number_lists.stored_lines(row)])
    row.counts, row.checked_at = _counted(lines), timezone.now()
    row.save()
    row.lines.all().delete()
    _write(row, lines)


@transaction.atomic
def delete_number_list(*, actor: Actor, key: int) -> None:
    """errors: NotFound ``query.list_unknown``"""
    number_lists.list_row(actor, key).delete()
    audit.record(actor=actor, verb="query.list.delete", subject=f"number-list:{key}", facts={})


def _counted(lines: Iterable[ListLine]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in lines:
        counts[one.verdict] = counts.get(one.verdict, 0) + 1
    return counts


def _write(row: NumberList, lines: list[ListLine]) -> None:
    rows = (NumberLine(number_list=row, place=place, **one._asdict()) for place, one in enumerate(lines, 1))
    NumberLine.objects.bulk_create(rows, batch_size=_AT_ONCE)


# --- files -----------------------------------------------------------------------------------------------------------


def _uploaded(name: str, stream: BinaryIO) -> list[Entry]:
    """The numbers of a file, which is looked at before it is read and is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="qiantang-list-") as folder:
        place = Path(folder) / "upload"
        with place.open("wb") as out:
            left = _LIMITS.size_bytes + 1
            while left > 0 and (chunk := stream.read(min(left, 1 << 20))):
                out.write(chunk)
                left -= len(chunk)
        verdict = files.inspect(place, limits=_LIMITS, name=name, scanner=_scanner())
        blocking = [one.code for one in verdict.findings if one.blocking]
        if verdict.usable and verdict.kind in (Kind.XLSX, Kind.XLS):
            return _of_workbook(name, place)
        if verdict.usable and verdict.kind is Kind.TEXT:
            return _of_text(name, place.read_bytes())
        raise Invalid("query.upload_refused", file=name[:80], findings=", ".join(blocking) or verdict.kind)


def _scanner() -> files.ClamdScanner | None:
    if settings.CLAMD_ADDRESS is None:
        return None
    host, port = settings.CLAMD_ADDRESS
    return files.ClamdScanner(f"tcp://{host}:{port}")


def _of_workbook(name: str, place: Path) -> list[Entry]:
    try:
        with place.open("rb") as stream:
            _names, rows = sheet_rows(stream, None, 0)
            told = [row.cells for row in rows]
    except FileRefused as refused:
        raise Invalid("query.upload_refused", file=name[:80], findings=refused.refusal.code) from None
    return list(entries_of_rows(told))


def _of_text(name: str, content: bytes) -> list[Entry]:
    encodings = ("utf-16",) if content.startswith(_MARKS_OF_UTF16) else _ENCODINGS
    text = next((told for encoding in encodings if (told := _decoded(content, encoding)) is not None), None)
    if text is None:
        raise Invalid("query.upload_refused", file=name[:80], findings="encoding")
    if not name.lower().endswith((".csv", ".tsv")):
        return list(entries_of_text(text))
    delimiter = max(_DELIMITERS, key=text[:10_000].count)
    try:
        return list(entries_of_rows(list(csv.reader(StringIO(text), delimiter=delimiter))))
    except csv.Error:
        return list(entries_of_text(text))


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
