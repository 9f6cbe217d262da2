"""What an officer records of an inspection, and what is said of it."""

from __future__ import annotations

from django import forms

from qiantang.scenarios.protection.types import RightKind
from qiantang.scenarios.protection.types.marks import InspectionKind

_MOST = 10**12


class InspectionForm(forms.Form):
    """An empty number or value is not known; 0 is none."""

    authority = forms.IntegerField(required=False, min_value=1)
    kind = forms.ChoiceField(choices=[(one.value, one.value) for one in InspectionKind])
    happened_on = forms.DateField()
    sheet = forms.IntegerField(required=False, min_value=0)
    right_kind = forms.ChoiceField(required=False, choices=[("", ""), *((one.value, one.value) for one in RightKind)])
    right_number = forms.CharField(required=False, max_length=80)
    right_title = forms.CharField(required=False, max_length=200)
    goods = forms.CharField(max_length=200)
    quantity = forms.IntegerField(required=False, min_value=0, max_value=_MOST)
    unit = forms.CharField(max_length=20)
    value_yuan = forms.IntegerField(required=False, min_value=0, max_value=_MOST)
    district = forms.CharField(required=False, max_length=6)
    place = forms.CharField(required=False, max_length=200)


class OutcomeForm(forms.Form):
    outcome = forms.CharField(max_length=20)
    day = forms.DateField()


class QuantityForm(forms.Form):
    quantity = forms.IntegerField(required=False, min_value=0, max_value=_MOST)
    value_yuan = forms.IntegerField(required=False, min_value=0, max_value=_MOST)


class WordForm(forms.Form):
    text = forms.CharField(required=False, max_length=4_000)
    verdict = forms.CharField(required=False, max_length=12)


class AskedForm(forms.Form):
    year = forms.IntegerField(required=False, min_value=2000, max_value=2200)
    by = forms.CharField(required=False, max_length=12)
    group = forms.CharField(required=False, max_length=40)
