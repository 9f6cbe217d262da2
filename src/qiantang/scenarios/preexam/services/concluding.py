"""Conclusions: one person proposes, a sample is read a second time, another person confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.files.api import vault
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.limits import limits_on
from qiantang.scenarios.preexam.methods.sampling import is_drawn
from qiantang.scenarios.preexam.models import CitedDocument, Conclusion, DraftRequest, SecondReading
from qiantang.scenarios.preexam.selectors.drafts import belongs, newest_version
from qiantang.scenarios.preexam.services.examining import in_hand, locked
from qiantang.scenarios.preexam.services.prior_art import ensure_nothing_takes_the_first_claim
from qiantang.scenarios.preexam.types.drafts import REASONS, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor

_LONGEST = 4000
_ACTIONS = {Outcome.QUALIFIED: "confirm_pass", Outcome.UNQUALIFIED: "confirm_fail", Outcome.TERMINATED: "confirm_end"}


@transaction.atomic
def propose_conclusion(*, actor: Actor, number: str, outcome: str, reasons: Sequence[str], said: str) -> None:
    """Propose how the case ends. A proposed pass may be drawn to be read a second time.

    reasons  codes of ``REASONS``; at least one where it is no pass, then with words to place and why
    errors   NotFound · NotPermitted ``preexam.draft_closed_to_you`` · Conflict ``casework.step_not_from_here``,
             ``preexam.x_on_first_claim`` · Invalid ``preexam.outcome_unknown``, ``preexam.reasons_missing``
    """
    row, _card = in_hand(actor, number)
    if outcome not in set(Outcome):
        raise Invalid("preexam.outcome_unknown")
    passes = outcome == Outcome.QUALIFIED
    if any(one not in REASONS for one in reasons) or (not passes and not (reasons and said.strip())):
        raise Invalid("preexam.reasons_missing")
    version = newest_version(row)
    if version is None:
        raise Conflict("preexam.version_missing")
    if passes:
        ensure_nothing_takes_the_first_claim(row, version)
    casework.advance(actor=actor, number=number, action="propose", facts={"outcome": outcome})
    Conclusion.objects.create(
        request=row,
        outcome=outcome,
        reasons=[] if passes else list(reasons),
        said=vault.hide(said.strip()[:_LONGEST], belongs(row)),
        version=version,
        proposed_at=timezone.now(),
        proposed_by_id=actor.person_id,
    )
    percent = limits_on(timezone.localdate()).second_reading_percent
    if passes and is_drawn(number, vault.keyed("preexam.second-reading"), percent):
        draw_second_reading(actor=actor, row=row)


def draw_second_reading(*, actor: Actor, row: DraftRequest) -> None:
    """Note that a proposed pass is to be read again; once a case."""
    _row, new = SecondReading.objects.get_or_create(request=row, defaults={"drawn_at": timezone.now()})
    if new:
        audit.record(actor=actor, verb="preexam.reading.draw", subject=belongs(row), facts={})


@transaction.atomic
def order_second_reading(*, actor: Actor, number: str) -> None:
    """Have a proposal read again that was not drawn: a second opinion, blind as every second reading.

    errors  NotFound · NotPermitted ``preexam.supervisor_only`` · Conflict ``preexam.conclusion_differs``,
            ``preexam.second_reading_there``
    """
    row, card = locked(actor, number)
    if not policies.may_keep_ledgers(actor):
        raise NotPermitted("preexam.supervisor_only")
    if card.state != "concluding":
        raise Conflict("preexam.conclusion_differs")
    _row, new = SecondReading.objects.get_or_create(request=row, defaults={"drawn_at": timezone.now(), "ordered": True})
    if not new:
        raise Conflict("preexam.second_reading_there")
    audit.record(actor=actor, verb="preexam.reading.order", subject=belongs(row), facts={})


@transaction.atomic
def take_second_reading(*, actor: Actor, number: str) -> None:
    """Take a drawn case to read it, blind: without what was proposed. Who examined it, or has an interest, does not.

    errors  NotFound · NotPermitted ``preexam.second_reader_unfit``, ``preexam.office_only``
            Conflict ``preexam.no_second_reading``
    """
    row, card = locked(actor, number)
    if not policies.may_find(actor):
        raise NotPermitted(policies.OFFICE_ONLY)
    waiting = SecondReading.objects.filter(request=row, read_at__isnull=True, reader__isnull=True).first()
    if waiting is None:
        raise Conflict("preexam.no_second_reading")
    assert actor.person_id is not None
    proposed = _open_proposal(row)
    examined = actor.person_id in (card.assignee_id, proposed.proposed_by_id)
    if examined or policies.has_interest(actor.person_id, row):
        raise NotPermitted("preexam.second_reader_unfit")
    waiting.reader_id = actor.person_id
    waiting.save(update_fields=["reader"])
    audit.record(actor=actor, verb="preexam.reading.take", subject=belongs(row), facts={})


@transaction.atomic
def deliver_second_reading(*, actor: Actor, number: str, outcome: str, said: str) -> bool:
    """Hand in what the second reader holds right; returns whether it agrees with what was proposed.

    errors  NotFound · NotPermitted ``preexam.second_reader_unfit`` · Invalid ``preexam.outcome_unknown``
    """
    row, _card = locked(actor, number)
    waiting = SecondReading.objects.filter(request=row, read_at__isnull=True, reader_id=actor.person_id).first()
    if waiting is None or actor.person_id is None:
        raise NotPermitted("preexam.second_reader_unfit")
    if outcome not in set(Outcome):
        raise Invalid("preexam.outcome_unknown")
    waiting.outcome, waiting.said = outcome, vault.hide(said.strip()[:_LONGEST], belongs(row))
    waiting.agrees, waiting.read_at = outcome == _open_proposal(row).outcome, timezone.now()
    waiting.save(update_fields=["outcome", "said", "agrees", "read_at"])
    facts = {"outcome": outcome, "agrees": waiting.agrees}
    audit.record(actor=actor, verb="preexam.reading.deliver", subject=belongs(row), facts=facts)
    return waiting.agrees


@transaction.atomic
def confirm_conclusion(*, actor: Actor, number: str, outcome: str) -> str:
    """Confirm what somebody else proposed; the notice gets its number, the decision stands in the case.

    outcome  as it stands on the page of who confirms: something else was not meant
    returns  the number of the notice
    errors   NotFound · NotPermitted ``casework.four_eyes``, ``casework.interested``, ``casework.step_not_yours``
             Conflict ``preexam.conclusion_differs``, ``preexam.second_reading_open``, ``casework.step_not_from_here``
    """
    row, _card = locked(actor, number)
    proposed = _open_proposal(row)
    if proposed.outcome != outcome:
        raise Conflict("preexam.conclusion_differs")
    if SecondReading.objects.filter(request=row, read_at__isnull=True).exists():
        raise Conflict("preexam.second_reading_open")
    used = _office_days(actor, number)
    casework.decide(
        actor=actor,
        number=number,
        action=_ACTIONS[Outcome(outcome)],
        outcome=outcome,
        reasons=proposed.reasons,
        text="；".join(gettext(REASONS[one][0]) for one in proposed.reasons),
        rules_version=proposed.version.rules_version,
        versions={"preexam.checks": proposed.version.rules_version},
    )
    proposed.number = f"{number}/{Conclusion.objects.filter(request=row).count():02d}"
    proposed.confirmed_at, proposed.confirmed_by_id = timezone.now(), actor.person_id
    proposed.save(update_fields=["number", "confirmed_at", "confirmed_by"])
    CitedDocument.objects.filter(request=row, told_at__isnull=True).update(told_at=timezone.now())
    row.outcome, row.concluded_on, row.office_days = outcome, timezone.localdate(), used
    row.save(update_fields=["outcome", "concluded_on", "office_days"])
    return proposed.number


@transaction.atomic
def send_back(*, actor: Actor, number: str, note: str) -> None:
    """Send a proposal back to the examiner, with a reason; a second reading stays as it is.

    errors  NotFound · NotPermitted · Invalid ``casework.note_missing`` · Conflict ``casework.step_not_from_here``
    """
    row, _card = locked(actor, number)
    casework.advance(actor=actor, number=number, action="send_back", note=note)
    Conclusion.objects.filter(request=row, confirmed_at__isnull=True).update(sent_back=True)
    SecondReading.objects.filter(request=row, read_at__isnull=True).delete()


def _open_proposal(row: DraftRequest) -> Conclusion:
    found = Conclusion.objects.filter(request=row, sent_back=False, confirmed_at__isnull=True).order_by("-pk").first()
    if found is None:
        raise Conflict("preexam.conclusion_differs")
    return found


def _office_days(actor: Actor, number: str) -> int | None:
    """Working days since the acceptance without those of the applicant, as the clock of the case counts them."""
    clocks = casework.case_sheet(actor, number).clocks
    return next((one.reading.used for one in clocks if one.key == "decision"), None)


def opened_words(actor: Actor, row: DraftRequest) -> str:
    """What the newest conclusion says in words, for who may open the content; the caller has opened it."""
    del actor
    found = Conclusion.objects.filter(request=row, sent_back=False).order_by("-pk").first()
    return vault.shown(found.said, belongs(row)) if found else ""
