"""Issue a document: check the facts, take a number, print, seal, keep. Revoke it. Hand out its files."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.audit import api as audit
from qiantang.commons.documents import policies
from qiantang.commons.documents.events import DocumentMade, DocumentRevoked
from qiantang.commons.documents.methods.filling import filled
from qiantang.commons.documents.models import DocumentSeries, IssuedDocument, IssuedFile
from qiantang.commons.documents.selectors.documents import document_row, told_of
from qiantang.commons.documents.selectors.words import KINDS
from qiantang.commons.documents.services.composing import composed
from qiantang.commons.documents.services.sealing import sealer
from qiantang.commons.documents.services.sheets import sheet
from qiantang.commons.documents.services.storing import DISPOSED, keep, kept
from qiantang.commons.documents.types import LANGUAGES, TEMPLATES, DocumentTold, Format, Recipient
from qiantang.commons.events import api as events
from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.identifiers import CaseNumber, make_case_number, parse_case_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.documents.methods.filling import Plain
    from qiantang.commons.documents.types import Facts, FileTold, Reason, Template
    from qiantang.kernel.actor import Actor

AUTHORITY = "HZWS"  # numbers of documents; no kind of case has it
_NOBODY = Recipient()


@transaction.atomic
def make_document(
    *,
    actor: Actor,
    template: str,
    facts: Facts,
    case: str = "",
    recipient: Recipient = _NOBODY,
    languages: tuple[str, ...] = LANGUAGES,
) -> DocumentTold:
    """Issue a document, in the caller's transaction. The room that calls has asked its own policy, and for a step-up.

    template    key of a declared template
    facts       by field: text, date, aware datetime, int, Decimal, bool, lists of texts, rows of texts
    case        number of the case it belongs to, in any punctuation
    recipient   who else may see it, besides the readers of the template
    languages   in which it is made, of ``LANGUAGES``
    errors      NotFound ``documents.template_unknown`` · NotPermitted ``documents.make_refused``
                Invalid ``documents.fields_missing``, ``documents.fields_strange``, ``documents.field_type``
                Unavailable ``documents.setting_failed``
    Events      DocumentMade
    """
    decision = policies.may_make(actor)
    if not decision:
        raise NotPermitted(decision.code)
    if template not in TEMPLATES:
        raise NotFound("documents.template_unknown", template=template[:80], known=", ".join(TEMPLATES.names()))
    declared = TEMPLATES[template]
    row = _row(actor, declared, _checked(declared, facts), case, recipient)
    files = [_made_file(row, declared, language, one) for language in languages for one in declared.formats]
    digests = [one.sha256 for one in files]
    noted = {"template": declared.key, "version": declared.version, "case": row.case, "sha256": digests}
    audit.record(actor=actor, verb="documents.document.make", subject=f"document:{row.number}", facts=noted)
    events.publish(DocumentMade(number=row.number, template=row.template, case=row.case, digests=tuple(digests)))
    return told_of(row)


def _row(actor: Actor, declared: Template, plain: dict[str, Plain], case: str, recipient: Recipient) -> IssuedDocument:
    return IssuedDocument.objects.create(
        number=_next_number().compact,
        template=declared.key,
        version=declared.version,
        facts=plain,
        facts_digest=sha256(canonical_json(plain)).hexdigest(),
        case=parse_case_number(case).compact if case else "",
        recipient=recipient.name[:200],
        person_id=recipient.person_id,
        organisation_id=recipient.organisation_id,
        agent_id=recipient.agent_id,
        made_at=timezone.now(),
        made_by_id=actor.person_id,
        made_by_name=actor.name[:200],
        legal=declared.sealed and sealer().legal,
    )


def _checked(template: Template, facts: Facts) -> dict[str, Plain]:
    """The facts in their one spelling; what cannot be printed is refused with the name of its field."""
    found = filled(template, facts)
    if found.strange:
        raise Invalid("documents.fields_strange", strange=", ".join(found.strange))
    if found.missing:
        named = [f"{gettext(template.field(key).label)} ({key})" for key in found.missing]
        raise Invalid("documents.fields_missing", missing=gettext(", ").join(named), fields=", ".join(found.missing))
    if found.wrong:
        field = template.field(found.wrong[0])
        raise Invalid(
            "documents.field_type", field=f"{gettext(field.label)} ({field.key})", wanted=str(KINDS[field.kind])
        )
    return dict(found.plain)


def _next_number() -> CaseNumber:
    year = timezone.localdate().year
    DocumentSeries.objects.get_or_create(year=year)
    series = DocumentSeries.objects.select_for_update().get(year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return make_case_number(AUTHORITY, year, series.last)


def _made_file(row: IssuedDocument, template: Template, language: str, format_: Format) -> IssuedFile:
    number, legal = str(parse_case_number(row.number)), row.legal or not template.sealed
    told = composed(template, row.facts, number=number, language=language, legal=legal, made_at=row.made_at)
    core = content = sheet(told, format_, moment=row.made_at)
    sealed = template.sealed and format_ is Format.PDF
    if sealed:
        content = sealer().seal(core, reason=f"{told['title']} {told['number']}")
    return IssuedFile.objects.create(
        document=row,
        language=language,
        format=format_.value,
        sha256=keep(content),
        core_sha256=sha256(core).hexdigest(),
        size_bytes=len(content),
        sealed=sealed,
    )


def document_file(*, actor: Actor, number: str, language: str, format_: Format = Format.PDF) -> tuple[bytes, FileTold]:
    """The bytes of a file of a document, noted in the journal, with what is known of them.

    errors  NotFound ``documents.unknown``, ``documents.disposed``, ``documents.format_missing`` · Conflict ``documents.file_changed``
    """
    row = document_row(actor, number)
    if DISPOSED in row.facts:
        raise NotFound("documents.disposed", day=row.facts[DISPOSED])
    told = told_of(row)
    found = told.file(language, format_)
    if found is None:
        raise NotFound("documents.format_missing", format=str(format_)[:10])
    content = kept(found.sha256, number=told.number)
    facts: Mapping[str, object] = {"language": language, "format": found.format.value, "sha256": found.sha256}
    audit.record(actor=actor, verb="documents.document.read", subject=f"document:{row.number}", facts=facts)
    return content, found


@transaction.atomic
def revoke_document(*, actor: Actor, number: str, why: Reason, note: str = "", replaced_by: str = "") -> DocumentTold:
    """Say of a document that it is no longer good. It stays readable, and every look-up says so.

    why         shown to everybody; ``note`` is for the office
    replaced_by number of the document that takes its place
    errors      NotFound ``documents.unknown`` · NotPermitted ``documents.revoke_refused``
                Conflict ``documents.revoked_already``
    Events      DocumentRevoked
    """
    row = document_row(actor, number, lock=True)
    decision = policies.may_revoke(actor, TEMPLATES[row.template])
    if not decision:
        raise NotPermitted(decision.code)
    if row.revoked_at is not None:
        raise Conflict("documents.revoked_already")
    row.revoked_at, row.revoked_by_id = timezone.now(), actor.person_id
    row.revoked_why, row.revoked_note = why.value, note.strip()
    row.replaced_by = document_row(actor, replaced_by).number if replaced_by else ""
    row.save(update_fields=["revoked_at", "revoked_by", "revoked_why", "revoked_note", "replaced_by"])
    facts = {"why": why.value, "replaced_by": row.replaced_by}
    audit.record(actor=actor, verb="documents.document.revoke", subject=f"document:{row.number}", facts=facts)
    events.publish(DocumentRevoked(number=row.number, template=row.template, case=row.case, why=why.value))
    return told_of(row)
