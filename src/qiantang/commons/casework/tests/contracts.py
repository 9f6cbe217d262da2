"""Suites which a room inherits for its kinds of cases: a few lines there, a dozen tests here.

class TestFiling(WorkflowContract):
    kind = FILING
"""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext

from qiantang.commons.accounts.api import Role
from qiantang.commons.casework.models import Case
from qiantang.commons.casework.services.opening import reserve_number
from qiantang.commons.casework.services.stepping import advance
from qiantang.commons.casework.types import CASE_TYPES, PARTY, SYSTEM
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, NotFound, NotPermitted
from qiantang.kernel.workflow import Audience


class WorkflowContract:
    """What holds for the workflow of every kind of case."""

    kind = None
    translated = True

    def test_it_has_no_defects(self):
        assert self.kind.defects() == []

    def test_every_label_is_said_in_chinese(self):
        if not self.translated:
            pytest.skip("a kind of tests")
        workflow = self.kind.workflow
        told = {state.label(audience) for state in workflow.states for audience in Audience}
        told |= {text for step in workflow.transitions for text in (step.label, step.told)}
        told |= {self.kind.title} | {clock.title for clock in self.kind.clocks}
        with translation.override("zh-hans"):
            assert [text for text in sorted(told) if gettext(text) == text] == []

    def test_only_known_roles_step_and_they_handle_this_kind(self):
        for step in self.kind.workflow.transitions:
            office = step.roles - {PARTY, SYSTEM}
            assert office <= set(Role), step.action
            assert office <= self.kind.staff, step.action

    def test_every_decision_is_taken_by_two(self):
        alone = [step.action for step in self.kind.workflow.transitions if step.decides and not step.apart_from]
        assert alone == []

    def test_the_matrix_of_steps_roles_and_states(self, db, monkeypatch):
        """Every action in every state by every role: what the declaration does not allow is refused, and changes nothing."""
        monkeypatch.setattr(CASE_TYPES, "_things", {**CASE_TYPES._things, self.kind.key: self.kind})
        workflow = self.kind.workflow
        number = reserve_number(self.kind.authority)
        from django.utils import timezone

        row = Case.objects.create(
            number=number.compact, kind=self.kind.key, state=workflow.initial, title="t", opened_at=timezone.now()
        )
        for state in workflow.states:
            Case.objects.filter(pk=row.pk).update(state=state.key)
            for action in workflow.actions():
                step = workflow.transition(action, state.key)
                # where there is no such step, who asks makes no difference beyond seeing the case or not
                for role in [None, *Role] if step else [None, min(self.kind.staff)]:
                    if step and role in step.roles:
                        continue
                    actor = Actor(person_id=None, name="x", roles=frozenset({role} if role else ()))
                    with pytest.raises((Conflict, NotPermitted, NotFound)):
                        advance(actor=actor, number=number.compact, action=action, note="because")
            assert Case.objects.get(pk=row.pk).state == state.key
