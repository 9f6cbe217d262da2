"""Old files come in, one at the window or a whole list; their old number finds them for ever."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import policies
from qiantang.commons.casework.methods.old_files import folded_number, parsed_date, read_table
from qiantang.commons.casework.models import Case, CaseAlias, OldFileImport, OldFileRow
from qiantang.commons.casework.selectors.cases import case_row, shown_number
from qiantang.commons.casework.services.opening import open_case
from qiantang.commons.casework.services.parties import ensure
from qiantang.commons.casework.services.stepping import advance
from qiantang.commons.casework.services.telling import tell
from qiantang.commons.casework.types import CASE_TYPES, NewParty, OpenedCase, PartyRole
from qiantang.commons.casework.types.old_files import LONGEST, MOST_BYTES, YES, Brought, OldFile, Verdict
from qiantang.commons.casework.workflow import OLD_FILE
from qiantang.kernel.actor import Actor
from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.errors import Conflict, DomainError, Invalid, Limited, NotFound
from qiantang.kernel.identifiers import parse_case_number, parse_credit_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.casework.types.old_files import OldRow

_ORIGIN, _NAME = 100, 300


@transaction.atomic
def register_old_file(*, actor: Actor, origin: str, told: OldFile) -> OpenedCase:
    """Take one old file in, as a case of its own; returns it with its query code, which is shown once.

    origin  the register or office that gave the old number; the same number of another one is another file
    errors  NotPermitted · Invalid ``casework.old_number_missing``, ``casework.old_title_missing``, ``casework.old_too_long``,
            ``casework.old_origin_missing``, ``identifiers.uscc_*``
            Conflict ``casework.old_number_taken``, ``casework.old_number_ours``
    """
    ensure(policies.may_handle(actor, OLD_FILE))
    return _opened(actor, _origin(origin), _checked(told))


@transaction.atomic
def add_alias(*, actor: Actor, number: str, origin: str, told: OldFile) -> None:
    """Note an old number of a case that is there already. The same again changes nothing.

    errors  NotFound · NotPermitted · Invalid, Conflict as ``register_old_file``
    """
    case = case_row(actor, number, lock=True)
    ensure(policies.may_handle(actor, CASE_TYPES[case.kind]))
    _noted(actor, case, _origin(origin), _checked(told, titled=False))


@transaction.atomic
def import_old_files(*, actor: Actor, name: str, content: bytes, origin: str) -> Brought:
    """Read a list of old files. Each row is kept, says what is known, or is refused with its reason and kept for inspection.

    content CSV (UTF-8 or GB 18030) or a workbook, the first row the heads
    errors  NotPermitted · Invalid ``casework.old_list_unreadable``, ``casework.old_list_heads``, ``casework.old_origin_missing``
            Limited ``casework.old_list_long``
    """
    ensure(policies.may_handle(actor, OLD_FILE))
    given = _origin(origin)
    if len(content) > MOST_BYTES:
        raise Limited("casework.old_list_long", most=MOST_BYTES)
    table = read_table(content)
    rows = [_taken_in(actor, given, one) for one in table.rows]
    counts = Counter(one.verdict for one in rows)
    batch = OldFileImport.objects.create(
        name=name[:_NAME],
        sha256=hashlib.sha256(content).hexdigest(),
        origin=given,
        read=len(rows),
        kept=counts[Verdict.KEPT],
        merged=counts[Verdict.MERGED],
        refused=counts[Verdict.REFUSED],
        imported_at=timezone.now(),
        imported_by_id=actor.person_id,
    )
    for one in rows:
        one.batch = batch
    OldFileRow.objects.bulk_create(rows)
    told = {"read": batch.read, "kept": batch.kept, "merged": batch.merged, "refused": batch.refused}
    audit.record(actor=actor, verb="casework.old_files.import", subject=f"old-files:{batch.pk}", facts=told)
    reasons = Counter(one.reason for one in rows if one.reason)
    return Brought(batch.pk, batch.name, given, **told, reasons=dict(sorted(reasons.items())), ignored=table.ignored)


def _taken_in(actor: Actor, origin: str, row: OldRow) -> OldFileRow:
    try:
        with transaction.atomic():
            verdict, case_id = _of_row(actor, origin, _told(row.values))
    except DomainError as error:
        facts = {key: str(value) for key, value in error.facts.items()}
        return OldFileRow(row=row.row, verdict=Verdict.REFUSED, reason=error.code, facts=facts, raw=dict(row.raw))
    return OldFileRow(row=row.row, verdict=verdict, case_id=case_id)


def _of_row(actor: Actor, origin: str, told: OldFile) -> tuple[Verdict, int]:
    if told.case:
        told = _checked(told, titled=False)
        case = case_row(actor, told.case, lock=True)
        return (Verdict.KEPT if _noted(actor, case, origin, told) else Verdict.MERGED), case.pk
    told = _checked(told)
    known = _known(origin, told)
    if known is not None:
        return Verdict.MERGED, known.case_id
    return Verdict.KEPT, _opened(actor, origin, told).id


def _told(values: Mapping[str, str]) -> OldFile:
    try:
        day = parsed_date(values.get("date", ""))
    except ValueError:
        raise Invalid("casework.old_date_unreadable", given=values["date"][:40]) from None
    texts = {
        name: values.get(name, "") for name in ("number", "title", "applicant", "uscc", "case", "shelf", "outcome")
    }
    return OldFile(**texts, old_date=day, open=values.get("open", "").casefold() in YES)


def _checked(told: OldFile, *, titled: bool = True) -> OldFile:
    if not folded_number(told.number):
        raise Invalid("casework.old_number_missing")
    for name, most in LONGEST.items():
        if len(getattr(told, name)) > most:
            raise Invalid("casework.old_too_long", most=most)
    if titled and not told.title.strip():
        raise Invalid("casework.old_title_missing")
    if told.uscc:
        parse_credit_code(told.uscc)
    return told


def _origin(text: str) -> str:
    found = " ".join(text.split())[:_ORIGIN]
    if not found:
        raise Invalid("casework.old_origin_missing")
    return found


def _known(origin: str, told: OldFile) -> CaseAlias | None:
    """The alias that says the same already. errors: Conflict where the number is that of another file, or of the platform"""
    try:
        ours = parse_case_number(told.number).compact
    except Invalid:
        ours = ""
    if ours and Case.objects.filter(number=ours).exists():
        raise Conflict("casework.old_number_ours", written=told.number)
    found = CaseAlias.objects.filter(folded=folded_number(told.number), origin=origin).select_related("case").first()
    if found is None or found.digest == _digest(told):
        return found
    number = shown_number(found.case.number)
    raise Conflict("casework.old_number_taken", written=told.number, origin=origin, number=number)


def _digest(told: OldFile) -> str:
    """Of what a row says: two rows that say the same are one file told twice."""
    day = told.old_date.isoformat() if told.old_date else ""
    said = [told.title, day, told.applicant, told.uscc, told.case, told.outcome]
    return hashlib.sha256(canonical_json(said)).hexdigest()


def _opened(actor: Actor, origin: str, told: OldFile) -> OpenedCase:
    known = _known(origin, told)
    if known is not None:
        raise Conflict(
            "casework.old_number_taken", written=told.number, origin=origin, number=shown_number(known.case.number)
        )
    parties = [_party(told)] if told.applicant or told.uscc else []
    opened = open_case(actor=actor, kind=OLD_FILE.key, title=told.title, parties=parties)
    _alias(actor, Case.objects.select_for_update().get(pk=opened.id), origin, told)
    if not told.open:
        advance(actor=actor, number=opened.number, action="archive", note=told.outcome.strip())
    return opened


def _party(told: OldFile) -> NewParty:
    """By the credit code, where the organisation is known here; else by name alone, to be identified later."""
    if told.uscc:
        try:
            firm = organisations.organisation_by_uscc(Actor.system("old files"), told.uscc)
        except NotFound:
            return NewParty(PartyRole.APPLICANT, name=told.applicant or told.uscc)
        return NewParty(PartyRole.APPLICANT, organisation_id=firm.id, name=told.applicant)
    return NewParty(PartyRole.APPLICANT, name=told.applicant)


def _noted(actor: Actor, case: Case, origin: str, told: OldFile) -> bool:
    """Whether the number is new to the case. errors: Conflict where it names another one"""
    there = CaseAlias.objects.filter(folded=folded_number(told.number), origin=origin).select_related("case").first()
    if there is not None and there.case_id == case.pk:
        return False
    if there is not None:
        number = shown_number(there.case.number)
        raise Conflict("casework.old_number_taken", written=told.number, origin=origin, number=number)
    _known(origin, told)
    _alias(actor, case, origin, told)
    return True


def _alias(actor: Actor, case: Case, origin: str, told: OldFile) -> None:
    CaseAlias.objects.create(
        case=case,
        written=" ".join(told.number.split()),
        folded=folded_number(told.number),
        origin=origin,
        old_date=told.old_date,
        shelf=told.shelf,
        digest=_digest(told),
        noted_at=timezone.now(),
        noted_by_id=actor.person_id,
    )
    facts: dict[str, str | int | None] = {"old": told.number, "origin": origin}
    tell(case, actor, "add_alias", _("%(who)s noted the old number %(old)s of %(origin)s"), facts=facts)
