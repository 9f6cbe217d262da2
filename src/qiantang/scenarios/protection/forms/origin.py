"""What is typed for geographical indications, codes of origin and reports of fakes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

_GRAMS = 1000


class IndicationForm(forms.Form):
    name = forms.CharField(max_length=100)
    name_en = forms.CharField(required=False, max_length=100)
    product = forms.CharField(max_length=100)
    number = forms.CharField(required=False, max_length=80)
    keeper_uscc = forms.CharField(required=False, max_length=40)
    keeper_name = forms.CharField(required=False, max_length=200)
    source = forms.CharField(max_length=200)


class RateForm(forms.Form):
    """The yield is typed in kilograms."""

    from_year = forms.IntegerField(min_value=2000, max_value=2200)
    kg_per_mu = forms.DecimalField(min_value=Decimal("0.001"), max_value=10_000, decimal_places=3)
    source = forms.CharField(max_length=200)

    def clean(self) -> dict[str, Any]:
        told = dict(super().clean() or {})
        typed = told.pop("kg_per_mu", None)
        if typed is not None:
            told["grams_per_mu"] = int(typed * _GRAMS)
        return told


class OriginUserForm(forms.Form):
    name = forms.CharField(max_length=200)
    number = forms.CharField(max_length=80)
    valid_from = forms.DateField()
    valid_until = forms.DateField()


class RevokeForm(forms.Form):
    user = forms.IntegerField(min_value=1)
    reason = forms.CharField(required=False, max_length=500)


class PlotForm(forms.Form):
    number = forms.CharField(max_length=40)
    district = forms.CharField(max_length=6)
    village = forms.CharField(max_length=100)
    area_mu = forms.DecimalField(min_value=Decimal("0.01"), max_digits=9, decimal_places=2)
    user = forms.IntegerField(min_value=1)
    source = forms.CharField(max_length=200)


class HandOverForm(forms.Form):
    plot = forms.IntegerField(min_value=1)
    user = forms.IntegerField(min_value=1)
    day = forms.DateField()


class IssueForm(forms.Form):
    plot = forms.IntegerField(min_value=1)
    year = forms.IntegerField(min_value=2000, max_value=2200)
    package_grams = forms.IntegerField(min_value=1)
    packages = forms.IntegerField(min_value=1)


class VoidForm(forms.Form):
    batch = forms.IntegerField(min_value=1)
    reason = forms.CharField(required=False, max_length=500)


class FakeForm(forms.Form):
    indication = forms.IntegerField(min_value=1)
    code = forms.CharField(required=False, max_length=40)
    seller = forms.CharField(required=False, max_length=200)
    place = forms.CharField(max_length=200)
    district = forms.CharField(required=False, max_length=6)
    seen_on = forms.DateField(required=False)
    description = forms.CharField(max_length=4_000)
    contact = forms.CharField(required=False, max_length=200)


class SettleForm(forms.Form):
    key = forms.IntegerField(min_value=1)
    reason = forms.CharField(required=False, max_length=500)
