"""A revocation as the office asks for it."""

from __future__ import annotations

from typing import NamedTuple

from django import forms

from qiantang.commons.documents.types import Reason
from qiantang.kernel.errors import Invalid


class Revocation(NamedTuple):
    """Why a document is to be revoked."""

    why: Reason
    note: str
    replaced_by: str


class RevokeForm(forms.Form):
    """Reason, a note for the office, the document that takes its place."""

    why = forms.ChoiceField(choices=[(one.value, one.value) for one in Reason])
    note = forms.CharField(required=False, max_length=2_000)
    replaced_by = forms.CharField(required=False, max_length=40)

    def asked(self) -> Revocation:
        """errors: Invalid ``documents.revocation``"""
        if not self.is_valid():
            raise Invalid("documents.revocation", places=", ".join(self.errors))
        told = self.cleaned_data
        return Revocation(Reason(told["why"]), told["note"], told["replaced_by"].strip())
