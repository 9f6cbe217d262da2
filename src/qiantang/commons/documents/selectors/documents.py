"""Reads: a document for those who may see it, and what everybody may know who has a number or a file."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.documents import policies
from qiantang.commons.documents.models import IssuedDocument
from qiantang.commons.documents.selectors.words import REASONS
from qiantang.commons.documents.types import (
    TEMPLATES,
    DocumentTold,
    FileTold,
    Format,
    PublicDocument,
    Reason,
)
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.kernel.identifiers import parse_case_number
from qiantang.kernel.paging import Page, PageRequest

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

SUBJECT = "documents"


def document_row(actor: Actor, number: str, *, lock: bool = False) -> IssuedDocument:
    """errors: NotFound ``documents.unknown``, also for what the actor may not see"""
    rows = IssuedDocument.objects.filter(policies.visible_to(actor))
    found = (rows.select_for_update() if lock else rows).filter(number=_compact(number)).first()
    if found is None:
        raise NotFound("documents.unknown", number=number[:40])
    return found


def _compact(number: str) -> str:
    """A number in its one spelling; empty for what is none."""
    try:
        return parse_case_number(number).compact
    except Invalid:
        return ""


def told_of(row: IssuedDocument) -> DocumentTold:
    """The value behind a row, titles in the reader's language."""
    return DocumentTold(
        number=str(parse_case_number(row.number)),
        template=row.template,
        version=row.version,
        title=gettext(TEMPLATES[row.template].title),
        case=str(parse_case_number(row.case)) if row.case else "",
        recipient=row.recipient,
        facts=row.facts,
        made_at=row.made_at,
        made_by=row.made_by_name,
        files=tuple(
            FileTold(one.language, Format(one.format), one.sha256, one.core_sha256, one.size_bytes, one.sealed)
            for one in row.files.all()
        ),
        revoked_at=row.revoked_at,
        revoked_why=Reason(row.revoked_why) if row.revoked_why else None,
        legal=row.legal,
        valid_until=_last_day(row),
        ended=_is_ended(row),
    )


def document_told(actor: Actor, number: str) -> DocumentTold:
    """One document. errors: NotFound ``documents.unknown``, also for what the actor may not see"""
    return told_of(document_row(actor, number))


def documents_of_case(actor: Actor, case: str) -> tuple[DocumentTold, ...]:
    """The documents of a case that the actor may see, oldest first."""
    rows = IssuedDocument.objects.filter(policies.visible_to(actor), case=_compact(case) or None)
    return tuple(told_of(one) for one in rows.prefetch_related("files").order_by("pk"))


def documents(
    actor: Actor, request: PageRequest, *, templates: tuple[str, ...] = (), to_actor: bool = False
) -> Page[DocumentTold]:
    """Those the actor may see, newest first.

    templates   keys; none: all
    to_actor    only those issued to the actor, or to whom they act for
    """
    rows = IssuedDocument.objects.filter(policies.visible_to(actor)).order_by("-made_at", "-pk")
    rows = rows.filter(template__in=templates) if templates else rows
    rows = rows.filter(policies.issued_to(actor)) if to_actor else rows
    total = rows.count()
    found = rows.prefetch_related("files")[request.offset : request.offset + request.size]
    return Page([told_of(one) for one in found], total, request.cursor_after(subject=SUBJECT, total=total))


def _last_day(row: IssuedDocument) -> date | None:
    key = TEMPLATES[row.template].valid_until
    told = row.facts.get(key) if key else None
    return date.fromisoformat(told) if isinstance(told, str) else None


def _is_ended(row: IssuedDocument) -> bool:
    last = _last_day(row)
    return last is not None and last < timezone.localdate()


def public_by_number(number: str) -> PublicDocument | None:
    """What everybody may know of a document by its number, in any punctuation; None where there is none."""
    row = IssuedDocument.objects.filter(number=_compact(number) or None).first()
    return None if row is None else _public(row)


def public_by_digest(sha256: str) -> tuple[PublicDocument, ...]:
    """The documents of which a file has this digest."""
    rows = IssuedDocument.objects.filter(files__sha256=sha256.lower()).distinct().order_by("pk")
    return tuple(_public(one) for one in rows)


def revoked_documents(most: int = 1_000) -> tuple[PublicDocument, ...]:
    """The list of what is no longer good, newest first."""
    rows = IssuedDocument.objects.filter(revoked_at__isnull=False).order_by("-revoked_at")
    return tuple(_public(one) for one in rows.prefetch_related("files")[:most])


def _public(row: IssuedDocument) -> PublicDocument:
    template, files = TEMPLATES[row.template], list(row.files.all())
    return PublicDocument(
        number=str(parse_case_number(row.number)),
        title=gettext(template.title),
        issuer=gettext(template.issuer),
        made_at=row.made_at,
        sealed=any(one.sealed for one in files),
        legal=row.legal,
        digests=MappingProxyType({f"{one.language} {one.format}": one.sha256 for one in files}),
        revoked_at=row.revoked_at,
        revoked_why=Reason(row.revoked_why) if row.revoked_why else None,
        why=str(REASONS[Reason(row.revoked_why)]) if row.revoked_why else "",
        replaced_by=str(parse_case_number(row.replaced_by)) if row.replaced_by else "",
        valid_until=_last_day(row),
        ended=_is_ended(row),
    )
