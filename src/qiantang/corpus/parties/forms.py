"""What an operator sends: an answer with its reason."""

from __future__ import annotations

from django import forms

_LONGEST_REASON = 500


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(max_length=_LONGEST_REASON)


class DecisionForm(ReasonForm):
    """An answer of ``Answer``, and for a group the first day, where it is known."""

    answer = forms.CharField(max_length=40)
    since = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
