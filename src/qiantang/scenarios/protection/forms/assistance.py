"""What is typed for assistance, opinions, the library, and letters to platforms."""

from __future__ import annotations

from django import forms

from qiantang.scenarios.protection.rules.assistance import APPLICANT_KINDS, SERVICES


class AidForm(forms.Form):
    kind = forms.ChoiceField(choices=[(key, key) for key in APPLICANT_KINDS])
    services = forms.MultipleChoiceField(choices=[(key, key) for key in SERVICES])
    accused = forms.BooleanField(required=False)
    seat_in_city = forms.NullBooleanField(required=False)
    act_in_city = forms.NullBooleanField(required=False)
    country = forms.CharField(required=False, max_length=80)


class AskExpertForm(forms.Form):
    expert_id = forms.IntegerField(min_value=1)
    kind = forms.CharField(max_length=20)
    question = forms.CharField(max_length=2_000)


class AdviceForm(forms.Form):
    note = forms.CharField(max_length=8_000)


class AcceptForm(forms.Form):
    note = forms.CharField(required=False, max_length=4_000)


class LibraryForm(forms.Form):
    title = forms.CharField(max_length=200)
    facts = forms.CharField(max_length=8_000)
    points = forms.CharField(max_length=8_000)
    result = forms.CharField(max_length=8_000)


class TakedownForm(forms.Form):
    platform = forms.CharField(max_length=200)
    addresses = forms.CharField(max_length=100_000)


class PlatformAnswerForm(forms.Form):
    key = forms.IntegerField(min_value=1)
    answer = forms.CharField(max_length=12)
    day = forms.DateField()
    remark = forms.CharField(required=False, max_length=500)
