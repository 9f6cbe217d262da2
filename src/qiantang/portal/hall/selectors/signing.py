"""Signatures besides that of who fills in: whose are needed, which are there, and whether they are of what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from qiantang.commons.accounts.api import organisations
from qiantang.commons.accounts.types import MandateState
from qiantang.kernel.canonical import canonical_json
from qiantang.portal.hall.models import CoSignature

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from qiantang.commons.accounts.types import Mandate
    from qiantang.kernel.actor import Actor
    from qiantang.portal.hall.models import Matter

JOINT, REPRESENTATIVE, PRINCIPAL = "joint_owner", "legal_representative", "principal"
ROLES = (JOINT, REPRESENTATIVE, PRINCIPAL)
ASKED, SIGNED, STALE, REFUSED, ENDED = "asked", "signed", "stale", "refused", "ended"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it stands. ``yours``: the reader is the one who has to sign."""

    id: int
    role: str
    role_word: str
    name: str
    state: str
    state_word: str
    until: date | None
    why: str
    yours: bool


def content_digest(matter: Matter) -> str:
    """What is signed: the answers and the files, in one spelling."""
    files = sorted(matter.files.filter(removed_at__isnull=True).values_list("about", "sha256"))
    told = {"service": matter.service, "answers": matter.answers, "files": [list(one) for one in files]}
    return sha256(canonical_json(told)).hexdigest()


def rows_of(matter: Matter) -> list[CoSignature]:
    """The signatures asked for; a part shares those of its bundle."""
    rows = CoSignature.objects.filter(matter=matter.bundle or matter, removed_at__isnull=True)
    return list(rows.select_related("person").order_by("pk"))


def state_of(row: CoSignature, digest: str) -> str:
    """Where a signature stands today."""
    if row.refused_at is not None:
        return REFUSED
    if row.signed_at is None:
        return ASKED
    if row.until is not None and row.until < timezone.localdate():
        return ENDED
    return SIGNED if row.digest == digest else STALE


def signatures(actor: Actor, matter: Matter) -> list[Signature]:
    """All of a matter."""
    digest = content_digest(matter.bundle or matter)
    states = {
        ASKED: _("not signed yet"),
        SIGNED: _("signed"),
        STALE: _("signed before something was changed: has to be signed anew"),
        REFUSED: _("refused to sign"),
        ENDED: _("authority has ended"),
    }
    words = role_words()
    shown = []
    for row in rows_of(matter):
        state = state_of(row, digest)
        mine = row.person_id == actor.person_id
        name = row.person.display_name
        shown.append(
            Signature(row.pk, row.role, words[row.role], name, state, states[state], row.until, row.refused_why, mine)
        )
    return shown


def role_words() -> dict[str, str]:
    """What a signer is, in the reader's language."""
    return {
        JOINT: _("Joint owner or applicant"),
        REPRESENTATIVE: _("Legal representative"),
        PRINCIPAL: _("Whom you represent, as an agent"),
    }


def signatures_open(matter: Matter) -> list[str]:
    """What is open of signatures, in words. At the window they are on paper."""
    if matter.channel == "window":
        return []
    words, digest = role_words(), content_digest(matter)
    rows = rows_of(matter)
    roles = {row.role for row in rows}
    found = [f"{words[row.role]}: {row.person.display_name}" for row in rows if state_of(row, digest) != SIGNED]
    if matter.answers.get("joint") == "yes" and JOINT not in roles:
        found.append(words[JOINT])
    return found


def signs_instead(matter: Matter, asked_when: Collection[str]) -> bool:
    """Whether a paper that is asked of an agent is spared, since whom they represent was asked to sign.

    asked_when  facts on which the paper depends
    """
    return "agent" in asked_when and any(row.role == PRINCIPAL for row in rows_of(matter))


def is_signer(actor: Actor, matter: Matter) -> bool:
    """Whether the actor only signs in this matter."""
    return any(row.person_id == actor.person_id for row in rows_of(matter))


def authority_ended(matter: Matter) -> bool:
    """Whether the authority of the agent who fills in is over."""
    today = timezone.localdate()
    return any(row.until is not None and row.until < today for row in rows_of(matter) if row.role == PRINCIPAL)


def mandate_used(actor: Actor) -> Mandate | None:
    """The mandate under which the actor acts for a firm now: its scope and its last day are shown."""
    if actor.organisation_id is None:
        return None
    held = [one for one in organisations.mandates_of(actor) if one.organisation.id == actor.organisation_id]
    return next((one for one in held if one.state is MandateState.IN_FORCE), None)
