"""What a person may set about notices by mail."""

from __future__ import annotations

from django import forms

from qiantang.commons.notices.types import KINDS


class MailForm(forms.Form):
    """Address, language, and the kinds that shall come by mail."""

    address = forms.CharField(required=False, max_length=300, strip=True)
    language = forms.CharField(required=False, max_length=20)
    kinds = forms.MultipleChoiceField(required=False)

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type] # as Django's form takes them
        self.fields["kinds"].choices = [(kind.code, kind.label) for kind in KINDS]  # type: ignore[attr-defined] # a choice field

    def wishes(self) -> dict[str, bool]:
        """Each kind of notice, and whether it was ticked."""
        return {kind.code: kind.code in self.cleaned_data["kinds"] for kind in KINDS}
