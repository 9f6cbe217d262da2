"""Public versions of the papers of a case."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from qiantang.commons.casework import policies
from qiantang.commons.casework.models import Redaction
from qiantang.commons.casework.selectors.cases import case_row
from qiantang.commons.casework.types.redaction import RedactionTold
from qiantang.commons.documents.methods.redaction import Wanted
from qiantang.commons.files.api import vault
from qiantang.kernel.errors import NotFound, NotPermitted

if TYPE_CHECKING:
    from qiantang.commons.casework.models import Case
    from qiantang.kernel.actor import Actor


def belongs(case: Case) -> str:
    """Where the files lie in the vault: with the case, so that holds and disposals reach them."""
    return f"case:{case.number}"


def redactions(actor: Actor, number: str) -> list[RedactionTold]:
    """Newest first. errors: NotFound · NotPermitted ``casework.handling_refused``"""
    case = readable_case(actor, number)
    rows = Redaction.objects.filter(case=case).select_related("begun_by", "confirmed_by").order_by("-pk")
    return [told_of(row) for row in rows]


def readable_case(actor: Actor, number: str, *, lock: bool = False) -> Case:
    """errors: NotFound · NotPermitted ``casework.handling_refused``"""
    case = case_row(actor, number, lock=lock)
    decision = policies.may_read_redactions(actor, case)
    if not decision:
        raise NotPermitted(decision.code)
    return case


def redaction_row(case: Case, key: int) -> Redaction:
    """errors: NotFound ``casework.redaction_unknown``"""
    row = Redaction.objects.filter(case=case, pk=key).select_related("case", "begun_by", "confirmed_by").first()
    if row is None:
        raise NotFound("casework.redaction_unknown")
    return row


def opened(row: Redaction) -> dict[str, Any]:
    """What was told: ``title``, ``name``, ``marks``."""
    found: dict[str, Any] = json.loads(vault.shown(row.told, belongs(row.case)))
    return found


def wanted_of(row: Redaction) -> list[Wanted]:
    """The passages that have to go, in the order in which they were marked."""
    return [Wanted(code, text) for code, text in opened(row)["marks"]]


def digest_of(row: Redaction) -> str:
    """Of title and marks: whoever confirms says what they saw."""
    return sha256(json.dumps(opened(row), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def told_of(row: Redaction) -> RedactionTold:
    """A row as it is read."""
    told = opened(row)
    return RedactionTold(
        id=row.pk,
        title=told["title"],
        passages=len(told["marks"]),
        begun_by=row.begun_by.display_name,
        begun_at=row.begun_at,
        confirmed_by=row.confirmed_by.display_name if row.confirmed_by else "",
        confirmed_at=row.confirmed_at,
        original_sha256=row.original_sha256,
        public_sha256=row.public_sha256,
        bars=row.bars,
    )
