"""What is typed in the room of a mediation."""

from __future__ import annotations

from django import forms

_MOST_YUAN = 10**12


class SayForm(forms.Form):
    channel = forms.CharField(max_length=12)
    text = forms.CharField(max_length=8_000)


class ProposalForm(forms.Form):
    terms = forms.CharField(max_length=8_000)
    amount_yuan = forms.IntegerField(required=False, min_value=0, max_value=_MOST_YUAN)
    perform_by = forms.DateField(required=False)


class AnswerForm(forms.Form):
    version = forms.IntegerField(min_value=1, max_value=10_000)
    agreed = forms.BooleanField(required=False)


class SessionForm(forms.Form):
    starts_at = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    place = forms.CharField(max_length=200)


class MinutesForm(forms.Form):
    session = forms.IntegerField(min_value=1)
    present = forms.CharField(required=False, max_length=500)
    minutes = forms.CharField(max_length=8_000)
    undisputed = forms.CharField(required=False, max_length=4_000)


class KeyForm(forms.Form):
    key = forms.IntegerField(min_value=1)


class BidForm(forms.Form):
    amount_yuan = forms.IntegerField(min_value=0, max_value=_MOST_YUAN)


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=500)


class DisclosureForm(forms.Form):
    disclosed = forms.CharField(required=False, max_length=500)


class SignForm(forms.Form):
    digest = forms.RegexField(regex=r"^[0-9a-f]{64}$")
    knows_sham = forms.BooleanField(required=False)


class DecidedForm(forms.Form):
    confirmed = forms.BooleanField(required=False)
    decided_on = forms.DateField()
    reference = forms.CharField(max_length=80)
    note = forms.CharField(max_length=2_000)


class SideForm(forms.Form):
    side = forms.CharField(max_length=12)


class JoinForm(forms.Form):
    number = forms.CharField(max_length=40)
    code = forms.CharField(max_length=20)


class DelegationForm(forms.Form):
    court = forms.CharField(max_length=200)
    reference = forms.CharField(max_length=80)
    applicant = forms.CharField(max_length=200)
    respondent = forms.CharField(max_length=200)
    right_title = forms.CharField(required=False, max_length=200)
    agreed = forms.BooleanField(required=False)


class TableForm(forms.Form):
    table = forms.CharField(max_length=5_000_000, strip=False)
