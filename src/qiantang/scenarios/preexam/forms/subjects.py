"""What a subject says of itself, and what the centre finds."""

from __future__ import annotations

from typing import Any

from django import forms

from qiantang.scenarios.preexam.types import SubjectFacts


class SubjectForm(forms.Form):
    """What a subject says of itself. A field left empty is not said yet; handing in asks for all."""

    founded_on = forms.DateField(required=False)
    in_existence = forms.NullBooleanField(required=False)
    main_class = forms.CharField(required=False, max_length=30)
    contact_name = forms.CharField(required=False, max_length=80)
    insured_staff = forms.IntegerField(required=False, min_value=0, max_value=10_000_000)
    granted_inventions = forms.IntegerField(required=False, min_value=0, max_value=10_000_000)
    granted_models_and_designs = forms.IntegerField(required=False, min_value=0, max_value=10_000_000)
    undertaking_signed = forms.NullBooleanField(required=False)
    contact_verified = forms.NullBooleanField(required=False)

    def facts(self) -> SubjectFacts:
        """What was said, as a value."""
        told: dict[str, Any] = {name: self.cleaned_data.get(name) for name in SubjectFacts.__slots__}
        return SubjectFacts(**told)


class FoundForm(forms.Form):
    """What the centre found in the registers of credit."""

    abnormal_filings = forms.IntegerField(min_value=0, max_value=10_000)
    dishonest = forms.NullBooleanField(required=False)
