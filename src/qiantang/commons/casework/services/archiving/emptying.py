"""What goes from the tables of cases themselves, and what stays to be counted."""

from __future__ import annotations

from django.utils import timezone

from qiantang.commons.casework.models import (
    CalendarFeed,
    Case,
    CaseAlias,
    CaseDecision,
    CaseEvent,
    CaseInterest,
    CaseObject,
    CaseParty,
    CasePause,
    CaseTask,
    EntityFlag,
    Meeting,
    OldFileRow,
    Redaction,
    SignOff,
    VerifiedKey,
)

GONE = "—"


def empty_case(case: Case) -> dict[str, int]:
    """Take persons and contents out of a case; returns how many rows of each table. States, days, steps and outcomes stay,
    and who decided: an act of the office.
    """
    today = timezone.localdate()
    keys = _keys_of_nobody_else(case)
    for place, party in enumerate(CaseParty.objects.filter(case=case).order_by("pk"), start=1):
        party.name, party.person, party.organisation = f"{GONE} {place}", None, None
        party.until = party.until or today
        party.save(update_fields=["name", "person", "organisation", "until"])
    for line in CaseEvent.objects.filter(case=case):
        CaseEvent.objects.filter(pk=line.pk).update(
            actor_id=None, actor_name=GONE, organisation=None, note="", facts=dict.fromkeys(line.facts)
        )
    Case.objects.filter(pk=case.pk).update(title=GONE, opened_by=None, assignee=None, code_digest="")
    found = {
        "casework.CaseParty": CaseParty.objects.filter(case=case).count(),
        "casework.CaseEvent": CaseEvent.objects.filter(case=case).count(),
        "casework.CaseDecision": CaseDecision.objects.filter(case=case).update(text=""),
        "casework.CaseTask": CaseTask.objects.filter(case=case).update(title=GONE, assignee=None, done_by=None),
        "casework.CasePause": CasePause.objects.filter(case=case).update(note=""),
    }
    found["casework.CaseAlias"] = CaseAlias.objects.filter(case=case).update(
        noted_by=None
    )  # it finds the case for ever
    found["casework.OldFileRow"] = OldFileRow.objects.filter(case=case).update(facts={}, raw={})
    found["casework.EntityFlag"] = EntityFlag.objects.filter(raised_in=case).delete()[0]
    found["casework.VerifiedKey"] = keys
    for model in (CaseInterest, CaseObject, CalendarFeed, SignOff, Meeting, Redaction):
        found[model._meta.label] = model.objects.filter(case=case).delete()[0]  # noqa: SLF001 - Django's own name for it
    return found


def _keys_of_nobody_else(case: Case) -> int:
    """Remove the verified keys of those who stand in no other case; returns how many."""
    gone = 0
    others = CaseParty.objects.exclude(case=case)
    for row in CaseParty.objects.filter(case=case):
        same = {"person_id": row.person_id, "organisation_id": row.organisation_id}
        named = row.person_id is not None or row.organisation_id is not None
        if named and not others.filter(**same).exists():
            gone += VerifiedKey.objects.filter(**same).delete()[0]
    return gone
