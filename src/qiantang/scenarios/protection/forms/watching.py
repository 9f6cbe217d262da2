"""What is typed for a watch list."""

from __future__ import annotations

from django import forms

from qiantang.commons.evidence.types import CAPTURE_PAGES_MOST, SCHEDULE_DAYS_MOST
from qiantang.scenarios.protection.types import RightKind


class WatchForm(forms.Form):
    address = forms.CharField(max_length=2_000)
    words = forms.CharField(max_length=1_500)
    every_days = forms.IntegerField(min_value=1, max_value=SCHEDULE_DAYS_MOST)
    pages = forms.IntegerField(required=False, min_value=1, max_value=CAPTURE_PAGES_MOST)
    first = forms.ChoiceField(choices=[("known", "known"), ("draft", "draft")])
    right_kind = forms.ChoiceField(required=False, choices=[("", ""), *((one.value, one.value) for one in RightKind)])
    right_number = forms.CharField(required=False, max_length=80)
    right_title = forms.CharField(required=False, max_length=200)


class SuspectForm(forms.Form):
    suspect = forms.IntegerField(min_value=1)
