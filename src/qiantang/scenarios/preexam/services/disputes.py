"""Writes: what people say of findings."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.kernel import numbers
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, Limited, NotPermitted
from qiantang.scenarios.preexam import policies
from qiantang.scenarios.preexam.methods.checks import rulebook
from qiantang.scenarios.preexam.models import WrongFinding
from qiantang.scenarios.preexam.types import ToldWrong

MOST_A_DAY = 2_000


@transaction.atomic
def report_wrong_finding(*, actor: Actor, told: ToldWrong) -> int:
    """Note that somebody holds a finding to be wrong; returns the key of the note. Who it was is not kept with it.

    errors  NotPermitted (``policies.may_check``) · Invalid ``preexam.rule`` · ``preexam.place`` · ``preexam.publication``
            Limited ``preexam.too_many_reports``: more than ``MOST_A_DAY`` in a day
    """
    decision = policies.may_check(actor)
    if not decision:
        raise NotPermitted(decision.code or "preexam.closed")
    rule = rulebook().get(told.rule)
    if rule is None:
        raise Invalid("preexam.rule", given=told.rule)
    if told.end < told.start:
        raise Invalid("preexam.place")
    now = timezone.now()
    if WrongFinding.objects.filter(told_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Limited("preexam.too_many_reports", most=MOST_A_DAY)
    row = WrongFinding.objects.create(
        rule=told.rule,
        rule_version=told.rule_version,
        rules_version=told.rules_version,
        part=told.part.value,
        claim=told.claim,
        paragraph=told.paragraph,
        start=told.start,
        end=told.end,
        publication_number=_publication(told.publication_number),
        excerpt=told.excerpt[:40] if told.may_keep_text else "",
        told_at=now,
    )
    facts = {"rule": told.rule, "rule_version": told.rule_version, "with_text": bool(row.excerpt)}
    nobody = Actor.system("report of a wrong finding")  # the page promises that no name is kept, here neither
    audit.record(actor=nobody, verb="preexam.finding.dispute", subject=f"wrong-finding:{row.pk}", facts=facts)
    return row.pk


def _publication(given: str) -> str:
    if not given.strip():
        return ""
    try:
        return numbers.parse(given).canonical
    except Invalid as problem:
        raise Invalid("preexam.publication", given=given) from problem
