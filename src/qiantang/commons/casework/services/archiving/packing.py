"""The archive package of a case: everything that is kept of it, in one file that explains itself."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.casework.methods.archive_package import Piece, packed, record, table
from qiantang.commons.casework.models import (
    ArchivePackage,
    CaseAlias,
    CaseClock,
    CaseDecision,
    CaseEvent,
    CaseLink,
    CaseObject,
    CaseParty,
    CasePause,
)
from qiantang.commons.casework.selectors.cases import shown_number
from qiantang.commons.casework.selectors.records import belongings, record_row, rows_of
from qiantang.commons.casework.services.archiving.keepers import ensure_keeper
from qiantang.commons.casework.types.keeping import keeping_of
from qiantang.commons.files.api import custody, vault
from qiantang.commons.files.types import StoredFile
from qiantang.kernel.actor import Actor
from qiantang.kernel.decision import Decision
from qiantang.kernel.errors import Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiantang.commons.casework.models import Case
    from qiantang.commons.casework.types.keeping import KeptTable

_HISTORY = ("sequence", "at", "side", "actor_name", "action", "source", "target", "told", "facts", "note", "internal")
_PARTIES = ("role", "name", "since", "until", "organisation__uscc")
_DECISIONS = ("outcome", "reasons", "text", "rules_version", "versions", "decided_at")
_CLOCKS = ("key", "length", "unit", "started_on", "ended_on", "extended")


@transaction.atomic
def make_package(*, actor: Actor, number: str) -> bytes:
    """Everything that is kept of a closed case. Reading what is sealed leaves its line there; the package's digest is kept.

    errors  NotPermitted · NotFound · Conflict ``casework.still_open``, ``casework.disposed_already``, ``files.sealed_damaged``
    """
    case = record_row(actor, number, lock=True)
    ensure_keeper(actor, case)
    if case.closed_at is None:
        raise Conflict("casework.still_open")
    if case.disposed_at is not None:
        raise Conflict("casework.disposed_already")
    pieces = [*_of_case(case), *_journal(case), *_documents(case), *_of_room(actor, case)]
    sequence, digest = audit.head()
    told = {
        "case": shown_number(case.number),
        "kind": case.kind,
        "closed_on": timezone.localdate(case.closed_at).isoformat(),
        "made_at": timezone.now().isoformat(),
        "journal_head": {"sequence": sequence, "digest": digest},
    }
    content = packed(pieces, told)
    row = ArchivePackage.objects.create(
        case=case,
        sha256=sha256(content).hexdigest(),
        size_bytes=len(content),
        pieces=len(pieces),
        made_at=timezone.now(),
        made_by_id=actor.person_id,
    )
    facts = {"sha256": row.sha256, "size_bytes": row.size_bytes, "pieces": row.pieces}
    audit.record(actor=actor, verb="casework.package.make", subject=f"case:{case.number}", facts=facts)
    return content


def _of_case(case: Case) -> Iterator[Piece]:
    links = CaseLink.objects.filter(first=case).values("second__number", "kind")
    yield record(
        "case.json",
        _plain(
            {
                "number": shown_number(case.number),
                "kind": case.kind,
                "state": case.state,
                "title": case.title,
                "opened_at": case.opened_at,
                "closed_at": case.closed_at,
                "parties": list(CaseParty.objects.filter(case=case).order_by("pk").values(*_PARTIES)),
                "decisions": list(CaseDecision.objects.filter(case=case).order_by("pk").values(*_DECISIONS)),
                "clocks": list(CaseClock.objects.filter(case=case).order_by("pk").values(*_CLOCKS)),
                "pauses": list(CasePause.objects.filter(case=case).order_by("pk").values("reason", "since", "until")),
                "links": list(links.order_by("pk")),
                "objects": list(
                    CaseObject.objects.filter(case=case).order_by("pk").values("noun", "reference", "kind")
                ),
                "old_numbers": list(
                    CaseAlias.objects.filter(case=case).order_by("pk").values("written", "origin", "shelf")
                ),
            }
        ),
        "case",
    )
    lines = [_plain(one) for one in CaseEvent.objects.filter(case=case).order_by("sequence").values(*_HISTORY)]
    yield record("history.json", lines, "history")
    yield table("history.csv", _HISTORY, lines, "history")


def _journal(case: Case) -> Iterator[Piece]:
    entries = audit.entries(Actor.system("archive package"), subject=f"case:{case.number}", newest=100_000)
    told = [
        {
            "sequence": one.sequence,
            "at": one.at.isoformat(),
            "actor": one.actor_name,
            "verb": one.verb,
            "facts": one.facts,
            "previous_digest": one.previous_digest,
            "digest": one.digest,
        }
        for one in reversed(entries)
    ]
    yield record("journal.json", _plain(told), "journal")


def _documents(case: Case) -> Iterator[Piece]:
    from qiantang.commons.documents import api as documents  # noqa: PLC0415 - brings typesetting, which no start may

    platform = Actor.system("archive package")
    for told in documents.documents_of_case(platform, case.number):
        for file in told.files:
            content, _ = documents.document_file(
                actor=platform, number=told.number, language=file.language, format_=file.format
            )
            path = f"documents/{told.number}-{file.language}.{file.format.value}"
            yield Piece(path, content, "document", told.title)


def _of_room(actor: Actor, case: Case) -> Iterator[Piece]:
    """Tables of the room as JSON, its files under their digest, its sealed objects opened."""
    keeping = keeping_of(case.kind)
    for one in keeping.tables if keeping else ():
        rows = rows_of(one).filter(**{one.case: case.pk}).order_by("pk")
        values = [dict(row) for row in rows.values()]
        yield record(f"records/{one.model}.json", _plain([_opened(one, row, case) for row in values]), "record")
        if one.folder:
            yield from _files(one, values)
    for belongs in belongings(case):
        for key, kind, digest in custody.sealed_of(belongs):
            opened = vault.read(
                actor=actor, sealed_id=key, allowed=Decision.allow(), read_as="archive", why="archive package"
            )
            yield Piece(f"files/{kind}-{digest[:16]}-{key}{_ending(opened.name)}", opened.content, "file", opened.name)


def _files(one: KeptTable, values: list[dict[str, Any]]) -> Iterator[Piece]:
    seen: set[str] = set()
    for row in values:
        digest, name = str(row[one.digest]), str(row.get(one.name, ""))
        if digest in seen:
            continue
        seen.add(digest)
        try:
            content = custody.stored(StoredFile(one.folder, digest))
        except NotFound:
            continue  # taken back by who had handed it in; its row and digest stand among the records
        yield Piece(f"files/{digest[:16]}{_ending(name)}", content, "file", name)


def _opened(one: KeptTable, row: dict[str, Any], case: Case) -> dict[str, Any]:
    for column in one.opened:
        row[column] = _text(str(row[column] or ""), belongings(case))
    return row


def _text(token: str, belongs: list[str]) -> str:
    """A text sealed under one of the names of the case. errors: Conflict ``files.sealed_damaged``"""
    for one in belongs:
        try:
            return vault.shown(token, one)
        except Conflict:
            if one == belongs[-1]:
                raise
    return ""


def _ending(name: str) -> str:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) < 8 else ""  # noqa: PLR2004 - .docx and its like


def _plain(value: Any) -> Any:
    """Days and moments as text."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return DjangoJSONEncoder().default(value)
