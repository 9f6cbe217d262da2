"""The applicant's side: begin, save a page, hand a file in, hand it all in. At the window an officer does it for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.types import NewParty, PartyRole
from qiantang.commons.files import api as files
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.portal.hall import policies
from qiantang.portal.hall.methods.forms import problems_of
from qiantang.portal.hall.models import Matter, MatterFile
from qiantang.portal.hall.rules import UPLOADS
from qiantang.portal.hall.selectors.forms import bundle_by_code, form_of_service, name_of
from qiantang.portal.hall.selectors.matters import (
    BRING,
    LATER,
    form_of,
    limits_of,
    matter_row,
    may_edit,
    papers_of,
    services_of,
    still_open,
)
from qiantang.portal.hall.selectors.prefilling import prefilled
from qiantang.portal.hall.selectors.signing import authority_ended, is_signer
from qiantang.portal.hall.services.bundles import fan_out
from qiantang.portal.hall.types.forms import Answers, Problem
from qiantang.portal.hall.workflow import BUNDLE, MATTER

if TYPE_CHECKING:
    from pathlib import Path

    from qiantang.commons.casework.types import OpenedCase
    from qiantang.kernel.actor import Actor

WINDOW, ONLINE = "window", "online"


@transaction.atomic
def open_matter(*, actor: Actor, code: str, walk_in: str = "") -> OpenedCase:
    """Begin a matter: its number is there from now on.

    code        of a service or a bundle
    walk_in     name of a person at the window; then an officer of the window enters it for them
    errors      NotFound ``hall.service_unknown`` · NotPermitted ``hall.sign_in_first``, ``hall.window_only``
    """
    decision = policies.may_receive(actor) if walk_in else policies.may_begin(actor)
    if not decision:
        raise NotPermitted(decision.code)
    form, name = form_of_service(code), name_of(code)
    known = {} if walk_in else prefilled(actor, form)
    is_bundle = bundle_by_code(code) is not None
    opened = casework.open_case(
        actor=actor,
        kind=BUNDLE.key if is_bundle else MATTER.key,
        title=name.zh,
        parties=[_party(actor, walk_in)],
        limits={} if is_bundle else limits_of(services_of(code)[0]),
    )
    Matter.objects.create(
        case_id=opened.id,
        service=code,
        form=form.key,
        form_version=form.version,
        answers={"name": walk_in} if walk_in else {key: one["value"] for key, one in known.items()},
        prefilled=known,
        channel=WINDOW if walk_in else ONLINE,
        saved_at=timezone.now(),
    )
    return opened


def _party(actor: Actor, walk_in: str) -> NewParty:
    if walk_in:
        return NewParty(PartyRole.APPLICANT, name=" ".join(walk_in.split())[:200])
    if actor.organisation_id is not None:
        return NewParty(PartyRole.APPLICANT, organisation_id=actor.organisation_id)
    return NewParty(PartyRole.APPLICANT, person_id=actor.person_id)


@transaction.atomic
def save_step(*, actor: Actor, number: str, step: str, given: Answers) -> list[Problem]:
    """Keep the answers of a page, complete or not; returns what is wrong with them.

    errors  NotFound ``casework.unknown``, ``hall.step_unknown`` · Conflict ``hall.not_editable``
    """
    matter = _editable(actor, number)
    page = form_of(matter).step(step)
    if page is None:
        raise NotFound("hall.step_unknown", step=step[:40])
    own = {step} if page.repeat else {one.key for one in page.questions}
    kept = {key: value for key, value in matter.answers.items() if key not in own}
    matter.answers = {**kept, **{key: value for key, value in given.items() if key in own and value not in ("", [])}}
    matter.saved_at = timezone.now()
    matter.save(update_fields=["answers", "saved_at"])
    audit.record(actor=actor, verb="hall.matter.save", subject=f"matter:{matter.pk}", facts={"step": step})
    return problems_of(page, matter.answers)


@transaction.atomic
def say_of_paper(*, actor: Actor, number: str, paper: str, state: str) -> None:
    """Say that a paper will be brought to the window, or, where the service tolerates it, follows later; empty: neither.

    errors  NotFound · Conflict ``hall.not_editable`` · Invalid ``hall.paper_unknown``, ``hall.not_tolerated``
    """
    matter = _editable(actor, number)
    lists = papers_of(matter)
    known = {one.key for one in (*lists.now, *lists.later)}
    if paper not in known or state not in {BRING, LATER, ""}:
        raise Invalid("hall.paper_unknown")
    if state == LATER and paper not in {one.key for one in lists.later}:
        raise Invalid("hall.not_tolerated", papers=paper)
    matter.papers = {**matter.papers, paper: state}
    matter.saved_at = timezone.now()
    matter.save(update_fields=["papers", "saved_at"])


@transaction.atomic
def hand_in_file(*, actor: Actor, number: str, about: str, name: str, stream: BinaryIO) -> int:
    """Take a file for a paper, or for a question of the form by its own rule; returns its key.

    errors  NotFound · Conflict ``hall.not_editable`` · Invalid ``hall.paper_unknown``, ``hall.file_refused``
    """
    matter = _editable(actor, number)
    lists, question = papers_of(matter), form_of(matter).question(about)
    rule = question.files if question else None
    if rule is None and about not in {one.key for one in (*lists.now, *lists.later, *lists.ours)}:
        raise Invalid("hall.paper_unknown")
    verdict = files.receive(stream, folder(), name, limits=UPLOADS)
    why = "" if verdict.usable else next((one.code for one in verdict.findings if one.blocking), "unusable")
    if rule is not None and not why:
        there = matter.files.filter(about=about, removed_at__isnull=True).count()
        too_large, too_many = verdict.size_bytes > rule.most_bytes, there >= rule.most_files
        why = "kind" if verdict.kind not in rule.kinds else "too_large" if too_large else "too_many" if too_many else ""
    if why or verdict.sha256 is None:
        raise Invalid("hall.file_refused", name=name[:100], why=why or "unusable")
    row = MatterFile.objects.create(
        matter=matter,
        about=about,
        name=name[-200:],
        media_type=verdict.media_type,
        sha256=verdict.sha256,
        sm3=verdict.sm3 or "",
        size_bytes=verdict.size_bytes,
        handed_in_at=timezone.now(),
        handed_in_by_id=actor.person_id,
    )
    facts = {"about": about, "sha256": row.sha256, "size": row.size_bytes}
    audit.record(actor=actor, verb="hall.file.hand_in", subject=f"matter:{matter.pk}", facts=facts)
    return row.pk


@transaction.atomic
def take_back_file(*, actor: Actor, number: str, file_id: int) -> None:
    """Take a file back while the matter can be changed. errors: NotFound ``hall.file_missing`` · Conflict"""
    matter = _editable(actor, number)
    if not matter.files.filter(pk=file_id, removed_at__isnull=True).update(removed_at=timezone.now()):
        raise NotFound("hall.file_missing")
    audit.record(actor=actor, verb="hall.file.take_back", subject=f"matter:{matter.pk}", facts={"file": file_id})


@transaction.atomic
def open_file(*, actor: Actor, number: str, file_id: int) -> tuple[MatterFile, Path]:
    """A file of a matter that the actor may see; reading it is noted in the journal. errors: NotFound ``hall.file_missing``"""
    matter = matter_row(actor, number)
    row = MatterFile.objects.filter(matter=matter.bundle or matter, pk=file_id).first()
    row = row or matter.files.filter(pk=file_id).first()
    place = folder() / "accepted" / row.sha256 if row else None
    if row is None or place is None or not place.exists():
        raise NotFound("hall.file_missing")
    audit.record(actor=actor, verb="hall.file.read", subject=f"matter:{matter.pk}", facts={"file": row.pk})
    return row, place


@transaction.atomic
def submit_matter(*, actor: Actor, number: str, note: str = "") -> str:
    """Hand a matter in. What is open is told all at once; a bundle becomes its parts.

    errors  NotFound · Invalid ``hall.answers_open`` · Conflict ``casework.step_not_from_here`` · NotPermitted
    """
    matter = matter_row(actor, number, lock=True)
    _ensure_own_or_window(actor, matter, number)
    found = still_open(matter)
    if found.count:
        names = [one.question for one in found.answers] + [one.name for one in found.papers] + [*found.signatures]
        raise Invalid("hall.answers_open", count=found.count, open="、".join(names[:12]))
    reached = casework.advance(actor=actor, number=number, action="submit", note=note, facts={"here": 1})
    matter.supplements.filter(answered_at__isnull=True).update(answered_at=timezone.now())
    if bundle_by_code(matter.service) is not None:
        fan_out(actor=actor, matter=matter, number=number)
    return reached


@transaction.atomic
def withdraw_matter(*, actor: Actor, number: str, note: str = "") -> None:
    """Withdraw: the party does. errors: NotFound · NotPermitted · Conflict ``casework.step_not_from_here``"""
    _ensure_own_or_window(actor, matter_row(actor, number, lock=True), number)
    casework.advance(actor=actor, number=number, action="withdraw", note=note, facts={"here": 1})


def take_step(*, actor: Actor, number: str, action: str, note: str = "") -> None:
    """Hand in or withdraw, as programs do. errors: as ``submit_matter``, ``withdraw_matter``"""
    take = submit_matter if action == "submit" else withdraw_matter
    take(actor=actor, number=number, note=note)


def folder() -> Path:
    place: Path = settings.QIANTANG_HOME / "hall"
    return place


def _editable(actor: Actor, number: str) -> Matter:
    matter = matter_row(actor, number, lock=True)
    _ensure_own_or_window(actor, matter, number)
    if not may_edit(casework.case_sheet(actor, number)):
        raise Conflict("hall.not_editable")
    return matter


def _ensure_own_or_window(actor: Actor, matter: Matter, number: str) -> None:
    """Officers of the window write for who stands there; what people write at home is theirs alone.

    errors  NotPermitted ``hall.not_at_window``, ``hall.signers_sign``, ``hall.authority_ended``
    """
    if is_signer(actor, matter):
        raise NotPermitted("hall.signers_sign")
    if authority_ended(matter):
        raise NotPermitted("hall.authority_ended")
    if matter.channel != WINDOW and casework.case_sheet(actor, number).internal:
        raise NotPermitted("hall.not_at_window")
