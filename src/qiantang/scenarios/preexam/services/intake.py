"""A draft is begun, filled and handed in: by the applicant's own people, or by a listed agency."""

from __future__ import annotations

import io
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import organisations
from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import LinkKind, NewParty, OpenedCase, PartyRole
from qiantang.commons.files import api as files
from qiantang.commons.files.api import vault
from qiantang.commons.files.types import Kind, Limits
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.kernel.identifiers import parse_credit_code
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods import alike, fingerprints, reports
from qiantang.scenarios.preexam.methods.checks import check
from qiantang.scenarios.preexam.methods.documents import read_draft
from qiantang.scenarios.preexam.models import DraftPaper, DraftRequest, DraftVersion, SubjectFiling
from qiantang.scenarios.preexam.selectors.agencies import listed_on
from qiantang.scenarios.preexam.selectors.credit import standing
from qiantang.scenarios.preexam.selectors.drafts import belongs, draft_row, needed_papers, newest_version
from qiantang.scenarios.preexam.selectors.gaps import gaps
from qiantang.scenarios.preexam.selectors.subjects import has_active_filing
from qiantang.scenarios.preexam.types import DraftType, Part, Wanted
from qiantang.scenarios.preexam.types.drafts import STATEMENTS, Paper
from qiantang.scenarios.preexam.workflow import DRAFTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.accounts.types import Organisation
    from qiantang.commons.casework.types import CaseCard
    from qiantang.scenarios.preexam.methods.documents import Draft
    from qiantang.scenarios.preexam.types import Report

REFUSED = (Conflict, Invalid, NotFound, NotPermitted)
# what is told on the page where a draft is begun
TOLD = frozenset(
    {
        "preexam.kind_unknown",
        "preexam.subject_not_active",
        "preexam.subject_unknown",
        "preexam.agency_unlisted",
        "preexam.agency_suspended",
        "preexam.act_for_first",
    }
)
_PAPER_LIMITS = Limits(size_bytes=20 * 2**20, total_bytes=200 * 2**20)
_PAPER_KINDS = frozenset({Kind.PDF, Kind.DOCX})
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_CLASS_LONGEST = 30


@transaction.atomic
def open_draft(
    *, actor: Actor, kind: str, applicant_uscc: str = "", follows: str = "", synthetic: bool = False
) -> OpenedCase:
    """Begin a draft; its number is reserved at once. The title stays neutral: what is invented is confidential.

    applicant_uscc  for whom an agency acts; empty: the organisation for which the actor acts is the applicant
    follows         number of an earlier case on the same invention
    errors          NotPermitted ``preexam.act_for_first``, ``accounts.mandate_missing``, ``preexam.agency_unlisted``,
                    ``preexam.agency_suspended`` · Conflict ``preexam.subject_not_active``
                    NotFound ``preexam.subject_unknown`` · Invalid ``preexam.kind_unknown``, ``identifiers.uscc_*``
    """
    decision = policies.may_file(actor)
    if not decision:
        raise NotPermitted(decision.code)
    assert actor.organisation_id is not None
    if kind not in set(DraftType):
        raise Invalid("preexam.kind_unknown", given=kind[:40])
    own = organisations.organisations_named([actor.organisation_id])[actor.organisation_id]
    applicant = _applicant(own, applicant_uscc)
    agency = own if applicant.id != own.id else None
    earlier = draft_row(actor, follows)[0] if follows.strip() else None
    parties = [NewParty(PartyRole.APPLICANT, organisation_id=applicant.id)]
    if agency is not None:
        parties.append(NewParty(PartyRole.AGENT, organisation_id=agency.id))
    opened = casework.open_case(actor=actor, kind=DRAFTS[DraftType(kind)].key, title=applicant.name, parties=parties)
    DraftRequest.objects.create(
        case_id=opened.id,
        kind=kind,
        applicant_id=applicant.id,
        agency_id=agency.id if agency else None,
        follows=earlier,
        synthetic=synthetic,
        saved_at=timezone.now(),
    )
    if earlier is not None:
        office = Actor.system("a draft that follows an earlier one")
        casework.timing.link_cases(actor=office, first=opened.number, second=follows, kind=LinkKind.ARISES_FROM)
    return opened


def _applicant(own: Organisation, uscc: str) -> Organisation:
    """Whose draft it is: the organisation itself, or for a listed agency the active subject with the code."""
    if uscc.strip():
        ensure_agency(own)
        return _active_subject(uscc)
    if not has_active_filing(own.id):
        raise Conflict("preexam.subject_not_active", name=own.name)
    return own


def ensure_agency(organisation: Organisation) -> None:
    """Refuse an agency that is not on the list in force, with the article, or that is suspended (EL-15)."""
    today = timezone.localdate()
    on_list = listed_on(organisation.uscc, today)
    if not on_list.listed:
        day = on_list.since.isoformat() if on_list.since else gettext("not known")
        article = on_list.article or "EL-15"
        raise NotPermitted("preexam.agency_unlisted", day=day, article=article)
    stands = standing(organisation.id, today)
    if stands.barred and stands.until is not None:
        raise NotPermitted("preexam.agency_suspended", until=stands.until.isoformat())


def _active_subject(uscc: str) -> Organisation:
    code = parse_credit_code(uscc).text
    row = SubjectFiling.objects.filter(organisation__uscc=code, case__state="active").first()
    if row is None:
        raise NotFound("preexam.subject_unknown", given=code)
    return organisations.organisations_named([row.organisation_id])[row.organisation_id]


