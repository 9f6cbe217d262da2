"""What a person says of a new token."""

from __future__ import annotations

from django import forms

from qiantang.commons.accounts.types import SCOPES, TOKEN_DAYS


class TokenForm(forms.Form):
    """Name, scopes, number of days. What the service refuses stays its own affair; here only what is no form at all."""

    name = forms.CharField(max_length=100)
    scopes = forms.MultipleChoiceField(required=False, choices=lambda: [(key, key) for key in SCOPES.names()])
    days = forms.TypedChoiceField(choices=[(days, days) for days in TOKEN_DAYS], coerce=int)
