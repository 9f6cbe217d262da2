"""No automated refusal: nobody but a person with a name decides a case, whichever way a job, a rule or a service tries it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

import qiantang
from qiantang.commons.casework import api
from qiantang.commons.casework.models import Case, CaseDecision, CaseEvent
from qiantang.commons.casework.types import CASE_TYPES, declare_case_type
from qiantang.kernel.actor import Actor, Channel
from qiantang.kernel.errors import NotPermitted

from .permits import PERMIT, WORKFLOW, L, X, opened, step

pytestmark = [pytest.mark.feature("X-37")]
PLATFORM = Actor.system("rule CL-12")


def told_kind(monkeypatch, **changed):
    """The permit with other steps, declared as usual."""
    steps = changed.pop("transitions", WORKFLOW.transitions)
    kind = replace(PERMIT, workflow=replace(WORKFLOW, transitions=steps), **changed)
    kept = {key: one for key, one in CASE_TYPES._things.items() if key != kind.key}
    monkeypatch.setattr(CASE_TYPES, "_things", kept)
    return declare_case_type(kind)


def proposed(lin, gu):
    case = opened(lin)
    for actor, action in ((lin, "submit"), (gu, "propose")):
        api.advance(actor=actor, number=case.number, action=action, note="because")
    return case


@pytest.mark.django_db
@pytest.mark.parametrize(
    "way", [partial(api.advance, note="score 0.2"), partial(api.decide, outcome="refused", text="score 0.2")]
)
@pytest.mark.parametrize("roles", [("system",), ("examiner",), ("supervisor",), ("system", "supervisor")])
def test_an_actor_without_a_person_decides_nothing(lin, gu, way, roles):
    case = proposed(lin, gu)
    machine = Actor(person_id=None, name="a rule", roles=frozenset(roles))
    for action in ("refuse", "confirm"):
        with pytest.raises(NotPermitted, match=r"casework\.person_needed"):
            way(actor=machine, number=case.number, action=action)
    assert Case.objects.get().state == "proposed"
    assert not CaseDecision.objects.exists()


@pytest.mark.django_db
def test_a_person_without_a_name_or_a_job_in_a_persons_name_decides_nothing(lin, gu, shen):
    case = proposed(lin, gu)
    for machine in (replace(shen, name=" "), replace(shen, roles=shen.roles | {"system"})):
        with pytest.raises(NotPermitted, match=r"casework\.person_needed"):
            api.decide(actor=machine, number=case.number, action="refuse", outcome="refused", text="x")
    api.decide(actor=shen, number=case.number, action="refuse", outcome="refused", text="Not enough.")
    assert CaseDecision.objects.get().decided_by_id == shen.person_id


def test_a_kind_of_case_in_which_the_platform_may_refuse_cannot_be_declared(monkeypatch):
    for target in ("refused", "granted"):
        alone = step("lapse", "awaiting", target, frozenset({"system"}))
        with pytest.raises(ValueError, match="the platform alone may decide it"):
            told_kind(monkeypatch, transitions=(*WORKFLOW.transitions, alone))
    decides = step("strike", "examining", "awaiting", X | {"system"}, decides=True)
    with pytest.raises(ValueError, match="the platform alone may decide it"):
        told_kind(monkeypatch, transitions=(*WORKFLOW.transitions, decides))


@pytest.mark.django_db
def test_what_a_body_outside_decided_is_noted_with_its_name(monkeypatch, lin, gu):
    reported = step("court_refuses", "proposed", "refused", L | {"system"}, reports=True)
    told_kind(monkeypatch, transitions=(*WORKFLOW.transitions, reported))
    case = proposed(lin, gu)
    for name in ({}, {"decided_by": " "}):
        with pytest.raises(NotPermitted, match=r"casework\.person_needed"):
            api.advance(actor=PLATFORM, number=case.number, action="court_refuses", facts=name)
    told = {"decided_by": "Hangzhou Intermediate People's Court"}
    assert api.advance(actor=PLATFORM, number=case.number, action="court_refuses", facts=told) == "refused"
    assert CaseEvent.objects.latest("sequence").facts["decided_by"] == told["decided_by"]


@pytest.mark.django_db
def test_a_decision_keeps_the_versions_of_its_models(monkeypatch, lin, gu, shen):
    told_kind(monkeypatch, models=("preexam.checks", "preexam.alike"))
    case = proposed(lin, gu)
    assert not CaseEvent.objects.exclude(versions={}).exists()
    used = {"preexam.checks": "0.9+ir2010"}
    api.decide(actor=shen, number=case.number, action="refuse", outcome="refused", text="x", versions=used)
    kept = CaseDecision.objects.get().versions
    assert kept["preexam.checks"] == "0.9+ir2010"
    assert re.fullmatch(r"1\+[0-9a-f]{12}", kept["preexam.alike"])
    assert CaseEvent.objects.latest("sequence").versions == kept
    shown = api.case_sheet(lin, case.number).story[-1].versions
    assert [(key, version) for key, _title, version in shown] == sorted(kept.items())


@pytest.mark.django_db
def test_the_database_keeps_no_decision_of_nobody(lin):
    case = Case.objects.get(number=opened(lin).number.replace("-", ""))
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseDecision.objects.create(case=case, outcome="refused", decided_at=timezone.now(), decided_by=None)


def test_there_is_one_place_that_writes_decisions_and_states():
    root = Path(qiantang.__file__).parent
    writes = re.compile(
        r"CaseDecision(\.objects\.(bulk_)?create|\()|case\.save\(update_fields=\[[^\]]*\"state\"|\bCase\.objects\b[^\n]*\.update\([^\n]*state="
    )
    found = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        if "tests" not in file.parts
        and writes.search(file.read_text(encoding="utf-8").replace("class CaseDecision(", ""))
    }
    assert found == {"commons/casework/services/stepping.py"}


@pytest.mark.django_db
def test_a_program_with_the_token_of_an_officer_decides_nothing_and_one_of_a_party_acts_for_it(lin, gu, shen):
    case = proposed(lin, gu)
    program = replace(shen, channel=Channel.API)
    for action in ("refuse", "confirm"):
        with pytest.raises(NotPermitted, match=r"casework\.person_needed"):
            api.advance(actor=program, number=case.number, action=action, note="score 0.2")
    assert Case.objects.get().state == "proposed"
    other = opened(lin)
    api.advance(actor=replace(lin, channel=Channel.API), number=other.number, action="submit")
    assert Case.objects.get(pk=other.id).state != Case.objects.get(pk=case.id).state
