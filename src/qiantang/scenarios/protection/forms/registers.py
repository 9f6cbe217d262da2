"""What is typed for the registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from qiantang.scenarios.protection.methods.registers import Ground, GroundKind, Register

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUNDS_MOST = 4
_REGISTERS = [(one.value, one.value) for one in Register]


class ProposalForm(forms.Form):
    register = forms.ChoiceField(choices=_REGISTERS)
    name = forms.CharField(max_length=200)
    identity = forms.CharField(required=False, max_length=40)


class GroundForm(forms.Form):
    kind = forms.ChoiceField(choices=[(one.value, one.value) for one in GroundKind])
    authority = forms.CharField(max_length=200)
    reference = forms.CharField(max_length=80)
    decided_on = forms.DateField()
    final_on = forms.DateField(required=False)

    def ground(self) -> Ground:
        told: Mapping[str, Any] = self.cleaned_data
        return Ground(**{**told, "kind": GroundKind(told["kind"])})


class NeedForm(forms.Form):
    register = forms.ChoiceField(choices=_REGISTERS)
    need = forms.CharField(required=False, max_length=300)
    text = forms.CharField(required=False, max_length=200)


class EntryNoticeForm(forms.Form):
    how = forms.CharField(required=False, max_length=200)
