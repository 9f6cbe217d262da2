"""What is told at the intake of a dispute."""

from __future__ import annotations

from typing import Any

from django import forms

from qiantang.scenarios.protection.types import Intake, Matter, RightKind

_MOST_YUAN = 10**12


def _choices(words: type[RightKind | Matter]) -> list[tuple[str, str]]:
    return [("", ""), *((one.value, one.value) for one in words)]


class IntakeForm(forms.Form):
    """A field left empty is not said yet; filing asks for what the law asks for."""

    right_kind = forms.ChoiceField(required=False, choices=_choices(RightKind))
    right_number = forms.CharField(required=False, max_length=80)
    right_title = forms.CharField(required=False, max_length=200)
    right_in_force = forms.NullBooleanField(required=False)
    matter = forms.ChoiceField(required=False, choices=_choices(Matter))
    respondent = forms.CharField(required=False, max_length=200)
    place = forms.CharField(required=False, max_length=200)
    happened_on = forms.DateField(required=False)
    known_on = forms.DateField(required=False)
    goods = forms.CharField(required=False, max_length=300)
    description = forms.CharField(required=False, max_length=8_000)
    wanted = forms.CharField(required=False, max_length=4_000)
    stop_wanted = forms.NullBooleanField(required=False)
    damages_yuan = forms.IntegerField(required=False, min_value=0, max_value=_MOST_YUAN)
    clear = forms.NullBooleanField(required=False)
    online = forms.NullBooleanField(required=False)
    both_agree = forms.NullBooleanField(required=False)
    arbitration_agreement = forms.NullBooleanField(required=False)
    urgent = forms.NullBooleanField(required=False)
    validity_doubt = forms.NullBooleanField(required=False)
    foreign = forms.NullBooleanField(required=False)
    nationwide = forms.NullBooleanField(required=False)
    organised = forms.NullBooleanField(required=False)
    counterfeit_yuan = forms.IntegerField(required=False, min_value=0, max_value=_MOST_YUAN)

    def told(self) -> Intake:
        """What was told, as a value."""
        return Intake(**self.cleaned_data)


class ExhibitForm(forms.Form):
    """A deposit by its number."""

    deposit = forms.CharField(max_length=60)
    shows = forms.CharField(required=False, max_length=500)


class NoteForm(forms.Form):
    """A step with its remark."""

    action = forms.CharField(max_length=40)
    note = forms.CharField(required=False, max_length=4_000)

    def fields_of(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class YearForm(forms.Form):
    """A year."""

    year = forms.IntegerField(required=False, min_value=2000, max_value=2200)


class DayForm(forms.Form):
    """A day."""

    day = forms.DateField(required=False)
