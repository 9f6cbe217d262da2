"""What is typed on sheets, alerts, applications, and the register of authorities."""

from __future__ import annotations

from django import forms

from qiantang.scenarios.protection.rules.marks import SHEET_PARTS
from qiantang.scenarios.protection.types import RightKind
from qiantang.scenarios.protection.types.marks import AlertKind, AuthorityKind

_RIGHTS = [(one.value, one.value) for one in RightKind]


class SheetForm(forms.Form):
    product = forms.CharField(max_length=200)
    right_kind = forms.ChoiceField(choices=_RIGHTS)
    right_number = forms.CharField(max_length=80)
    right_title = forms.CharField(required=False, max_length=200)
    right_until = forms.DateField(required=False)


class SheetPartsForm(forms.Form):
    """The parts of a sheet, one field each."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # what Django's form takes
        for key in SHEET_PARTS:
            self.fields[key] = forms.CharField(required=False, max_length=4_000)


class AuthorityKeyForm(forms.Form):
    authority = forms.IntegerField(min_value=1)


class AlertForm(forms.Form):
    kind = forms.ChoiceField(choices=[(one.value, one.value) for one in AlertKind])
    text = forms.CharField(max_length=4_000)
    district = forms.CharField(required=False, max_length=6)
    expected_on = forms.DateField(required=False)


class AlertKeyForm(forms.Form):
    alert = forms.IntegerField(min_value=1)


class AlertAnswerForm(AlertKeyForm):
    answer = forms.CharField(required=False, max_length=1_000)


class ApplicationKeyForm(forms.Form):
    application = forms.IntegerField(min_value=1)


class DecideApplicationForm(ApplicationKeyForm):
    granted = forms.BooleanField(required=False)
    day = forms.DateField(required=False)
    reference = forms.CharField(required=False, max_length=80)
    remark = forms.CharField(required=False, max_length=1_000)


class AuthorityForm(forms.Form):
    uscc = forms.CharField(max_length=40)
    name = forms.CharField(max_length=200)
    kind = forms.ChoiceField(choices=[(one.value, one.value) for one in AuthorityKind])
    district = forms.CharField(required=False, max_length=6)
    source = forms.CharField(max_length=200)