@transaction.atomic
def save_statements(*, actor: Actor, number: str, main_class: str, told: Mapping[str, bool | None]) -> None:
    """Keep main class and statements; they need not be complete. Once handed in they stay.

    errors  NotFound · NotPermitted ``preexam.draft_closed_to_you`` · Conflict ``preexam.draft_not_editable``
    """
    row, card = editable_row(actor, number)
    if card.state != "draft":
        raise Conflict("preexam.draft_not_editable")
    row.main_class = " ".join(main_class.split())[:_CLASS_LONGEST]
    row.statements = {name: bool(told[name]) for name in STATEMENTS if told.get(name) is not None}
    row.saved_at = timezone.now()
    row.save(update_fields=["main_class", "statements", "saved_at"])
    facts = {"main_class": row.main_class, **row.statements}
    audit.record(actor=actor, verb="preexam.draft.save", subject=belongs(row), facts=facts)


@transaction.atomic
def hand_in_version(*, actor: Actor, number: str, stream: BinaryIO, name: str) -> int:
    """Take a version of the draft, hold the rules of today against it, and seal both; returns its number.

    A version that was not handed in yet is replaced by the next one; what was handed in stays.
    errors  as ``save_statements``; Invalid with the codes of ``methods.documents``
    """
    row, _card = editable_row(actor, number)
    content = stream.read()
    draft = read_draft(io.BytesIO(content), name)
    report = check(draft, Wanted(as_of=timezone.localdate(), type=DraftType(row.kind)))
    newest = newest_version(row)
    if newest is not None and newest.handed_in_at is None:
        place, sealed = newest.number, newest.sealed_id
        newest.delete()
        vault.erase(actor=actor, sealed_id=sealed, reason="replaced before it was handed in")
    else:
        place = newest.number + 1 if newest else 1
    sealed_id = vault.keep(
        actor=actor,
        belongs=belongs(row),
        kind="draft",
        name=name,
        content=reports.packed(reports.kept(report), content),
    )
    _note_version(actor, row, place, sealed_id, draft, report)
    return place


def _note_version(actor: Actor, row: DraftRequest, number: int, sealed_id: int, draft: Draft, report: Report) -> None:
    claims = draft.section(Part.CLAIMS)
    names = vault.keyed("preexam.inventors")
    DraftVersion.objects.create(
        request=row,
        number=number,
        sealed_id=sealed_id,
        rules_version=report.rules_version,
        as_of=report.as_of,
        counts=dict(Counter(one.rule for one in report.findings)),
        severities=dict(Counter(one.severity.value for one in report.findings)),
        fingerprints=fingerprints.fingerprints(draft, vault.keyed("preexam.fingerprints")),
        signature=alike.signature(claims.text, vault.keyed("preexam.alike")) if claims else [],
        inventors=sorted(fingerprints.name_digest(one, names) for one in fingerprints.inventors(draft)),
        uploaded_at=timezone.now(),
        uploaded_by_id=actor.person_id,
    )


@transaction.atomic
def hand_in_paper(*, actor: Actor, number: str, slot: str, stream: BinaryIO, name: str) -> None:
    """Take a document beside the draft: PDF, DOCX without macros, JPG or PNG.

    errors  as ``save_statements``; Invalid ``preexam.paper_slot``, ``preexam.paper_kind``
    """
    row, _card = editable_row(actor, number)
    if slot not in needed_papers(row):
        raise Invalid("preexam.paper_slot")
    content = stream.read(_PAPER_LIMITS.size_bytes + 1)
    if not _is_paper(content, name):
        raise Invalid("preexam.paper_kind", name=name[:80])
    sealed = vault.keep(actor=actor, belongs=belongs(row), kind=slot, name=name, content=content)
    DraftPaper.objects.create(request=row, slot=Paper(slot), sealed_id=sealed, uploaded_at=timezone.now())


def _is_paper(content: bytes, name: str) -> bool:
    """By its content; it lies on disk in readable form no longer than it is looked at."""
    if not content or len(content) > _PAPER_LIMITS.size_bytes:
        return False
    if content.startswith(_PICTURES):
        return True
    with tempfile.NamedTemporaryFile() as place:
        place.write(content)
        place.flush()
        verdict = files.inspect(Path(place.name), limits=_PAPER_LIMITS, name=name)
    return verdict.usable and verdict.kind in _PAPER_KINDS


@transaction.atomic
def submit_draft(*, actor: Actor, number: str, note: str = "") -> str:
    """Hand the draft in. Everything that is missing is told at once, by ``selectors.gaps``.

    errors  as ``save_statements``; Conflict ``preexam.gaps``, ``casework.step_not_from_here``
            NotPermitted ``preexam.agency_unlisted``, ``preexam.agency_suspended``
    """
    row, _card = editable_row(actor, number)
    if row.agency_id is not None:
        ensure_agency(organisations.organisations_named([row.agency_id])[row.agency_id])
    missing = [one for one in gaps(actor, row) if one.blocking]
    if missing:
        raise Conflict("preexam.gaps", count=len(missing))
    state = casework.advance(actor=actor, number=number, action="submit", note=note, facts={"complete": 1})
    DraftVersion.objects.filter(request=row, handed_in_at__isnull=True).update(handed_in_at=timezone.now())
    row.submitted_on = timezone.localdate()
    row.save(update_fields=["submitted_on"])
    return state


def editable_row(actor: Actor, number: str) -> tuple[DraftRequest, CaseCard]:
    """The request, locked, where the actor may change it now.

    errors  NotFound · NotPermitted ``preexam.draft_closed_to_you`` · Conflict ``preexam.draft_not_editable``
    """
    row, card = draft_row(actor, number)
    if not policies.is_side(actor, row):
        raise NotPermitted("preexam.draft_closed_to_you")
    if not DRAFTS[DraftType(row.kind)].workflow.state(card.state).editable_by:
        raise Conflict("preexam.draft_not_editable")
    return DraftRequest.objects.select_for_update().get(pk=row.pk), card
