"""What is typed in a claim chart."""

from __future__ import annotations

from django import forms

from qiantang.scenarios.protection.methods.charting import Verdict


class ChartForm(forms.Form):
    claim_number = forms.IntegerField(min_value=1, max_value=999)
    claim_text = forms.CharField(max_length=20_000, strip=False)
    product = forms.CharField(max_length=200)


class CellForm(forms.Form):
    element = forms.IntegerField(min_value=1)
    feature = forms.CharField(required=False, max_length=4_000)
    verdict = forms.ChoiceField(choices=[(one.value, one.value) for one in Verdict])
