"""What a person says of a new token, or of a mandate."""

from __future__ import annotations

from django import forms

from qiantang.commons.accounts.types import MANDATE_SCOPES, SCOPES, TOKEN_DAYS


class TokenForm(forms.Form):
    """Name, scopes, number of days. What the service refuses stays its own affair; here only what is no form at all."""

    name = forms.CharField(max_length=100)
    scopes = forms.MultipleChoiceField(required=False, choices=lambda: [(key, key) for key in SCOPES.names()])
    days = forms.TypedChoiceField(choices=[(days, days) for days in TOKEN_DAYS], coerce=int)


class MandateForm(forms.Form):
    """For which organisation, for what, from when to when, and on what it rests. The service judges; here only form."""

    uscc = forms.CharField(max_length=40)
    name = forms.CharField(max_length=200)
    scopes = forms.MultipleChoiceField(required=False, choices=lambda: [(key, key) for key in MANDATE_SCOPES.names()])
    start_date = forms.DateField()
    end_date = forms.DateField()
    evidence = forms.CharField(max_length=300)
