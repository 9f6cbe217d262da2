"""The notice of a conclusion is issued after it was confirmed, once, and again from the outbox where something failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.accounts.api import organisations
from qiantang.commons.documents.api import Recipient, make_document
from qiantang.kernel.identifiers import parse_case_number
from qiantang.scenarios.preexam.methods.limits import limits_on
from qiantang.scenarios.preexam.models import Conclusion
from qiantang.scenarios.preexam.rules.papers import FOLLOWS, NOTICE
from qiantang.scenarios.preexam.selectors.checking import source_said
from qiantang.scenarios.preexam.types.drafts import OUTCOME_NAMES, REASONS, Outcome
from qiantang.scenarios.preexam.workflow import DRAFTS

if TYPE_CHECKING:
    from qiantang.commons.documents.types import FactValue
    from qiantang.kernel.actor import Actor


@transaction.atomic
def issue_notice(*, actor: Actor, case_id: int) -> str:
    """Issue the notice of the confirmed conclusion of a case, where it is not there yet; returns its number, empty for none.

    errors  Unavailable ``documents.setting_failed``: it is tried again
    """
    waiting = Conclusion.objects.select_for_update().filter(request__case_id=case_id, confirmed_at__isnull=False)
    row = waiting.order_by("-pk").first()
    if row is None or row.notice:
        return row.notice if row else ""
    made = make_document(
        actor=actor,
        template=NOTICE.key,
        facts=_facts(row),
        case=row.request.case.number,
        recipient=Recipient(
            row.request.case.title, organisation_id=row.request.applicant_id, agent_id=row.request.agency_id
        ),
        languages=("zh-hans",),
    )
    row.notice = made.number
    row.save(update_fields=["notice"])
    return made.number


def _facts(row: Conclusion) -> dict[str, FactValue]:
    request = row.request
    named = organisations.organisations_named({request.applicant_id, request.agency_id or request.applicant_id})
    assert row.confirmed_at is not None
    day = timezone.localdate(row.confirmed_at)
    kind = next(one for kind, one in DRAFTS.items() if kind == request.kind)
    reasons = [f"{gettext(REASONS[code][0])}（{source_said(REASONS[code][1])}）" for code in row.reasons]
    return {
        "decision": row.number,
        "case": str(parse_case_number(request.case.number)),
        "applicant": named[request.applicant_id].name,
        "agency": named[request.agency_id].name if request.agency_id is not None else None,
        "kind": gettext(kind.title),
        "outcome": gettext(OUTCOME_NAMES[Outcome(row.outcome)]),
        "decided": day,
        "version": row.version.number,
        "fingerprint": row.version.sealed.sha256,
        "rules": row.version.rules_version,
        "reasons": reasons or None,
        "follows": gettext(FOLLOWS[row.outcome]) % {"days": limits_on(day).filing_days},
        "synthetic": gettext("Made up for the demonstration") if request.synthetic else None,
    }
