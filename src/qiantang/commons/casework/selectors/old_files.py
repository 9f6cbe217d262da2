"""Old numbers: which case they name, and what became of the lists that were brought in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from qiantang.commons.casework import policies
from qiantang.commons.casework.methods.old_files import folded_number
from qiantang.commons.casework.models import Case, CaseAlias, OldFileImport, OldFileRow
from qiantang.commons.casework.types import REFUSALS
from qiantang.commons.casework.types.old_files import AliasShown, Brought, Verdict
from qiantang.commons.refdata.types import REFUSALS as OF_NUMBERS
from qiantang.kernel.errors import NotFound, NotPermitted

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_SHOWN = 50


def keys_by_old_number(text: str) -> list[int]:
    """The keys of the cases that were known under this number, in any register; of what anybody may see nothing is said."""
    folded = folded_number(text)
    if not folded:
        return []
    return list(CaseAlias.objects.filter(folded=folded).order_by("pk").values_list("case_id", flat=True).distinct())


def aliases_of(case: Case) -> tuple[AliasShown, ...]:
    """The old numbers of a case, in the order in which they were noted."""
    rows = CaseAlias.objects.filter(case=case).order_by("pk")
    return tuple(AliasShown(row.written, row.origin, row.old_date, row.shelf) for row in rows)


def imports(actor: Actor) -> list[Brought]:
    """The lists that were brought in, newest first. errors: NotPermitted ``casework.desk_refused``"""
    _ensure(actor)
    return [_brought(row) for row in OldFileImport.objects.order_by("-pk")[:_SHOWN]]


def import_shown(actor: Actor, key: int) -> tuple[Brought, list[dict[str, object]]]:
    """One list and its refused rows, each with the reason in words and what the row said.

    errors  NotPermitted ``casework.desk_refused`` · NotFound ``casework.old_list_unknown``
    """
    _ensure(actor)
    row = OldFileImport.objects.filter(pk=key).first()
    if row is None:
        raise NotFound("casework.old_list_unknown")
    refused = OldFileRow.objects.filter(batch=row, verdict=Verdict.REFUSED).order_by("row")
    return _brought(row), [{"row": one.row, "why": reason_of(one), "raw": one.raw} for one in refused]


def reason_of(row: OldFileRow) -> str:
    """Why a row was refused, in the reader's language."""
    known = {**REFUSALS, **OF_NUMBERS}.get(row.reason)
    return " ".join(gettext(text) % row.facts for text in known) if known else row.reason


def _brought(row: OldFileImport) -> Brought:
    reasons = Counter(row.rows.filter(verdict=Verdict.REFUSED).values_list("reason", flat=True))
    return Brought(
        row.pk, row.name, row.origin, row.read, row.kept, row.merged, row.refused, dict(sorted(reasons.items()))
    )


def _ensure(actor: Actor) -> None:
    if not policies.may_read_old_files(actor):
        raise NotPermitted("casework.desk_refused")
