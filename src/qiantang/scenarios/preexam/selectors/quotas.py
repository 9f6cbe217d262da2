"""Reads: the quota of a subject in a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiantang.commons.accounts.api import organisations
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.quota import quota_rule, yearly_quota
from qiantang.scenarios.preexam.models import DraftRequest, QuotaEntry
from qiantang.scenarios.preexam.types.drafts import Outcome

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Quota:
    """How many cases may be accepted in a year. ``increment``: ``""``, ``asked``, ``granted`` or ``refused``."""

    year: int
    granted: int
    used: int
    increment: str
    source: str
    verified: bool

    @property
    def left(self) -> int:
        return max(0, self.granted - self.used)


def quota(organisation_id: int, year: int) -> Quota:
    """The quota of a year by its ledger; where the grant is not written yet, as the rule computes it."""
    rows = list(QuotaEntry.objects.filter(organisation_id=organisation_id, year=year))
    rule = quota_rule(year)
    granted = sum(row.amount for row in rows if row.kind != "use")
    if not any(row.kind == "grant" for row in rows):
        granted += computed(organisation_id, year)[0]
    kinds = {row.kind for row in rows}
    increment = next((one for one in ("granted", "refused") if f"increment_{one}" in kinds), "")
    return Quota(
        year=year,
        granted=granted,
        used=-sum(row.amount for row in rows if row.kind == "use"),
        increment=increment or ("asked" if "increment" in kinds else ""),
        source=rule.source,
        verified=rule.verified,
    )


def computed(organisation_id: int, year: int) -> tuple[int, int, int]:
    """(quota, passed, accepted) from the year before."""
    before = DraftRequest.objects.filter(applicant_id=organisation_id, accepted_on__year=year - 1)
    accepted, passed = before.count(), before.filter(outcome=Outcome.QUALIFIED).count()
    return yearly_quota(quota_rule(year), passed=passed, accepted=accepted), passed, accepted


def quota_lines(actor: Actor, organisation_id: int, year: int) -> tuple[QuotaEntry, ...]:
    """The lines of a year, oldest first: for the office and for who acts for the subject."""
    ours = organisations.organisation_ids(actor, policies.SCOPE)
    if not (policies.may_look_in(actor) or organisation_id in ours):
        return ()
    rows = QuotaEntry.objects.filter(organisation_id=organisation_id, year=year).select_related("case")
    return tuple(rows.order_by("at", "pk"))
