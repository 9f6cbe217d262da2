"""A lawful request carried out to its end: register, refused rows, uploads, index, parties, journal."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from qiantang.commons.audit import api as audit
from qiantang.corpus.ingest import policies
from qiantang.corpus.ingest.methods.streams import sources
from qiantang.corpus.ingest.models import ImportRun
from qiantang.corpus.ingest.rules import ERASURE
from qiantang.corpus.parties import api as parties
from qiantang.corpus.register import api as register
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qiantang.corpus.register.types import Erased
    from qiantang.kernel.actor import Actor


def erase_personal_data(*, actor: Actor, numbers: Sequence[str], name: str | None, request: str) -> Erased:
    """Remove a name from patents, or whole patents where no name is given; the index is made anew.

    A removal that broke off midway is asked for again with the same numbers, and ends as if it had not.

    numbers     of the patents, in any style
    request     reference of the lawful request, as the journal keeps it; nothing of what is removed
    errors      NotPermitted ``ingest.operators_only`` · Invalid ``ingest.erasure_request`` · errors of ``register.get``
    """
    _ensure_asked_well(actor, numbers, name, request)
    opened = register.register()
    patent_ids = sorted({one for number in numbers for one in _patents_of(number, whole=name is None)})
    done = register.upkeep.erase(opened, patent_ids, name=name.strip() if name else None)
    _remove_uploads(done.sources)
    register.intake.advance_index(opened, rebuild=True)
    facts: dict[str, object] = {
        "request": request,
        "patents": done.patents,
        "removed": done.removed,
        "layers": done.layers,
        "snapshots": list(done.snapshots),
        "refused": done.refused,
    }
    with transaction.atomic():
        if name is not None:
            facts["party_names"] = parties.forget_name(actor=actor, name=name.strip())
        audit.record(actor=actor, verb="ingest.data.erase", subject="register:erasure", facts=facts)
        audit.use_data(
            actor=actor,
            purpose=ERASURE.code,
            for_whom="the person who asked",
            scope="register:erasure",
            counts={"patents": done.patents, "refused": done.refused},
            snapshot=max(done.snapshots, default=None),
        )
    register.upkeep.settle_removal(opened, patent_ids)
    return done


def _ensure_asked_well(actor: Actor, numbers: Sequence[str], name: str | None, request: str) -> None:
    """That this person may ask, says for whom, and does not write the name into the reference that the journal keeps."""
    decision = policies.may_erase(actor)
    if not decision:
        raise NotPermitted(decision.code)
    if not request.strip() or not numbers or (name is not None and not name.strip()):
        raise Invalid("ingest.erasure_request")
    if name is not None and name.strip() in request:
        raise Invalid("ingest.erasure_request")


def _patents_of(number: str, *, whole: bool) -> tuple[str, ...]:
    """The patent of a number; where its removal has begun, those that go with it although it is not found any more."""
    try:
        return (register.get(number).patent_id,)
    except NotFound:
        begun = register.upkeep.removal_under(register.register(), number) if whole else ()
        if not begun:
            raise
        return begun


def _remove_uploads(digests: Collection[str]) -> None:
    """Take uploaded files that are, or hold, one of these source files out of the home."""
    home = Path(settings.QIANTANG_HOME) / "files"
    for run in ImportRun.objects.all():
        for one in run.paths:
            path = Path(one["path"])
            if path.is_relative_to(home) and path.exists() and any(s.digest in digests for s in sources(path)):
                with path.open("rb") as stream:
                    accepted = home / "accepted" / file_digest(stream, "sha256").hexdigest()
                path.unlink()
                accepted.unlink(missing_ok=True)
