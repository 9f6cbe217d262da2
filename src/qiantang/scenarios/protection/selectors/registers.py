"""The registers as they are read. Names leave this module only through the services, which note who read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.casework import api as casework
from qiantang.kernel.errors import NotFound
from qiantang.kernel.paging import MAX_PAGE_SIZE, PageRequest
from qiantang.scenarios.protection.methods.registers import (
    Ground,
    GroundKind,
    Register,
    RegisterRule,
    register_rule,
)
from qiantang.scenarios.protection.models import RegisterEntry
from qiantang.scenarios.protection.rules.registers import GROUND_WORDS, REGISTER_WORDS
from qiantang.scenarios.protection.selectors.disputes import casework_number
from qiantang.scenarios.protection.workflow import REGISTER

if TYPE_CHECKING:
    from qiantang.commons.casework.types import CaseCard
    from qiantang.kernel.actor import Actor


def entry_row(actor: Actor, number: str) -> RegisterEntry:
    """The entry behind a number. errors: NotFound ``casework.unknown``, also for what the actor may not see"""
    rows = RegisterEntry.objects.filter(case_id=casework.case_id_of(actor, number))
    row = rows.select_related("case").first()
    if row is None:
        raise NotFound("casework.unknown", number=number[:40])
    return row


def in_force() -> QuerySet[RegisterEntry]:
    """Entries that stand in a register today: an entry whose day has come does not, whether the job has run or not."""
    return RegisterEntry.objects.filter(
        entered_on__isnull=False, removed_on__isnull=True, expires_on__gt=timezone.localdate()
    )


def rule_of(row: RegisterEntry) -> RegisterRule:
    """The rule by which an entry was proposed."""
    return register_rule(Register(row.register), max(row.rules_since, row.proposed_on))


def grounds_of(row: RegisterEntry) -> list[Ground]:
    return [
        Ground(
            kind=GroundKind(one.kind),
            authority=one.authority,
            reference=one.reference,
            decided_on=one.decided_on,
            final_on=one.final_on,
        )
        for one in row.grounds.order_by("final_on", "pk")
    ]


def grounds_shown(row: RegisterEntry) -> list[dict[str, Any]]:
    rows = row.grounds.order_by("final_on", "pk")
    return [{"row": one, "word": gettext(GROUND_WORDS[GroundKind(one.kind)])} for one in rows]


def entry_shown(row: RegisterEntry) -> dict[str, Any]:
    """An entry with its words."""
    return {
        "row": row,
        "number": casework_number(row.case.number),
        "register": gettext(REGISTER_WORDS[Register(row.register)]),
        "state": gettext(REGISTER.workflow.state(row.case.state).staff),
        "rule": rule_of(row),
        "source": gettext(rule_of(row).source),
    }


def rules_shown() -> list[dict[str, Any]]:
    """The rules in force with how many entries there are, for everybody; a number tells nobody's name."""
    today, told = timezone.localdate(), []
    for register in Register:
        rule = register_rule(register, today)
        told.append(
            {
                "rule": rule,
                "key": str(register),
                "word": gettext(REGISTER_WORDS[register]),
                "source": gettext(rule.source),
                "decisions": gettext(", ").join(gettext(GROUND_WORDS[one]) for one in rule.decisions),
                "entries": in_force().filter(register=register).count(),
            }
        )
    return told


def register_choices() -> list[tuple[str, str]]:
    return [(str(one), gettext(REGISTER_WORDS[one])) for one in Register]


def ground_choices() -> list[tuple[str, str]]:
    return [(str(one), gettext(GROUND_WORDS[one])) for one in GroundKind]


def entries_in_hand(actor: Actor) -> tuple[CaseCard, ...]:
    """The cases of entries that somebody may see: the office all of them, a party its own."""
    if actor.person_id is None:
        return ()
    return tuple(casework.cases(actor, PageRequest(size=MAX_PAGE_SIZE), kinds=[REGISTER.key]).items)
