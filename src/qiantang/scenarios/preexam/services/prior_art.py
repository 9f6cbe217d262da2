"""The examiner searches for prior art with a claim of the draft, and holds what is found against the claims: X, Y or A.

The claim is opened for the search like every reading, and is neither stored nor logged by it: what is kept is which claim
of which version, when, where and how many hits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.files.api import vault
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types.similar import SimilarRequest
from qiantang.kernel.claims import parse_claims
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.preexam.models import CitedDocument, PriorArtSearch
from qiantang.scenarios.preexam.selectors.drafts import belongs, newest_version
from qiantang.scenarios.preexam.services.examining import in_hand
from qiantang.scenarios.preexam.services.reading import open_version
from qiantang.scenarios.preexam.types import Part
from qiantang.scenarios.preexam.types.drafts import CATEGORIES, REGISTER

if TYPE_CHECKING:
    from collections.abc import Collection

    from qiantang.corpus.register.types.similar import SimilarResult
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.preexam.models import DraftRequest, DraftVersion

_LONGEST, _REFERENCE, _SHOWN = 2000, 120, 20


def search_prior_art(*, actor: Actor, number: str, claim: int) -> SimilarResult:
    """The patents of the register most like a claim of the newest version, best first.

    errors  NotFound · NotPermitted ``preexam.draft_closed_to_you`` · Conflict ``preexam.version_missing``
            Invalid ``preexam.claim_missing``; those of ``corpus.register.api.desk.similar.similar_to``
    """
    with transaction.atomic():
        row, _card = in_hand(actor, number)
        version = _newest(row)
        draft = open_version(actor=actor, number=number, version=version.number, why="prior art").draft
    section = draft.section(Part.CLAIMS)
    told = {one.number: one.text for one in parse_claims(section.text)} if section else {}
    if claim not in told:
        raise Invalid("preexam.claim_missing", claim=claim)
    found = register.desk.similar.similar_to(SimilarRequest(told[claim], size=_SHOWN))
    with transaction.atomic():
        _note(actor, row, version, claim=claim, database=REGISTER, snapshot=found.snapshot, found=len(found.hits))
    return found


@transaction.atomic
def note_search(*, actor: Actor, number: str, database: str, asked: str, found: int | None) -> None:
    """Note a search that was made elsewhere: a foreign database, or one of what is no patent.

    errors  as ``search_prior_art``; Invalid ``preexam.search_unnamed``
    """
    row, _card = in_hand(actor, number)
    name = " ".join(database.split())[:60]
    if not name or name == REGISTER or not asked.strip():
        raise Invalid("preexam.search_unnamed")
    hidden = vault.hide(asked.strip()[:_LONGEST], belongs(row))
    _note(actor, row, _newest(row), database=name, asked=hidden, found=found)


def _note(actor: Actor, row: DraftRequest, version: DraftVersion, **told: object) -> None:
    PriorArtSearch.objects.create(
        request=row, version=version, at=timezone.now(), by_id=actor.person_id, **told
    )  # fmt: skip
    facts = {name: told.get(name) for name in ("claim", "database", "snapshot", "found")}
    audit.record(actor=actor, verb="preexam.prior_art.search", subject=belongs(row), facts=facts)


@transaction.atomic
def mark_document(
    *, actor: Actor, number: str, reference: str, category: str, claims: Collection[int], passage: str
) -> None:
    """Hold a document against claims of the newest version; once more changes what was said.

    reference  a number on the register in any spelling, or how a document from elsewhere is cited
    category   X, Y or A (PCT/ISA: alone against novelty or inventive step, with others, background)
    errors     as ``search_prior_art``; Invalid ``preexam.mark_incomplete``
               Conflict ``preexam.mark_told`` where the applicant knows it already
    """
    row, _card = in_hand(actor, number)
    named, told = " ".join(reference.split())[:_REFERENCE], sorted(set(claims))
    if not named or category not in CATEGORIES or not passage.strip() or (category != "A" and not told):
        raise Invalid("preexam.mark_incomplete")
    version = _newest(row)
    patent_id = _on_register(named)
    known = CitedDocument.objects.filter(request=row, version=version, reference=named).first()
    if known is not None and known.told_at is not None:
        raise Conflict("preexam.mark_told", reference=named)
    CitedDocument.objects.update_or_create(
        request=row,
        version=version,
        reference=named,
        defaults={
            "patent_id": patent_id,
            "category": category,
            "claims": told,
            "passage": vault.hide(passage.strip()[:_LONGEST], belongs(row)),
            "marked_at": timezone.now(),
            "marked_by_id": actor.person_id,
        },
    )
    facts = {"reference": named, "category": category, "claims": told}
    audit.record(actor=actor, verb="preexam.prior_art.mark", subject=belongs(row), facts=facts)


@transaction.atomic
def unmark_document(*, actor: Actor, number: str, key: int) -> None:
    """Take a mark back that the applicant does not know yet. errors: as ``mark_document``; NotFound ``preexam.mark_unknown``"""
    row, _card = in_hand(actor, number)
    found = CitedDocument.objects.filter(request=row, pk=key).first()
    if found is None:
        raise NotFound("preexam.mark_unknown")
    if found.told_at is not None:
        raise Conflict("preexam.mark_told", reference=found.reference)
    facts = {"reference": found.reference, "category": found.category, "claims": found.claims}
    found.delete()
    audit.record(actor=actor, verb="preexam.prior_art.unmark", subject=belongs(row), facts=facts)


def ensure_nothing_takes_the_first_claim(row: DraftRequest, version: DraftVersion) -> None:
    """A pass cannot be proposed beside an X on claim 1. errors: Conflict ``preexam.x_on_first_claim``"""
    marks = CitedDocument.objects.filter(request=row, version=version, category="X")
    against = [one.reference for one in marks if 1 in one.claims]
    if against:
        raise Conflict("preexam.x_on_first_claim", reference=", ".join(against)[:200])


def _newest(row: DraftRequest) -> DraftVersion:
    version = newest_version(row, handed_in=True)
    if version is None:
        raise Conflict("preexam.version_missing")
    return version


def _on_register(reference: str) -> str:
    """The id of a patent on the register; empty for a document from elsewhere."""
    try:
        return register.get(reference).patent_id
    except (Invalid, NotFound):
        return ""
