"""What is typed for a clue."""

from __future__ import annotations

from django import forms

from qiantang.scenarios.protection.types import RightKind


class ClueForm(forms.Form):
    """A clue of a dispute, by its number, or found by the office, with its facts."""

    dispute = forms.CharField(required=False, max_length=40)
    respondent = forms.CharField(required=False, max_length=200)
    place = forms.CharField(required=False, max_length=200)
    happened_on = forms.DateField(required=False)
    goods = forms.CharField(required=False, max_length=200)
    description = forms.CharField(required=False, max_length=8_000)
    right_kind = forms.ChoiceField(required=False, choices=[("", ""), *((one.value, one.value) for one in RightKind)])
    right_number = forms.CharField(required=False, max_length=80)
    right_title = forms.CharField(required=False, max_length=200)
    counterfeit_yuan = forms.IntegerField(required=False, min_value=0, max_value=10**12)


class CluePaperForm(forms.Form):
    kind = forms.CharField(max_length=24)
    text = forms.CharField(max_length=20_000)
